"""Publishing what the forum decided, in one step, and putting it right afterwards.

What looks like a personal matter is published only after a look at those very words: the check is made once more in the
transaction that publishes, and the database refuses a published word that did not go through it (`sql/outcomes.py`).
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum import meanwhile, personal, reminders
from forum.models import Correction, Meeting, MeetingState, Outcome, Progress
from forum.queries.outcomes import Check, check, checklist
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from . import boards
from .meetings import locked, tell
from .outcomes import refuse_published

_SHOWN_BEFORE = ("said", "text", "next", "owner_office", "due")


@transaction.atomic
def look(*, meeting: Meeting, looked: dict, by: Person) -> None:
    """The secretary has looked at what seemed personal in these outcomes: `looked` is the fingerprint of what they saw,
    by outcome. A look at words that have changed since counts for nothing."""
    locked(meeting)
    for outcome in meeting.outcomes.filter(pk__in=looked, published_at__isnull=True):
        if looked[outcome.pk] == check(outcome).fingerprint:
            outcome.looked_at = looked[outcome.pk]
            outcome.save(update_fields=["looked_at"])


@transaction.atomic
def publish(*, meeting: Meeting, by: Person) -> Meeting:
    """Publish every outcome of this meeting: page, feed, archive and noticeboards show them from the same moment.

    Raises ValidationError where there is none, one lacks what it needs, or one looks personal and nobody has looked at
    these very words; nothing is published then. Pressed twice, it is published once.
    """
    meeting = locked(meeting)
    if meeting.is_published:
        return meeting
    refuse_published(meeting)
    drafts = list(meeting.outcomes.select_for_update(of=["self"]))
    checks = checklist(meeting)
    _refuse_unready(checks)
    now = timezone.now()
    for one in checks:
        _publish(one.outcome, now, by)
    meeting.state, meeting.published_at, meeting.published_by = MeetingState.PUBLISHED, now, by
    meeting.edition = 1
    meeting.save(update_fields=["state", "published_at", "published_by", "edition"])
    history.record(by=by, verb="published its outcomes", about=meeting)
    boards.hang(meeting=meeting)
    tell(meeting)
    tell_owners(*(draft.pk for draft in drafts))
    return meeting


@transaction.atomic
def correct(
    *, outcome: Outcome, why: str, was_personal: bool, reprint: bool, seen: str, looked: str = "", by: Person, **values
) -> Outcome:
    """Put a published outcome right. It is marked with `why` and with what stood there before; where that was personal,
    the former words are kept nowhere. `reprint`: noticeboards are to be printed anew. `seen`: the marks of the outcome
    as the form showed it. `looked`: the fingerprint of what seemed personal in the new words, as the secretary saw it.

    Raises ValidationError where the new words look personal and nobody has looked at them, where `why` does at all, or
    something is missing; Overtaken where somebody changed the same outcome meanwhile.
    """
    personal.refuse(why=why)
    meeting = locked(outcome.meeting)
    known = Outcome.objects.select_related("owner", "strand__division", "division")
    outcome = known.select_for_update(of=["self"]).get(pk=outcome.pk)
    meanwhile.refuse_overtaken(outcome, values, seen)
    before = {name: _plain(getattr(outcome, name)) for name in _SHOWN_BEFORE}
    before["owned_by"] = outcome.owned_by
    for name, value in values.items():
        setattr(outcome, name, value)
    outcome.looked_at = looked
    _refuse_unready([check(outcome)])
    after = {name: _plain(getattr(outcome, name)) for name in _SHOWN_BEFORE} | {"owned_by": outcome.owned_by}
    changed = {name: value for name, value in before.items() if value != after[name]}
    outcome.checked, outcome.corrected_at = hash_of(outcome), timezone.now()
    outcome.save()
    kept = {} if was_personal else changed
    Correction.objects.create(outcome=outcome, why=why, before=kept, by=by)
    if was_personal:
        Correction.objects.filter(outcome=outcome).update(before={})  # what stood there earlier may say it as well
    history.record(by=by, verb="corrected", about=outcome)
    if reprint:
        meeting.edition += 1
        meeting.save(update_fields=["edition"])
        boards.hang(meeting=meeting)
    tell_owners(outcome.pk)
    return outcome


def hash_of(outcome: Outcome) -> str:
    """Of the words that were checked; the database computes the same of those that are published."""
    return hashlib.md5("\x1f".join(outcome.words).encode(), usedforsecurity=False).hexdigest()


def tell_owners(*keys) -> None:
    """Have the reminders about these outcomes say what is so now."""
    for kind in reminders.OF_AN_OUTCOME:
        refresh(kind, *keys)


def _publish(outcome: Outcome, now, by: Person) -> None:
    outcome.published_at, outcome.checked = now, hash_of(outcome)
    outcome.save(update_fields=["published_at", "checked"])
    Progress.objects.create(
        outcome=outcome, meeting=outcome.meeting, status=outcome.status, due=outcome.due, note="Decided.", by=by, at=now
    )


def _refuse_unready(checks: list[Check]) -> None:
    if not checks:
        raise ValidationError("There is no outcome to publish yet.")
    for number, one in enumerate(checks, 1):
        if one.lacks:
            raise ValidationError(f"Outcome {number} lacks {' and '.join(one.lacks)}.")
        if not one.is_looked_at:
            words = ", ".join(f"“{finding.words}”" for finding in one.findings)
            raise ValidationError(f"Outcome {number} looks like a personal matter ({words}): look at it first.")


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
