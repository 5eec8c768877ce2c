"""What the database allows at the door, in SQL, for the migrations.

A row is its person's: before somebody is signed in, the door works for whom they say they are, and sees no other's.
What one person does to another's rows (printing, reading a number out, a leaving) are functions that look at who asks.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_FOLDER = Path(__file__).parent
_ME = "(SELECT app_person())"
_MINE = f"person_id = {_ME}"
_WORKER = "FOR ALL TO wellbeing_worker USING (true)"


def _own(name: str, seen: str = _MINE) -> dict[str, str]:
    return {
        f"{name}_read": f"FOR SELECT TO wellbeing_app USING ({seen})",
        f"{name}_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({seen})",
        f"{name}_changed": f"FOR UPDATE TO wellbeing_app USING ({seen})",
        f"{name}_gone": f"FOR DELETE TO wellbeing_app USING ({_MINE})",
        f"{name}_worker": _WORKER,
    }


POLICIES = "\n".join(
    [
        protect(
            "plan_door_letter",
            {
                "letter_read": f"FOR SELECT TO wellbeing_app USING ({_MINE} OR printed_by_id = {_ME})",
                "letter_used": f"FOR UPDATE TO wellbeing_app USING ({_MINE})",
                "letter_worker": _WORKER,
            },
        ),
        protect("plan_door_entry", _own("entry")),
        protect("plan_door_passkey", _own("passkey")),
        # Whoever asks for a code and is nobody gets a row like everybody, so that both take the same time.
        protect("plan_door_mailcode", _own("mail_code", f"person_id IS NOT DISTINCT FROM {_ME}")),
        protect(
            "plan_door_notice",
            {"notice_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_MINE})", "notice_worker": _WORKER},
        ),
        protect("plan_door_try", {"try_worker": _WORKER}),
    ]
)

GRANTS = """
GRANT SELECT (id, person_id, printed_by_id, printed_at, expires_at, released_by_id, released_at,
    wrong, used_at, voided_at) ON plan_door_letter TO wellbeing_app;
GRANT UPDATE (wrong, used_at, voided_at) ON plan_door_letter TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE ON plan_door_entry TO wellbeing_app;
GRANT SELECT, INSERT, DELETE, UPDATE (last_used_at) ON plan_door_passkey TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE (wrong, used_at) ON plan_door_mailcode TO wellbeing_app;
GRANT INSERT ON plan_door_notice TO wellbeing_app;
REVOKE ALL ON SEQUENCE plan_door_try_id_seq FROM wellbeing_app, wellbeing_worker;

GRANT SELECT (id, person_id, printed_by_id, printed_at, expires_at, used_at, voided_at), DELETE
    ON plan_door_letter TO wellbeing_worker;
GRANT SELECT (person_id, mail) ON plan_door_entry TO wellbeing_worker;
GRANT SELECT, UPDATE (sent_at), DELETE ON plan_door_mailcode TO wellbeing_worker;
GRANT SELECT, UPDATE, DELETE ON plan_door_notice TO wellbeing_worker;
GRANT SELECT (id, at), DELETE ON plan_door_try TO wellbeing_worker;
"""

FUNCTIONS = (_FOLDER / "functions.sql").read_text(encoding="utf-8")
CASCADE = (_FOLDER / "cascade.sql").read_text(encoding="utf-8")
