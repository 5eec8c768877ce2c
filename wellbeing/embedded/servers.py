"""The two servers together, and what a process must know to reach them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellbeing.embedded import environment, folders, postgres, processes, valkey

log = logging.getLogger("wellbeing.embedded")


@contextmanager
def servers(var_dir: Path | str, *, throwaway: bool = False) -> Iterator[dict[str, str]]:
    """Runs Postgres and Valkey on `var_dir`; yields the variables that settings.py reads.

    The data stay in `var_dir` for the next time; with `throwaway` they are fast, unsafe and gone
    at the end. Raises CannotStart with a plain sentence, for instance while a copy runs there.
    """
    with held(var_dir) as folder, started(folder, throwaway=throwaway) as known:
        yield known


@contextmanager
def held(var_dir: Path | str) -> Iterator[Path]:
    """VAR_DIR as an absolute path, for this process alone, with nothing of an earlier run left on it."""
    var_dir = folders.prepare(Path(var_dir))
    with folders.locked(var_dir):
        if count := processes.stop_leftovers(var_dir, (var_dir / "postgres").resolve()):
            log.info("Stopped %d processes that an earlier run had left", count)
        yield var_dir


@contextmanager
def started(var_dir: Path, *, throwaway: bool = False) -> Iterator[dict[str, str]]:
    """The servers of a VAR_DIR that is held; as `servers`."""
    with folders.short_folder(in_memory=throwaway) as short:
        data = postgres.data_folder(var_dir, short=short if throwaway else None)
        log.info("Starting Postgres %s%s", postgres.MAJOR, "" if data.exists() else ", with a new database")
        with postgres.running(var_dir, short, data, throwaway=throwaway) as sockets:
            log.info("Starting Valkey")
            with valkey.running(var_dir, short, throwaway=throwaway) as broker:
                known = _environment(var_dir, sockets, broker)
                environment.write(var_dir, environment.read(var_dir) | known)
                postgres.make_logins(sockets, known)
                yield known
                log.info("Stopping Valkey")
            log.info("Stopping Postgres")


def _environment(var_dir: Path, sockets: Path, broker: str) -> dict[str, str]:
    return {
        "DATABASE_HOST": str(sockets),
        "DATABASE_NAME": "wellbeing",
        "REDIS_URL": broker,
        **environment.secret_values(var_dir),
    }
