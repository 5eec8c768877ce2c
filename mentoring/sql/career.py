"""Row policies of career mentoring. What makes or ends a link is in `career.sql`; the web writes no such row itself.

A profile is there to be read by whoever is signed in. A request, and whom it avoids, is the person's alone; an asking
and a pairing are seen by their two; goals and sessions by the person and through a live link, as their records are.
"""

from wellbeing.confidential.sql import protect, readable

_ME = "(SELECT app_person())"
_OWN_TERM = (
    f"EXISTS (SELECT FROM mentoring_mentor m WHERE m.id = mentor_id AND m.person_id = {_ME} AND m.kind = 'career')"
)
_LISTED = """EXISTS (SELECT FROM mentoring_mentor m JOIN people_person p ON p.id = m.person_id
    WHERE m.id = mentor_id AND m.starts <= london_today() AND (m.ends IS NULL OR m.ends > london_today())
      AND NOT p.hidden AND p.died_on IS NULL AND (p.left IS NULL OR p.left > london_today()))"""
_OWN_REQUEST = f"EXISTS (SELECT FROM mentoring_careerrequest r WHERE r.id = request_id AND r.subject_id = {_ME})"


def _of_a_pairing(table: str) -> str:
    """The condition for writing: a pairing that lasts, of whoever asks, with this person."""
    return f"""EXISTS (SELECT FROM mentoring_pairing pair WHERE pair.id = pairing_id AND pair.ended_on IS NULL
        AND pair.subject_id = {table}.subject_id AND {_ME} IN (pair.subject_id, pair.mentor_id))"""


def _met(table: str, name: str) -> str:
    seen = readable(table, kind="'career_goal'", written=f"{table}.made_at")
    return protect(
        table,
        {
            f"{name}_read": f"FOR SELECT TO wellbeing_app USING ({seen})",
            f"{name}_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_of_a_pairing(table)})",
            f"{name}_set": f"FOR UPDATE TO wellbeing_app USING ({_of_a_pairing(table)})",
            f"{name}_worker": "FOR SELECT TO wellbeing_worker USING (true)",
        },
    )


POLICIES = "\n".join(
    [
        protect(
            "mentoring_careerprofile",
            {
                "career_profile_read": f"FOR SELECT TO wellbeing_app USING ({_OWN_TERM} "
                f"OR {_ME} IS NOT NULL AND {_LISTED})",
                "career_profile_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_OWN_TERM})",
                "career_profile_set": f"FOR UPDATE TO wellbeing_app USING ({_OWN_TERM})",
                "career_profile_taken_back": f"FOR DELETE TO wellbeing_app USING ({_OWN_TERM})",
            },
        ),
        protect(
            "mentoring_careerrequest",
            {
                "career_request_own": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME})",
                "career_request_made": f"FOR INSERT TO wellbeing_app WITH CHECK (subject_id = {_ME} "
                "AND state = 'draft' AND sent_on IS NULL)",
                "career_request_set": f"FOR UPDATE TO wellbeing_app USING (subject_id = {_ME} "
                "AND state IN ('draft', 'waiting'))",
                "career_request_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect("mentoring_avoid", {"career_avoid_own": f"FOR ALL TO wellbeing_app USING ({_OWN_REQUEST})"}),
        protect(
            "mentoring_asking",
            {
                "career_asking_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} "
                f"OR mentor_id = {_ME} AND answer IN ('', 'more', 'accepted'))",
                "career_asking_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_pairing",
            {
                "career_pairing_read": f"FOR SELECT TO wellbeing_app USING ({_ME} IN (subject_id, mentor_id))",
                "career_pairing_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        _met("mentoring_careergoal", "career_goal"),
        _met("mentoring_careersession", "career_session"),
        protect("mentoring_careerfeedback", {}),
    ]
)

GRANTS = """
GRANT SELECT, INSERT, DELETE ON mentoring_careerprofile TO wellbeing_app;
GRANT UPDATE (capacity, paused, path, experience, about_me) ON mentoring_careerprofile TO wellbeing_app;
GRANT SELECT, INSERT ON mentoring_careerrequest TO wellbeing_app;
GRANT UPDATE (wanted_path, wanted_experience, has_text, asked_avoid, ranked) ON mentoring_careerrequest
    TO wellbeing_app;
GRANT SELECT, INSERT, DELETE ON mentoring_avoid TO wellbeing_app;
GRANT SELECT ON mentoring_asking, mentoring_pairing TO wellbeing_app;
GRANT SELECT, INSERT ON mentoring_careergoal, mentoring_careersession TO wellbeing_app;
GRANT UPDATE (review_on, state) ON mentoring_careergoal TO wellbeing_app;
GRANT UPDATE (day, state, has_text) ON mentoring_careersession TO wellbeing_app;
GRANT SELECT (id, subject_id, state, look_again_on) ON mentoring_careerrequest TO wellbeing_worker;
GRANT SELECT (id, request_id, subject_id, mentor_id, asked_at, asked_on, answer_by, answer, answered_on)
    ON mentoring_asking TO wellbeing_worker;
GRANT SELECT (id, subject_id, mentor_id, began, ended_on, ended_by_id) ON mentoring_pairing TO wellbeing_worker;
GRANT SELECT (id, pairing_id, subject_id, day, state, made_at) ON mentoring_careersession TO wellbeing_worker;
GRANT SELECT (id, pairing_id, subject_id, review_on, state, made_at) ON mentoring_careergoal TO wellbeing_worker;
"""
