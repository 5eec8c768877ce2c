"""HR's file of absences: kept sealed until it is confirmed, then carried out as a whole or not at all."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentoring.absence_file import AbsenceFile
from mentoring.models import AbsenceFeed
from mentoring.queries import absence_feed as queries
from mentoring.queries.absence_feed import NO_LONGER_KEPT, Kept, Move, Plan, place_of
from wellbeing.confidential import sealing
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import sweep_soon

_AT_ONCE = 2000  # absences in one statement
_DONE = ("started", "changed")
MOVED_ON = "Something has changed since you looked: this is what the file would do now."


@transaction.atomic
def receive(*, file: AbsenceFile, by: Person) -> AbsenceFeed:
    """Keep the dates of a file, sealed, until they are confirmed; for a day at most."""
    if "hr" not in by.assigned_roles:
        raise PermissionDenied
    feed = AbsenceFeed(made_by=by)
    feed.key_id, feed.sealed = _seal(feed, Kept(file))
    feed.save(force_insert=True)
    return feed


@transaction.atomic
def confirm(*, feed: AbsenceFeed, by: Person, seen: str) -> dict[str, int]:
    """Carry out a file as a whole; returns how many of what. `seen` is the fingerprint of the plan that `by` has read.

    A second click returns the same and does nothing. Raises ValidationError where another plan stands by now.
    """
    feed = AbsenceFeed.objects.kept().select_for_update().filter(pk=feed.pk, made_by=by).first()
    if feed is None:
        raise ValidationError(NO_LONGER_KEPT)
    kept = queries.opened(feed)
    if kept.counts is not None:
        return kept.counts
    _one_feed_at_a_time()
    plan = queries.plan(kept.file.lines, by=by)
    if plan.fingerprint() != seen:
        raise ValidationError(MOVED_ON)
    write(plan)
    left = AbsenceFile([row.line for row in plan.rejected], kept.file.refused, kept.file.unused)
    after = Kept(left, plan.counts, tuple(row.reason for row in plan.rejected))
    feed.key_id, feed.sealed = _seal(feed, after)
    feed.applied_at = timezone.now()
    feed.save(update_fields=["key_id", "sealed", "applied_at"])
    history.record(by=by, verb="confirmed", about=feed, details=plan.counts)
    return plan.counts


@transaction.atomic
def carry_out(*, file: AbsenceFile, dry_run: bool = False) -> Plan:
    """Carry out a file at once, as the worker does each night, or only say what it would do; returns the plan.

    Raises ValidationError where somebody changes the same absences this very moment.
    """
    _one_feed_at_a_time()
    plan = queries.plan(file.lines, by=None)
    if not dry_run and plan.moves:
        write(plan)
        history.record(by=None, verb="imported", about=AbsenceFeed(), details=plan.counts)
    return plan


@transaction.atomic
def drop(*, feed: AbsenceFeed, by: Person) -> None:
    """Keep nothing of a file any longer."""
    AbsenceFeed.objects.filter(pk=feed.pk, made_by=by).delete()


@transaction.atomic
def purge() -> int:
    """Take away the files whose day is over, as the worker; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("delete from mentoring_absencefeed where made_at < now() - interval '1 day'")
        return cursor.rowcount


def write(plan: Plan) -> None:
    """Write what a plan says: one statement for some thousand absences, each by the same rules as a single one.

    Raises ValidationError where it is no longer so that it can be written; nothing is then.
    """
    moves = plan.moves
    try:
        with transaction.atomic():
            for start in range(0, len(moves), _AT_ONCE):
                _write(moves[start : start + _AT_ONCE])
    except IntegrityError as trouble:
        raise ValidationError(MOVED_ON) from trouble
    if moves:
        sweep_soon()


def _write(moves: list[Move]) -> None:
    columns = zip(*map(_row, moves), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "select mentoring_feed_absences"
            "(%s::boolean[], %s::uuid[], %s::bigint[], %s::date[], %s::date[], %s::date[])",
            [list(column) for column in columns],
        )
        outcomes = cursor.fetchone()[0]
    if any(outcome not in _DONE for outcome in outcomes):
        raise ValidationError(MOVED_ON)


def _row(move: Move) -> tuple:
    dates = move.after
    person = move.person.pk
    return move.before is None, str(move.id), person, dates.first_day, dates.expected_back, dates.back_on


def _one_feed_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('mentoring.absence_feed'))")


def _seal(feed: AbsenceFeed, kept: Kept) -> tuple[str, bytes]:
    said = {
        "lines": [list(asdict(line).values()) for line in kept.file.lines],
        "refused": kept.file.refused,
        "unused": kept.file.unused,
        "counts": kept.counts,
        "reasons": list(kept.reasons),
    }
    return sealing.seal_answers(said, place=place_of(feed))
