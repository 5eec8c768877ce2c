"""What the database itself allows in mentoring: row policies and functions, for the migrations, a file for each part.

What a release has run is not edited: a change is a new file, run by a new migration.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read(name: str) -> str:
    """The text of one `.sql` file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
