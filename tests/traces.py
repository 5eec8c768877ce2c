"""All that a visit could leave behind here: every row of every table, and every key of the cache and the broker."""

import os

import redis

_TABLES = "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"


def everything_stored(cursor) -> dict[str, list[str]]:
    """Every row of every table, as text; read as the owner, from whom nothing is hidden."""
    cursor.execute(_TABLES)
    tables = [name for (name,) in cursor.fetchall()]
    stored = {}
    for table in tables:
        cursor.execute(f'select row::text from "{table}" row order by 1')
        stored[table] = [row for (row,) in cursor.fetchall()]
    return stored


def everything_cached() -> dict[bytes, bytes]:
    """Every key of the cache and of the broker, which share one server, with what it holds."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        return {key: client.dump(key) for key in client.scan_iter("*")}


def changed(before: dict, after: dict) -> set:
    """The names of tables, or the keys, that differ."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
