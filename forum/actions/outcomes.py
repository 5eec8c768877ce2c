"""Outcomes before they are published: taken from the notes, added, changed, taken away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from forum import meanwhile
from forum.models import Meeting, Outcome
from forum.models.meetings import MeetingState
from forum.models.outcomes import MOST
from forum.notes import Line
from forum.owners import owner_of
from wellbeing.people.models import Person

from .meetings import locked

_CHANGEABLE = ("said", "text", "next", "strand", "area", "division", "owner", "owner_office", "due")


@transaction.atomic
def take_from_notes(*, meeting: Meeting, lines: list[Line], by: Person) -> int:
    """Make a draft of each of these lines, after those that are there; returns how many are new. A line that stands
    there already, word for word, is not taken twice. Raises ValidationError where they would be too many."""
    meeting = locked(meeting)
    refuse_published(meeting)
    there = set(meeting.outcomes.values_list("text", flat=True))
    position = (meeting.outcomes.aggregate(last=Max("position"))["last"] or 0) + 1
    new = [line for line in {line.text: line for line in lines if line.text}.values() if line.text not in there]
    if len(there) + len(new) > MOST:
        raise ValidationError({"take": f"A meeting has at most {MOST} outcomes: tick fewer lines."})
    for number, line in enumerate(new, position):
        owner, office = _owner(line.owner)
        Outcome.objects.create(
            meeting=meeting, position=number, text=line.text, owner=owner, owner_office=office, due=line.due
        )
    return len(new)


@transaction.atomic
def save_drafts(*, meeting: Meeting, drafts: list[dict], by: Person) -> None:
    """Write these drafts as they stand in the form, in its order; those without a key that is there are new, and what
    is `gone` is taken away. `seen`: the marks of each as the form showed it, empty for a new one.

    Raises ValidationError once the outcomes are published and for a key that another meeting's has, and SomeOvertaken
    where somebody changed the same ones meanwhile. Nothing is written then.
    """
    meeting = locked(meeting)
    refuse_published(meeting)
    known = meeting.outcomes.select_related("owner", "strand__division", "division")
    there = {outcome.pk: outcome for outcome in known.select_for_update(of=["self"])}
    _refuse_foreign(meeting, [values["id"] for values in drafts])
    meanwhile.refuse_any_overtaken(there, drafts)
    meeting.outcomes.filter(pk__in=[values["id"] for values in drafts if values["gone"]]).delete()
    kept = [values for values in drafts if not values["gone"]]
    for position, values in enumerate(kept, 1):
        outcome = there.get(values["id"])
        if meanwhile.is_left_alone(values):
            meeting.outcomes.filter(pk=values["id"]).update(position=position)
            continue
        outcome = outcome or Outcome(pk=values["id"], meeting=meeting)
        for name in _CHANGEABLE:
            setattr(outcome, name, values[name])
        outcome.position = position
        outcome.save()


def refuse_published(meeting: Meeting) -> None:
    """Raises ValidationError where the outcomes of this meeting are no drafts: not held, or published."""
    if meeting.state == MeetingState.PUBLISHED:
        raise ValidationError("The outcomes of this meeting are published: correct them one by one.")
    if meeting.state != MeetingState.HELD:
        raise ValidationError("Write down first who came: outcomes belong to a meeting that was held.")


def _refuse_foreign(meeting: Meeting, keys: list[UUID]) -> None:
    foreign = Outcome.objects.filter(pk__in=keys).exclude(meeting=meeting)
    if len(set(keys)) < len(keys) or foreign.exists():
        raise ValidationError("This form is mixed up with another one. Open the page anew.")


def _owner(typed: str) -> tuple[Person | None, str]:
    try:
        return owner_of(typed)
    except ValidationError:  # several of that name, or a number of nobody's: the form asks
        return None, ""
