"""Where things are kept: VAR_DIR, the short folder for sockets, and Postgres's folder under root.

Postgres refuses to run as root, so that root runs it as `nobody`, in a folder where that user can
read: the programs are copied there once per version, the data lie beside them. Nothing outside
VAR_DIR, that folder and the folder of sockets is changed, no mode either.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellbeing.embedded.problems import CannotStart

ROOTS_FOLDER = Path("/var/lib/wellbeing-portal")
SHORT_PREFIX = "wellbeing-run-"
MEMORY = Path("/dev/shm")  # noqa: S108 (folders of our own are made in it) - files that Linux keeps in memory
ROOM_BYTES = 4 * 1024**3
IN_USE = "in-use"  # a locked file in the short folder; no folder without one is ever swept away
NEEDED_MEGABYTES = 400


class Busy(CannotStart):
    """Another copy runs on `var_dir`."""

    def __init__(self, var_dir: Path, holder: str):
        self.var_dir = var_dir
        super().__init__(
            f"Another copy of the portal is running on {var_dir} (process {holder or 'unknown'}). "
            "Stop it first, or give this one its own folder and port: make run VAR_DIR=var2 PORT=8001"
        )


def prepare(var_dir: Path) -> Path:
    """VAR_DIR as an absolute path: made if missing, ours, and with room on its disk."""
    var_dir = Path(var_dir).resolve()
    try:
        var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The folder {var_dir} cannot be made: {error.strerror}. Set VAR_DIR to another.") from error
    _refuse_others_folder(var_dir)
    if shutil.disk_usage(var_dir).free < NEEDED_MEGABYTES * 1024 * 1024:
        raise CannotStart(f"The disk of {var_dir} is nearly full: the portal needs {NEEDED_MEGABYTES} MB to start.")
    return var_dir


def _refuse_others_folder(var_dir: Path) -> None:
    if var_dir.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"The folder {var_dir} belongs to {account_name(var_dir.stat().st_uid)}, and you are "
            f"{account_name(os.geteuid())}. Start as its owner, or set VAR_DIR to a folder of your own."
        )
    if not os.access(var_dir, os.W_OK | os.X_OK):
        raise CannotStart(f"You may not write in {var_dir}. Set VAR_DIR to another folder.")


def account_name(uid: int) -> str:
    """The name of a user of this machine, or its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


@contextmanager
def locked(var_dir: Path) -> Iterator[None]:
    """Holds VAR_DIR for this process alone. Raises CannotStart while another copy runs on it."""
    with (var_dir / "lock").open("a+") as held:
        if not _flock(held):
            held.seek(0)
            raise Busy(var_dir, held.read().strip())
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield
        held.truncate(0)


def _flock(held) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free > ROOM_BYTES


@contextmanager
def short_folder(*, in_memory: bool = False) -> Iterator[Path]:
    """A temporary folder with a short name (a socket's path holds 107 bytes), removed at the end.

    `in_memory`: where the machine keeps files in memory and has room for a database that is cloned often.
    """
    base = MEMORY if in_memory and _has_room(MEMORY) else Path(tempfile.gettempdir())
    if len(str(base)) > 50 or " " in str(base):
        base = Path("/tmp")  # noqa: S108 (mkdtemp makes a folder of our own in it)
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=SHORT_PREFIX, dir=base))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    with (folder / IN_USE).open("w") as held:
        _flock(held)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(base: Path) -> None:
    """Removes the folders of copies that were killed: ours, no longer locked, over a minute old."""
    for folder in base.glob(f"{SHORT_PREFIX}*"):
        try:
            about = folder.lstat()
            if stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and time.time() - about.st_mtime > 60:
                with (folder / IN_USE).open() as held:
                    if _flock(held):
                        shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


# --- Under root ---------------------------------------------------------------------------------


def unprivileged() -> pwd.struct_passwd | None:
    """The account that Postgres runs as: `nobody` under root, otherwise None for oneself.

    Raises CannotStart for a user without a name, whom Postgres refuses too.
    """
    try:
        me = pwd.getpwuid(os.geteuid())
        return pwd.getpwnam("nobody") if me.pw_uid == 0 else None
    except KeyError as error:
        raise CannotStart(
            "Postgres needs a named user: this machine's list of users lacks "
            + ("`nobody`." if os.geteuid() == 0 else f"the user number {os.geteuid()} that you are.")
        ) from error


def roots_folder(*parts: str) -> Path:
    """A folder in root's own place for Postgres, made if missing, that others may pass through."""
    folder = ROOTS_FOLDER
    for step in (folder, *(folder := folder / part for part in parts)):
        step.mkdir(exist_ok=True)
        step.chmod(0o711)
    _refuse_closed_parents()
    return folder


def _refuse_closed_parents() -> None:
    for parent in ROOTS_FOLDER.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            raise CannotStart(
                f"The folder {parent} is closed to other users, and Postgres, which does not run as root, has its "
                f"data in {ROOTS_FOLDER}. Start the portal as an ordinary user."
            )


def roots_data_folder(var_dir: Path) -> Path:
    """Root's folder for the data of this VAR_DIR; each VAR_DIR has its own."""
    return roots_folder(_key(var_dir))


def forget(var_dir: Path) -> None:
    """Removes a VAR_DIR for good, and with it what root keeps elsewhere for it."""
    shutil.rmtree(var_dir, ignore_errors=True)
    if os.geteuid() == 0:
        shutil.rmtree(ROOTS_FOLDER / _key(var_dir.resolve()), ignore_errors=True)


def _key(var_dir: Path) -> str:
    return hashlib.sha256(str(var_dir).encode()).hexdigest()[:16]
