"""The demonstration works on its own database and on no other.

DEMO=1 set by mistake beside a real database would let anybody be anybody. So a demonstration knows
its database by a token that stands in two places: in the table `demo_marker`, written when the
invented people were loaded into an empty database, and in a file under `VAR_DIR`. A copy of a real
database has no such row; a demonstration's database reached from another machine has another token.
Every new connection is looked at, and the pages and commands look again.
"""

import secrets

from django.conf import settings
from django.db import OperationalError, connections, transaction

from wellbeing.web.logins import SEES_NOBODY

TOKEN_FILE = settings.VAR_DIR / "demo-token"

REFUSAL = (
    "This is not the demonstration's own database, so the demonstration does not run on it. "
    "If this is a real portal, take DEMO out of its environment. If it was meant to be a demonstration, "
    "give it an empty database, or the VAR_DIR with which its data was loaded."
)

_TABLES = "select to_regclass('people_person') is not null, to_regclass('demo_marker') is not null"
_ANYBODY = "select exists (select from people_person) or exists (select from people_force)"
_ROW = "select token from demo_marker"


class NotOurDatabaseError(OperationalError):
    """To every page of the portal a database that is not its own is a database that is away."""

    def __init__(self):
        super().__init__(REFUSAL)


def guard(sender=None, *, connection, **kwargs) -> None:
    """Receiver of `connection_created`. Raises NotOurDatabaseError, with the connection closed."""
    if connection.alias != "default" or connection.settings_dict["USER"] in SEES_NOBODY:
        return
    if not (is_empty(connection) or is_own(connection)):
        connection.close()
        raise NotOurDatabaseError


def is_empty(connection=None) -> bool:
    """Whether the database holds no force and nobody: one to which demo data may be added."""
    with (connection or connections["default"]).cursor() as cursor:
        cursor.execute(_TABLES)
        if not cursor.fetchone()[0]:
            return True
        cursor.execute(_ANYBODY)
        return not cursor.fetchone()[0]


def is_own(connection=None) -> bool:
    """Whether the database's token is the one under `VAR_DIR`."""
    with (connection or connections["default"]).cursor() as cursor:
        cursor.execute(_TABLES)
        if not cursor.fetchone()[1]:
            return False
        cursor.execute(_ROW)
        row = cursor.fetchone()
    return row is not None and secrets.compare_digest(row[0].encode(), _token().encode())


def claim(*, people: int) -> None:
    """Mark an empty database as the demonstration's, in the transaction that fills it.

    Raises NotOurDatabaseError where anybody or a force is there already.
    """
    from .models import Marker

    with transaction.atomic():
        with connections["default"].cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('demo.marker'))")
        if not is_empty():
            raise NotOurDatabaseError
        token = secrets.token_urlsafe(32)
        Marker.objects.update_or_create(pk=1, defaults={"token": token, "people": people})
        _keep(token)


def _keep(token: str) -> None:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    TOKEN_FILE.touch(mode=0o600)
    TOKEN_FILE.chmod(0o600)
    TOKEN_FILE.write_text(token)


def _token() -> str:
    """The token under `VAR_DIR`; where there is none, one that no database has."""
    return (TOKEN_FILE.exists() and TOKEN_FILE.read_text()) or secrets.token_urlsafe(32)
