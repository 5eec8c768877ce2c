"""Row policies of what is raised.

An item is read by the secretary, by whoever raised it and gave their name, and, once it is on an agenda, by those who
sit at the forum. Who raised it is read by themselves and the secretary; where nobody gave a name there is no row, and
nobody writes one who has not the form from which it was raised.
"""

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_SECRETARY = "(SELECT app_holds('secretary'))"
_MINE = f"EXISTS (SELECT FROM forum_raiser r WHERE r.item_id = forum_item.id AND r.person_id = {_ME})"
_ON = "state IN ('on', 'discussed') AND (SELECT forum_sits())"

POLICIES = "\n".join(
    [
        protect(
            "forum_item",
            {
                "item_read": f"FOR SELECT TO wellbeing_app USING ({_SECRETARY} OR {_ON} OR {_MINE})",
                "item_raised": f"""FOR INSERT TO wellbeing_app WITH CHECK ({_SECRETARY}
                    OR {_ME} IS NOT NULL AND state = 'raised' AND answer = '' AND looked_at = '')""",
                "item_kept": f"FOR UPDATE TO wellbeing_app USING ({_SECRETARY}) WITH CHECK ({_SECRETARY})",
                "item_taken_back": f"FOR DELETE TO wellbeing_app USING ({_MINE} AND state = 'raised')",
                "item_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "forum_raiser",
            {
                "raiser_read": f"FOR SELECT TO wellbeing_app USING (person_id = {_ME} OR {_SECRETARY})",
                "raiser_taken_back": f"FOR DELETE TO wellbeing_app USING (person_id = {_ME})",
                "raiser_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "raiser_purged": "FOR DELETE TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

# The worker counts items and forgets who raised them; it reads no text.
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_item TO wellbeing_app;
GRANT SELECT (id, meeting_id, strand_id, state, raised_on) ON forum_item TO wellbeing_worker;
GRANT SELECT, DELETE ON forum_raiser TO wellbeing_app;
GRANT SELECT, DELETE ON forum_raiser TO wellbeing_worker;
"""

# Whoever raised something gives their name, in no other way. `p_proof` is what the item's key was made of, out of the
# form's own and a secret that the database does not have: who only knows the item's key cannot say that it is theirs.
NAMES = """
CREATE FUNCTION forum_give_name(p_proof bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO forum_raiser (item_id, person_id)
    SELECT i.id, app_person() FROM forum_item i
    WHERE i.id = encode(substr(sha256(p_proof), 1, 16), 'hex')::uuid AND app_person() IS NOT NULL
    ON CONFLICT DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION forum_give_name(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_give_name(bytea) TO wellbeing_app;
"""

TIES = """
ALTER TABLE forum_item ADD CONSTRAINT forum_item_strand FOREIGN KEY (strand_id) REFERENCES forum_strand (id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_raiser ADD CONSTRAINT forum_raiser_item FOREIGN KEY (item_id) REFERENCES forum_item (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_raiser ADD CONSTRAINT forum_raiser_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

# Since an item says when it was last decided about.
DEALT = "GRANT SELECT (dealt_on) ON forum_item TO wellbeing_worker;"

ALL = [POLICIES, GRANTS, NAMES, TIES]
