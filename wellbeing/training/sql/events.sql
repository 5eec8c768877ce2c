-- Events, and whoever leaves.

-- Whether a session is an event that is over: from then on who had a place in it is known to themselves alone.
CREATE FUNCTION training_is_past_event(p_session uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM training_session s JOIN training_course c ON c.id = s.course_id
                   WHERE s.id = p_session AND c.purpose = 'event' AND s.ends_at < now())
$$;
REVOKE EXECUTE ON FUNCTION training_is_past_event(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_is_past_event(uuid) TO wellbeing_app;

-- No event is what somebody must have completed, whatever a requirement says: HR never sees who goes to one.
CREATE OR REPLACE FUNCTION training_is_required(p_session uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM training_session s
                   JOIN training_course c ON c.id = s.course_id
                   JOIN training_requirement r ON r.course_id = c.id
                   WHERE s.id = p_session AND c.purpose <> 'event')
$$;

-- Those of these people who have gone (left, or died) give back the places they have in sessions to come; nobody else's
-- are touched. Whoever changes the roster is told of none at an event.
CREATE FUNCTION training_give_back(p_people bigint[])
RETURNS TABLE (given_place uuid, given_session uuid, given_person bigint, given_state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM training_session s
    WHERE s.starts_at > now() AND s.id IN (
        SELECT p.session_id FROM training_place p
        WHERE p.person_id = ANY (p_people) AND p.state IN ('offered', 'booked'))
    ORDER BY s.id FOR UPDATE;
    RETURN QUERY
    WITH given AS (
        UPDATE training_place p
        SET state = CASE p.state WHEN 'booked' THEN 'withdrawn' ELSE 'expired' END, changed_at = now()
        FROM training_session s, people_person who
        WHERE s.id = p.session_id AND s.starts_at > now() AND p.state IN ('offered', 'booked')
          AND p.person_id = ANY (p_people) AND who.id = p.person_id
          AND (who.died_on IS NOT NULL OR who."left" <= london_today())
        RETURNING p.id, p.session_id, p.person_id, p.state)
    SELECT g.id, g.session_id, g.person_id, g.state::text
    FROM given g JOIN training_session s ON s.id = g.session_id JOIN training_course c ON c.id = s.course_id
    WHERE c.purpose <> 'event';
END $$;
REVOKE EXECUTE ON FUNCTION training_give_back(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_give_back(bigint[]) TO wellbeing_app, wellbeing_worker;
