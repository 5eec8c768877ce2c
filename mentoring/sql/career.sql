-- Career mentoring: whom the database suggests, and everything that makes or ends a link between somebody and a mentor.
-- Each function looks at who asks; the web writes none of these rows otherwise.

-- Everybody above somebody in the line of command, and everybody below, at any depth.
CREATE FUNCTION career_line_of(person bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (id) AS (
        SELECT line_manager_id FROM people_person WHERE id = person AND line_manager_id IS NOT NULL
        UNION
        SELECT p.line_manager_id FROM above JOIN people_person p ON p.id = above.id WHERE p.line_manager_id IS NOT NULL
    ), below (id) AS (
        SELECT id FROM people_person WHERE line_manager_id = person
        UNION
        SELECT p.id FROM below JOIN people_person p ON p.line_manager_id = below.id
    )
    SELECT id FROM above UNION ALL SELECT id FROM below
$$;

-- Who may be asked for a request, and what speaks for each: never the person, anybody in either's line of command,
-- anybody whom they avoid or who was asked before, who is paused, full or hidden, or does not work here.
CREATE FUNCTION career_candidates(p_request uuid)
RETURNS TABLE (mentor bigint, experience text[], path text[], same_division boolean, room integer)
LANGUAGE sql STABLE AS $$
    WITH asks AS (
        SELECT r.id, r.subject_id, r.wanted_experience::text[] AS experience, r.wanted_path::text[] AS path, s.division_id
        FROM mentoring_careerrequest r
        JOIN people_person me ON me.id = r.subject_id
        LEFT JOIN people_station s ON s.id = me.station_id
        WHERE r.id = p_request
    ), taken AS (
        SELECT mentor_id, count(*)::integer AS number FROM mentoring_pairing WHERE ended_on IS NULL GROUP BY mentor_id
    )
    SELECT p.id,
           ARRAY(SELECT unnest(f.experience::text[]) INTERSECT SELECT unnest(asks.experience)),
           ARRAY(SELECT unnest(f.path::text[]) INTERSECT SELECT unnest(asks.path)),
           coalesce(s.division_id = asks.division_id, false),
           f.capacity - coalesce(taken.number, 0)
    FROM asks
    CROSS JOIN mentoring_careerprofile f
    JOIN mentoring_mentor m ON m.id = f.mentor_id
    JOIN people_person p ON p.id = m.person_id
    LEFT JOIN people_station s ON s.id = p.station_id
    LEFT JOIN taken ON taken.mentor_id = p.id
    WHERE m.kind = 'career' AND m.starts <= london_today() AND (m.ends IS NULL OR m.ends > london_today())
      AND NOT f.paused AND f.capacity > coalesce(taken.number, 0)
      AND NOT p.hidden AND p.died_on IS NULL AND (p.left IS NULL OR p.left > london_today())
      AND p.id <> asks.subject_id
      AND p.id NOT IN (SELECT career_line_of(r.subject_id) FROM mentoring_careerrequest r WHERE r.id = p_request)
      AND p.id NOT IN (SELECT a.person_id FROM mentoring_avoid a WHERE a.request_id = p_request)
      AND p.id NOT IN (SELECT a.mentor_id FROM mentoring_asking a WHERE a.request_id = p_request)
$$;

-- The best of them, for the person whose request it is: experience shared weighs most, then path, then division; among
-- equals whoever has most room, and then in an order of this request's own, so that not all ask the same mentor.
CREATE FUNCTION career_suggest(p_request uuid, p_most integer)
RETURNS TABLE (place bigint, mentor bigint, experience text[], path text[], same_division boolean, room integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT row_number() OVER (ORDER BY
               4 * cardinality(c.experience) + 2 * cardinality(c.path) + c.same_division::integer DESC,
               c.room DESC, md5(p_request::text || c.mentor::text)), c.*
    FROM career_candidates(p_request) c
    WHERE EXISTS (SELECT FROM mentoring_careerrequest r WHERE r.id = p_request AND r.subject_id = app_person())
    ORDER BY 1 LIMIT p_most
$$;

-- Ask the next of a request's mentors who still may be asked. Returns whether there was one; where there was not, the
-- person chooses anew, and is reminded on `p_look_again`. The caller holds the links and looks at who asks.
CREATE FUNCTION career_ask_next(p_request uuid, p_answer_by date, p_look_again date)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    asks mentoring_careerrequest;
    next_one bigint;
    moment timestamptz := clock_timestamp();
BEGIN
    IF p_answer_by NOT BETWEEN london_today() AND london_today() + 60
       OR p_look_again NOT BETWEEN london_today() AND london_today() + 60 THEN
        RAISE EXCEPTION 'a mentor answers, and a person is reminded, within sixty days';
    END IF;
    SELECT * INTO asks FROM mentoring_careerrequest WHERE id = p_request AND state = 'waiting' FOR UPDATE;
    IF asks.id IS NULL OR EXISTS (SELECT FROM mentoring_asking a
                                  WHERE a.request_id = p_request AND a.answer IN ('', 'more')) THEN
        RETURN false;
    END IF;
    SELECT chosen.person INTO next_one
    FROM unnest(asks.ranked) WITH ORDINALITY AS chosen (person, place)
    JOIN career_candidates(p_request) c ON c.mentor = chosen.person
    ORDER BY chosen.place LIMIT 1;
    IF next_one IS NULL THEN
        UPDATE mentoring_careerrequest SET look_again_on = p_look_again, ranked = '{}' WHERE id = p_request;
        RETURN false;
    END IF;
    INSERT INTO mentoring_asking
        (id, request_id, subject_id, mentor_id, asked_at, asked_on, answer_by, answer, more_about)
    VALUES (gen_random_uuid(), p_request, asks.subject_id, next_one, moment, london_today(), p_answer_by, '', '{}');
    UPDATE mentoring_careerrequest SET look_again_on = NULL WHERE id = p_request;
    -- What is asked of them, and nothing that was asked of others before.
    INSERT INTO confidential_carelink
        (id, subject_id, carer_id, why, starts, opens_from, told_from, proposed_by_id, approved_at)
    VALUES (gen_random_uuid(), asks.subject_id, next_one, 'asked_mentor', moment,
            coalesce((SELECT made_at FROM confidential_record WHERE id = p_request), moment),
            moment, asks.subject_id, moment)
    ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

-- From now on the mentor who was asked sees nothing of it. The link is held first, as by whoever ends it elsewhere.
CREATE FUNCTION career_close_asking(p_asking uuid, p_answer text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM confidential_carelink link JOIN mentoring_asking a
        ON a.subject_id = link.subject_id AND a.mentor_id = link.carer_id
    WHERE a.id = p_asking AND link.why = 'asked_mentor' AND link.ends IS NULL FOR UPDATE OF link;
    UPDATE mentoring_asking SET answer = p_answer, answered_on = london_today() WHERE id = p_asking;
    UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
    FROM mentoring_asking a
    WHERE a.id = p_asking AND link.subject_id = a.subject_id AND link.carer_id = a.mentor_id
      AND link.why = 'asked_mentor' AND link.ends IS NULL;
END $$;

-- A request of whoever asks, held; null where there is no such open one, or whoever asks may not act now.
CREATE FUNCTION career_own_request(p_request uuid) RETURNS mentoring_careerrequest LANGUAGE plpgsql AS $$
DECLARE
    asks mentoring_careerrequest;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    SELECT * INTO asks FROM mentoring_careerrequest r
    WHERE r.id = p_request AND r.subject_id = app_person() AND r.state IN ('draft', 'waiting')
      AND person_is_here(app_person()) AND person_is_confirmed(app_person()) FOR UPDATE;
    RETURN asks;
END $$;

-- The person sends their request; sends it again once they have told more, or chosen anew. Returns 'asked', 'nobody'
-- where nobody was left to be asked, or '' where there was nothing to send.
CREATE FUNCTION career_send(p_request uuid, p_answer_by date, p_look_again date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asks mentoring_careerrequest := career_own_request(p_request);
BEGIN
    IF asks.id IS NULL OR NOT asks.has_text THEN
        RETURN '';
    END IF;
    UPDATE mentoring_careerrequest SET state = 'waiting', sent_on = coalesce(sent_on, london_today()) WHERE id = p_request;
    UPDATE mentoring_asking SET answer = '', answered_on = NULL, answer_by = p_answer_by
    WHERE request_id = p_request AND answer = 'more';
    IF FOUND THEN
        RETURN 'asked';
    ELSIF EXISTS (SELECT FROM mentoring_asking a WHERE a.request_id = p_request AND a.answer = '') THEN
        RETURN '';
    END IF;
    RETURN CASE WHEN career_ask_next(p_request, p_answer_by, p_look_again) THEN 'asked' ELSE 'nobody' END;
END $$;

-- The person would rather have the next one asked. Returns as `career_send`.
CREATE FUNCTION career_ask_another(p_request uuid, p_answer_by date, p_look_again date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asks mentoring_careerrequest := career_own_request(p_request);
BEGIN
    IF asks.id IS NULL OR asks.state <> 'waiting' THEN
        RETURN '';
    END IF;
    PERFORM career_close_asking(a.id, 'passed_on') FROM mentoring_asking a
    WHERE a.request_id = p_request AND a.answer IN ('', 'more');
    RETURN CASE WHEN career_ask_next(p_request, p_answer_by, p_look_again) THEN 'asked' ELSE 'nobody' END;
END $$;

-- The person takes their request back.
CREATE FUNCTION career_withdraw(p_request uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asks mentoring_careerrequest := career_own_request(p_request);
BEGIN
    IF asks.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM career_close_asking(a.id, 'withdrawn') FROM mentoring_asking a
    WHERE a.request_id = p_request AND a.answer IN ('', 'more');
    UPDATE mentoring_careerrequest SET state = 'withdrawn', look_again_on = NULL, ranked = '{}' WHERE id = p_request;
    DELETE FROM mentoring_avoid WHERE request_id = p_request;
    RETURN true;
END $$;

-- The mentor who was asked answers: 'accepted', 'more' (with what about) or 'declined'. Returns the answer; 'full' where
-- they have no room, 'line' where one has come into the other's line of command; '' where there is nothing to answer.
-- The profile is held, so that of two that are accepted at once for the last place one is refused.
CREATE FUNCTION career_answer(p_asking uuid, p_answer text, p_more text[], p_answer_by date, p_look_again date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    asked mentoring_asking;
    places integer;
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    PERFORM FROM mentoring_careerrequest r JOIN mentoring_asking a ON a.request_id = r.id
    WHERE a.id = p_asking AND a.mentor_id = me FOR UPDATE OF r;
    SELECT * INTO asked FROM mentoring_asking a WHERE a.id = p_asking AND a.mentor_id = me AND a.answer IN ('', 'more')
        AND EXISTS (SELECT FROM confidential_carelink link
                    WHERE link.subject_id = a.subject_id AND link.carer_id = me AND link.why = 'asked_mentor'
                      AND link.ends IS NULL)
        AND NOT EXISTS (SELECT FROM mentoring_avoid v WHERE v.request_id = a.request_id AND v.person_id = me);
    IF asked.id IS NULL OR NOT person_is_here(me) OR NOT person_is_confirmed(me) THEN
        RETURN '';
    ELSIF p_answer = 'declined' THEN
        PERFORM career_close_asking(p_asking, 'declined');
        PERFORM career_ask_next(asked.request_id, p_answer_by, p_look_again);
        RETURN 'declined';
    ELSIF p_answer = 'more' THEN
        IF p_answer_by NOT BETWEEN london_today() AND london_today() + 60 THEN
            RAISE EXCEPTION 'what is asked is told within sixty days';
        END IF;
        UPDATE mentoring_asking
        SET answer = 'more', answered_on = london_today(), more_about = p_more, answer_by = p_answer_by
        WHERE id = p_asking;
        RETURN 'more';
    ELSIF p_answer <> 'accepted' THEN
        RETURN '';
    END IF;
    SELECT f.capacity INTO places FROM mentoring_careerprofile f JOIN mentoring_mentor m ON m.id = f.mentor_id
    WHERE m.person_id = me AND m.kind = 'career' AND m.starts <= london_today()
      AND (m.ends IS NULL OR m.ends > london_today()) FOR UPDATE OF f;
    IF me IN (SELECT career_line_of(asked.subject_id)) THEN
        RETURN 'line';
    ELSIF coalesce(places, 0) <= (SELECT count(*) FROM mentoring_pairing WHERE mentor_id = me AND ended_on IS NULL) THEN
        RETURN 'full';
    END IF;
    PERFORM career_close_asking(p_asking, 'accepted');
    UPDATE mentoring_careerrequest SET state = 'matched', look_again_on = NULL WHERE id = asked.request_id;
    DELETE FROM mentoring_avoid WHERE request_id = asked.request_id;
    moment := clock_timestamp();
    INSERT INTO confidential_carelink
        (id, subject_id, carer_id, why, starts, opens_from, told_from, proposed_by_id, approved_at)
    VALUES (gen_random_uuid(), asked.subject_id, me, 'career_mentor', moment,
            coalesce((SELECT made_at FROM confidential_record WHERE id = asked.request_id), moment),
            moment, asked.subject_id, moment);
    INSERT INTO mentoring_pairing (id, request_id, subject_id, mentor_id, began, feedback_open)
    VALUES (gen_random_uuid(), asked.request_id, asked.subject_id, me, london_today(), true);
    RETURN 'accepted';
END $$;

-- What nobody has answered in time passes on; so does what has lost its mentor, and who waits for nobody is reminded
-- again a while later. For the worker; safe to run again. Returns for how many requests something was done.
CREATE FUNCTION career_pass_on(p_answer_by date, p_look_again date)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    late record;
    done integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    FOR late IN
        SELECT r.id AS request, a.id AS asking
        FROM mentoring_careerrequest r
        LEFT JOIN mentoring_asking a ON a.request_id = r.id AND a.answer IN ('', 'more')
        WHERE r.state = 'waiting'
          AND (a.id IS NULL AND (r.look_again_on IS NULL OR r.look_again_on < london_today())
               OR a.answer_by < london_today()
               OR a.id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM mentoring_mentor m WHERE m.person_id = a.mentor_id AND m.kind = 'career'
                      AND (m.ends IS NULL OR m.ends > london_today())))
        ORDER BY r.id FOR UPDATE OF r
    LOOP
        IF late.asking IS NOT NULL THEN
            PERFORM career_close_asking(late.asking, 'passed_on');
        END IF;
        PERFORM career_ask_next(late.request, p_answer_by, p_look_again);
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- Either of the two ends it, without a reason.
CREATE FUNCTION career_end(p_pairing uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
    FROM mentoring_pairing pair
    WHERE pair.id = p_pairing AND app_person() IN (pair.subject_id, pair.mentor_id)
      AND link.subject_id = pair.subject_id AND link.carer_id = pair.mentor_id
      AND link.why = 'career_mentor' AND link.ends IS NULL;
    RETURN FOUND;
END $$;

-- Where the link ends, whoever ends it and wherever, what stands on it is over in the same transaction.
CREATE FUNCTION career_link_ended()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.why = 'asked_mentor' THEN
        UPDATE mentoring_asking SET answer = 'passed_on', answered_on = london_today()
        WHERE subject_id = NEW.subject_id AND mentor_id = NEW.carer_id AND answer IN ('', 'more');
        RETURN NULL;
    END IF;
    WITH over AS (
        UPDATE mentoring_pairing SET ended_on = london_today(),
               ended_by_id = CASE WHEN app_person() IN (subject_id, mentor_id) THEN app_person() END
        WHERE subject_id = NEW.subject_id AND mentor_id = NEW.carer_id AND ended_on IS NULL RETURNING request_id)
    UPDATE mentoring_careerrequest SET state = 'ended' WHERE id IN (SELECT request_id FROM over);
    RETURN NULL;
END $$;
CREATE TRIGGER career_link_ended AFTER UPDATE OF ends ON confidential_carelink
    FOR EACH ROW WHEN (NEW.why IN ('career_mentor', 'asked_mentor') AND OLD.ends IS NULL AND NEW.ends IS NOT NULL)
    EXECUTE FUNCTION career_link_ended();

-- Whoever has left or died is asked for nothing any longer, and asks for nothing. Returns how many links and requests.
CREATE FUNCTION career_leave(p_people bigint[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint[];
    links integer;
    requests integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    SELECT coalesce(array_agg(p.id), '{}') INTO gone FROM people_person p
    WHERE p.id = ANY (p_people) AND (p.died_on IS NOT NULL OR p.left <= london_today());
    UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
    WHERE link.why IN ('career_mentor', 'asked_mentor') AND link.ends IS NULL
      AND (link.subject_id = ANY (gone) OR link.carer_id = ANY (gone));
    GET DIAGNOSTICS links = ROW_COUNT;
    DELETE FROM mentoring_avoid a USING mentoring_careerrequest r WHERE r.id = a.request_id AND r.subject_id = ANY (gone);
    UPDATE mentoring_careerrequest SET state = 'withdrawn', look_again_on = NULL, ranked = '{}'
    WHERE subject_id = ANY (gone) AND state IN ('draft', 'waiting');
    GET DIAGNOSTICS requests = ROW_COUNT;
    RETURN links + requests;
END $$;

-- The person says, once, whether it helped: one more in this quarter. Nothing says who, about whom, or on which day.
CREATE FUNCTION career_say_whether_it_helped(p_pairing uuid, p_helped text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE mentoring_pairing SET feedback_open = false
    WHERE id = p_pairing AND subject_id = app_person() AND feedback_open AND ended_on > london_today() - 60;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO mentoring_careerfeedback AS counted (quarter, helped, number)
    VALUES (date_trunc('quarter', london_today())::date, p_helped, 1)
    ON CONFLICT (quarter, helped) DO UPDATE SET number = counted.number + 1;
    RETURN true;
END $$;

-- How often it helped, for the coordinator and the wellbeing lead, for the last four quarters that are over: in one that
-- runs, the next answer would show what it was. Fewer than five are null, and there is no sum to take the others from.
CREATE FUNCTION career_figures()
RETURNS TABLE (quarter date, helped text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ends.quarter, asked.helped, CASE WHEN f.number >= 5 THEN f.number END
    FROM (SELECT (date_trunc('quarter', london_today()) - make_interval(months => 3 * back))::date AS quarter
          FROM generate_series(1, 4) AS back) AS ends
    CROSS JOIN unnest(ARRAY['yes', 'partly', 'no']) WITH ORDINALITY AS asked (helped, place)
    LEFT JOIN mentoring_careerfeedback f ON f.quarter = ends.quarter AND f.helped = asked.helped
    WHERE app_holds('coordinator') OR app_holds('lead')
    ORDER BY ends.quarter DESC, asked.place
$$;

-- For the coordinator: each career mentor of today, their places, and how many they support and are asked by.
CREATE FUNCTION career_load()
RETURNS TABLE (mentor bigint, capacity integer, paused boolean, supports integer, asked integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.person_id, f.capacity::integer, coalesce(f.paused, false),
           (SELECT count(*)::integer FROM mentoring_pairing p WHERE p.mentor_id = m.person_id AND p.ended_on IS NULL),
           (SELECT count(*)::integer FROM mentoring_asking a WHERE a.mentor_id = m.person_id AND a.answer IN ('', 'more'))
    FROM mentoring_mentor m LEFT JOIN mentoring_careerprofile f ON f.mentor_id = m.id
    WHERE m.kind = 'career' AND m.starts <= london_today() AND (m.ends IS NULL OR m.ends > london_today())
      AND app_holds('coordinator')
$$;

-- For the coordinator: the requests that wait, by their days alone; whose they are is not said.
CREATE FUNCTION career_waiting()
RETURNS TABLE (since date, answer_by date, nobody_left boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.sent_on, a.answer_by, a.id IS NULL
    FROM mentoring_careerrequest r
    LEFT JOIN mentoring_asking a ON a.request_id = r.id AND a.answer IN ('', 'more')
    WHERE r.state = 'waiting' AND app_holds('coordinator')
    ORDER BY r.sent_on
$$;

-- What is over since before that day, as the worker: with the records that it was about, nothing under legal hold. What
-- a mentor published goes four weeks after their term.
CREATE FUNCTION purge_career(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
    number bigint;
BEGIN
    IF before > now() - interval '180 days' THEN
        RAISE EXCEPTION 'records are kept for half a year at least';
    END IF;
    DELETE FROM mentoring_careergoal g USING people_person p
    WHERE p.id = g.subject_id AND NOT p.legal_hold AND g.made_at < before
      AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = g.id);
    DELETE FROM mentoring_careersession s USING people_person p
    WHERE p.id = s.subject_id AND NOT p.legal_hold AND s.made_at < before
      AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = s.id);
    -- The person's row is held, so that no legal hold is set between here and the end.
    SELECT coalesce(array_agg(old.id), '{}') INTO gone FROM (
        SELECT r.id FROM mentoring_careerrequest r JOIN people_person p ON p.id = r.subject_id
        WHERE r.made_at < before AND r.state IN ('draft', 'withdrawn', 'ended') AND NOT p.legal_hold
          AND NOT EXISTS (SELECT FROM confidential_record c WHERE c.id = r.id)
          AND NOT EXISTS (SELECT FROM mentoring_pairing pair WHERE pair.request_id = r.id AND (
                pair.ended_on >= before::date
                OR EXISTS (SELECT FROM mentoring_careergoal g WHERE g.pairing_id = pair.id)
                OR EXISTS (SELECT FROM mentoring_careersession s WHERE s.pairing_id = pair.id)))
        FOR SHARE OF p) AS old;
    DELETE FROM mentoring_avoid WHERE request_id = ANY (gone);
    DELETE FROM mentoring_asking WHERE request_id = ANY (gone);
    DELETE FROM mentoring_pairing WHERE request_id = ANY (gone);
    DELETE FROM mentoring_careerrequest WHERE id = ANY (gone);
    DELETE FROM mentoring_careerprofile f USING mentoring_mentor m, people_person p
    WHERE m.id = f.mentor_id AND p.id = m.person_id AND NOT p.legal_hold AND m.ends < london_today() - 28;
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN cardinality(gone) + number;
END $$;

REVOKE EXECUTE ON FUNCTION
    career_candidates(uuid), career_ask_next(uuid, date, date), career_close_asking(uuid, text),
    career_own_request(uuid), career_link_ended(),
    career_suggest(uuid, integer), career_send(uuid, date, date), career_ask_another(uuid, date, date),
    career_withdraw(uuid), career_answer(uuid, text, text[], date, date), career_pass_on(date, date), career_end(uuid),
    career_leave(bigint[]), career_say_whether_it_helped(uuid, text), career_figures(), career_load(), career_waiting(),
    purge_career(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    career_suggest(uuid, integer), career_send(uuid, date, date), career_ask_another(uuid, date, date),
    career_withdraw(uuid), career_answer(uuid, text, text[], date, date), career_end(uuid), career_leave(bigint[]),
    career_say_whether_it_helped(uuid, text), career_figures(), career_load(), career_waiting() TO wellbeing_app;
GRANT EXECUTE ON FUNCTION career_pass_on(date, date), career_leave(bigint[]), purge_career(timestamptz)
    TO wellbeing_worker;
