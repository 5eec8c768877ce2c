-- Events, and whoever leaves.

-- Whether a session is an event that is over: from then on who had a place in it is known to themselves alone.
CREATE FUNCTION training_is_past_event(p_session uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM training_session s JOIN training_course c ON c.id = s.course_id
                   WHERE s.id = p_session AND c.purpose = 'event' AND s.ends_at < now())
$$;
REVOKE EXECUTE ON FUNCTION training_is_past_event(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_is_past_event(uuid) TO wellbeing_app;

-- What decides who sees a place stays as it was when the place was taken: of which course a session is, what that course
-- is for, and when an event was over. Whoever asks sees few places, so the owner looks.
CREATE FUNCTION training_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'training_course' THEN
        IF NEW.purpose <> OLD.purpose AND EXISTS (
            SELECT FROM training_session s JOIN training_place p ON p.session_id = s.id WHERE s.course_id = OLD.id) THEN
            RAISE EXCEPTION 'a course in which there are places stays what it is'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'course_stays_what_it_is';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.course_id <> OLD.course_id AND EXISTS (SELECT FROM training_place p WHERE p.session_id = OLD.id) THEN
        RAISE EXCEPTION 'a session in which there are places stays one of its course'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_stays_of_its_course';
    END IF;
    IF (NEW.starts_at, NEW.ends_at, NEW.state) IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.state)
       AND training_is_past_event(OLD.id) THEN
        RAISE EXCEPTION 'an event that is over stays over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'past_event_stays_past';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION training_stays_as_it_was() FROM PUBLIC;
CREATE TRIGGER stays_as_it_was BEFORE UPDATE OF purpose ON training_course
    FOR EACH ROW EXECUTE FUNCTION training_stays_as_it_was();
CREATE TRIGGER stays_as_it_was BEFORE UPDATE OF course_id, starts_at, ends_at, state ON training_session
    FOR EACH ROW EXECUTE FUNCTION training_stays_as_it_was();

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
