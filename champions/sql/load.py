"""Row policies of tallies, and the one way to what they say together.

A tally is its champion's. The coordinator reads the bands of the last three months; to which services somebody pointed
nobody reads but themselves: of all of them together a function tells, in steps of five champions.
"""

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_SINCE = "(SELECT champions_counted_since())"
_SERVES = f"""EXISTS (SELECT FROM champions_champion c
    WHERE c.person_id = {_ME} AND c.state IN ('active', 'away', 'paused'))"""
_WRITES = f"person_id = {_ME} AND month >= {_SINCE} AND month <= (SELECT london_today()) AND {_SERVES}"
_MINE = f"EXISTS (SELECT FROM champions_tally t WHERE t.id = tally_id AND t.person_id = {_ME})"

SINCE = """
-- The first day of the three months that can be counted: this one and the two before.
CREATE FUNCTION champions_counted_since() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT (date_trunc('month', london_today()) - interval '2 months')::date $$;
"""

TOGETHER = """
-- For the coordinator: each service to which champions pointed somebody in those months, and how many champions did, in
-- steps of five: 0 stands for fewer than five, 5 for five to nine. Nothing can be asked more narrowly.
CREATE FUNCTION champions_signposts() RETURNS TABLE (service text, at_least integer) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.name::text, (count(DISTINCT t.person_id) / 5 * 5)::integer
    FROM champions_tallysignpost p
    JOIN champions_tally t ON t.id = p.tally_id
    JOIN support_service s ON s.id = p.service_id
    JOIN people_person who ON who.id = t.person_id AND NOT who.hidden
    WHERE app_holds('coordinator') AND t.month >= champions_counted_since()
    GROUP BY s.id
    ORDER BY 2 DESC, 1
$$;
REVOKE EXECUTE ON FUNCTION champions_counted_since(), champions_signposts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION champions_counted_since() TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION champions_signposts() TO wellbeing_app;
"""

POLICIES = "\n".join(
    [
        protect(
            "champions_tally",
            {
                "tally_read": f"""FOR SELECT TO wellbeing_app USING (person_id = {_ME}
                    OR (SELECT app_holds('coordinator')) AND month >= {_SINCE})""",
                "tally_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_WRITES})",
                "tally_changed": f"FOR UPDATE TO wellbeing_app USING (person_id = {_ME}) WITH CHECK ({_WRITES})",
                "tally_taken_back": f"FOR DELETE TO wellbeing_app USING (person_id = {_ME})",
                "tally_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "tally_purged": "FOR DELETE TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "champions_tallysignpost",
            {
                "signpost_read": f"FOR SELECT TO wellbeing_app USING ({_MINE})",
                "signpost_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_MINE})",
                "signpost_taken_back": f"FOR DELETE TO wellbeing_app USING ({_MINE})",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT, DELETE, UPDATE (conversations) ON champions_tally TO wellbeing_app;
GRANT SELECT, INSERT, DELETE ON champions_tallysignpost TO wellbeing_app;
GRANT SELECT (id, person_id, month), DELETE ON champions_tally TO wellbeing_worker;
"""

# A tally goes with its person, and a signpost with its tally or its service: the models leave that to the database.
TIES = "\n".join(
    f"""ALTER TABLE {table} ADD CONSTRAINT {table}_{name} FOREIGN KEY ({name}_id) REFERENCES {to} (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;"""
    for table, name, to in (
        ("champions_tally", "person", "people_person"),
        ("champions_tallysignpost", "tally", "champions_tally"),
        ("champions_tallysignpost", "service", "support_service"),
    )
)

ALL = [SINCE, TOGETHER, POLICIES, GRANTS, TIES]
