"""Tells the database for whom it works: the ground on which row-level security stands.

The identity is a setting of the transaction (`app.person`), so it ends with the transaction and
cannot travel with a pooled connection into somebody else's request.
"""

from contextlib import contextmanager

from django.db import connection, transaction

# Answered without a transaction of their own: a load balancer asks often, and while the database is away.
WITHOUT_IDENTITY = ("/livez/", "/healthz/")


class IdentityMiddleware:
    """One transaction around each request, told who is asking; everything is undone when the answer is an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in WITHOUT_IDENTITY:
            return self.get_response(request)
        with acting_as(request.user):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


@contextmanager
def acting_as(person):
    """Run the block in a transaction in which the database knows `person`; None for nobody.

    For commands, tasks and tests as well. Inside another transaction the identity from before comes
    back at the end. An exception undoes the block, identity included.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _identity() if nested else ""
        _set_identity(key_of(person))
        yield
        if nested and not connection.needs_rollback:
            _set_identity(before)


def key_of(person) -> str:
    """What the database is told: the person's primary key as text, or nothing for nobody."""
    return str(person.pk) if person is not None and person.pk else ""


def _identity() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.person', true), '')")
        return cursor.fetchone()[0]


def _set_identity(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.person', %s, true)", [key])
