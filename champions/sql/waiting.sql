-- The waiting list: in which order, whose manager answers, how far somebody is, and when it is over. An entry is locked
-- before its row on the list, whoever locks them.

-- Everybody who waits, in the order of the rule `p_order` (`WaitingOrder`): one order, for the place that people read and
-- for who is offered one. Somebody without a station, or at a closed one, comes after the stations.
CREATE FUNCTION champions_whole_order(p_order text) RETURNS TABLE (champion_id uuid, person_id bigint, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH covered AS (
        SELECT v.station_id, count(*) AS champions
        FROM champions_coverage v
        JOIN champions_champion c ON c.id = v.champion_id AND c.state IN ('active', 'away')
        JOIN people_person p ON p.id = c.person_id AND NOT p.hidden AND p.died_on IS NULL
             AND (p."left" IS NULL OR p."left" > london_today())
        WHERE v.ended_at IS NULL
        GROUP BY v.station_id)
    SELECT w.champion_id, w.person_id, row_number() OVER (ORDER BY
        CASE WHEN p_order = 'joined_first' THEN 0
             WHEN works.id IS NULL OR works.closed THEN 1000000
             WHEN p_order = 'uncovered_first' THEN least(coalesce(covered.champions, 0), 1)
             ELSE coalesce(covered.champions, 0) END,
        w.joined_at, w.champion_id)
    FROM champions_waiting w
    JOIN champions_champion c ON c.id = w.champion_id AND c.state = 'waiting'
    JOIN people_person p ON p.id = w.person_id AND NOT p.hidden AND p.died_on IS NULL
         AND (p."left" IS NULL OR p."left" > london_today())
    LEFT JOIN people_station works ON works.id = p.station_id
    LEFT JOIN covered ON covered.station_id = p.station_id
$$;

-- The same for whoever offers places; nothing for others.
CREATE FUNCTION champions_in_order(p_order text) RETURNS TABLE (champion_id uuid, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT whole.champion_id, whole.place FROM champions_whole_order(p_order) whole
    WHERE session_user = 'wellbeing_worker' OR (SELECT app_holds('coordinator'))
    ORDER BY whole.place
$$;

-- The place of whoever asks, and of how many; no row for somebody who does not wait.
CREATE FUNCTION champions_my_place(p_order text) RETURNS TABLE (place bigint, among bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ranked.place, ranked.among
    FROM (SELECT whole.person_id, whole.place, count(*) OVER () AS among FROM champions_whole_order(p_order) whole) ranked
    WHERE ranked.person_id = app_person()
$$;

-- Whether whoever asks answers for somebody's manager: the line manager whom the roster names, or the coordinator where
-- it names nobody who is here, or whom it names has not answered for a fortnight. Nobody answers for themselves.
CREATE FUNCTION champions_answers_for(p_person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM people_person p
        WHERE p.id = p_person AND p.id <> app_person() AND person_is_here(p.id)
          AND CASE WHEN p.line_manager_id IS NOT NULL AND person_is_here(p.line_manager_id)
                   THEN p.line_manager_id = app_person()
                        OR app_holds('coordinator') AND EXISTS (
                            SELECT FROM champions_waiting w
                            WHERE w.person_id = p.id AND w.answer = '' AND w.asked_on <= london_today() - 14)
                   ELSE app_holds('coordinator') END)
$$;

-- What a line manager who is asked may know: who asks, and the answer; nothing of what comes later.
CREATE FUNCTION champions_asked_of_me(p_champion uuid) RETURNS TABLE (person_id bigint, answer text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.person_id, w.answer::text
    FROM champions_waiting w
    JOIN people_person p ON p.id = w.person_id AND p.line_manager_id = app_person() AND person_is_here(p.id)
    WHERE w.champion_id = p_champion
$$;

-- The answer; the later one stands, until it is yes. Returns 'done', 'late' where it was agreed already, or 'refused'.
CREATE FUNCTION champions_answer(p_champion uuid, p_agrees boolean) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entry champions_champion;
BEGIN
    SELECT * INTO entry FROM champions_champion c WHERE c.id = p_champion FOR UPDATE;
    IF entry.id IS NULL OR NOT champions_answers_for(entry.person_id)
       OR NOT EXISTS (SELECT FROM champions_waiting w WHERE w.champion_id = p_champion) THEN
        RETURN 'refused';
    END IF;
    IF NOT p_agrees AND EXISTS (
        SELECT FROM champions_waiting w WHERE w.champion_id = p_champion AND w.answer = 'agreed') THEN
        RETURN 'late';
    END IF;
    UPDATE champions_waiting
    SET answer = CASE WHEN p_agrees THEN 'agreed' ELSE 'declined' END, answered_by_id = app_person(), answered_at = now()
    WHERE champion_id = p_champion;
    UPDATE champions_champion SET manager_agreed = p_agrees WHERE id = p_champion;
    RETURN 'done';
END $$;

-- Somebody has another line manager, who is asked anew unless it was agreed. Nobody calls it: it follows the roster.
CREATE FUNCTION champions_ask_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE champions_waiting
    SET answer = '', answered_by_id = NULL, answered_at = NULL, asked_on = london_today()
    WHERE person_id = NEW.id AND answer <> 'agreed' AND answered_by_id IS DISTINCT FROM NEW.line_manager_id;
    RETURN NULL;
END $$;
CREATE TRIGGER champions_ask_anew AFTER UPDATE OF line_manager_id ON people_person FOR EACH ROW
WHEN (OLD.line_manager_id IS DISTINCT FROM NEW.line_manager_id) EXECUTE FUNCTION champions_ask_anew();

-- How far these people are follows from their places: offered, in training where they took one, else waiting as before.
-- Whoever moved a place calls this, whatever they may see: it writes what the places say. Returns whose entry moved, from
-- where to where, to themselves, the coordinator and the worker.
CREATE FUNCTION champions_follow_places(p_people bigint[]) RETURNS TABLE (champion_id uuid, earlier text, later text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM champions_champion c
    WHERE c.person_id = ANY (p_people) AND c.state IN ('waiting', 'offered', 'training') ORDER BY c.id FOR UPDATE;
    RETURN QUERY
    WITH standing AS (
        SELECT c.id, c.state AS was,
               CASE WHEN bool_or(held.state IN ('booked', 'attended')) THEN 'training'
                    WHEN bool_or(held.state = 'offered') THEN 'offered' ELSE 'waiting' END AS is_now
        FROM champions_champion c
        JOIN champions_waiting w ON w.champion_id = c.id
        LEFT JOIN (training_place held
                   JOIN training_session s ON s.id = held.session_id
                   JOIN training_course course ON course.id = s.course_id AND course.purpose = 'champion')
            ON held.person_id = c.person_id AND held.made_at >= w.joined_at
        WHERE c.person_id = ANY (p_people) AND c.state IN ('waiting', 'offered', 'training')
        GROUP BY c.id, c.state),
    moved AS (
        UPDATE champions_champion c SET state = standing.is_now FROM standing
        WHERE c.id = standing.id AND standing.was <> standing.is_now
        RETURNING c.id, c.person_id, standing.was::text AS was, standing.is_now)
    SELECT moved.id, moved.was, moved.is_now FROM moved
    WHERE moved.person_id = app_person() OR app_holds('coordinator') OR session_user = 'wellbeing_worker';
END $$;

-- It was wrong that these people were trained: back on the list since the day they joined it, as far as the history
-- knows, agreed to by whoever the history says agreed since; why they wanted to is gone. Not those who were trained again
-- since, nor those who have begun as champions. For the coordinator and the worker; for others it does nothing.
CREATE FUNCTION champions_back_on_list(p_people bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT (app_holds('coordinator') OR session_user = 'wellbeing_worker') THEN
        RETURN;
    END IF;
    INSERT INTO champions_waiting
        (champion_id, person_id, is_former, joined_at, why, asked_on, answer, answered_by_id, answered_at)
    SELECT c.id, c.person_id, EXISTS (SELECT FROM champions_coverage v WHERE v.champion_id = c.id),
           coalesce(joined.at, c.created_at), '', london_today(),
           CASE WHEN agreed.at IS NULL THEN '' ELSE 'agreed' END, agreed.by_id, agreed.at
    FROM champions_champion c
    LEFT JOIN LATERAL (
        SELECT max(change.at) AS at FROM people_change change
        WHERE change.about_type = 'champions.champion' AND change.about_id = c.id::text
          AND change.verb = 'joined the waiting list') AS joined ON true
    LEFT JOIN LATERAL (
        SELECT change.at, change.by_id FROM people_change change
        WHERE change.about_type = 'champions.champion' AND change.about_id = c.id::text AND c.manager_agreed
          AND change.verb = 'agreed' AND change.at >= joined.at AND change.by_id <> c.person_id
        ORDER BY change.id DESC LIMIT 1) AS agreed ON true
    WHERE c.person_id = ANY (p_people) AND c.state = 'training'
      AND (c.trained_on IS NULL OR c.trained_on < (joined.at AT TIME ZONE 'Europe/London')::date)
    ON CONFLICT DO NOTHING;
    UPDATE champions_champion c SET trained_on = NULL, refresher_due = NULL, manager_agreed = w.answer = 'agreed'
    FROM champions_waiting w WHERE w.champion_id = c.id AND w.person_id = ANY (p_people);
END $$;

-- Somebody is on the list no longer. Whoever never was a champion leaves no entry behind.
CREATE FUNCTION champions_off_list(p_champion uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was_one boolean;
BEGIN
    DELETE FROM champions_waiting w WHERE w.champion_id = p_champion RETURNING w.is_former INTO was_one;
    IF was_one THEN
        UPDATE champions_champion SET state = 'stepped_down', state_before_leaving = '' WHERE id = p_champion;
    ELSIF NOT was_one THEN
        DELETE FROM champions_champion WHERE id = p_champion;
    END IF;
END $$;

-- Somebody leaves the list, or the coordinator takes them off it; their places are given back before. Returns whether
-- they were on it and that was allowed.
CREATE FUNCTION champions_leave_list(p_champion uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM champions_champion c JOIN champions_waiting w ON w.champion_id = c.id
    WHERE c.id = p_champion AND c.state = 'waiting' AND (c.person_id = app_person() OR app_holds('coordinator'))
    FOR UPDATE OF c;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM champions_off_list(p_champion);
    RETURN true;
END $$;

-- Whoever has gone for a day, so that it can no longer be undone, is on no list. Returns how many.
CREATE FUNCTION champions_purge_waiting() RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(champions_off_list(w.champion_id)::text)
    FROM champions_waiting w JOIN people_person p ON p.id = w.person_id
    WHERE p.gone_at < now() - interval '1 day' AND NOT p.legal_hold
$$;

-- Trained, or made a champion by the office, or back at work after leaving in earnest: the row on the list goes.
CREATE FUNCTION champions_waiting_is_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM champions_waiting WHERE champion_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER waiting_is_over AFTER UPDATE ON champions_champion FOR EACH ROW
WHEN ((OLD.state IN ('waiting', 'offered', 'training')
       OR OLD.state_before_leaving IN ('waiting', 'offered', 'training'))
      AND (NEW.state IN ('active', 'away', 'paused')
           OR NEW.state = 'stepped_down' AND NEW.state_before_leaving NOT IN ('waiting', 'offered', 'training')
           OR NEW.state = 'training' AND NEW.trained_on IS DISTINCT FROM OLD.trained_on AND NEW.trained_on IS NOT NULL))
EXECUTE FUNCTION champions_waiting_is_over();

REVOKE EXECUTE ON FUNCTION champions_whole_order(text), champions_in_order(text), champions_my_place(text),
    champions_answers_for(bigint), champions_asked_of_me(uuid), champions_answer(uuid, boolean),
    champions_ask_anew(), champions_follow_places(bigint[]), champions_back_on_list(bigint[]),
    champions_off_list(uuid), champions_leave_list(uuid), champions_purge_waiting(), champions_waiting_is_over()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION champions_my_place(text), champions_asked_of_me(uuid), champions_answer(uuid, boolean),
    champions_leave_list(uuid) TO wellbeing_app;
GRANT EXECUTE ON FUNCTION champions_in_order(text), champions_follow_places(bigint[]),
    champions_back_on_list(bigint[]) TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION champions_purge_waiting() TO wellbeing_worker;
