"""Row policies of 1-1s: the same rule as for confidential records, in the same words.

A line manager writes through a live link of their own; who acts for one sees the schedule; everybody sees what
is about themselves. Nothing is deleted but by the purge.
"""

from wellbeing.confidential.sql import people_of, protect, readable

_ME = "(SELECT app_person())"
_MANAGES = f"subject_id = any (array({people_of('line_manager')}))"
_ACTS = f"subject_id = any (array({people_of('line_manager', 'acting_manager')}))"


def _seen(table: str, kind: str, follows: str = "null::date") -> str:
    return readable(table, kind=f"'{kind}'", written=f"{table}.made_at", follows=follows)


def _policies(name: str, seen: str, **written: str) -> dict[str, str]:
    return {
        f"{name}_read": f"FOR SELECT TO wellbeing_app USING ({seen})",
        f"{name}_worker": "FOR SELECT TO wellbeing_worker USING (true)",
    } | {f"{name}_{verb}": policy for verb, policy in written.items()}


POLICIES = "\n".join(
    [
        protect(
            "mentoring_schedule",
            _policies(
                "schedule",
                f"subject_id = {_ME} OR {_ACTS}",
                made=f"FOR INSERT TO wellbeing_app WITH CHECK ({_MANAGES})",
                set=f"FOR UPDATE TO wellbeing_app USING ({_MANAGES})",
            ),
        ),
        protect(
            "mentoring_onetoone",
            _policies(
                "one_to_one",
                _seen("mentoring_onetoone", "one_to_one"),
                made=f"FOR INSERT TO wellbeing_app WITH CHECK (manager_id = {_ME} AND {_MANAGES})",
            ),
        ),
        protect(
            "mentoring_action",
            _policies(
                "action",
                _seen("mentoring_action", "one_to_one"),
                made=f"FOR INSERT TO wellbeing_app WITH CHECK ({_MANAGES} AND EXISTS (SELECT FROM mentoring_onetoone o "
                "WHERE o.id = one_to_one_id AND o.subject_id = mentoring_action.subject_id))",
                done=f"FOR UPDATE TO wellbeing_app USING (subject_id = {_ME} OR {_MANAGES})",
            ),
        ),
        protect(
            "mentoring_adjustment",
            _policies(
                "adjustment",
                _seen(
                    "mentoring_adjustment",
                    "adjustment",
                    "(case when coalesce(mentoring_adjustment.ended_on, london_today()) >= london_today()"
                    " then mentoring_adjustment.until end)",
                ),
                made=f"FOR INSERT TO wellbeing_app WITH CHECK ({_MANAGES})",
            ),
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT ON mentoring_schedule, mentoring_onetoone, mentoring_action, mentoring_adjustment TO wellbeing_app;
GRANT UPDATE (every_weeks, next_due, rests_until) ON mentoring_schedule TO wellbeing_app;
GRANT UPDATE (done_on) ON mentoring_action TO wellbeing_app;
GRANT SELECT ON mentoring_schedule TO wellbeing_worker;
GRANT SELECT (id, subject_id, manager_id, held_on, made_at) ON mentoring_onetoone TO wellbeing_worker;
GRANT SELECT (id, one_to_one_id, subject_id, owner, due, done_on) ON mentoring_action TO wellbeing_worker;
GRANT SELECT (id, subject_id, until, ended_on) ON mentoring_adjustment TO wellbeing_worker;
"""

# The rows of 1-1s and adjustments of before that day, as `purge_records` takes away their texts; no open action, no
# adjustment still owed, nothing of people under legal hold.
PURGE = """
CREATE FUNCTION purge_one_to_ones(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
    over uuid[];
BEGIN
    IF before > now() - interval '180 days' THEN
        RAISE EXCEPTION 'records are kept for half a year at least';
    END IF;
    SELECT coalesce(array_agg(old.id), '{}') INTO gone FROM (
        SELECT o.id FROM mentoring_onetoone o JOIN people_person p ON p.id = o.subject_id
        WHERE o.made_at < before AND NOT p.legal_hold
          AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = o.id)
        FOR SHARE OF p) AS old;
    SELECT coalesce(array_agg(old.id), '{}') INTO over FROM (
        SELECT a.id FROM mentoring_adjustment a JOIN people_person p ON p.id = a.subject_id
        WHERE a.made_at < before AND a.until < london_today() AND NOT p.legal_hold
          AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = a.id)
        FOR SHARE OF p) AS old;
    DELETE FROM mentoring_action WHERE one_to_one_id = ANY (gone);
    DELETE FROM mentoring_onetoone WHERE id = ANY (gone);
    DELETE FROM mentoring_adjustment WHERE id = ANY (over);
    RETURN cardinality(gone) + cardinality(over);
END $$;
REVOKE EXECUTE ON FUNCTION purge_one_to_ones(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_one_to_ones(timestamptz) TO wellbeing_worker;
"""
