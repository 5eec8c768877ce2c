"""What champions and those around them are told in the course of a champion's time: terms, supervision, hand-over."""

from dataclasses import dataclass

from django.urls import reverse

from champions.models import Champion, Coverage, Farewell, State
from champions.queries.directory import rules
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.reminders.kinds import Kind, register

BEGIN, TERM = "champions.begin", "champions.term"
SUPERVISION, SUPERVISION_LATE = "champions.supervision", "champions.supervision_late"
LEAD, FAREWELL = "champions.lead", "champions.farewell"
TWO_WEEKS = 14  # days
_OWN = "My time as a champion"


def who_may_begin():
    """Everybody who is trained, and vetted where that is needed, and has not said yet how to be reached."""
    trained = Champion.objects.filter(
        state=State.TRAINING, trained_on__isnull=False, person__in=Person.objects.listed()
    )
    return trained.filter(vetting_confirmed_on__isnull=False) if rules().needs_vetting else trained


def terms():
    """Everybody who serves for a term."""
    return Champion.objects.serving().filter(term_ends__isnull=False)


def supervisions():
    """Everybody who serves and has a day by which to have supervision."""
    return Champion.objects.serving().filter(supervision_due__isnull=False)


def supervisions_to_arrange():
    """The same, each with a coordinator (`coordinator`): who has been it longest and is not them. Nobody hidden."""
    longest = RoleAssignment.objects.live().filter(role="coordinator").longest(but=("person_id",))
    return supervisions().filter(person__hidden=False).annotate(coordinator=longest).filter(coordinator__isnull=False)


def leads_handed_over():
    """Stations whose lead was handed to somebody who has not yet said that they take it on."""
    handed = Coverage.objects.live().filter(lead_handed_on__isnull=False)
    return handed.filter(champion__in=Champion.objects.serving())


def farewells():
    """Whom somebody wanted told that they have stepped down."""
    return Farewell.objects.all()


@dataclass(frozen=True)
class LeadKind(Kind):
    """The reminder that says of which station somebody is the central contact now."""

    def words(self, reminder) -> str:
        """The sentence shown in the portal, with the station's name; one query."""
        coverage = Coverage.objects.filter(pk=reminder.about).select_related("station").first()
        return f"You are now the central contact for {coverage.station}." if coverage else self.sentence


def _page_of_champion(reminder) -> str:
    return reverse("champions:network_champion", args=[reminder.about])


register(
    Kind(
        name=BEGIN,
        title=_OWN,
        due=who_may_begin,
        reader="person_id",
        day="trained_on",
        steps=(0,),
        sentence="You are trained as a champion. Say how people may reach you, and you are listed.",
        page="champions:begin",
        stays=True,
    )
)
register(
    Kind(
        name=TERM,
        title=_OWN,
        due=terms,
        reader="person_id",
        day="term_ends",
        steps=(60, 14, 0),
        sentence="Your term as a champion ends on {due}. Go on, or step down: both are welcome.",
        late="Your term as a champion ended on {due}. Go on, or step down: both are welcome.",
        page="champions:term",
        limit=True,
    )
)
register(
    Kind(
        name=SUPERVISION,
        title=_OWN,
        due=supervisions,
        reader="person_id",
        day="supervision_due",
        steps=(14, 0),
        sentence="Your supervision as a champion is due on {due}: time for you, with somebody who listens.",
        late="Your supervision as a champion was due on {due}.",
        page="champions:mine",
        limit=True,
    )
)
register(
    Kind(
        name=SUPERVISION_LATE,
        title="Supervision of champions that is late",
        due=supervisions_to_arrange,
        reader="coordinator",
        whom="person_id",
        day="supervision_due",
        steps=(-TWO_WEEKS,),
        sentence="The supervision of {whom} as a champion was due on {due}.",
        page=_page_of_champion,
    )
)
register(
    LeadKind(
        name=LEAD,
        title="Stations that are handed over to me",
        due=leads_handed_over,
        reader="champion__person_id",
        day="lead_handed_on",
        steps=(0,),
        sentence="You are now the central contact for a station.",
        page="champions:new_lead",
        stays=True,
    )
)
register(
    Kind(
        name=FAREWELL,
        title="Champions among my people who step down",
        due=farewells,
        reader="manager_id",
        whom="person_id",
        day="told_on",
        steps=(0,),
        sentence="{whom} has stepped down as a champion, and wanted you to know.",
        page="reminders:list",
    )
)
