"""Refuses a database login that would see through the walls, and the demonstration's database in a real portal.

Row-level security does not bind a superuser, a login with BYPASSRLS, or the owner of a table. So the
logins that serve people are looked at on every new connection. (gunicorn and Celery run no system
checks; `manage.py check --database default --database vault` says the same to whoever runs
the portal.) The second connection, `vault`, may call the functions granted to it and read no table:
what it opens is written down first, and a right to a table would be a way past that.
"""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

# `owner` migrates and nothing else; `backup` reads past the policies on purpose and serves nobody.
ABOVE_THE_WALLS = ("wellbeing_owner", "wellbeing_backup")
# `rotator` may read neither people nor the demonstration's mark: whose database it is, it cannot ask.
SEES_NOBODY = ("wellbeing_rotator",)

_POWERS = """
select exists (select from pg_roles where rolsuper and pg_has_role(current_user, oid, 'member')),
       exists (select from pg_roles where rolbypassrls and pg_has_role(current_user, oid, 'member')),
       exists (select from pg_class where relkind in ('r', 'p') and oid >= 16384
                  and pg_has_role(current_user, relowner, 'member'))
"""
# By itself, or as anybody whose member it is. What an extension brought holds nothing of ours.
_TABLES = """
select exists (select from pg_class c, pg_roles r
                where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.oid >= 16384
                  and pg_has_role(current_user, r.oid, 'member')
                  and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate')
                       or has_any_column_privilege(r.oid, c.oid, 'select, insert, update, references'))
                  and not exists (select from pg_depend where classid = 'pg_class'::regclass
                                     and objid = c.oid and deptype = 'e'))
"""
_MARKED = "select to_regclass('demo_marker') is not null"
_INVENTED = "select exists (select from demo_marker)"
_SENTENCES = ("is a superuser", "can pass by row-level security (BYPASSRLS)", "owns tables, or can act as their owner")


def guard(sender=None, *, connection, **kwargs) -> None:
    """Receiver of `connection_created`. Raises ImproperlyConfigured, with the connection closed."""
    if connection.alias not in settings.DATABASES or connection.settings_dict["USER"] in ABOVE_THE_WALLS:
        return
    if power := _power_of(connection):
        connection.close()
        raise ImproperlyConfigured(
            f"The database login {connection.settings_dict['USER']} {power}: nothing it asks would be refused. "
            "Run the portal with a login made by docs/deploying.md, and keep the owner's for `manage.py migrate`."
        )
    if connection.alias == "vault" and _answer(connection, _TABLES):
        connection.close()
        raise ImproperlyConfigured(
            f"The database login {connection.settings_dict['USER']} has rights to tables: confidential text could be "
            "read without a line in the read log. Take them away (REVOKE); it needs only what the migrations grant."
        )


def guard_against_invented(sender=None, *, connection, **kwargs) -> None:
    """Receiver of `connection_created`. Raises ImproperlyConfigured where a real portal meets invented people."""
    if settings.DEMO or connection.alias != "default" or connection.settings_dict["USER"] in SEES_NOBODY:
        return
    if not _holds_invented_people(connection):
        return
    connection.close()
    raise ImproperlyConfigured(
        f"The database {connection.settings_dict['NAME']} holds the invented people of the demonstration, in which "
        "anybody may have signed in as anybody. Give the portal a database of its own (DATABASE_NAME)."
    )


def require_login(name: str) -> None:
    """Raise ImproperlyConfigured unless this process was started with the login it is meant to have."""
    if name != settings.DB_LOGIN:
        raise ImproperlyConfigured(f"This process must run with DB_LOGIN={name}, not {settings.DB_LOGIN}.")


@checks.register(checks.Tags.database)
def logins_are_plain(app_configs=None, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """`manage.py check --database default --database vault`: web.E001 where `guard` would refuse."""
    return [error for alias in databases or () if (error := _error_of(alias))]


def _error_of(alias: str) -> checks.CheckMessage | None:
    try:
        connections[alias].ensure_connection()
    except ImproperlyConfigured as refusal:
        return checks.Error(str(refusal), id="web.E001")
    except DatabaseError as trouble:
        return checks.Error(f"The database {alias} does not answer: {trouble}", id="web.E002")
    return None


def _power_of(connection) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        return next((words for words, has in zip(_SENTENCES, cursor.fetchone(), strict=True) if has), None)


def _holds_invented_people(connection) -> bool:
    return _answer(connection, _MARKED) and _answer(connection, _INVENTED)


def _answer(connection, question: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
