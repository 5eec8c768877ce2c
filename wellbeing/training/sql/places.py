"""Row policies of places and completions.

Everybody sees their own. The coordinator organises everything; HR what somebody must have completed, from when they
must, and no event: who goes to one may be looking for help, and that is nobody's to know but whoever keeps the door.
Nobody writes that they were there, or what they have completed, themselves.
"""

from wellbeing.confidential.sql import protect

from . import read

ME = "(SELECT app_person())"
_COORDINATES = "(SELECT app_holds('coordinator'))"
ORGANISES = f"({_COORDINATES} OR (SELECT app_holds('hr')) AND training_is_required(session_id, made_at))"
_KEEPS = f"""({_COORDINATES} OR (SELECT app_holds('hr'))
             AND EXISTS (SELECT FROM training_requirement r WHERE r.course_id = training_completion.course_id
                         AND r.is_in_force AND r.since <= training_completion.recorded_at))"""  # noqa: S608 - words from this code
_WRITES = f"({ORGANISES} AND (person_id <> {ME} OR state NOT IN ('attended', 'missed')))"
_OWN_MOVES = "state IN ('booked', 'declined', 'withdrawn')"

POLICIES = "\n".join(
    [
        protect(
            "training_place",
            {
                "place_read": f"FOR SELECT TO wellbeing_app USING (person_id = {ME} OR {ORGANISES})",
                "place_made": f"""FOR INSERT TO wellbeing_app WITH CHECK ({_WRITES}
                    OR person_id = {ME} AND state = 'booked' AND training_is_booked_by_oneself(session_id))""",
                "place_moved": f"""FOR UPDATE TO wellbeing_app USING (person_id = {ME} OR {ORGANISES})
                    WITH CHECK ({_WRITES} OR person_id = {ME} AND {_OWN_MOVES})""",
                "place_worker": "FOR ALL TO wellbeing_worker USING (true) WITH CHECK (true)",
            },
        ),
        protect(
            "training_completion",
            {
                "completion_read": f"FOR SELECT TO wellbeing_app USING (person_id = {ME} OR {_KEEPS})",
                "completion_made": f"""FOR INSERT TO wellbeing_app
                    WITH CHECK ({_KEEPS} AND recorded_by_id = {ME} AND person_id <> {ME})""",
                "completion_taken_back": f"FOR DELETE TO wellbeing_app USING ({_KEEPS} AND person_id <> {ME})",
                "completion_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT, INSERT ON training_place TO wellbeing_app;
GRANT UPDATE (state, offered_until, changed_at) ON training_place TO wellbeing_app, wellbeing_worker;
GRANT SELECT, INSERT, DELETE ON training_place TO wellbeing_worker;
GRANT SELECT, INSERT, DELETE ON training_completion TO wellbeing_app;
GRANT SELECT ON training_completion TO wellbeing_worker;
"""

ALL = [read("places"), POLICIES, GRANTS]
