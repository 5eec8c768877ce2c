"""What is published is what was checked, drafts are the secretary's; and a feed's address is its owner's."""

from wellbeing.confidential.sql import protect

# Whoever changes a published word without checking it anew is refused, whichever way they write.
CHECKED = """
ALTER TABLE forum_outcome ADD CONSTRAINT forum_outcome_published_as_checked CHECK (
    published_at IS NULL OR checked = md5(said || chr(31) || text || chr(31) || next || chr(31) || owner_office));
"""

_ME = "(SELECT app_person())"
_KEEPS = "(SELECT app_holds('secretary'))"
_OWNS = f"(published_at IS NOT NULL AND owner_id = {_ME})"

# Everybody reads what is published; whoever owns it holds it still while they say how it goes on (`forum_note`), and
# changes nothing else; the rest is the secretary's.
OUTCOMES = protect(
    "forum_outcome",
    {
        "outcome_read": "FOR SELECT TO wellbeing_app USING (published_at IS NOT NULL)",
        "outcome_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
        "outcome_goes_on": f"FOR UPDATE TO wellbeing_app USING {_OWNS} WITH CHECK (false)",
        "outcome_worker": "FOR SELECT TO wellbeing_worker USING (true)",
    },
)

OF_OUTCOMES = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_outcome TO wellbeing_app;
GRANT SELECT ON forum_outcome TO wellbeing_worker;
ALTER TABLE forum_outcome ADD CONSTRAINT forum_outcome_strand FOREIGN KEY (strand_id) REFERENCES forum_strand (id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_outcome ADD CONSTRAINT forum_outcome_division FOREIGN KEY (division_id)
    REFERENCES people_division (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""


def _of_an_outcome(table: str) -> str:
    """Read with its outcome; the secretary's to write."""
    name = table.removeprefix("forum_")
    return protect(
        table,
        {
            f"{name}_read": """FOR SELECT TO wellbeing_app
                USING (EXISTS (SELECT FROM forum_outcome o WHERE o.id = outcome_id))""",
            f"{name}_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
        },
    )


STEPS = "\n".join(map(_of_an_outcome, ("forum_progress", "forum_correction")))

OF_STEPS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_progress, forum_correction TO wellbeing_app;
ALTER TABLE forum_progress ADD CONSTRAINT forum_progress_by FOREIGN KEY (by_id) REFERENCES people_person (id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_correction ADD CONSTRAINT forum_correction_by FOREIGN KEY (by_id) REFERENCES people_person (id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""

# How a published outcome goes on: its status, and the step that says so, by its owner or the secretary; another day by
# the secretary alone.
NOTES = """
CREATE FUNCTION forum_note(p_step uuid, p_outcome uuid, p_meeting uuid, p_status text, p_due date, p_note text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH gone_on AS (
        UPDATE forum_outcome o SET status = p_status, due = p_due,
            over_on = CASE WHEN p_status IN ('done', 'stopped') THEN coalesce(o.over_on, london_today()) END
        WHERE o.id = p_outcome AND o.published_at IS NOT NULL
          AND (app_holds('secretary') OR o.owner_id = app_person() AND o.due = p_due)
        RETURNING o.id)
    INSERT INTO forum_progress (id, outcome_id, meeting_id, status, due, note, by_id, at)
    SELECT p_step, gone_on.id, p_meeting, p_status, p_due, p_note, app_person(), clock_timestamp() FROM gone_on
$$;
REVOKE EXECUTE ON FUNCTION forum_note(uuid, uuid, uuid, text, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_note(uuid, uuid, uuid, text, date, text) TO wellbeing_app;
"""

FEED = protect(
    "forum_feed",
    {"feed_own": f"FOR ALL TO wellbeing_app USING (person_id = {_ME}) WITH CHECK (person_id = {_ME})"},
)

OF_AN_ADDRESS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_feed TO wellbeing_app;
ALTER TABLE forum_feed ADD CONSTRAINT forum_feed_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
-- Whose feed an address is; nobody's for any other.
CREATE FUNCTION forum_feed_of(hash text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT person_id FROM forum_feed WHERE token_hash = hash $$;
REVOKE EXECUTE ON FUNCTION forum_feed_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_feed_of(text) TO wellbeing_app;
"""

ALL = [CHECKED, OUTCOMES, OF_OUTCOMES, STEPS, OF_STEPS, NOTES, FEED, OF_AN_ADDRESS]
