"""How an outcome goes on from meeting to meeting, until it is done or stopped."""

from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.dateformat import format as format_date

from forum import personal, policy
from forum.models import Meeting, Outcome, Progress
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
    (code `stale`) where it stands otherwise than it was seen. The database writes it (`sql/outcomes.py`): an owner
    changes nothing else of what is published.
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
    step = [uuid4(), outcome.pk, meeting and meeting.pk, status, due, note]
    with connection.cursor() as cursor:
        cursor.execute("select forum_note(%s, %s, %s, %s, %s, %s)", step)
    tell_owners(outcome.pk)
    return Progress.objects.get(pk=step[0])
