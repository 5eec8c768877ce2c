"""Reporting what somebody wrote, or how they answered: to the wellbeing lead, or to somebody in their place."""

import json
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.confidential.sealing import seal_text
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon

from .. import queries, reminders, sealing
from ..models import ContactReport


@transaction.atomic
def report(*, by: Person, request: UUID, key: UUID, words: str) -> None:
    """Seal what `by` says with a copy of the request, for whoever handles it; the request itself stays.

    The same `key` twice makes one. Raises ValidationError where the request is gone.
    """
    shown = queries.shown_to(by, request)
    if shown is None:
        raise ValidationError("This is no longer here, so it can no longer be reported.")
    row = shown.row
    other = row.volunteer if shown.is_mine else row.asker
    report = ContactReport(pk=key, reporter=by, reported=other, by_volunteer=not shown.is_mine)
    report.handled_by = queries.handler_for(by, other)
    copy = json.dumps({"words": words, "request": sealing.open_answers(row)})
    report.key_id, report.sealed = seal_text(copy, place=queries.place_of_report(report))
    ContactReport.objects.bulk_create([report], ignore_conflicts=True)
    sweep_soon()


@transaction.atomic
def close(*, by: Person, key: UUID) -> None:
    """Whoever handles the report is done with it: it is deleted 90 days later. Raises ValidationError if it is
    closed."""
    open_one = queries.reports().select_for_update(of=["self"]).filter(pk=key, closed_at__isnull=True).first()
    if open_one is None:
        raise ValidationError("This report is closed already.")
    open_one.closed_at, open_one.closed_by = timezone.now(), by
    open_one.save(update_fields=["closed_at", "closed_by"])
    refresh(reminders.REPORT, key)
