"""Counting answers to “did this help?”. No line of history is written: it would say who."""

from django.db import connection, transaction


@transaction.atomic
def count_answer(*, kind: str, key: str, answer: str) -> None:
    """Add one to this month's count of an answer about a page.

    Nothing is kept by which a second answer of the same person could be known: a double click counts twice. The
    figures are coarse enough to bear it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select support_count_answer(%s, %s, %s)", [kind, key, answer])


@transaction.atomic
def forget_answers(*, kind: str, key: str) -> None:
    """Take away what was answered about a page, with the page: a story that was withdrawn, for example."""
    with connection.cursor() as cursor:
        cursor.execute("select support_forget_answers(%s, %s)", [kind, str(key)])
