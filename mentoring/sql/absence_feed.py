"""Row policies of HR's files of absences on their way in: each is for whoever chose it, while they hold the role."""

from wellbeing.confidential.sql import protect

_MINE = "(SELECT app_holds('hr')) AND made_by_id = (SELECT app_person())"

POLICIES = protect(
    "mentoring_absencefeed",
    {
        "feed_read": f"FOR SELECT TO wellbeing_app USING ({_MINE})",
        "feed_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_MINE})",
        "feed_applied": f"FOR UPDATE TO wellbeing_app USING ({_MINE})",
        "feed_dropped": f"FOR DELETE TO wellbeing_app USING ({_MINE})",
        "feed_worker": "FOR SELECT TO wellbeing_worker USING (true)",
        "feed_over": "FOR DELETE TO wellbeing_worker USING (made_at < now() - interval '1 day')",
    },
)

GRANTS = """
GRANT SELECT, INSERT, DELETE, UPDATE (applied_at, key_id, sealed) ON mentoring_absencefeed TO wellbeing_app;
GRANT SELECT (id, made_at), DELETE ON mentoring_absencefeed TO wellbeing_worker;
"""
