"""How an outcome goes on from meeting to meeting, until it is done or stopped."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as format_date

from forum import personal, policy
from forum.models import Meeting, Outcome, Progress, Status
from forum.models.outcomes import OVER
from wellbeing.people.models import Person

from .publishing import tell_owners

STALE = "stale"


@transaction.atomic
def note(
    *,
    outcome: Outcome,
    status: str,
    note: str,
    due: date | None = None,
    meeting: Meeting | None = None,
    seen: str = "",
    by: Person,
) -> Progress:
    """One step: where it stands now, and a sentence on it that everybody reads. Its owner and the secretary write it;
    another day by which it is due is the secretary's alone to set. `seen`: what it `stands` at as the form showed it.

    Raises ValidationError for anybody else, for another day set by the owner, for a sentence that looks personal, and
    (code `stale`) where it stands otherwise than it was seen.
    """
    outcome = Outcome.objects.select_for_update(of=["self"]).get(pk=outcome.pk)
    runs = policy.runs(by)
    if outcome.published_at is None or not (runs or outcome.owner_id == by.pk):
        raise ValidationError("Only its owner and the forum’s secretary say how it goes on.")
    if seen and seen != outcome.stands:
        now = f"{outcome.get_status_display()}, due {format_date(outcome.due, 'j F Y')}"
        sentence = f"Somebody changed this meanwhile: {now}. Send yours again, and it stands in its place."
        raise ValidationError({"status": ValidationError(sentence, code=STALE)})
    due = due or outcome.due
    if due != outcome.due and not runs:
        raise ValidationError({"due": "Ask the forum’s secretary for another day."})
    personal.refuse(note=note)
    over = timezone.localdate() if status in OVER else None
    outcome.status, outcome.due, outcome.over_on = status, due, outcome.over_on if over and outcome.over_on else over
    outcome.save(update_fields=["status", "due", "over_on"])
    step = Progress.objects.create(outcome=outcome, meeting=meeting, status=Status(status), due=due, note=note, by=by)
    tell_owners(outcome.pk)
    return step
