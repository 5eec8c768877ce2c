"""What the database itself allows: policies and functions, in SQL, for the migrations.

A file that a release has run is not edited: a change is a new file, run by a new migration.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read(name: str) -> str:
    """The text of one file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def people_of(*whys: str) -> str:
    """SQL for the keys of those whom whoever asks sees through a live link, of these `whys` or of any."""
    named = f" and link.why in ({', '.join(repr(why) for why in whys)})" if whys else ""
    return f"""
        select link.subject_id from confidential_carelink link
        where link.carer_id = (select app_person()) and link.approved_at is not null{named}
          and link.starts <= now() and (link.ends is null or link.ends > now())"""  # noqa: S608 - words from this code


def readable(table: str, *, kind: str, written: str, follows: str = "null::date", by_key: bool = False) -> str:
    """The condition of a row policy: the row is about whoever asks, or a live link of theirs opens it.

    `table` has a `subject_id`; `kind`, `written` and `follows` are SQL for the record's kind, the time it was written
    and the day until which it follows its subject to a new line manager. Written as a set, which an index answers;
    what the set cannot say (since when) is asked for each row that is left. `by_key`: rows of this kind may also be
    opened one by one, through a link to the record with the row's `id`.
    """
    mine = people_of()
    this = f" and (link.only_record is null or link.only_record = {table}.id)" if by_key else ""
    return f"""(
        {table}.subject_id = (select app_person())
        or {table}.subject_id = any (array({mine}))
        and exists ({mine}
          and link.subject_id = {table}.subject_id and confidential_opens(link.why, {kind}){this}
          and ({written} >= link.opens_from or {follows} >= london_today()))
    )"""


def protect(table: str, policies: dict[str, str]) -> str:
    """Row-level security on `table`, with nothing allowed to web and worker but what follows; policies by name."""
    made = "\n".join(f"CREATE POLICY {name} ON {table} {body};" for name, body in policies.items())
    return (
        f"REVOKE ALL ON {table} FROM wellbeing_app, wellbeing_worker;\n"
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n{made}"
    )
