"""What the database itself allows with statements and answers, in SQL, for the migrations."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read(name: str) -> str:
    """The text of one file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
