"""What the database itself allows with requests to be contacted.

A request is read by its two people and by nobody else, whatever their role; the worker deletes what is over, and reads
keys and dates, never what was written. That somebody does not want to be asked is read by them alone: whom it holds
off is told as of somebody on a break. A report is read by whoever handles it, unless it is about them.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_FOLDER = Path(__file__).parent
_ME = "(SELECT app_person())"


def read(name: str) -> str:
    """The text of one file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


_OF_THE_TWO = f"(asker_id = {_ME} OR volunteer_id = {_ME})"
_HANDLES = f"""(handled_by = 'lead' AND (SELECT app_holds('lead'))
    OR handled_by = 'guardian' AND (SELECT app_holds('guardian'))
    OR handled_by = 'dpo' AND (SELECT app_holds('dpo'))) AND {_ME} NOT IN (reporter_id, reported_id)"""

POLICIES = "\n".join(
    [
        protect(
            "contact_request",
            {
                "contact_read": f"FOR SELECT TO wellbeing_app USING {_OF_THE_TWO}",
                "contact_asked": f"""FOR INSERT TO wellbeing_app WITH CHECK (asker_id = {_ME} AND state = 'open'
                    AND NOT EXISTS (SELECT FROM contact_held_off() AS off
                        WHERE off.person = volunteer_id AND off.asked_as IN ('', kind)))""",
                "contact_answered": f"""FOR UPDATE TO wellbeing_app USING (volunteer_id = {_ME})
                    WITH CHECK (volunteer_id = {_ME})""",
                "contact_deleted": f"FOR DELETE TO wellbeing_app USING {_OF_THE_TWO}",
                "contact_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "contact_block",
            {
                "block_own": f"FOR ALL TO wellbeing_app USING (by_id = {_ME}) WITH CHECK (by_id = {_ME})",
            },
        ),
        protect(
            "contact_report",
            {
                "report_read": f"FOR SELECT TO wellbeing_app USING ({_HANDLES})",
                "report_made": f"FOR INSERT TO wellbeing_app WITH CHECK (reporter_id = {_ME} AND closed_at IS NULL)",
                "report_closed": f"FOR UPDATE TO wellbeing_app USING ({_HANDLES}) WITH CHECK ({_HANDLES})",
                "report_worker": "FOR ALL TO wellbeing_worker USING (true)",
                "report_rotated": "FOR ALL TO wellbeing_rotator USING (true)",
            },
        ),
        # Keys of weeks are nobody's, and open nothing without the vault's: no policy, but few rights.
        "REVOKE ALL ON contact_weekkey FROM wellbeing_app, wellbeing_worker;",
    ]
)

GRANTS = """
GRANT SELECT, INSERT, DELETE, UPDATE (state, answered_at) ON contact_request TO wellbeing_app;
GRANT SELECT (id, asker_id, volunteer_id, week_id, state, asked_at, answered_at, expires_at), DELETE
    ON contact_request TO wellbeing_worker;
GRANT SELECT, INSERT, DELETE ON contact_block TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE (closed_at, closed_by_id) ON contact_report TO wellbeing_app;
GRANT SELECT (id, reporter_id, reported_id, handled_by, made_at, closed_at), DELETE ON contact_report
    TO wellbeing_worker;
GRANT SELECT, INSERT ON contact_weekkey TO wellbeing_app;
GRANT SELECT (id, week), DELETE ON contact_weekkey TO wellbeing_worker;
GRANT SELECT (id, key_id, sealed), UPDATE (key_id, sealed) ON contact_weekkey, contact_report TO wellbeing_rotator;
"""

ALL = [read("functions"), POLICIES, GRANTS]
CASCADE = read("cascade")
