"""Somebody away, and who could keep contact with them, as the portal's own actions make them."""

import uuid
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mentoring.actions import appoint_mentor
from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.away import away
from wellbeing.web.identity import acting_as


def is_away(subject, *, since: int = 10) -> uuid.UUID:
    """`subject` is away since so many days, as they say themselves; returns the absence's key."""
    return away(subject, by=subject, first_day=-since, expected_back=None).pk


def called(sql: str, *values, by=None):
    """What one call of a function of the database returns, asked by somebody."""
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute(f"select {sql}", values)
        return cursor.fetchone()[0]


def truth(sql: str, *values) -> list[tuple]:
    """Rows as they truly stand, past every wall."""
    with as_superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def trained(person, **values):
    """`person`, a welfare mentor already, with their training noted."""
    values = {"trained_on": timezone.localdate() - timedelta(days=30)} | values
    columns = ", ".join(f"{name} = %s" for name in values)
    truth(f"update mentoring_welfareprofile set {columns} where person_id = %s", *values.values(), person.pk)
    return person


def a_mentor(known_as: str, *, station=None, **profile):
    """A trained welfare mentor with two places."""
    person = PersonFactory(known_as=known_as, last_name="Mentor", **({"station": station} if station else {}))
    appoint_mentor(person=person, kind="welfare", by=None)
    return trained(person, **profile)


def holder(subject) -> tuple | None:
    """(carer, why) of whoever keeps contact with `subject`."""
    rows = truth(
        """select carer_id, why from confidential_carelink where subject_id = %s
           and why in ('keeps_contact', 'welfare_mentor') and (ends is null or ends > now())""",
        subject.pk,
    )
    assert len(rows) <= 1
    return rows[0] if rows else None


# --- A swap, through the pages ------------------------------------------------------------------------

PAGE = "/my-plan/swap/"


def words(page) -> str:
    return page.content.decode()


def asked(client, **form) -> str:
    """Somebody asks for another person; returns what the page says then."""
    return words(client.post(f"{PAGE}ask/", {"key": uuid.uuid4(), **form}, follow=True))


def the_swap() -> tuple:
    """(key, state, told, chosen) of the one that there is."""
    (row,) = truth("select id, state, told_id, chosen_id from mentoring_swap")
    return row


def offered(client, *who) -> str:
    """Whoever was told offers these; returns what their page says then."""
    page = f"/mentoring/coordinator/swaps/{the_swap()[0]}/"
    return words(client.post(page, {"mentors": [person.pk for person in who]}, follow=True))
