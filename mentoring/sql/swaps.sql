-- Somebody away asks for another person to keep contact: no reason. And nobody is left without: cover starts in the step
-- in which a mentor hands back, stands down, leaves or dies. Whatever makes or ends who keeps contact takes the lock of
-- the links first, then the rows.

-- The absence of whoever asks in which contact is kept, or was until lately.
CREATE FUNCTION mentoring_my_absence() RETURNS mentoring_absence LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.* FROM mentoring_absence a
    WHERE a.subject_id = app_person() AND (a.back_on IS NULL OR a.back_on > london_today())
    ORDER BY a.first_day DESC LIMIT 1
$$;

-- Opens a swap in an absence: what is over of earlier ones goes.
CREATE FUNCTION mentoring_open_swap(p_id uuid, p_absence mentoring_absence, p_told bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM mentoring_swap s WHERE s.absence_id = p_absence.id AND s.over_at IS NOT NULL;
    INSERT INTO mentoring_swap (id, absence_id, subject_id, told_id, state, again, asked_at)
    VALUES (p_id, p_absence.id, p_absence.subject_id, p_told, 'asked', false, now());
END $$;

-- The person asks. Returns 'asked', 'again' where they have asked already, 'nobody' where there is nobody to tell, or
-- 'refused' for somebody who is not away.
CREATE FUNCTION mentoring_ask_swap(p_id uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about mentoring_absence := mentoring_my_absence();
    told bigint;
BEGIN
    IF about.id IS NULL OR NOT person_is_here(about.subject_id) THEN
        RETURN 'refused';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    IF EXISTS (SELECT FROM mentoring_swap s WHERE s.id = p_id OR s.absence_id = about.id AND s.over_at IS NULL) THEN
        RETURN 'again';
    END IF;
    told := mentoring_coordinator_for(about.subject_id);
    IF told IS NULL THEN
        RETURN 'nobody';
    END IF;
    PERFORM mentoring_open_swap(p_id, about, told);
    RETURN 'asked';
END $$;

-- Nobody keeps contact with somebody: a coordinator outside their line begins an offer. Returns the swap, or null.
CREATE FUNCTION mentoring_begin_offer(p_id uuid, p_absence uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about mentoring_absence;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    SELECT * INTO about FROM mentoring_absence a WHERE a.id = p_absence AND a.id IN (SELECT mentoring_unkept());
    IF about.id IS NULL OR app_person() NOT IN (SELECT mentoring_coordinators_for(about.subject_id)) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM mentoring_swap s WHERE s.absence_id = about.id AND s.over_at IS NULL) THEN
        PERFORM mentoring_open_swap(p_id, about, app_person());
    END IF;
    RETURN (SELECT s.id FROM mentoring_swap s
            WHERE s.absence_id = about.id AND s.over_at IS NULL AND s.told_id = app_person());
END $$;

-- The swap of that key if whoever asks was told of it and may answer it still.
CREATE FUNCTION mentoring_told_of(p_swap uuid) RETURNS mentoring_swap LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.* FROM mentoring_swap s
    WHERE s.id = p_swap AND s.told_id = app_person() AND s.over_at IS NULL AND person_is_confirmed(app_person())
      AND app_person() IN (SELECT mentoring_coordinators_for(s.subject_id))
      AND person_is_here(s.subject_id)
$$;

-- Whom they can offer: not again whom the person has turned down, and not themselves. A place counts as free as far as
-- they may reckon, so that who is missing here tells nobody whom their own people have picked; in no order that tells.
CREATE FUNCTION mentoring_suggested(p_swap uuid) RETURNS TABLE (person_id bigint, about_me text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked mentoring_swap := mentoring_told_of(p_swap);
BEGIN
    IF asked.id IS NOT NULL THEN
        RETURN QUERY SELECT able.person_id, able.about_me FROM mentoring_mentors_about(asked.subject_id) able
        WHERE able.person_id <> app_person() AND mentoring_supports_told(able.person_id) < able.capacity
          AND NOT EXISTS (SELECT FROM mentoring_offer o
                          WHERE o.swap_id = asked.id AND o.mentor_id = able.person_id AND o.turned_down)
        ORDER BY able.person_id;
    END IF;
END $$;

-- They offer two or three; fewer where there are no more. Returns 'offered', 'taken' where one of them has no place any
-- longer, 'number', or 'refused'.
CREATE FUNCTION mentoring_offer_mentors(p_swap uuid, p_mentors bigint[]) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked mentoring_swap;
    possible bigint[];
    wanted integer := (SELECT count(DISTINCT mentor) FROM unnest(p_mentors) AS mentor);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    asked := mentoring_told_of(p_swap);
    IF asked.id IS NULL OR asked.state <> 'asked' THEN
        RETURN 'refused';
    END IF;
    SELECT coalesce(array_agg(s.person_id), '{}') INTO possible FROM mentoring_suggested(p_swap) s;
    IF wanted > 3 OR wanted < 1 OR wanted < least(2, cardinality(possible)) THEN
        RETURN 'number';
    END IF;
    IF NOT p_mentors <@ possible THEN
        RETURN 'taken';
    END IF;
    INSERT INTO mentoring_offer (id, swap_id, mentor_id, turned_down)
    SELECT DISTINCT ON (mentor) gen_random_uuid(), asked.id, mentor, false FROM unnest(p_mentors) AS mentor;
    UPDATE mentoring_swap SET state = 'offered', offered_at = now() WHERE id = asked.id;
    RETURN 'offered';
END $$;

-- Whom whoever asks has been offered, what each says of themselves, and whether they still have a place.
CREATE FUNCTION mentoring_my_offers() RETURNS TABLE (person_id bigint, about_me text, is_free boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.mentor_id, coalesce(free.about_me, ''), free.person_id IS NOT NULL
    FROM mentoring_swap s JOIN mentoring_offer o ON o.swap_id = s.id AND NOT o.turned_down
    LEFT JOIN mentoring_mentors_for(s.subject_id) free ON free.person_id = o.mentor_id
    WHERE s.subject_id = app_person() AND s.state = 'offered'
    ORDER BY o.id
$$;

-- The person picks one: the link of whoever kept contact ends and the mentor's begins, in one transaction. Returns
-- 'done', 'taken', or 'refused'.
CREATE FUNCTION mentoring_pick_mentor(p_swap uuid, p_mentor bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    asked mentoring_swap;
    about mentoring_absence;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    SELECT * INTO asked FROM mentoring_swap s WHERE s.id = p_swap AND s.subject_id = me AND s.state = 'offered' FOR UPDATE;
    about := mentoring_my_absence();
    IF asked.id IS NULL OR NOT person_is_here(me) OR NOT person_is_confirmed(me)
       OR about.id IS DISTINCT FROM asked.absence_id
       OR NOT EXISTS (SELECT FROM mentoring_offer o
                      WHERE o.swap_id = asked.id AND o.mentor_id = p_mentor AND NOT o.turned_down) THEN
        RETURN 'refused';
    END IF;
    IF NOT mentoring_take_place(me, p_mentor) THEN
        RETURN 'taken';
    END IF;
    PERFORM mentoring_hand_contact_to(about, p_mentor, 'welfare_mentor');
    DELETE FROM mentoring_offer WHERE swap_id = asked.id;
    UPDATE mentoring_swap SET state = 'done', over_at = now(), chosen_id = p_mentor WHERE id = asked.id;
    RETURN 'done';
END $$;

-- None of them: the person asks for others, once. Those whose place went meanwhile do not count as turned down once.
CREATE FUNCTION mentoring_none_of_these(p_swap uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked mentoring_swap;
    had_a_choice boolean := EXISTS (SELECT FROM mentoring_my_offers() o WHERE o.is_free);
BEGIN
    SELECT * INTO asked FROM mentoring_swap s
    WHERE s.id = p_swap AND s.subject_id = app_person() AND s.state = 'offered' FOR UPDATE;
    IF asked.id IS NULL OR asked.again AND had_a_choice THEN
        RETURN false;
    END IF;
    UPDATE mentoring_offer SET turned_down = true WHERE swap_id = asked.id;
    UPDATE mentoring_swap
    SET state = 'asked', again = asked.again OR had_a_choice, asked_at = now(), offered_at = NULL,
        told_id = coalesce(mentoring_coordinator_for(asked.subject_id), asked.told_id)
    WHERE id = asked.id;
    RETURN true;
END $$;

-- The person leaves everything as it is.
CREATE FUNCTION mentoring_withdraw_swap(p_swap uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE mentoring_swap SET state = 'withdrawn', over_at = now()
    WHERE id = p_swap AND subject_id = app_person() AND over_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM mentoring_offer WHERE swap_id = p_swap;
    RETURN true;
END $$;

-- From now on somebody keeps contact whom the person picked, or who covers: as long as contact is kept at all. Whoever
-- calls holds the lock of the links.
CREATE FUNCTION mentoring_hand_contact_to(p_absence mentoring_absence, p_carer bigint, p_why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM mentoring_hold_contact(p_absence.id, p_carer, p_why, NULL);
    UPDATE mentoring_contactplan SET kept_by = 'mentor', unanswered = 0 WHERE absence_id = p_absence.id;
    DELETE FROM mentoring_cover WHERE absence_id = p_absence.id;
END $$;

-- Somebody else keeps contact from now on: the mentor with most places free, else a coordinator outside the line; never
-- a line manager whom the person had not chosen. Whoever calls holds the lock of the links, and looks for no mentor where
-- they know that no place is left (`p_mentors`). Returns why it is they ('welfare_mentor', 'keeps_contact'), or null where
-- there is nobody.
CREATE FUNCTION mentoring_start_cover(p_absence uuid, p_gently boolean, p_mentors boolean DEFAULT true) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about mentoring_absence;
    candidate bigint;
    cover bigint;
    why text := 'welfare_mentor';
BEGIN
    SELECT * INTO about FROM mentoring_absence WHERE id = p_absence;
    FOR candidate IN SELECT free.person_id FROM mentoring_mentors_for(about.subject_id) free WHERE p_mentors LOOP
        IF mentoring_take_place(about.subject_id, candidate) THEN
            cover := candidate;
            EXIT;
        END IF;
    END LOOP;
    IF cover IS NULL THEN
        cover := mentoring_coordinator_for(about.subject_id);
        why := 'keeps_contact';
    END IF;
    IF cover IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM mentoring_hand_contact_to(about, cover, why);
    DELETE FROM mentoring_swap WHERE absence_id = p_absence AND over_at IS NOT NULL;
    INSERT INTO mentoring_cover (id, absence_id, subject_id, carer_id, told_id, started_at, gently)
    VALUES (gen_random_uuid(), p_absence, about.subject_id, cover, mentoring_coordinator_for(about.subject_id), now(), p_gently);
    RETURN why;
END $$;

-- Whoever keeps contact hands back, without a reason; not a line manager, whose contact follows from the roster. Returns
-- 'handed', 'nobody' where nobody could begin, so that they go on, or 'refused'.
CREATE FUNCTION mentoring_hand_back(p_absence uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    PERFORM FROM mentoring_absence a
    JOIN mentoring_contactplan plan ON plan.absence_id = a.id AND plan.kept_by <> 'line_manager'
    JOIN confidential_carelink link ON link.subject_id = a.subject_id AND link.carer_id = app_person()
         AND link.why IN ('keeps_contact', 'welfare_mentor') AND link.starts <= clock_timestamp()
         AND (link.ends IS NULL OR link.ends > clock_timestamp())
    WHERE a.id = p_absence AND a.id = mentoring_last_absence(a.subject_id) AND person_is_here(a.subject_id)
      AND (a.back_on IS NULL OR a.back_on + 28 > london_today());
    IF NOT FOUND THEN
        RETURN 'refused';
    END IF;
    RETURN CASE WHEN mentoring_start_cover(p_absence, false, true) IS NULL THEN 'nobody' ELSE 'handed' END;
END $$;

-- After a change of the roster or of terms, and each hour: an exit plan that is reached ends the term; where the person
-- away chose somebody who cannot go on, cover starts; whoever was told and can answer no longer is followed by another;
-- what nobody waits for any longer is over. Returns how often cover started: in so many absences at most, since all who
-- decide about links wait meanwhile; which comes first is drawn by lot, so that those for whom there is nobody stand in
-- nobody's way. The next hour goes on.
CREATE FUNCTION mentoring_close_gaps() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gap record;
    started integer := 0;
    why text;
    places integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    UPDATE mentoring_mentor term SET ends = greatest(profile.last_day + 1, term.starts)
    FROM mentoring_welfareprofile profile
    WHERE profile.mentor_id = term.id AND term.ends IS NULL AND profile.last_day < london_today();
    places := mentoring_places();
    FOR gap IN
        SELECT a.id, coalesce(carer.died_on IS NOT NULL, false) AS gently
        FROM mentoring_absence a
        JOIN mentoring_contactplan plan ON plan.absence_id = a.id AND plan.kept_by <> 'line_manager'
        LEFT JOIN LATERAL (
            SELECT * FROM confidential_carelink l
            WHERE l.subject_id = a.subject_id AND l.why IN ('keeps_contact', 'welfare_mentor')
            ORDER BY l.ends DESC NULLS FIRST, l.starts DESC LIMIT 1) AS link ON true
        LEFT JOIN people_person carer ON carer.id = link.carer_id
        WHERE (a.back_on IS NULL OR a.back_on > london_today()) AND person_is_here(a.subject_id)
          AND (link.id IS NULL OR link.ends <= clock_timestamp() OR NOT person_is_here(link.carer_id)
               OR link.why = 'welfare_mentor' AND NOT EXISTS (
                   SELECT FROM mentoring_mentor term
                   WHERE term.person_id = link.carer_id AND term.kind = 'welfare' AND term.starts <= london_today()
                     AND (term.ends IS NULL OR term.ends > london_today()))
               OR link.why = 'keeps_contact' AND plan.kept_by = 'mentor'
                  AND NOT person_holds(link.carer_id, 'coordinator') AND NOT person_holds(link.carer_id, 'lead'))
        ORDER BY random() LIMIT 200
    LOOP
        why := mentoring_start_cover(gap.id, gap.gently, places > 0);
        started := started + (why IS NOT NULL)::integer;
        places := places - (why IS NOT DISTINCT FROM 'welfare_mentor')::integer;
    END LOOP;
    UPDATE mentoring_swap s SET state = 'withdrawn', over_at = now()
    WHERE s.over_at IS NULL AND (NOT person_is_here(s.subject_id) OR EXISTS (
        SELECT FROM mentoring_absence a WHERE a.id = s.absence_id AND a.back_on <= london_today()));
    UPDATE mentoring_swap s SET told_id = mentoring_coordinator_for(s.subject_id)
    WHERE s.over_at IS NULL AND s.told_id NOT IN (SELECT mentoring_coordinators_for(s.subject_id))
      AND mentoring_coordinator_for(s.subject_id) IS NOT NULL;
    RETURN started;
END $$;

-- Swaps that are over since before then, and cover that somebody else has followed or that is as old.
CREATE FUNCTION purge_swaps(before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    swaps bigint;
    covers bigint;
BEGIN
    DELETE FROM mentoring_swap s USING people_person p
    WHERE p.id = s.subject_id AND s.over_at < least(before, now() - interval '1 day') AND NOT p.legal_hold;
    GET DIAGNOSTICS swaps = ROW_COUNT;
    DELETE FROM mentoring_cover c USING people_person p
    WHERE p.id = c.subject_id AND c.started_at < least(before, now() - interval '1 day') AND NOT p.legal_hold;
    GET DIAGNOSTICS covers = ROW_COUNT;
    RETURN swaps + covers;
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_my_absence(), mentoring_open_swap(uuid, mentoring_absence, bigint),
    mentoring_ask_swap(uuid), mentoring_begin_offer(uuid, uuid), mentoring_told_of(uuid), mentoring_suggested(uuid),
    mentoring_offer_mentors(uuid, bigint[]), mentoring_my_offers(), mentoring_pick_mentor(uuid, bigint),
    mentoring_none_of_these(uuid), mentoring_withdraw_swap(uuid),
    mentoring_hand_contact_to(mentoring_absence, bigint, text), mentoring_start_cover(uuid, boolean, boolean),
    mentoring_hand_back(uuid), mentoring_close_gaps(), purge_swaps(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_ask_swap(uuid), mentoring_begin_offer(uuid, uuid), mentoring_suggested(uuid),
    mentoring_offer_mentors(uuid, bigint[]), mentoring_my_offers(), mentoring_pick_mentor(uuid, bigint),
    mentoring_none_of_these(uuid), mentoring_withdraw_swap(uuid), mentoring_hand_back(uuid) TO wellbeing_app;
GRANT EXECUTE ON FUNCTION mentoring_close_gaps() TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION purge_swaps(timestamptz) TO wellbeing_worker;
