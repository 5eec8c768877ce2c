"""Row policies of absences, half pay, contact plans and contacts: one table for each audience.

The dates of an absence are read by the person, through a link to somebody who must reckon with them (not of an
absence that was over four weeks ago and before their link began), by HR and by the coordinator; a plan by whoever keeps
contact, in the last absence alone. Nobody writes dates but by the functions of `absences.sql`, which look at who asks.
"""

from wellbeing.confidential.sql import people_of, protect, readable

_ME = "(SELECT app_person())"
_KEEPS = f"""absence_id = any (array(
    select distinct on (a.subject_id) a.id from mentoring_absence a
    where a.subject_id = any (array({people_of("keeps_contact", "welfare_mentor")}))
    order by a.subject_id, a.first_day desc))"""  # noqa: S608 - words from this code
_BY_CONTACT = people_of("line_manager", "acting_manager", "keeps_contact", "welfare_mentor")
_RECKONS = f"""subject_id = any (array({_BY_CONTACT}))
    AND (back_on IS NULL OR back_on + 28 > london_today() OR EXISTS ({_BY_CONTACT}
         and link.subject_id = mentoring_absence.subject_id
         and (link.starts at time zone 'Europe/London')::date < back_on))"""
_RETURN = f"subject_id = any (array({people_of('return_to_work')}))"
_OF_THAT_ABSENCE = "EXISTS (SELECT FROM mentoring_absence a WHERE a.id = absence_id AND a.subject_id = {}.subject_id)"
_HR = f"(SELECT app_holds('hr')) AND subject_id <> {_ME}"

POLICIES = "\n".join(
    [
        protect(
            "mentoring_absence",
            {
                "absence_read": "FOR SELECT TO wellbeing_app USING ("
                f"subject_id = {_ME} OR {_RECKONS} OR {_RETURN} "
                "OR (SELECT app_holds('hr') OR app_holds('coordinator')))",
                "absence_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_halfpay",
            {
                "half_pay_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_HR})",
                "half_pay_made": f"FOR INSERT TO wellbeing_app WITH CHECK ({_HR} AND "
                f"{_OF_THAT_ABSENCE.format('mentoring_halfpay')})",
                "half_pay_moved": f"FOR UPDATE TO wellbeing_app USING ({_HR})",
                "half_pay_taken_back": f"FOR DELETE TO wellbeing_app USING ({_HR})",
                "half_pay_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_contactplan",
            {
                "plan_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_KEEPS})",
                "plan_changed": f"FOR UPDATE TO wellbeing_app USING (subject_id = {_ME} OR {_KEEPS})",
                "plan_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_contact",
            {
                "contact_read": "FOR SELECT TO wellbeing_app USING "
                + readable("mentoring_contact", kind="'contact'", written="mentoring_contact.made_at"),
                "contact_made": f"FOR INSERT TO wellbeing_app WITH CHECK (made_by_id = {_ME} AND {_KEEPS} AND "
                f"{_OF_THAT_ABSENCE.format('mentoring_contact')})",
                "contact_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

GRANTS = """
GRANT SELECT ON mentoring_absence, mentoring_halfpay, mentoring_contactplan, mentoring_contact TO wellbeing_app;
GRANT INSERT, UPDATE (starts), DELETE ON mentoring_halfpay TO wellbeing_app;
GRANT UPDATE (channels, every_days, agreed_on, next_contact, before_pause, first_contact_on, unanswered)
    ON mentoring_contactplan TO wellbeing_app;
GRANT INSERT ON mentoring_contact TO wellbeing_app;
GRANT SELECT (id, subject_id, first_day, expected_back, back_on, made_at) ON mentoring_absence TO wellbeing_worker;
GRANT SELECT (absence_id, subject_id, starts) ON mentoring_halfpay TO wellbeing_worker;
GRANT SELECT (absence_id, subject_id, agreed_on, next_contact, first_contact_on, paused_until, unanswered)
    ON mentoring_contactplan TO wellbeing_worker;
"""
