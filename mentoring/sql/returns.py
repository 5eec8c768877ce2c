"""Row policies of return-to-work meetings: one table for each audience.

That a meeting is arranged and was held, the duty and the hours are read by the person, by whoever holds it and by
their line manager; the rest of a plan by the person and whoever holds it. Rows are made, and meetings held, by the
functions of `returns.sql`, which look at who asks.
"""

from wellbeing.confidential.sql import people_of, protect, readable

_ME = "(SELECT app_person())"
_HOLDS = f"subject_id = any (array({people_of('return_to_work')}))"
_PLANS = f"subject_id = any (array({people_of('line_manager', 'return_to_work')}))"
_OF_THAT_MEETING = (
    "EXISTS (SELECT FROM mentoring_returnmeeting m "
    "WHERE m.id = meeting_id AND m.subject_id = mentoring_phasedweek.subject_id)"
)

POLICIES = "\n".join(
    [
        protect(
            "mentoring_returnmeeting",
            {
                "return_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_PLANS})",
                "return_set": f"FOR UPDATE TO wellbeing_app USING ({_HOLDS})",
                "return_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_returnplan",
            {
                "return_plan_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_HOLDS})",
                "return_plan_set": f"FOR UPDATE TO wellbeing_app USING ({_HOLDS})",
            },
        ),
        protect(
            "mentoring_phasedweek",
            {
                "week_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_PLANS})",
                "week_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_HOLDS} AND {_OF_THAT_MEETING})",
                "week_taken_back": f"FOR DELETE TO wellbeing_app USING ({_HOLDS})",
            },
        ),
    ]
)

# An adjustment may be opened by itself, through a link to its record: whoever is asked to decide it.
ADJUSTMENTS = "DROP POLICY adjustment_read ON mentoring_adjustment;\n" + (
    "CREATE POLICY adjustment_read ON mentoring_adjustment FOR SELECT TO wellbeing_app USING {};"
).format(
    readable(
        "mentoring_adjustment",
        kind="'adjustment'",
        written="mentoring_adjustment.made_at",
        follows="(case when coalesce(mentoring_adjustment.ended_on, london_today()) >= london_today()"
        " and mentoring_adjustment.decision <> 'not_agreed' then mentoring_adjustment.until end)",
        by_key=True,
    )
)

GRANTS = """
GRANT SELECT ON mentoring_returnmeeting, mentoring_returnplan, mentoring_phasedweek TO wellbeing_app;
GRANT UPDATE (duty) ON mentoring_returnmeeting TO wellbeing_app;
GRANT UPDATE (oh_suggested) ON mentoring_returnplan TO wellbeing_app;
GRANT INSERT, DELETE ON mentoring_phasedweek TO wellbeing_app;
GRANT SELECT (id, absence_id, subject_id, held_on, made_at) ON mentoring_returnmeeting TO wellbeing_worker;
GRANT SELECT (meeting_id, decision, decides_id, asked_on, implement_by, review_on, implemented_on)
    ON mentoring_adjustment TO wellbeing_worker;
"""
