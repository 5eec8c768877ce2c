"""Codes by mail, and counting who tries how often."""

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.plan_door import secrets
from wellbeing.plan_door.models import Entry, MailCode
from wellbeing.web.identity import acting_as

from .entries import check_pin

SOURCE_TRIES = 40  # an hour, from one address: many people may share it
CODES = 8  # an hour, for one person from one address
ALL_CODES = 60  # an hour, for one person: with three tries each, 180 of a hundred million codes, and each needs the PIN


def is_source_tired(address: str) -> bool:
    """Count a try from this address, and say whether there were too many within the hour.

    In the database, which no restart empties.
    """
    with connection.cursor() as cursor:
        cursor.execute("select door_count_try(%s)", [secrets.source_mark(address)])
        return cursor.fetchone()[0] > SOURCE_TRIES


def send_code(*, person: Person | None, address: str = "", source: str = "") -> uuid.UUID:
    """Have a code sent, and return its key: to `address`, which it will confirm, or to the one they come in by.

    For nobody, and for somebody who cannot come in so or has had too many, a key is returned like any other, and
    nothing is sent. `source` is where the request came from: what is asked for elsewhere uses up nothing here.
    """
    mark = source and secrets.source_mark(source, person=getattr(person, "pk", 0))
    with acting_as(person):
        row = MailCode.objects.create(person=person, address=address, source=mark)
        entry = Entry.objects.filter(pk=getattr(person, "pk", 0)).first()
        goes_somewhere = address or (entry and entry.takes_codes)
        if _had_too_many(row) or not goes_somewhere:
            MailCode.objects.filter(pk=row.pk).update(used_at=timezone.now())
    _send_soon()
    return row.pk


def take_code(*, person: Person | None, key: uuid.UUID, typed: str, pin: str | None = None) -> MailCode | None:
    """Use a code up and return its row; None where it is not that code, too late, used, or tried too often.

    With `pin`, only both together are right; a wrong PIN is counted only beside the right code, so that nobody locks
    somebody out who does not read their mail. Whichever is wrong, the answer is the same and takes as long.
    """
    with acting_as(person):
        row = MailCode.objects.select_for_update().filter(pk=key, person=person).first()
        is_right = row is not None and not row.is_over and secrets.is_same(typed, secrets.mail_code(key))
        if pin is not None:
            is_right = check_pin(person=person, pin=pin, counts=is_right) and is_right
        if is_right and person is not None:
            row.used_at = timezone.now()
            row.save(update_fields=["used_at"])
        elif row is not None:
            row.wrong = row.wrong + 1
            row.save(update_fields=["wrong"])
        return row if is_right and person is not None else None


def _had_too_many(row: MailCode) -> bool:
    lately = MailCode.objects.filter(person=row.person, made_at__gt=timezone.now() - timedelta(hours=1))
    here = Count("pk", filter=Q(source=row.source))
    number = lately.aggregate(here=here, everywhere=Count("pk"))
    return number["here"] > CODES or number["everywhere"] > ALL_CODES


def _send_soon() -> None:
    from wellbeing.plan_door import tasks  # which calls what sends

    transaction.on_commit(lambda: tasks.send_mails.delay(), robust=True)
