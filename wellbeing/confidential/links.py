"""What is decided about care links: by the person they are about, and by the wellbeing lead."""

from collections.abc import Iterable

from django.db import connection, transaction

from wellbeing.people.models import Person

from .models import CareLink


@transaction.atomic
def hand_over(link: CareLink, *, by: Person, earlier: bool) -> bool:
    """Let a link of one's own open what was written before it began, or close that again.

    Returns whether the database did: False for a link that is over, or is not about `by`.
    """
    return _ask("select confidential_hand_over(%s, %s)", link, by, earlier)


@transaction.atomic
def close_earlier(*, by: Person, line_manager: Person) -> bool:
    """Close to one's line manager what was written before now, 1-1s as well; returns whether the database did."""
    with connection.cursor() as cursor:
        values = [by.pk, line_manager.pk]
        cursor.execute("select app_person() = %s and confidential_close_earlier(%s)", values)
        return cursor.fetchone()[0]


@transaction.atomic
def end(link: CareLink, *, by: Person) -> bool:
    """End a link that does not follow from the roster; returns whether the database did."""
    return _ask("select confidential_end_link(%s)", link, by)


@transaction.atomic
def answer_new_managers(*, by: Person, managers: Iterable[str], approve: bool) -> int:
    """The wellbeing lead confirms these line managers, or does not; returns for how many people they are one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select case when app_person() = %s then confidential_answer_new_managers(%s::bigint[], %s) else 0 end",
            [by.pk, [int(key) for key in managers], approve],
        )
        return cursor.fetchone()[0]


def _ask(sql: str, link: CareLink, by: Person, *more) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select app_person() = %s and ({sql})", [by.pk, link.pk, *more])
        return cursor.fetchone()[0]
