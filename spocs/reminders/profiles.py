"""A new profile waits to be read; it is listed, or came back; once a year its SPOC says that it is still right.

None names whom it is about: a SPOC's name stands on the page behind it alone.
"""

from datetime import timedelta

from django.db.models import DateField, F
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from spocs.models import CONFIRM_AFTER, LISTED_AFTER, Spoc, State
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.reminders.kinds import Kind, register

REVIEW, SENT_BACK, LISTED = "spocs.review", "spocs.sent_back", "spocs.listed"
CONFIRM, UNLISTED = "spocs.confirm", "spocs.unlisted"
_TOLD_FOR = timedelta(days=14)  # that one was listed
_OWN = "My profile as a SPOC"


def _of(state: str):
    return Spoc.objects.filter(state=state, person__in=Person.objects.listed())


def with_coordinator(spocs):
    """These, each with whoever has been coordinator longest and is not that SPOC (`coordinator`)."""
    longest = RoleAssignment.objects.live().filter(role="coordinator").longest(but=("person_id",))
    return spocs.annotate(coordinator=longest).filter(coordinator__isnull=False)


def to_review():
    """Profiles that wait to be read, each with whoever has been coordinator longest and is not their SPOC."""
    return with_coordinator(_of(State.REVIEW))


def sent_back():
    """Profiles that came back with a sentence."""
    return _of(State.INVITED).filter(reviewed_on__isnull=False)


def just_listed():
    """Profiles that the coordinator has listed lately."""
    return _of(State.ACTIVE).filter(reviewed_on__gt=timezone.localdate() - _TOLD_FOR)


def to_confirm():
    """Listed profiles, each with the day by which it is to be confirmed, and the day from which it is off the list."""
    day, off_on = F("confirmed_on") + CONFIRM_AFTER, F("confirmed_on") + CONFIRM_AFTER + LISTED_AFTER
    return _of(State.ACTIVE).annotate(day=Cast(day, DateField()), off_on=Cast(off_on, DateField()))


def _to_read(reminder) -> str:
    return reverse("spocs:review", args=[reminder.about])


register(
    Kind(
        name=REVIEW,
        title="Profiles of SPOCs that wait to be read",
        due=to_review,
        reader="coordinator",
        day="consented_on",
        steps=(0, -7),
        sentence="Somebody you invited has agreed to be listed. Please read their profile: it is waiting for you.",
        page=_to_read,
        stays=True,
    )
)
register(
    Kind(
        name=SENT_BACK,
        title=_OWN,
        due=sent_back,
        reader="person_id",
        day="reviewed_on",
        steps=(0,),
        sentence="The coordinator has read what you wrote, and asks for a change.",
        page="spocs:mine",
        stays=True,
    )
)
register(
    Kind(
        name=LISTED,
        title=_OWN,
        due=just_listed,
        reader="person_id",
        day="reviewed_on",
        steps=(0,),
        sentence="Your profile has been on the list since {due}.",
        page="spocs:mine",
    )
)
register(
    Kind(
        name=CONFIRM,
        title=_OWN,
        due=to_confirm,
        reader="person_id",
        day="day",
        steps=(30, 0),
        sentence="Is your profile still right? Please tell us by {due}: one tap is enough.",
        late="Is your profile still right? Please tell us: one tap is enough.",
        page="spocs:mine",
    )
)
register(
    Kind(
        name=UNLISTED,
        title=_OWN,
        due=to_confirm,
        reader="person_id",
        day="off_on",
        steps=(0,),
        sentence="Your profile has been off the list since {due}. Say that it is still right, and it is back at once.",
        page="spocs:mine",
        stays=True,
    )
)
