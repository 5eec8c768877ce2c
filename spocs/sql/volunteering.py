"""Row policies of what looks after volunteers.

| Row                | The volunteer | The coordinator               | The lead      | HR, managers, root |
|--------------------|---------------|-------------------------------|---------------|--------------------|
| a supervision      | their own     | of listed SPOCs: reads, notes | no            | no                 |
| a conversation     | their own     | no                            | no            | no                 |
| a topic lacked     | tells         | counts by quarter; typed ones | counts        | no                 |
| a SPOC on a break  | their own     | who asks to be rung           | no            | no                 |

The worker reads keys and dates alone.
"""

from pathlib import Path

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_COORDINATES = "(SELECT app_holds('coordinator'))"
_THIS_MONTH = "(SELECT date_trunc('month', london_today())::date)"
# The profiles are those that whoever asks may read: of a SPOC on a break nothing is seen.
_OWN = f"spoc_id IN (SELECT s.id FROM spocs_spoc s WHERE s.person_id = {_ME})"  # noqa: S608 - words from this code
_SHOWN = "spoc_id IN (SELECT s.id FROM spocs_spoc s)"
_ANOTHERS = f"""EXISTS (SELECT FROM spocs_spoc s WHERE s.id = spoc_id AND s.state = 'active'
    AND s.person_id NOT IN ({_ME}, with_whom_id))"""

ASKS_TO_BE_RUNG = f"""
ALTER POLICY spoc_read ON spocs_spoc USING (state = 'active' OR person_id = {_ME}
    OR state IN ('invited', 'review') AND {_COORDINATES}
    OR state = 'paused' AND ring_asked_on IS NOT NULL AND {_COORDINATES});
"""

POLICIES = "\n".join(
    [
        protect(
            "spocs_spocsupervision",
            {
                "supervision_read": f"FOR SELECT TO wellbeing_app USING ({_OWN} OR {_COORDINATES} AND {_SHOWN})",
                "supervision_noted": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK ({_COORDINATES} AND noted_by_id = {_ME} AND {_ANOTHERS})""",
                "supervision_put_right": f"""FOR UPDATE TO wellbeing_app USING ({_COORDINATES} AND {_ANOTHERS})
                    WITH CHECK ({_COORDINATES} AND noted_by_id = {_ME} AND {_ANOTHERS})""",
                "supervision_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "spocs_conversation",
            {
                "conversation_own": f"""FOR ALL TO wellbeing_app USING (person_id = {_ME})
                    WITH CHECK (person_id = {_ME})""",
                "conversation_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "spocs_lacked",
            {
                "lacked_words": f"FOR SELECT TO wellbeing_app USING (words <> '' AND {_COORDINATES})",
                "lacked_told": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK ({_ME} IS NOT NULL AND (month = {_THIS_MONTH} OR {_COORDINATES}))""",
                "lacked_settled": f"FOR DELETE TO wellbeing_app USING (words <> '' AND {_COORDINATES})",
                "lacked_worker": "FOR ALL TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT (ring_asked_on) ON spocs_spoc TO wellbeing_worker;
GRANT SELECT, INSERT, UPDATE (next_on, noted_by_id) ON spocs_spocsupervision TO wellbeing_app;
GRANT SELECT, INSERT, DELETE ON spocs_conversation, spocs_lacked TO wellbeing_app;
GRANT SELECT (id, spoc_id, held_on, next_on), DELETE ON spocs_spocsupervision TO wellbeing_worker;
GRANT SELECT (id, person_id, week), DELETE ON spocs_conversation TO wellbeing_worker;
GRANT SELECT (id, month), DELETE ON spocs_lacked TO wellbeing_worker;
"""

TIES = "\n".join(
    f"""ALTER TABLE spocs_{table} ADD CONSTRAINT spocs_{table}_{name} FOREIGN KEY ({name}_id) REFERENCES {to} (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;"""
    for table, name, to in (
        ("spocsupervision", "spoc", "spocs_spoc"),
        ("spocsupervision", "with_whom", "people_person"),
        ("spocsupervision", "noted_by", "people_person"),
        ("conversation", "person", "people_person"),
        ("lacked", "topic", "support_topic"),
    )
)

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALL = [ASKS_TO_BE_RUNG, POLICIES, GRANTS, TIES, FUNCTIONS]
