"""The whole portal under one parent: servers, set-up, then the processes of the Procfile."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellbeing.embedded import environment, folders, processes
from wellbeing.embedded.announcement import announce
from wellbeing.embedded.problems import CannotStart
from wellbeing.embedded.procfile import run_procfile
from wellbeing.embedded.servers import held, started

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS_LOGINS = {
    "purge_confidential": "worker",
    "sweep_reminders": "worker",
    "rotate_keys": "rotator",
    "verify_read_log": "backup",
    "export_log_heads": "backup",
}  # others: app

log = logging.getLogger("wellbeing.embedded")


def run() -> int:
    """Runs the portal until somebody stops it; returns the exit code. Raises CannotStart."""
    with surroundings(port=(wanted := os.environ.get("PORT") or "8000")) as known:
        set_up(known)
        cast = manage(known, "app", "demo_cast", capture=True) if is_demo(known) else ""
        log.info("Starting web, worker and scheduler")
        telling = threading.Thread(target=announce, args=(int(wanted), cast, known), daemon=True)
        return run_procfile(ROOT / "Procfile", known, when_started=telling.start)


def manage_by_hand(arguments: list[str]) -> int:
    """Runs one management command on the running copy's servers, or on servers for it alone."""
    login = COMMANDS_LOGINS.get(arguments[0] if arguments else "", "app")
    try:
        with surroundings() as known:
            set_up(known, with_people=False)
            manage(known, login, *arguments)
    except folders.Busy as busy:
        with_servers = own_servers if uses_own_servers() else environment.read
        manage(base_environment(busy.var_dir) | with_servers(busy.var_dir), login, *arguments)
    return 0


@contextmanager
def surroundings(*, port: str | None = None) -> Iterator[dict[str, str]]:
    """The environment of all processes, with the servers of this machine or of the operator's.

    Raises CannotStart before any long work, for instance where `port` cannot be listened on.
    """
    with held(os.environ.get("VAR_DIR") or ROOT / "var") as var_dir:
        if port is not None:
            require_port(port)
        if uses_own_servers():
            yield base_environment(var_dir) | own_servers(var_dir)
            return
        with started(var_dir) as known:
            known = base_environment(var_dir) | known
            known.pop("VAULT_KEYS_FILE", None)  # this copy has keys of its own
            environment.write(var_dir, environment.read(var_dir) | {name: known[name] for name in ("DEMO", "PORT")})
            yield known


def uses_own_servers() -> bool:
    """Whether the environment names the operator's servers. Raises CannotStart if only one of them."""
    named = [name for name in ("DATABASE_HOST", "REDIS_URL") if os.environ.get(name)]
    if len(named) == 1:
        raise CannotStart(f"{named[0]} is set. For servers of your own set both DATABASE_HOST and REDIS_URL.")
    return bool(named)


def own_servers(var_dir: Path) -> dict[str, str]:
    """Nothing is started: the environment names the servers. Returns the keys it has none of, made once and kept."""
    wanted = [environment.password_name(login) for login in ("owner", "app", "worker", "reader")]
    if missing := [name for name in wanted if not os.environ.get(name)]:
        raise CannotStart(f"Your own database server needs {', '.join(missing)} too: see docs/deploying.md.")
    log.info("Using the servers %s and %s", os.environ["DATABASE_HOST"], os.environ["REDIS_URL"].rpartition("@")[2])
    given = {"SECRET_KEY": ("SECRET_KEY",), "VAULT_KEYS": environment.KEYS}
    missing = [name for name, ways in given.items() if not any(os.environ.get(way) for way in ways)]
    made = {name: environment.secret_values(var_dir)[name] for name in missing}
    if made:
        environment.write(var_dir, environment.read(var_dir) | made)
    return made


def base_environment(var_dir: Path) -> dict[str, str]:
    """What every process gets besides the servers: where this copy is, and that it is a demo unless told otherwise."""
    return {name: value for name, value in os.environ.items() if name != "DB_LOGIN"} | {
        "VAR_DIR": str(var_dir),
        "PORT": os.environ.get("PORT") or "8000",
        "DEMO": os.environ.get("DEMO") or "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        # Celery warns at length about root; here root may be all there is.
        "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "ignore:You're running the worker"),
        processes.MARK: str(var_dir),
    }


def is_demo(known: dict[str, str]) -> bool:
    return known["DEMO"].lower() in ("1", "true", "yes", "on", "y", "t", "ok")


def set_up(known: dict[str, str], *, with_people: bool = True) -> None:
    """Brings tables and static files to the present state, and invents people for a demo without any."""
    log.info("Collecting the static files, bringing the database's tables up to date")
    with processes.meanwhile(manage_command("collectstatic", "--noinput", "--verbosity", "0"), **options(known, "app")):
        manage(known, "owner", "migrate", "--noinput", "--verbosity", "0")
        if with_people and is_demo(known):
            log.info("Demo data: invented people, places and champions")
            people = ["--people", known["PEOPLE"]] if known.get("PEOPLE") else []
            manage(known, "app", "demo_data", *people)


def manage(known: dict[str, str], login: str, *arguments: str, capture: bool = False) -> str:
    """Runs manage.py with a login; returns what it printed if `capture`. Raises CannotStart if it fails."""
    return processes.run(manage_command(*arguments), capture=capture, **options(known, login))


def manage_command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def options(known: dict[str, str], login: str) -> dict:
    return {"env": environment.for_login(known, login), "cwd": ROOT}


def require_port(wanted: str) -> None:
    """Raises CannotStart if nobody can listen on this port now."""
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wanted)))
        except PermissionError as error:
            raise CannotStart(f"You may not use port {wanted}. Choose one above 1023: make run PORT=8001") from error
        except OSError as error:
            raise CannotStart(f"Port {wanted} is in use. Choose another: make run PORT={int(wanted) + 1}") from error


def unused_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
