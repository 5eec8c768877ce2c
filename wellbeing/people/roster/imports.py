"""One file's way into the roster: what people do with it, and what the worker does next.

The row's state says whose turn it is (`ImportState`). A worker holds the row locked while it works,
and everything it writes commits together with the state it ends in. So a worker that is killed leaves
the state as it was, and the next one begins that step again.
"""

import hashlib
import logging
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError

from wellbeing.people import actions, history, refusals
from wellbeing.people.models import Person, RosterImport, Station
from wellbeing.people.models.roster_import import IN_THE_WORKER, ImportState

from . import carrying_out, planning, preview
from .planning import Plan
from .reading import RosterFileError, refuse_size

_ATTEMPTS = 3
_LONG = timedelta(seconds=15)
FAULT = "Something in the portal failed at this file; nothing was changed. Tell whoever runs the portal, or try again."
MOVED_ON = "The roster has changed since you looked: this is what the file would do now."

logger = logging.getLogger(__name__)


# --- What people do -------------------------------------------------------------------------------


@transaction.atomic
def receive(*, data: bytes, name: str, full: bool, by: Person) -> RosterImport:
    """Keep a file and have it checked. Raises RosterFileError for one that is empty or too large."""
    refuse_size(len(data))
    row = RosterImport.objects.create(
        file=data,
        file_name=name[-200:],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        full=full,
        uploaded_by=by,
    )
    history.record(by=by, verb="uploaded", about=row)
    _wake(row)
    return row


@transaction.atomic
def check_again(*, row: RosterImport, by: Person) -> None:
    """Check a file once more, against the roster as it is now."""
    if row.file is None:
        raise ValidationError("The file is no longer kept: choose it again.")
    _move(row, [ImportState.PREVIEWED, ImportState.FAILED], ImportState.CHECKING, problem="")
    _wake(row)


@transaction.atomic
def match_stations(*, row: RosterImport, stations: dict[str, Station], by: Person) -> None:
    """Remember for each spelling in the file which station it means, and check the file again."""
    for spelling, station in stations.items():
        actions.remember_spelling(spelling=spelling, station=station, by=by)
    check_again(row=row, by=by)


@transaction.atomic
def confirm(*, row: RosterImport, by: Person, seen: str, accept_leavers: bool = False) -> None:
    """Have the previewed file imported. `seen` is the fingerprint of the preview that `by` has read.

    Raises ValidationError where another preview stands by now, and where too many leave and nobody has said so.
    """
    same = RosterImport.objects.select_for_update().filter(pk=row.pk, preview__fingerprint=seen).exists()
    if row.state == ImportState.PREVIEWED and not same:
        raise ValidationError(MOVED_ON)
    if row.preview and row.preview["too_many_leave"] and not accept_leavers:
        raise ValidationError("More than a tenth of the roster would leave. Tick the box if that is so.")
    _move(
        row, [ImportState.PREVIEWED], ImportState.APPLYING, problem="", confirmed_by=by, leavers_accepted=accept_leavers
    )
    history.record(by=by, verb="confirmed", about=row)
    _wake(row)


@transaction.atomic
def undo(*, row: RosterImport, by: Person) -> None:
    """Have an import taken back as a whole. Raises ValidationError once its day is over."""
    if not row.can_be_undone:
        raise ValidationError("This import can no longer be undone: a day has passed since.")
    _move(row, [ImportState.APPLIED], ImportState.UNDOING, problem="", undone_by=by)
    history.record(by=by, verb="asked to undo", about=row)
    _wake(row)


@transaction.atomic
def record_applied(*, plan: Plan, data: bytes, name: str, full: bool, by: Person | None) -> RosterImport:
    """Carry out a plan at once, as the command does, and keep what is needed to undo it in the admin."""
    said = {"preview": preview.summary(plan), "rows": preview.rows(plan)}
    back = carrying_out.carry_out(plan, by=by)
    row = RosterImport.objects.create(
        state=ImportState.APPLIED,
        file_name=name[-200:],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        full=full,
        confirmed_by=by,
        back=back,
        applied_at=timezone.now(),
        **said,
    )
    history.record(by=by, verb="imported", about=row)
    return row


# --- What the worker does -------------------------------------------------------------------------


def carry_on(key: int) -> None:
    """Do the step that this import waits for, unless another worker is at it."""
    if not _begin(key):
        return
    try:
        _carry_on(key)
    except DatabaseError:
        raise  # the server is away: the next sweep begins again
    except Exception:
        logger.exception("Import %s failed.", key)
        _give_up(key)
    finally:
        with suppress(RedisError):
            cache.delete(_progress_key(key))


def carry_on_waiting() -> int:
    """Take up every import that waits: its message was lost, or its worker died. Returns how many."""
    keys = list(RosterImport.objects.filter(state__in=IN_THE_WORKER).values_list("pk", flat=True))
    for key in keys:
        carry_on(key)
    return len(keys)


def progress(row: RosterImport) -> str:
    """What the worker is doing with it just now, in words; empty where no worker has taken it up."""
    with suppress(RedisError):  # told for comfort; no step depends on it
        return cache.get(_progress_key(row.pk), "")
    return ""


@transaction.atomic
def _begin(key: int) -> bool:
    """Count the attempt, which must outlive the attempt itself; false where there is nothing to do."""
    mine = RosterImport.objects.select_for_update(skip_locked=True).filter(pk=key, state__in=IN_THE_WORKER)
    if not mine.only("pk"):
        return False
    RosterImport.objects.filter(pk=key).update(attempts=F("attempts") + 1)
    return True


@transaction.atomic
def _carry_on(key: int) -> None:
    row = RosterImport.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if row is None:
        return
    if row.attempts > _ATTEMPTS:
        _give_up(key)
        return
    steps = {ImportState.CHECKING: _check, ImportState.APPLYING: _apply, ImportState.UNDOING: _undo}
    if step := steps.get(row.state):
        step(row)


def _check(row: RosterImport) -> None:
    try:
        _show(row, _plan(row, lock=False))
    except RosterFileError as problem:
        _finish(row, ImportState.FAILED, problem=str(problem))


def _apply(row: RosterImport) -> None:
    plan = _plan(row, lock=True)
    if plan.fingerprint() != row.preview["fingerprint"]:
        _show(row, plan, problem=MOVED_ON)
        return
    _say(row, "Writing the roster")
    try:
        with transaction.atomic():
            back = carrying_out.carry_out(plan, by=row.confirmed_by)
            refusals.check_now()
    except IntegrityError:  # somebody changed the roster beside us
        _show(row, _plan(row, lock=False), problem=MOVED_ON)
        return
    _finish(row, ImportState.APPLIED, back=back, applied_at=timezone.now())
    history.record(by=row.confirmed_by, verb="imported", about=row)


def _undo(row: RosterImport) -> None:
    _say(row, "Putting the roster back")
    try:
        with transaction.atomic():
            carrying_out.take_back(row.back, by=row.undone_by)
            refusals.check_now()
    except ValidationError as refusal:
        _finish(row, ImportState.APPLIED, problem=" ".join(refusal.messages), undone_by=None)
        return
    except IntegrityError:
        problem = "This import can no longer be undone: the roster has changed since in a way that excludes it."
        _finish(row, ImportState.APPLIED, problem=problem, undone_by=None)
        return
    _finish(row, ImportState.UNDONE, undone_at=timezone.now(), back=None)
    history.record(by=row.undone_by, verb="undid", about=row)


def _plan(row: RosterImport, *, lock: bool) -> Plan:
    return planning.make(
        bytes(row.file), full=row.full, by=row.uploaded_by, lock=lock, progress=lambda step: _say(row, step)
    )


def _show(row: RosterImport, plan: Plan, problem: str = "") -> None:
    row.preview, row.rows = preview.summary(plan), preview.rows(plan)
    _finish(row, ImportState.PREVIEWED, problem=problem, confirmed_by=None)


def _finish(row: RosterImport, state: ImportState, **values) -> None:
    row.state, row.attempts = state, 0
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _give_up(key: int) -> None:
    """A step that fails by a fault of ours is not begun again: back to where somebody can decide."""
    for stuck, back in (
        (ImportState.CHECKING, ImportState.FAILED),
        (ImportState.APPLYING, ImportState.PREVIEWED),
        (ImportState.UNDOING, ImportState.APPLIED),
    ):
        RosterImport.objects.filter(pk=key, state=stuck).update(state=back, problem=FAULT, attempts=0)


def _move(row: RosterImport, before: list[ImportState], after: ImportState, **values) -> None:
    """From one state to the next, once: whoever comes second is told."""
    values |= {"state": after, "attempts": 0, "asked_at": timezone.now()}
    if not RosterImport.objects.filter(pk=row.pk, state__in=before).update(**values):
        raise ValidationError("Somebody else has just moved this import on. Look at it again.")
    row.refresh_from_db(fields=list(values))


def is_waiting_long(row: RosterImport) -> bool:
    """Whether no worker has taken up the next step for so long that its page should say so."""
    return row.is_in_the_worker and not progress(row) and timezone.now() - row.asked_at > _LONG


def _wake(row: RosterImport) -> None:
    """Have a worker take it up once this commits; a message that is lost, the sweep makes good."""
    from wellbeing.people import tasks  # here, for the tasks call this module

    transaction.on_commit(lambda: tasks.carry_on_import.delay(row.pk), robust=True)


def _say(row: RosterImport, step: str) -> None:
    with suppress(RedisError):
        cache.set(_progress_key(row.pk), step, timeout=600)


def _progress_key(key: int) -> str:
    return f"roster-import-{key}"


# --- What is not kept -----------------------------------------------------------------------------


def purge(*, dry_run: bool = False) -> int:
    """Drop files, row details and ways back whose time is over; returns how many imports that concerns."""
    now = timezone.now()
    waiting = RosterImport.objects.exclude(state__in=IN_THE_WORKER)
    old = waiting.filter(uploaded_at__lt=now - settings.ROSTER_IMPORT_KEPT).exclude(file=None, rows=None)
    settled = waiting.filter(applied_at__lt=now - settings.ROSTER_UNDO_WITHIN).exclude(back=None)
    if dry_run:
        return (old | settled).count()
    return settled.update(back=None) + old.update(file=None, rows=None)
