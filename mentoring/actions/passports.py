"""The writes to adjustment passports: the person's alone."""

import uuid

from django.db import connection, transaction

from mentoring.queries.passports import passport_of
from mentoring.reminders import PASSPORT_SHARED
from wellbeing.confidential import links, vault
from wellbeing.confidential.models import CareLink, Kind
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

_PASSPORTS = uuid.UUID("2b8f2f5e-3c0b-4a77-9d5c-6f0e4c1d7a90")  # so that a person has one


@transaction.atomic
def write(*, by: Person, version: uuid.UUID, answers: dict, replaces: int) -> str:
    """Write the next version of one's own passport; returns vault.SEALED, SAME for a second click, or STALE.

    `replaces`: the number of the version that `by` had before them, 0 for the first. Earlier versions stay.
    """
    return vault.seal(
        record=uuid.uuid5(_PASSPORTS, str(by.pk)),
        by=by,
        kind=Kind.PASSPORT,
        subject=by,
        version=version,
        answers=answers,
        replaces=replaces,
    )


@transaction.atomic
def share(*, by: Person, carer: Person, link: uuid.UUID) -> bool:
    """Let `carer` read one's own passport until it is taken back; returns whether they can now.

    `link` is made with the form, so that a second click makes no second one. False without a passport, for oneself,
    for somebody who has left, and while what `by` signs in with is not confirmed.
    """
    if passport_of(by) is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select app_person() = %s and confidential_give(%s, %s, 'passport')", [by.pk, link, carer.pk])
        shared = cursor.fetchone()[0]
    refresh(PASSPORT_SHARED, link)
    return shared


@transaction.atomic
def stop_sharing(*, by: Person, link: CareLink) -> bool:
    """`link` opens the passport no longer, from now on; returns whether it did until now."""
    ended = links.end(link, by=by)
    refresh(PASSPORT_SHARED, link.pk)
    return ended
