"""Every division has a strand; a term goes with its person and its strand; who sits at the forum.

Everybody reads strands, terms and rules; the secretary writes them, or whoever would sit could seat themselves.
"""

from wellbeing.confidential.sql import protect

_KEEPS = "(SELECT app_holds('secretary'))"

DIVISIONS_SIT = """
CREATE FUNCTION forum_seat_division() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO forum_strand (name, sort, division_id, "order") VALUES ('', 'division', NEW.id, 40)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION forum_seat_division() FROM PUBLIC;
CREATE TRIGGER forum_division_sits AFTER INSERT ON people_division
    FOR EACH ROW EXECUTE FUNCTION forum_seat_division();
INSERT INTO forum_strand (name, sort, division_id, "order") SELECT '', 'division', id, 40 FROM people_division;
"""

# With what a force begins; the secretary changes them.
FIRST_STRANDS = (
    ("Champions", "network", 10),
    ("SPOCs", "network", 11),
    ("Mentors", "network", 12),
    ("HR", "force", 30),
    ("Police Federation", "association", 50),
    ("Superintendents’ Association", "association", 51),
    ("UNISON", "association", 52),
    ("Staff networks", "staff_network", 60),
)
STRANDS = "".join(
    f"INSERT INTO forum_strand (name, sort, \"order\") VALUES ('{name}', '{sort}', {order});\n"  # noqa: S608 - above
    for name, sort, order in FIRST_STRANDS
)

# Whether whoever asks represents a strand today, or is a deputy.
SITS = """
CREATE FUNCTION forum_sits() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM forum_seat s JOIN forum_strand t ON t.id = s.strand_id
        WHERE s.person_id = app_person() AND london_today() BETWEEN s.starts_on AND s.ends_on
          AND (t.retired_on IS NULL OR t.retired_on > london_today()))
$$;
REVOKE EXECUTE ON FUNCTION forum_sits() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_sits() TO wellbeing_app;
"""

# Somebody who had left is back: their terms end with yesterday, and one that would begin later is taken away. Only of
# those who are back since this hour, as the history says, which is not edited: nobody ends another's term by asking.
ENDS = """
CREATE FUNCTION forum_end_terms(p_people bigint[], p_last date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    back bigint[] := ARRAY(
        SELECT key FROM unnest(p_people) AS key
        WHERE person_is_here(key) AND EXISTS (
            SELECT FROM people_change c
            WHERE c.about_type = 'people.person' AND c.about_id = key::text AND c.at > now() - interval '1 hour'
              AND c.details -> 'left' ->> 0 IS NOT NULL));
BEGIN
    IF p_last BETWEEN london_today() - 1 AND london_today() THEN
        DELETE FROM forum_seat WHERE person_id = ANY (back) AND starts_on > p_last;
        UPDATE forum_seat SET ends_on = p_last WHERE person_id = ANY (back) AND ends_on > p_last;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION forum_end_terms(bigint[], date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_end_terms(bigint[], date) TO wellbeing_app, wellbeing_worker;
"""


def _kept(table: str) -> str:
    name = table.removeprefix("forum_")
    return protect(
        table,
        {
            f"{name}_read": "FOR SELECT TO wellbeing_app USING (true)",
            f"{name}_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
            f"{name}_worker": "FOR SELECT TO wellbeing_worker USING (true)",
        },
    )


POLICIES = "\n".join(map(_kept, ("forum_seat", "forum_strand", "forum_rules")))

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_seat, forum_strand, forum_rules TO wellbeing_app;
GRANT SELECT ON forum_seat, forum_strand, forum_rules TO wellbeing_worker;
"""

TIES = """
ALTER TABLE forum_strand ADD CONSTRAINT forum_strand_division FOREIGN KEY (division_id) REFERENCES people_division (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_seat ADD CONSTRAINT forum_seat_strand FOREIGN KEY (strand_id) REFERENCES forum_strand (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_seat ADD CONSTRAINT forum_seat_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

ALL = [SITS, ENDS, TIES, POLICIES, GRANTS, STRANDS, DIVISIONS_SIT]
