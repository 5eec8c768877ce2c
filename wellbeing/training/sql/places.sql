-- Places: how many are taken, and from where to where one may move. Whoever writes one, the database counts.

CREATE FUNCTION training_takes_seat(state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT state IN ('offered', 'booked', 'attended', 'missed') $$;

CREATE FUNCTION training_may_move(earlier text, later text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT earlier = later OR CASE earlier
        WHEN 'offered' THEN later IN ('booked', 'declined', 'expired', 'cancelled')
        WHEN 'booked' THEN later IN ('withdrawn', 'cancelled', 'attended', 'missed')
        WHEN 'attended' THEN later = 'missed'
        WHEN 'missed' THEN later = 'attended'
        ELSE false
    END
$$;

-- The session's row is locked by the counting, so two who take the last place at once wait for each other; the check
-- `training_no_place_too_many` on it refuses the second.
CREATE FUNCTION training_count_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    earlier integer := CASE WHEN TG_OP <> 'INSERT' AND training_takes_seat(OLD.state) THEN 1 ELSE 0 END;
    later integer := CASE WHEN TG_OP <> 'DELETE' AND training_takes_seat(NEW.state) THEN 1 ELSE 0 END;
BEGIN
    IF TG_OP = 'UPDATE' AND NOT training_may_move(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a place does not move from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_place_moves';
    END IF;
    IF earlier <> later THEN
        UPDATE training_session SET taken = taken + later - earlier
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END;
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION training_count_places() FROM PUBLIC;
CREATE TRIGGER count_places AFTER INSERT OR UPDATE OR DELETE ON training_place
    FOR EACH ROW EXECUTE FUNCTION training_count_places();

-- Nobody but that trigger writes how many are taken, and a session stays one of its course.
REVOKE UPDATE ON training_session FROM wellbeing_app, wellbeing_worker;
GRANT UPDATE (station_id, room, starts_at, ends_at, capacity, trainer, notes, offers_from_list, state, sequence, changed_at)
ON training_session TO wellbeing_app, wellbeing_worker;

-- Whether a place, made at that time, is in what somebody had to complete then and has to now: those HR sees too. No
-- event is, whatever a requirement says; and a requirement opens nothing that was made before it came.
CREATE FUNCTION training_is_required(p_session uuid, p_made timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM training_session s
                   JOIN training_course c ON c.id = s.course_id
                   JOIN training_requirement r ON r.course_id = c.id
                   WHERE s.id = p_session AND c.purpose <> 'event' AND r.is_in_force AND r.since <= p_made)
$$;
-- Whether anybody may take a place in it by themselves; places in a champion's training are offered from the list.
CREATE FUNCTION training_is_booked_by_oneself(p_session uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM training_session s JOIN training_course c ON c.id = s.course_id
                   WHERE s.id = p_session AND c.purpose <> 'champion' AND c.is_offered)
$$;
REVOKE EXECUTE ON FUNCTION training_is_required(uuid, timestamptz), training_is_booked_by_oneself(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_is_required(uuid, timestamptz), training_is_booked_by_oneself(uuid)
TO wellbeing_app;
