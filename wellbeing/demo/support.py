"""The services and guidance that ship with the portal, and the invented force's own; who tried and keeps them is
invented too."""

from datetime import timedelta

from django.utils import timezone

from wellbeing.people.models import Division, Person
from wellbeing.support import actions
from wellbeing.support.actions import in_a_year
from wellbeing.support.models import Guidance, Service, Topic

# The coordinator's pages, and in how many days each is to be checked again; None leaves the day as it was.
_LOOKED_AFTER = {"the-right-words": 10, "looking-after-yourself-as-a-volunteer": None}
UNTRIED = "National Gambling Helpline"
OVERDUE = "StepChange"
_RELAY = "Relay UK: 18001 before the number. A BSL interpreter comes if you say so beforehand."

# What the shipped services of the force's own lack.
_FILLED_IN = {
    "Occupational Health": {
        "phone": "01632 960110",
        "opening": "Mon-Fri 8am-4pm",
        "hours": "",
        "relay_or_bsl": _RELAY,
        "what_happens": "You speak to a nurse. You can go yourself, without your line manager.",
    },
    "Welfare and Counselling Service": {
        "phone": "01632 960120",
        "text_number": "07700 900120",
        "opening": "Mon-Thu 8am-6pm; Fri 8am-4pm",
        "hours": "",
        "relay_or_bsl": _RELAY,
        "what_happens": "You say as much as you like, and get a first appointment within ten working days.",
    },
}
# The invented force's own, each with the names of its topics and divisions.
_INVENTED = (
    (
        {"name": "Peer support on call", "scope": "internal", "for_what": "a colleague's voice after a bad shift"}
        | {"phone": "01632 960130", "opening": "Sun-Thu 18:00-02:00; Fri-Sat 18:00-04:00"}
        | {"closed_on_bank_holidays": False, "what_happens": "A trained colleague from another division answers."},
        ("What I saw at work", "Stress and burnout", "Assaulted or injured on duty"),
        (),
    ),
    (
        {"name": "NHS talking therapies, east of the county", "kind": "nhs", "phone": "01632 960140"}
        | {"for_what": "talking treatment near where you live", "opening": "Mon-Fri 9am-5pm"},
        ("Anxiety and panic", "Low mood and depression"),
        ("east",),
    ),
    (
        {"name": "NHS talking therapies, north of the county", "kind": "nhs", "phone": "01632 960150"}
        | {"for_what": "talking treatment near where you live", "opening": "Mon-Fri 9am-5pm; Sat 10am-1pm"},
        ("Anxiety and panic", "Low mood and depression"),
        ("north",),
    ),
    (
        {"name": "Women's network", "kind": "network", "scope": "internal", "for_what": "women of every rank and grade"}
        | {"how_to_reach": "women@force.example, or the first Tuesday of a month at noon in the canteen."},
        ("Menopause", "Pregnancy and becoming a parent", "Being treated badly at work"),
        (),
    ),
    (
        {"name": "LGBT+ network", "kind": "network", "scope": "internal", "for_what": "LGBT+ colleagues and friends"}
        | {"how_to_reach": "lgbt@force.example. Nobody asks you to come out."},
        ("Coming out and being LGBT+", "Being treated badly at work"),
        (),
    ),
    (
        {"name": "Race, faith and belief network", "kind": "network", "scope": "internal"}
        | {"for_what": "colleagues of every background and belief", "how_to_reach": "belief@force.example."},
        ("Faith and being of a minority", "Being treated badly at work"),
        (),
    ),
)
_POLICIES = (
    (
        "Attendance and sickness",
        "What happens when you are off sick, from the first day to the return.",
        "You ring in on the first day, and send a fit note from the eighth. Contact is kept as you agree.",
    ),
    (
        "Menopause at work",
        "Which adjustments anybody may ask for, and how.",
        "A fan, another uniform, breaks, another shift: ask your line manager or occupational health. No proof needed.",
    ),
)


def help_everybody(coordinator: Person) -> int:
    """Load what ships, fill in what a force would, let the coordinator look after some; returns how many services.

    The topics are there already.
    """
    actions.load_shipped_services()
    for name, values in _FILLED_IN.items():
        actions.save_service(service=Service.objects.get(name=name), by=coordinator, **values)
    for values, topics, divisions in _INVENTED:
        service = actions.save_service(service=Service(**values), by=coordinator)
        service.topics.set(Topic.objects.filter(name__in=topics))
        service.divisions.set(Division.objects.filter(slug__in=divisions))
    for service in Service.objects.exclude(phone="", text_number="").exclude(name=UNTRIED):
        actions.verify_service(service=service, by=coordinator)
    _look_after(coordinator)
    _write_guidance(coordinator)
    return Service.objects.count()


def _look_after(coordinator: Person) -> None:
    """One that is overdue, one that is not, and one that nobody has tried."""
    for name in (OVERDUE, "Peer support on call", UNTRIED):
        actions.save_service(service=Service.objects.get(name=name), by=coordinator, owner=coordinator)
    Service.objects.filter(name=OVERDUE).update(review_on=timezone.localdate() - timedelta(days=20))


def _write_guidance(coordinator: Person) -> None:
    actions.load_shipped_guidance()
    for slug, days in _LOOKED_AFTER.items():
        page = Guidance.objects.get(slug=slug)
        review_on = timezone.localdate() + timedelta(days=days) if days else page.review_on
        actions.save_guidance(guidance=page, by=coordinator, owner=coordinator, review_on=review_on)
    for title, summary, text in _POLICIES:
        policy = Guidance(title=title, summary=summary, text=text, is_policy=True, published=True)
        policy.link = f"https://intranet.force.example/policies/{len(title)}"
        actions.save_guidance(guidance=policy, by=coordinator, review_on=in_a_year())
