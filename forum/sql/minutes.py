"""Row policies of minutes: the secretary writes, those who sit at the forum read what is shared and comment on it.

What is approved is changed by nobody; a version never.
"""

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_KEEPS = "(SELECT app_holds('secretary'))"
_SITS = "(SELECT forum_sits())"
_OPEN = """EXISTS (SELECT FROM forum_minutes m
    WHERE m.meeting_id = minutes_id AND m.state <> 'approved')"""
_COMMENTED = """EXISTS (SELECT FROM forum_minutes m
    WHERE m.meeting_id = minutes_id AND m.state = 'shared' AND m.comment_until >= (SELECT london_today()))"""

POLICIES = "\n".join(
    [
        protect(
            "forum_minutes",
            {
                "minutes_read": f"FOR SELECT TO wellbeing_app USING ({_KEEPS} OR {_SITS} AND state <> 'draft')",
                "minutes_begun": f"FOR INSERT TO wellbeing_app WITH CHECK ({_KEEPS} AND state = 'draft')",
                "minutes_kept": f"""FOR UPDATE TO wellbeing_app USING ({_KEEPS} AND state <> 'approved')
                    WITH CHECK ({_KEEPS})""",
                "minutes_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "forum_minutesversion",
            {
                "version_read": f"FOR SELECT TO wellbeing_app USING ({_KEEPS} OR {_SITS} AND shown)",
                "version_saved": f"FOR INSERT TO wellbeing_app WITH CHECK ({_KEEPS} AND {_OPEN})",
                "version_shown": f"FOR UPDATE TO wellbeing_app USING ({_KEEPS} AND {_OPEN}) WITH CHECK ({_KEEPS})",
            },
        ),
        protect(
            "forum_minutescomment",
            {
                "comment_read": f"FOR SELECT TO wellbeing_app USING ({_KEEPS} OR {_SITS})",
                "comment_made": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK (person_id = {_ME} AND {_SITS} AND settled = '' AND {_COMMENTED})""",
                "comment_settled": f"FOR UPDATE TO wellbeing_app USING ({_KEEPS} AND {_OPEN}) WITH CHECK ({_KEEPS})",
                "comment_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON forum_minutes TO wellbeing_app;
GRANT SELECT ON forum_minutes TO wellbeing_worker;
GRANT SELECT, INSERT, UPDATE (shown) ON forum_minutesversion TO wellbeing_app;
GRANT SELECT, INSERT, UPDATE (settled) ON forum_minutescomment TO wellbeing_app;
GRANT SELECT (id, minutes_id, person_id) ON forum_minutescomment TO wellbeing_worker;
"""

TIES = """
ALTER TABLE forum_minutescomment ADD CONSTRAINT forum_minutescomment_person FOREIGN KEY (person_id)
    REFERENCES people_person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_minutesversion ADD CONSTRAINT forum_minutesversion_by FOREIGN KEY (by_id)
    REFERENCES people_person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""

ALL = [POLICIES, GRANTS, TIES]
