"""How long what is confidential is kept, and taking away what is past that: nightly, and by `purge_confidential`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person

from .models import Draft, Retention


def _with_records(kept: Retention) -> datetime:
    return _months_ago(kept.records_months)


_also: dict[str, tuple[Callable[..., int], Callable[[Retention], datetime]]] = {}


def register(name: str, purge: Callable[..., int], *, since: Callable[[Retention], datetime] = _with_records) -> None:
    """An app's own rows: `purge(before=…)` takes them away after the records, and returns how many.

    `since` says from the periods before when; without it they go with the records that they are about.
    """
    _also[name] = purge, since


def periods() -> Retention:
    """What is set, or the defaults."""
    return Retention.objects.first() or Retention()


@transaction.atomic
def set_periods(*, by: Person | None, **values) -> Retention:
    """Set how long what is kept. Raises ValidationError for a read log that would go before its records."""
    kept = periods()
    details = history.difference(kept, values)
    for name, value in values.items():
        setattr(kept, name, value)
    if kept.read_log_months < kept.records_months:
        raise ValidationError({"read_log_months": "Keep it at least as long as the records."})
    kept.save()
    history.record(by=by, verb="changed", about=kept, details=details)
    return kept


@transaction.atomic
def purge(*, dry_run: bool = False) -> dict[str, int]:
    """Take away what is past its period, as the worker; returns how many of what. A dry run is undone again."""
    kept = periods()
    records, log = _months_ago(kept.records_months), _months_ago(kept.read_log_months)
    old = timezone.now() - timedelta(days=kept.drafts_days)
    drafts = Draft.objects.filter(saved_at__lt=old, author__legal_hold=False)
    gone = {
        "records": _ask("select purge_records(%s)", records),
        **{name: purge_rows(before=since(kept)) for name, (purge_rows, since) in _also.items()},
        "lines of the read log": _ask("select purge_read_log(%s)", log),
        "care links": _ask("select purge_links(%s)", log),
        "drafts": drafts.delete()[0],
    }
    transaction.set_rollback(dry_run)
    return gone


def _months_ago(months: int) -> datetime:
    return _ask("select now() - make_interval(months => %s)", months)


def _ask(sql: str, value):
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchone()[0]
