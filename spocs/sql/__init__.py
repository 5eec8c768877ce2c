"""What the database itself allows with SPOCs and their topics, and takes away: a file for each part.

A profile is read by everybody while it is listed. Before, the coordinator reads it; a break and a withdrawal are the
SPOC's own to know. Nobody writes in another's. The worker reads keys, states and dates, and no topic.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_FOLDER = Path(__file__).parent
_ME = "(SELECT app_person())"
_COORDINATES = "(SELECT app_holds('coordinator'))"
_OWN = f"spoc_id IN (SELECT id FROM spocs_spoc WHERE person_id = {_ME})"  # noqa: S608 - words from this code
_SHOWN = f"""spoc_id IN (
    SELECT id FROM spocs_spoc WHERE state = 'active' OR state = 'review' AND {_COORDINATES})"""  # noqa: S608 - likewise


def read(name: str) -> str:
    """The text of one file beside this one."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


PROFILES = "\n".join(
    [
        protect(
            "spocs_spoc",
            {
                "spoc_read": f"""FOR SELECT TO wellbeing_app USING (state = 'active' OR person_id = {_ME}
                    OR state IN ('invited', 'review') AND {_COORDINATES})""",
                "spoc_invited": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK (state = 'invited' AND ({_ME} IS NULL OR {_COORDINATES}))""",
                "spoc_own": f"""FOR UPDATE TO wellbeing_app USING (person_id = {_ME} AND state <> 'withdrawn')
                    WITH CHECK (person_id = {_ME})""",
                "spoc_reviewed": f"""FOR UPDATE TO wellbeing_app
                    USING (state = 'review' AND person_id <> {_ME} AND {_COORDINATES})
                    WITH CHECK (person_id <> {_ME} AND {_COORDINATES}
                        AND (state = 'invited' OR state = 'active' AND reviewed_by_id = {_ME}))""",
                "spoc_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        "GRANT SELECT, INSERT, UPDATE ON spocs_spoc TO wellbeing_app;",
        """GRANT SELECT (id, person_id, state, consented_on, reviewed_on, confirmed_on, withdrawn_on), UPDATE (state)
            ON spocs_spoc TO wellbeing_worker;""",
        protect(
            "spocs_topicconsent",
            {
                "topic_of_listed": f"FOR SELECT TO wellbeing_app USING ({_SHOWN})",
                "topic_own": f"FOR ALL TO wellbeing_app USING ({_OWN}) WITH CHECK ({_OWN})",
            },
        ),
        "GRANT SELECT, INSERT, DELETE ON spocs_topicconsent TO wellbeing_app;",
        "GRANT USAGE ON SEQUENCE spocs_topicconsent_id_seq TO wellbeing_app;",
        read("profiles"),
    ]
)
