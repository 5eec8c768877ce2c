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

# Everybody reads what is published, whoever owns it says how it goes on; the rest is the secretary's.
OUTCOMES = protect(
    "forum_outcome",
    {
        "outcome_read": "FOR SELECT TO wellbeing_app USING (published_at IS NOT NULL)",
        "outcome_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
        "outcome_goes_on": f"FOR UPDATE TO wellbeing_app USING {_OWNS} WITH CHECK {_OWNS}",
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

ALL = [CHECKED, OUTCOMES, OF_OUTCOMES, FEED, OF_AN_ADDRESS]
