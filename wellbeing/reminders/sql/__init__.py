"""The statements of the sweep and of the outbox, and what the database allows to whom.

A function that a release has made is not edited here: a change is a new file, run by a new migration.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_FOLDER = Path(__file__).parent


def _read(*names: str) -> str:
    return "\n".join((_FOLDER / f"{name}.sql").read_text(encoding="utf-8") for name in names)


_HELD = {
    "same_reader": "held.person_id = excluded.person_id",
    "told_already": "held.person_id = excluded.person_id AND held.told_at >= held.due - held.step - 7",
}


def make(**parts: str) -> str:
    """The statement that makes rows: `things` for a kind's queryset and `here` for the people who are here, as SQL."""
    return _read("live", "make").format(**parts, **_HELD)


def lapse(**parts: str) -> str:
    """The statement that lets rows lapse, with the same parts, and `wait` for rows that somebody else has locked."""
    return _read("live", "lapse").format(**parts)


# With parameters by name.
URGENT, DIGESTS, INTO_DIGESTS = (_read("to_tell", name) for name in ("urgent", "digests", "into_digests"))
# Nobody can guess how many wait, or are due: a plan for few would compare everybody with everybody.
PLAN_FOR_MANY = "set local enable_nestloop = off"
CASCADE = _read("cascade")

_GIVEN = {
    "things": "SELECT * FROM unnest(abouts, readers, subjects, dues)",
    "here": 'SELECT id FROM people_person WHERE died_on IS NULL AND ("left" IS NULL OR "left" > london_today())',
    "furthest": "furthest_due",
    "kind": "of_kind",
    "now": "moment",
    "from_": "moment",
    "patterns": "patterns",
    "untils": "untils",
    "steps": "steps",
    "reached": "last_reached",
    "among": "old.about = ANY (asked)",
}
FUNCTIONS = _read("functions").format(make=make(**_GIVEN), lapse=lapse(**_GIVEN, wait=""))

_MINE = "person_id = (SELECT app_person())"
_FAILED = "(SELECT app_holds('technical_admin')) AND state = 'failed'"
_WORKER = "FOR ALL TO wellbeing_worker USING (true)"

POLICIES = "\n".join(
    [
        protect(
            "reminders_reminder",
            {
                # What has lapsed is nobody's to see: a row that stays, and one that is somebody else's now, look alike.
                "reminder_own": f"FOR SELECT TO wellbeing_app USING ({_MINE} AND state <> 'lapsed')",
                "reminder_put_away": f"FOR UPDATE TO wellbeing_app USING ({_MINE} AND state <> 'lapsed')",
                "reminder_worker": _WORKER,
            },
        ),
        protect(
            "reminders_mail",
            {
                "mail_failed": f"FOR SELECT TO wellbeing_app USING ({_FAILED})",
                "mail_worker": _WORKER,
            },
        ),
        protect(
            "reminders_preferences",
            {
                "preferences_own": f"FOR ALL TO wellbeing_app USING ({_MINE})",
                "preferences_worker": _WORKER,
            },
        ),
        protect(
            "reminders_feed",
            {"feed_own": f"FOR ALL TO wellbeing_app USING ({_MINE})", "feed_worker": _WORKER},
        ),
        protect(
            "reminders_run",
            {
                "run_read": "FOR SELECT TO wellbeing_app USING ((SELECT app_holds('technical_admin')))",
                "run_worker": _WORKER,
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, UPDATE (state, closed_at) ON reminders_reminder TO wellbeing_app;
GRANT SELECT (id, state, attempts, made_at, trouble) ON reminders_mail TO wellbeing_app;
GRANT SELECT ON reminders_run TO wellbeing_app;
REVOKE ALL ON reminders_pattern FROM wellbeing_app, wellbeing_worker;
GRANT SELECT, INSERT ON reminders_pattern TO wellbeing_app;
GRANT SELECT ON reminders_pattern TO wellbeing_worker;
GRANT SELECT, INSERT, UPDATE ON reminders_preferences TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reminders_feed TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reminders_reminder, reminders_mail, reminders_run TO wellbeing_worker;
GRANT SELECT, DELETE ON reminders_preferences, reminders_feed TO wellbeing_worker;
"""
