"""VAR_DIR/portal.env and what each process is told of it."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import ROOT
from wellbeing.confidential.keys import parse
from wellbeing.embedded import environment, folders, portal, postgres, processes, servers

# A copy made before the vault: its file knows neither the rotator nor keys, its database no such login.
OLDER = ("SECRET_KEY", *(environment.password_name(login) for login in ("owner", "app", "worker", "reader", "backup")))


@pytest.fixture
def var_dir(tmp_path):
    yield tmp_path / "var"
    folders.forget(tmp_path / "var")


def as_superuser(known: dict[str, str], *statements: str) -> tuple | None:
    """The first row of the last answer."""
    with closing(postgres.connect_as_superuser(Path(known["DATABASE_HOST"]), "wellbeing")) as connection:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


def secrets_of(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith(("DATABASE_PASSWORD_", "VAULT_"))}


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("owner", {"DATABASE_PASSWORD_OWNER"}),
        ("app", {"DATABASE_PASSWORD_APP", "DATABASE_PASSWORD_READER", "VAULT_KEYS", "VAULT_KEYS_FILE"}),
        ("worker", {"DATABASE_PASSWORD_WORKER"}),
        ("reader", {"DATABASE_PASSWORD_READER"}),
        ("rotator", {"DATABASE_PASSWORD_ROTATOR", "VAULT_KEYS", "VAULT_KEYS_FILE"}),
        ("backup", {"DATABASE_PASSWORD_BACKUP"}),
    ],
)
def test_what_a_process_is_told_follows_from_its_login(tmp_path, login, told):
    everything = environment.secret_values(tmp_path) | {"VAULT_KEYS_FILE": "/run/secrets/keys", "DEMO": "1"}
    known = environment.for_login(everything, login)

    assert secrets_of(known) == told
    assert (known["DB_LOGIN"], known["DEMO"]) == (login, "1")


def test_each_copy_makes_a_ring_of_its_own_once(tmp_path):
    first = environment.secret_values(tmp_path)
    assert list(parse(first["VAULT_KEYS"])) == ["k1"]
    assert environment.secret_values(tmp_path)["VAULT_KEYS"] != first["VAULT_KEYS"]

    environment.write(tmp_path, first)
    assert environment.secret_values(tmp_path) == first


def test_a_copy_made_before_the_vault_comes_up_with_what_it_lacked(var_dir):
    with servers(var_dir) as first:
        as_superuser(first, "DROP OWNED BY wellbeing_rotator", "DROP ROLE wellbeing_rotator")
    kept = environment.read(var_dir)
    environment.write(var_dir, {name: value for name, value in kept.items() if name in OLDER})

    with servers(var_dir) as second:
        assert {name: second[name] for name in OLDER} == {name: first[name] for name in OLDER}
        assert secrets_of(environment.read(var_dir)) - set(OLDER) == {"DATABASE_PASSWORD_ROTATOR", "VAULT_KEYS"}
        assert environment.read(var_dir)["VAULT_KEYS"] != kept["VAULT_KEYS"]
        made = "SELECT rolcanlogin, rolbypassrls FROM pg_roles WHERE rolname = 'wellbeing_rotator'"
        assert as_superuser(second, made) == (True, False)


# --- A database server of one's own -----------------------------------------------------------------


@pytest.fixture
def on_own_servers(monkeypatch):
    """The environment of an operator who names servers, and has no keys yet."""
    for name in ("SECRET_KEY", "VAULT_KEYS", "VAULT_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    for login in ("owner", "app", "worker", "reader"):
        monkeypatch.setenv(environment.password_name(login), "x")


def test_keys_that_are_not_given_are_made_and_kept(on_own_servers, tmp_path):
    made = portal.own_servers(tmp_path)

    assert set(made) == {"SECRET_KEY", "VAULT_KEYS"}
    assert portal.own_servers(tmp_path) == made == environment.read(tmp_path)


@pytest.mark.parametrize("name", ["VAULT_KEYS", "VAULT_KEYS_FILE"])
def test_keys_that_are_given_are_used(on_own_servers, tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, "given")

    assert set(portal.own_servers(tmp_path)) == {"SECRET_KEY"}
    assert secrets_of(environment.read(tmp_path)) == set()


# --- Commands given by hand ---------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "login"), [("rotate_keys", "rotator"), ("check", "app"), ("migrate", "app")])
def test_a_command_by_hand_runs_with_its_login_on_the_running_copy(monkeypatch, tmp_path, command, login):
    ran = []
    monkeypatch.setattr(processes, "run", lambda line, *, env, **options: ran.append((line, env)))
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in ("DATABASE_HOST", "REDIS_URL"):
        monkeypatch.delenv(name)
    environment.write(tmp_path, environment.secret_values(tmp_path) | {"DATABASE_HOST": "/there"})

    with folders.locked(tmp_path):
        portal.manage_by_hand([command, "--dry-run"])

    [(line, env)] = ran
    assert line == [sys.executable, str(ROOT / "manage.py"), command, "--dry-run"]
    assert (env["DB_LOGIN"], env["DATABASE_HOST"]) == (login, "/there")
    assert "VAULT_KEYS" in env
