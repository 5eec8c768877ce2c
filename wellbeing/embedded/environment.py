"""VAR_DIR/portal.env: the secrets of this copy and where its servers are, for its owner's eyes."""

import base64
import os
import secrets
import tempfile
from pathlib import Path

LOGINS = ("owner", "app", "worker", "reader", "rotator", "backup")
SECOND_LOGINS = {"app": "reader"}  # the web's second connection, to confidential text
KEYS = ("VAULT_KEYS", "VAULT_KEYS_FILE")
HOLDERS_OF_KEYS = ("app", "rotator")


def password_name(login: str) -> str:
    """The variable that holds a login's password, for example DATABASE_PASSWORD_APP."""
    return f"DATABASE_PASSWORD_{login.upper()}"


def read(var_dir: Path) -> dict[str, str]:
    """What the file holds; nothing if there is none."""
    path = var_dir / "portal.env"
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split("=", 1) for line in lines if "=" in line)


def write(var_dir: Path, values: dict[str, str]) -> None:
    """Replaces the file in one step, readable by its owner alone."""
    handle, name = tempfile.mkstemp(dir=var_dir, prefix="portal.env.")  # made with mode 0600
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{key}={value}\n" for key, value in values.items())
    Path(name).replace(var_dir / "portal.env")


def secret_values(var_dir: Path) -> dict[str, str]:
    """The keys and passwords of this copy: those of the file, new ones where it has none."""
    known = read(var_dir)
    made = {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", *map(password_name, LOGINS))}
    made["VAULT_KEYS"] = f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return {name: known.get(name) or new for name, new in made.items()}


def for_login(environment: dict[str, str], login: str) -> dict[str, str]:
    """The environment of a process that has this login: no other's password, and only for some the vault's keys."""
    hidden = {password_name(name) for name in LOGINS if name not in (login, SECOND_LOGINS.get(login))}
    hidden |= set() if login in HOLDERS_OF_KEYS else set(KEYS)
    return {key: value for key, value in environment.items() if key not in hidden} | {"DB_LOGIN": login}
