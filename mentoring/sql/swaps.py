"""Row policies of welfare mentors' profiles, of swaps and of cover.

A swap is read by the person and by whoever was told, while they answer it; a mentor who is offered learns nothing
until picked, and a line manager or HR never. All of it is written by the functions of `swaps.sql` and `welfare.sql`,
but for what a mentor says of themselves.
"""

from wellbeing.confidential.sql import protect

_ME = "(SELECT app_person())"
_COORDINATES = "(SELECT app_holds('coordinator'))"
_TOLD = f"told_id = {_ME} AND state IN ('asked', 'offered') AND (SELECT app_holds('coordinator') OR app_holds('lead'))"

POLICIES = "\n".join(
    [
        protect(
            "mentoring_welfareprofile",
            {
                "welfare_read": f"FOR SELECT TO wellbeing_app USING (person_id = {_ME} OR {_COORDINATES})",
                "welfare_own": f"FOR UPDATE TO wellbeing_app USING (person_id = {_ME})",
                "welfare_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_supervision",
            {
                "supervision_read": f"FOR SELECT TO wellbeing_app USING (person_id = {_ME} OR {_COORDINATES})",
                "supervision_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_swap",
            {
                "swap_read": f"FOR SELECT TO wellbeing_app USING (subject_id = {_ME} OR {_TOLD})",
                "swap_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_offer",
            {
                "offer_read": "FOR SELECT TO wellbeing_app "
                "USING (EXISTS (SELECT FROM mentoring_swap s WHERE s.id = swap_id))",
                "offer_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        protect(
            "mentoring_cover",
            {
                "cover_read": "FOR SELECT TO wellbeing_app "
                f"USING (subject_id = {_ME} AND NOT gently OR carer_id = {_ME} OR told_id = {_ME})",
                "cover_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
        # Whoever was told sees the dates of that absence, also where they are not the coordinator.
        f"""CREATE POLICY absence_of_a_swap ON mentoring_absence FOR SELECT TO wellbeing_app USING (id = any (array(
            SELECT s.absence_id FROM mentoring_swap s
            WHERE s.told_id = {_ME} AND s.state IN ('asked', 'offered'))));""",  # noqa: S608 - words from this code
    ]
)

GRANTS = """
GRANT SELECT ON mentoring_welfareprofile, mentoring_supervision, mentoring_swap, mentoring_offer, mentoring_cover
    TO wellbeing_app;
GRANT UPDATE (capacity, paused, about_me, last_day) ON mentoring_welfareprofile TO wellbeing_app;
GRANT SELECT (mentor_id, person_id, training_due, supervision_due, last_day) ON mentoring_welfareprofile
    TO wellbeing_worker;
GRANT SELECT (id, mentor_id, person_id, held_on) ON mentoring_supervision TO wellbeing_worker;
GRANT SELECT (id, absence_id, subject_id, told_id, state, asked_at, offered_at, over_at, chosen_id) ON mentoring_swap
    TO wellbeing_worker;
GRANT SELECT (id, swap_id, mentor_id) ON mentoring_offer TO wellbeing_worker;
GRANT SELECT (id, absence_id, subject_id, carer_id, told_id, started_at, gently) ON mentoring_cover
    TO wellbeing_worker;
"""

# These rows go when the absence, or the mentor's term, that they belong to does.
GO_WITH_THE_ABSENCE = r"""
DO $$
DECLARE
    tie record;
BEGIN
    FOR tie IN
        SELECT conrelid::regclass AS tied, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE contype = 'f' AND (
            conrelid IN ('mentoring_swap'::regclass, 'mentoring_offer'::regclass, 'mentoring_cover'::regclass)
                AND confrelid IN ('mentoring_absence'::regclass, 'mentoring_swap'::regclass)
            OR conrelid IN ('mentoring_welfareprofile'::regclass, 'mentoring_supervision'::regclass))
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tie.tied, tie.name);
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', tie.tied, tie.name,
                       replace(tie.said, ' DEFERRABLE', ' ON DELETE CASCADE DEFERRABLE'));
    END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
"""
