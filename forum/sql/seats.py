"""Every division has a strand; a term goes with its person; who sits at the forum."""

DIVISIONS_SIT = """
CREATE FUNCTION forum_seat_division() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO forum_strand (name, sort, division_id, "order") VALUES ('', 'division', NEW.id, 40)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
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

TIES = """
ALTER TABLE forum_seat ADD CONSTRAINT forum_seat_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

ALL = [SITS, TIES, STRANDS, DIVISIONS_SIT]
