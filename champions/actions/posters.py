"""Posters: files of many that somebody asked for, and whether a station's hangs.

A file is made by the worker. It holds the row locked meanwhile, and the file commits together with the row's state: a
worker that is killed leaves the row as it was, and the next one makes the file anew.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError

from champions import poster_pdf
from champions.models import Coverage, How, PosterRun, Posting, RunState
from champions.queries import posters as queries
from champions.queries.posters import Poster
from champions.reminders import POSTER
from wellbeing.people import history
from wellbeing.people.models import Division, Person
from wellbeing.reminders.actions import refresh
from wellbeing.web.pdf import CannotPrint

KEPT = timedelta(days=1)
_ATTEMPTS = 3
_LONG = timedelta(seconds=15)
_AT_ONCE = 25  # stations whose posters are read together

logger = logging.getLogger(__name__)


# --- Files of many ---------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_posters(*, key: UUID, size: str, division: Division | None, by: Person) -> PosterRun:
    """Have the posters of a division's stations, or of all, made as one file. Asked twice with one key, it is made
    once. Raises ValidationError where there is no open station."""
    total = queries.open_stations(division).count()
    if not total:
        raise ValidationError("There is no open station to make a poster for.")
    values = {"made_by": by, "size": size, "division": division, "total": total}
    run, is_new = PosterRun.objects.get_or_create(pk=key, defaults=values)
    if run.made_by_id != by.pk:
        raise ValidationError("Load the page again, and ask once more.")
    if is_new:
        _wake(run)
    return run


def make_posters(key: UUID) -> None:
    """Make the file that this row waits for, as the worker; nothing where another worker is at it or it is made."""
    if not _begin(key):
        return
    try:
        _make(key)
    except DatabaseError:
        raise  # the server is away: the next look begins again
    except CannotPrint:
        _give_up(key)
    except Exception:
        logger.exception("Posters %s could not be made.", key)
        _give_up(key)
    finally:
        with suppress(RedisError):
            cache.delete(_progress_key(key))


def make_waiting_posters() -> int:
    """Take up every file that waits: its message was lost, or its worker died. Returns how many."""
    keys = list(PosterRun.objects.filter(state=RunState.WAITING).values_list("pk", flat=True))
    for key in keys:
        make_posters(key)
    return len(keys)


def done_of(run: PosterRun) -> int:
    """How many of its posters are ready to be set, by what the worker has said last; 0 before it has begun."""
    with suppress(RedisError):  # told for comfort; nothing depends on it
        return cache.get(_progress_key(run.pk), 0)
    return 0


def is_waiting_long(run: PosterRun) -> bool:
    """Whether no worker has taken it up for so long that its page should say so."""
    return run.is_waiting and not done_of(run) and timezone.now() - run.asked_at > _LONG


@transaction.atomic
def purge_posters(*, dry_run: bool = False) -> int:
    """Take away files that are a day old, as the worker; returns how many."""
    old = PosterRun.objects.filter(asked_at__lt=timezone.now() - KEPT)
    return old.count() if dry_run else old.delete()[0]


@transaction.atomic
def _begin(key: UUID) -> bool:
    """Count the attempt, which must outlive the attempt itself; false where there is nothing to do."""
    mine = PosterRun.objects.select_for_update(skip_locked=True).filter(pk=key, state=RunState.WAITING)
    if not mine.only("pk"):
        return False
    PosterRun.objects.filter(pk=key).update(attempts=F("attempts") + 1)
    return True


@transaction.atomic
def _make(key: UUID) -> None:
    waiting = PosterRun.objects.select_for_update(skip_locked=True, of=("self",)).select_related("division")
    run = waiting.filter(pk=key, state=RunState.WAITING).first()
    if run is None:
        return
    if run.attempts > _ATTEMPTS:
        _give_up(key)
        return
    run.pdf = _pdf_of(run)
    run.state, run.made_at = RunState.MADE, timezone.now()
    run.save(update_fields=["pdf", "state", "made_at", "total"])


def _pdf_of(run: PosterRun) -> bytes:
    """All pages in one compilation; says meanwhile how many are ready to be set."""
    stations = list(queries.open_stations(run.division))
    run.total = len(stations)
    found: list[Poster] = []
    for start in range(0, len(stations), _AT_ONCE):
        found += queries.posters(stations[start : start + _AT_ONCE])
        _say(run, len(found))
    title = f"Posters of champions, {run.division or 'all stations'}"
    return poster_pdf.pdf_of(found, size=run.size, today=timezone.localdate(), title=title)


def _give_up(key: UUID) -> None:
    PosterRun.objects.filter(pk=key, state=RunState.WAITING).update(state=RunState.FAILED)


def _wake(run: PosterRun) -> None:
    """Have a worker take it up once this commits; a message that is lost, the schedule makes good."""
    from champions import tasks  # here, for the tasks call this module

    transaction.on_commit(lambda: tasks.make_posters.delay(str(run.pk)), robust=True)


def _say(run: PosterRun, done: int) -> None:
    with suppress(RedisError):
        cache.set(_progress_key(run.pk), done, timeout=600)


def _progress_key(key: UUID) -> str:
    return f"posters-{key}"


# --- Whether they hang -----------------------------------------------------------------------------------


@transaction.atomic
def confirm_posted(*, poster: Poster, by: Person | None, how: How) -> Posting:
    """Somebody says that this poster, as it is now, hangs; `by` is empty where whoever stood before it said so.

    Said twice, it is kept once. Nobody is asked about it any longer.
    """
    posting = _posting_of(poster)
    if not posting.hangs:
        posting.fingerprint, posting.confirmed_at = poster.fingerprint, timezone.now()
        posting.confirmed_by, posting.how = by, how
        posting.save(update_fields=["fingerprint", "confirmed_at", "confirmed_by", "how"])
        history.record(by=by, verb="said that it hangs", about=posting)
    _ask(poster.station.pk)
    return posting


@transaction.atomic
def look_at_posters() -> int:
    """See which posters say something else since the last look, as the worker: their champions are asked to hang
    them anew. However much has changed since, that is one asking. Returns how many."""
    stations = list(queries.open_stations())
    known = dict(Posting.objects.values_list("pk", "says"))
    changed = [poster for poster in queries.posters(stations) if known.get(poster.station.pk) != poster.fingerprint]
    for poster in changed:
        _posting_of(poster)
    if changed:
        _ask(*(poster.station.pk for poster in changed))
    return len(changed)


def _posting_of(poster: Poster) -> Posting:
    """The station's row, locked, saying what its poster says now."""
    says = {"says": poster.fingerprint, "says_since": timezone.localdate()}
    Posting.objects.bulk_create([Posting(station=poster.station, **says)], ignore_conflicts=True)
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=poster.station.pk)
    if posting.says != poster.fingerprint:
        posting.says, posting.says_since = says.values()
        posting.save(update_fields=["says", "says_since"])
    return posting


def _ask(*stations: int) -> None:
    """Whoever covers these is asked, or no longer asked."""
    refresh(POSTER, *Coverage.objects.live().filter(station__in=stations).values_list("pk", flat=True))
