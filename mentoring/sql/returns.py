"""Row policies of return-to-work meetings: one table for each audience.

That a meeting is arranged and was held, the duty and the hours are read by the person, by whoever holds it and by
their line manager; the rest of a plan by the person and whoever holds it. Rows are made, and meetings held, by the
functions of `returns.sql`, which look at who asks.
"""

from wellbeing.confidential.sql import people_of, protect, readable

_ME = "(SELECT app_person())"
_MY_LINKS = """array(
    select link.id from confidential_carelink link
    where link.carer_id = (select app_person()) and link.approved_at is not null and link.why = 'return_to_work'
      and link.starts <= now() and (link.ends is null or link.ends > now()))"""
# By the meeting's own link: whoever holds one meeting reads nothing of another that somebody had before.
_HELD = f"any (array(select plan.meeting_id from mentoring_returnplan plan where plan.link = any ({_MY_LINKS})))"  # noqa: S608
_HOLDS = f"meeting_id = {_HELD}"
_MANAGES = f"subject_id = any (array({people_of('line_manager')}))"
_OF_THAT_MEETING = (
    "EXISTS (SELECT FROM mentoring_returnmeeting m "
    "WHERE m.id = meeting_id AND m.subject_id = mentoring_phasedweek.subject_id)"
)

POLICIES = "\n".join(
    [
        protect(
            "mentoring_returnmeeting",
            {
                "return_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_MANAGES} OR id = {_HELD})",
                "return_set": f"FOR UPDATE TO wellbeing_app USING (id = {_HELD})",
                "return_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_returnplan",
            {
                "return_plan_read": "FOR SELECT TO wellbeing_app "
                f"USING (subject_id = {_ME} OR link = any ({_MY_LINKS}))",
                "return_plan_set": f"FOR UPDATE TO wellbeing_app USING (link = any ({_MY_LINKS}))",
                "return_plan_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_phasedweek",
            {
                "week_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_MANAGES} OR {_HOLDS})",
                "week_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_HOLDS} AND {_OF_THAT_MEETING})",
                "week_taken_back": f"FOR DELETE TO wellbeing_app USING ({_HOLDS})",
            },
        ),
    ]
)

# An adjustment may be opened by itself, through a link to its record: whoever is asked to decide it.
_OTHERS_DECIDE = f"""meeting_id IS NULL OR decision = 'agreed' OR subject_id = {_ME} OR {_HOLDS}
    OR EXISTS (SELECT FROM confidential_carelink link
               WHERE link.carer_id = {_ME} AND link.only_record = mentoring_adjustment.id AND link.why = 'decides'
                 AND link.starts <= now() AND link.ends > now())"""
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
# A line manager writes down what is agreed in a 1-1, and of a plan that others write sees only what is agreed: not who
# is named to decide what is not.
ADJUSTMENTS += f"""
CREATE POLICY adjustment_agreed ON mentoring_adjustment AS RESTRICTIVE FOR SELECT TO wellbeing_app
    USING ({_OTHERS_DECIDE});
DROP POLICY adjustment_made ON mentoring_adjustment;
CREATE POLICY adjustment_made ON mentoring_adjustment FOR INSERT TO wellbeing_app WITH CHECK (
    {_MANAGES} AND meeting_id IS NULL AND decides_id IS NULL AND decision = 'agreed' AND asked_on IS NULL
    AND implement_by IS NULL AND review_on IS NULL AND implemented_on IS NULL AND ended_on IS NULL);
"""

GRANTS = """
GRANT SELECT ON mentoring_returnmeeting, mentoring_returnplan, mentoring_phasedweek TO wellbeing_app;
GRANT UPDATE (duty) ON mentoring_returnmeeting TO wellbeing_app;
GRANT UPDATE (oh_suggested) ON mentoring_returnplan TO wellbeing_app;
GRANT INSERT, DELETE ON mentoring_phasedweek TO wellbeing_app;
GRANT SELECT (id, absence_id, subject_id, held_on, made_at) ON mentoring_returnmeeting TO wellbeing_worker;
GRANT SELECT (meeting_id, text, link) ON mentoring_returnplan TO wellbeing_worker;
GRANT SELECT (meeting_id, agreed_on, decision, decides_id, asked_on, implement_by, review_on, implemented_on)
    ON mentoring_adjustment TO wellbeing_worker;
"""
