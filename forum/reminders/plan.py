"""Of the action plan: a measurement is due, a target date has passed, an owner has left."""

from django.urls import reverse

from forum.models import Commitment
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.reminders.kinds import Kind, register

MEASURE, TARGET, OWNERLESS = "forum.measure", "forum.target", "forum.plan_owner"


def to_measure():
    """Commitments that go on, with an owner who is here and may be listed."""
    return Commitment.objects.running().filter(owner__in=Person.objects.listed(), ownerless_since__isnull=True)


def _for_secretary():
    """Commitments that go on, each with whoever has been the forum's secretary longest (`secretary`)."""
    longest = RoleAssignment.objects.live().filter(role="secretary").longest(but=())
    return Commitment.objects.running().annotate(secretary=longest).filter(secretary__isnull=False)


def ownerless():
    """Those of them whose owner has left."""
    return _for_secretary().filter(ownerless_since__isnull=False)


register(
    Kind(
        name=MEASURE,
        title="That a commitment of mine in the action plan is to be measured",
        due=to_measure,
        reader="owner_id",
        day="measure_on",
        steps=(14, 0),
        sentence="A commitment of yours in the action plan is to be measured by {due}.",
        late="A commitment of yours in the action plan was to be measured by {due}.",
        page=lambda reminder: reverse("forum:measure_commitment", args=[reminder.about]),
        stays=True,
        calendar="Figure due",
    )
)
register(
    Kind(
        name=TARGET,
        title="That a commitment in the action plan has reached its target date",
        due=_for_secretary,
        reader="secretary",
        day="due",
        steps=(0,),
        sentence="A commitment in the action plan reaches its target date on {due}. Close it, or give it another.",
        late="A commitment in the action plan passed its target date on {due}. Close it, or give it another.",
        page=lambda reminder: reverse("forum:change_commitment", args=[reminder.about]),
        stays=True,
    )
)
register(
    Kind(
        name=OWNERLESS,
        title="That a commitment in the action plan has lost its owner",
        due=ownerless,
        reader="secretary",
        day="ownerless_since",
        steps=(0,),
        sentence="Whoever owned a commitment in the action plan has left. Find the next owner.",
        page=lambda reminder: reverse("forum:change_commitment", args=[reminder.about]),
        stays=True,
    )
)
