"""Owners are reminded of what they took on; the secretary, of what is to be published or has no owner any longer."""

from django.urls import reverse

from forum.models import Meeting, MeetingState, Outcome
from wellbeing.people.models import Person
from wellbeing.reminders.kinds import Kind, register

from .meetings import with_secretary

OWNED, OVERDUE, UNOWNED, TO_PUBLISH = "forum.owned", "forum.overdue", "forum.unowned", "forum.to_publish"
OF_AN_OUTCOME = (OWNED, OVERDUE, UNOWNED)


def owned():
    """Outcomes that go on, with an owner who is here."""
    return Outcome.objects.going_on().filter(owner__in=Person.objects.listed())


def overdue():
    """Outcomes whose day is over, with the secretary to tell."""
    return with_secretary(Outcome.objects.overdue())


def unowned():
    """Outcomes that go on and whose owner has left or stands in no list, with the secretary to tell."""
    going_on = Outcome.objects.going_on().filter(owner__isnull=False)
    return with_secretary(going_on.exclude(owner__in=Person.objects.listed()))


def to_publish():
    """Meetings that were held and whose outcomes are promised by a day, with the secretary to tell."""
    return with_secretary(Meeting.objects.filter(state=MeetingState.HELD, publish_by__isnull=False))


def _progress(reminder) -> str:
    return reverse("forum:outcome", args=[reminder.about])


def _outcomes(reminder) -> str:
    return reverse("forum:outcomes", args=[reminder.about])


register(
    Kind(
        name=OWNED,
        title="What I took on at the forum",
        due=owned,
        reader="owner_id",
        day="due",
        steps=(7, 0),
        sentence="Something that you took on for the wellbeing forum is due on {due}. Please say how it goes.",
        late="Something that you took on for the wellbeing forum was due on {due}. Please say how it goes.",
        page=_progress,
        stays=True,
        calendar="forum",
    )
)
register(
    Kind(
        name=OVERDUE,
        title="Outcomes of the forum that are overdue",
        due=overdue,
        reader="secretary",
        day="due",
        steps=(-1,),
        sentence="An outcome of the forum was due on {due} and is not done.",
        page=_progress,
    )
)
register(
    Kind(
        name=UNOWNED,
        title="Outcomes of the forum that lost their owner",
        due=unowned,
        reader="secretary",
        day="due",
        steps=(400,),
        sentence="An outcome of the forum, due on {due}, has no owner any longer. Please name another.",
        page=_progress,
    )
)
register(
    Kind(
        name=TO_PUBLISH,
        title="Outcomes of the forum to be published",
        due=to_publish,
        reader="secretary",
        day="publish_by",
        steps=(10, 3, 0),
        sentence="The outcomes of the forum’s meeting are promised by {due}. Please publish them.",
        late="The outcomes of the forum’s meeting were promised by {due}. Please publish them.",
        page=_outcomes,
        stays=True,
    )
)
