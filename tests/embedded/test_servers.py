"""The embedded servers: what is made, who may read it, what is kept."""

import os
import stat
from pathlib import Path

import psycopg2
import pytest
import redis

from wellbeing.embedded import environment, folders, servers

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def var_dir(tmp_path):
    yield tmp_path / "with a space"
    folders.forget(tmp_path / "with a space")


def connect(known, login, database="wellbeing"):
    return psycopg2.connect(
        host=known["DATABASE_HOST"],
        dbname=database,
        user=f"wellbeing_{login}",
        password=known[environment.password_name(login)],
    )


def answers(known, login, *statements):
    """The answer to the last statement, with everything committed."""
    connection = connect(known, login)
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def may(known, login, statement) -> bool:
    try:
        answers(known, login, statement)
    except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ReadOnlySqlTransaction):
        return False
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="module")
def known(folder):
    """Servers with one table that the owner made after the logins, as a migration does."""
    with servers(folder, throwaway=True) as environment:
        answers(
            environment,
            "owner",
            "CREATE TABLE note (id serial NOT NULL, text text)",
            "INSERT INTO note (text) VALUES ('one')",
        )
        answers(environment, "owner", "ALTER TABLE note ENABLE ROW LEVEL SECURITY")
        answers(environment, "owner", "CREATE POLICY all_rows ON note TO wellbeing_worker USING (true)")
        yield environment


def test_it_is_postgres_18(known):
    assert answers(known, "app", "SHOW server_version")[0][0].startswith("18.")


@pytest.mark.parametrize(
    ("login", "reads", "writes", "makes_tables"),
    [
        ("owner", True, True, True),
        ("app", True, False, False),  # no row policy names it: it reads no row, and may add none
        ("worker", True, True, False),
        ("reader", False, False, False),
        ("rotator", False, False, False),
        ("backup", True, False, False),
    ],
)
def test_what_each_login_may(known, login, reads, writes, makes_tables):
    assert may(known, login, "SELECT * FROM note") is reads
    assert may(known, login, "INSERT INTO note (text) VALUES ('more')") is writes
    assert may(known, login, "CREATE TABLE made (id int); DROP TABLE made") is makes_tables


def test_only_the_backup_reads_past_row_policies(known):
    assert answers(known, "app", "SELECT * FROM note") == []
    assert answers(known, "backup", "SELECT id FROM note WHERE text = 'one'") == [(1,)]
    powers = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'wellbeing%' AND rolbypassrls"
    assert answers(known, "app", powers) == [("wellbeing_backup",)]


def test_no_login_is_above_the_database(known):
    powers = """SELECT rolname FROM pg_roles WHERE rolname LIKE 'wellbeing%'
                AND (rolsuper OR rolcreaterole OR rolreplication)"""
    assert answers(known, "app", powers) == []


def test_the_keeper_cannot_sign_in(known):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(host=known["DATABASE_HOST"], dbname="wellbeing", user="wellbeing_keeper", password="")


def test_a_wrong_password_is_refused(known):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        connect(known | {"DATABASE_PASSWORD_APP": "wrong"}, "app")


def test_nothing_listens_on_the_network(known):
    assert answers(known, "app", "SHOW listen_addresses") == [("",)]
    with redis.Redis.from_url(known["REDIS_URL"]) as client:
        assert client.config_get("port") == {"port": "0"}


def test_what_people_typed_does_not_reach_the_log(known, folder):
    assert not may(known, "reader", "INSERT INTO note (text) VALUES ('nobody must read this')")
    answers(known, "owner", "CREATE TABLE plain (id serial NOT NULL, text text)")
    with pytest.raises(psycopg2.errors.NotNullViolation):
        answers(known, "worker", "INSERT INTO plain (id, text) VALUES (NULL, 'nor this')")
    log = (folder / "logs" / "postgres.log").read_text()
    assert "permission denied for table note" in log
    assert "violates not-null constraint" in log
    assert "must read" not in log
    assert "nor this" not in log


def test_data_and_secrets_are_kept_and_the_same(var_dir):
    with servers(var_dir) as first:
        answers(first, "owner", "CREATE TABLE note (text text)", "INSERT INTO note VALUES ('kept')")
        with redis.Redis.from_url(first["REDIS_URL"]) as client:
            client.set("kept", "too")
    assert not Path(first["DATABASE_HOST"]).exists()
    with servers(var_dir) as second:
        assert answers(second, "worker", "SELECT text FROM note") == [("kept",)]
        with redis.Redis.from_url(second["REDIS_URL"]) as client:
            assert client.get("kept") == b"too"
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["DATABASE_PASSWORD_APP"] == second["DATABASE_PASSWORD_APP"]


def test_an_emptied_folder_starts_with_new_data(var_dir):
    with servers(var_dir) as first:
        answers(first, "owner", "CREATE TABLE note (text text)")
    for path in sorted(var_dir.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    with servers(var_dir) as second:
        assert answers(second, "app", "SELECT to_regclass('note')") == [(None,)]


def test_secrets_are_for_their_owner_alone(var_dir):
    old = os.umask(0)
    try:
        with servers(var_dir):
            assert stat.S_IMODE((var_dir / "portal.env").stat().st_mode) == 0o600
            assert stat.S_IMODE((var_dir / "postgres").resolve().stat().st_mode) == 0o700
            assert stat.S_IMODE(var_dir.stat().st_mode) == 0o700
    finally:
        os.umask(old)


def test_a_strict_umask_does_not_hinder(var_dir):
    old = os.umask(0o077)
    try:
        with servers(var_dir) as known:
            assert answers(known, "app", "SELECT 1") == [(1,)]
    finally:
        os.umask(old)


def test_a_relative_folder_is_the_same_folder(var_dir, monkeypatch):
    monkeypatch.chdir(var_dir.parent)
    with servers(var_dir.name) as known:
        assert answers(known, "app", "SELECT 1") == [(1,)]
    assert (var_dir / "portal.env").exists()


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user's Postgres runs as that user")
def test_under_root_postgres_runs_as_nobody_and_opens_no_folder(var_dir):
    closed = [path for path in (var_dir.parent, *var_dir.parents) if path.exists()]
    before = {path: path.stat().st_mode for path in closed}
    with servers(var_dir):
        data = (var_dir / "postgres").resolve()
        assert data.owner() == "nobody"
        assert data.is_relative_to(folders.ROOTS_FOLDER)
    assert {path: path.stat().st_mode for path in closed} == before
