"""Row policies of the life cycle: who sees that a champion had supervision, and whom somebody wanted told."""

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_COORDINATES = "(SELECT app_holds('coordinator'))"
_OWN_MANAGER = f"(SELECT p.line_manager_id FROM people_person p WHERE p.id = {_ME})"  # noqa: S608 - words from this code

POLICIES = "\n".join(
    [
        protect(
            "champions_supervisioncheckin",
            {
                "checkin_read": f"FOR SELECT TO wellbeing_app USING (person_id = {_ME} OR {_COORDINATES})",
                # Nobody notes their own, and a note stands for the champion whom it names.
                "checkin_noted": f"""FOR INSERT TO wellbeing_app WITH CHECK (
                    {_COORDINATES} AND noted_by_id = {_ME} AND person_id <> {_ME} AND EXISTS (
                        SELECT FROM champions_champion c WHERE c.id = champion_id AND c.person_id =
                            champions_supervisioncheckin.person_id))""",
                "checkin_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "checkin_purged": "FOR DELETE TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "champions_farewell",
            {
                "farewell_read": f"FOR SELECT TO wellbeing_app USING ({_ME} IN (person_id, manager_id))",
                "farewell_said": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK (person_id = {_ME} AND manager_id = {_OWN_MANAGER})""",
                "farewell_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "farewell_purged": "FOR DELETE TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT ON champions_supervisioncheckin, champions_farewell TO wellbeing_app;
GRANT SELECT, DELETE ON champions_supervisioncheckin, champions_farewell TO wellbeing_worker;
"""

# These rows go when the champion or the person does, by the database's own hand: who takes somebody off the roster
# again sees none of them.
GO_WITH_THEIR_PERSON = r"""
DO $$
DECLARE
    tie record;
BEGIN
    FOR tie IN
        SELECT conrelid::regclass AS tied, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE contype = 'f'
          AND conrelid IN ('champions_supervisioncheckin'::regclass, 'champions_farewell'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tie.tied, tie.name);
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', tie.tied, tie.name,
                       replace(tie.said, ' DEFERRABLE', ' ON DELETE CASCADE DEFERRABLE'));
    END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
"""

# Whoever serves when this is installed has served since their entry was made, and is looked after from now on.
SERVING_NOW = """
UPDATE champions_champion
SET serving_since = (created_at AT TIME ZONE 'Europe/London')::date,
    supervision_due = london_today() + 7 * coalesce((SELECT supervision_weeks FROM champions_rules), 12)
WHERE state IN ('active', 'away', 'paused')
   OR state = 'stepped_down' AND state_before_leaving IN ('active', 'away', 'paused');
"""

TERMS_OF_NOBODY = """
UPDATE champions_champion SET term_ends = NULL
WHERE state NOT IN ('active', 'away', 'paused') AND state_before_leaving NOT IN ('active', 'away', 'paused')
   OR term_ends <= serving_since;
"""

BEFORE = [SERVING_NOW, TERMS_OF_NOBODY]
AFTER = [POLICIES, GRANTS, GO_WITH_THEIR_PERSON]
