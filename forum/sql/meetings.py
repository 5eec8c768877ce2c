"""Who is invited, what they answered and who came is read by those who sit at the forum and its secretary, and of
themselves by each; papers by the same but for guests. The secretary writes; who else is invited follows from who sits.

When the forum meets is read by everybody, and written by the secretary: whoever made themselves its chair were invited.
"""

from wellbeing.confidential.sql import protect

_READS = "((SELECT app_holds('secretary')) OR (SELECT forum_sits()))"
_KEEPS = "(SELECT app_holds('secretary'))"
_MINE = "person_id = (SELECT app_person())"

TIES = """
ALTER TABLE forum_invitation ADD CONSTRAINT forum_invitation_person FOREIGN KEY (person_id)
    REFERENCES people_person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_paper ADD CONSTRAINT forum_paper_changed_by FOREIGN KEY (changed_by_id)
    REFERENCES people_person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_meeting ADD CONSTRAINT forum_meeting_chair FOREIGN KEY (chair_id)
    REFERENCES people_person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_meeting ADD CONSTRAINT forum_meeting_published_by FOREIGN KEY (published_by_id)
    REFERENCES people_person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""

# Whoever is invited holds the meeting still while they answer, and changes nothing of it. The worker opens its agenda.
MEETINGS = "\n".join(
    [
        protect(
            "forum_meeting",
            {
                "meeting_read": "FOR SELECT TO wellbeing_app USING (true)",
                "meeting_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
                "meeting_answered": """FOR UPDATE TO wellbeing_app USING (EXISTS (
                    SELECT FROM forum_invitation i WHERE i.meeting_id = forum_meeting.id
                      AND i.person_id = (SELECT app_person()))) WITH CHECK (false)""",
                "meeting_worker": "FOR SELECT TO wellbeing_worker USING (true)",
                "meeting_opened": """FOR UPDATE TO wellbeing_worker USING (state IN ('planned', 'agenda_open'))
                    WITH CHECK (state = 'agenda_open')""",
            },
        ),
        protect(
            "forum_series",
            {
                "series_read": "FOR SELECT TO wellbeing_app USING (true)",
                "series_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
                "series_worker": "FOR SELECT TO wellbeing_worker USING (true)",
            },
        ),
    ]
)

PAPERS = protect(
    "forum_paper",
    {
        "paper_read": f"FOR SELECT TO wellbeing_app USING ({_READS})",
        "paper_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
    },
)

INVITATIONS = protect(
    "forum_invitation",
    {
        "invitation_read": f"FOR SELECT TO wellbeing_app USING ({_READS} OR {_MINE})",
        "invitation_kept": f"FOR ALL TO wellbeing_app USING ({_KEEPS}) WITH CHECK ({_KEEPS})",
        "invitation_worker": "FOR SELECT TO wellbeing_worker USING (true)",
        "invitation_purged": "FOR DELETE TO wellbeing_worker USING (true)",
    },
)

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON forum_meeting, forum_series, forum_paper, forum_invitation TO wellbeing_app;
GRANT SELECT, DELETE ON forum_invitation TO wellbeing_worker;
GRANT SELECT ON forum_meeting, forum_series TO wellbeing_worker;
GRANT UPDATE (state) ON forum_meeting TO wellbeing_worker;
"""

# Whoever is invited answers, for themselves and for a meeting that is still to come.
ANSWERS = """
CREATE FUNCTION forum_answer(p_invitation uuid, p_coming boolean) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE forum_invitation i
    SET answer = CASE WHEN p_coming THEN 'coming' ELSE 'apologies' END, answered_at = now()
    FROM forum_meeting m
    WHERE i.id = p_invitation AND i.person_id = app_person() AND i.withdrawn_on IS NULL
      AND m.id = i.meeting_id AND m.state IN ('planned', 'agenda_open') AND m.ends_at > now()
$$;
REVOKE EXECUTE ON FUNCTION forum_answer(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_answer(uuid, boolean) TO wellbeing_app;
"""

# Whom a meeting to come wants: the chair, representatives on its day, and the deputies of strands whose representative
# cannot come or is not there, or who have said that they come.
WANTED = """
CREATE FUNCTION forum_wanted(p_meeting uuid) RETURNS TABLE (person_id bigint, invited_as text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH met AS (
        SELECT m.chair_id, (m.starts_at AT TIME ZONE 'Europe/London')::date AS day
        FROM forum_meeting m WHERE m.id = p_meeting),
    sits AS (
        SELECT s.person_id, s.strand_id, s.is_deputy, coalesce(i.answer, '') AS answer
        FROM met
        JOIN forum_seat s ON met.day BETWEEN s.starts_on AND s.ends_on
        JOIN forum_strand t ON t.id = s.strand_id AND (t.retired_on IS NULL OR t.retired_on > london_today())
        JOIN people_person p ON p.id = s.person_id AND NOT p.hidden AND person_is_here(p.id)
        LEFT JOIN forum_invitation i
            ON i.meeting_id = p_meeting AND i.person_id = s.person_id AND i.withdrawn_on IS NULL),
    every AS (
        SELECT met.chair_id AS person_id, 'chair' AS how, 1 AS rank FROM met WHERE met.chair_id IS NOT NULL
        UNION ALL
        SELECT sits.person_id, 'representative', 2 FROM sits WHERE NOT sits.is_deputy
        UNION ALL
        SELECT sits.person_id, 'deputy', 3 FROM sits
        WHERE sits.is_deputy AND (sits.answer = 'coming' OR NOT EXISTS (
            SELECT FROM sits AS first
            WHERE first.strand_id = sits.strand_id AND NOT first.is_deputy AND first.answer <> 'apologies')))
    SELECT DISTINCT ON (every.person_id) every.person_id, every.how FROM every ORDER BY every.person_id, every.rank
$$;
REVOKE EXECUTE ON FUNCTION forum_wanted(uuid) FROM PUBLIC;
"""

# Brings who is invited in line with that, whoever asks for it, until the meeting is over: guests stay guests. What is
# withdrawn stays as well, so that calendars hear of it; whoever is invited again gets another. Returns the invitations
# that came or went.
INVITES = """
CREATE FUNCTION forum_invite(p_meeting uuid, p_today date) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM forum_meeting m
    WHERE m.id = p_meeting AND m.state IN ('planned', 'agenda_open') AND m.ends_at > now() FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    UPDATE forum_invitation i SET withdrawn_on = p_today
    WHERE i.meeting_id = p_meeting AND i.withdrawn_on IS NULL AND i.invited_as <> 'guest'
      AND i.person_id NOT IN (SELECT w.person_id FROM forum_wanted(p_meeting) w)
    RETURNING i.id;
    UPDATE forum_invitation i SET invited_as = w.invited_as FROM forum_wanted(p_meeting) w
    WHERE i.meeting_id = p_meeting AND i.withdrawn_on IS NULL AND i.person_id = w.person_id
      AND i.invited_as NOT IN (w.invited_as, 'guest');
    RETURN QUERY
    INSERT INTO forum_invitation (id, meeting_id, person_id, invited_as, invited_on, answer, turn)
    SELECT gen_random_uuid(), p_meeting, w.person_id, w.invited_as, p_today, 'waiting', (
        SELECT count(*) FROM forum_invitation e WHERE e.meeting_id = p_meeting AND e.person_id = w.person_id)
    FROM forum_wanted(p_meeting) w
    ON CONFLICT (meeting_id, person_id) WHERE withdrawn_on IS NULL DO NOTHING
    RETURNING id;
END $$;
REVOKE EXECUTE ON FUNCTION forum_invite(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forum_invite(uuid, date) TO wellbeing_app, wellbeing_worker;
"""

ALL = [TIES, MEETINGS, PAPERS, INVITATIONS, GRANTS, ANSWERS, WANTED, INVITES]
