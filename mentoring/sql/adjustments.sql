-- Adjustments of a return plan: who decides them, what they say, that it is in place, that it is over. The web writes
-- none of it but by these functions, which belong to the tables' owner and look at who asks.

-- Whether somebody kept contact in the absence of this meeting, and somebody else did after them: they decide only where
-- the person says so. For the functions here; nobody else is told.
CREATE FUNCTION mentoring_kept_contact_before(p_meeting uuid, p_carer bigint) RETURNS boolean LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM mentoring_returnmeeting m
        JOIN mentoring_absence a ON a.id = m.absence_id
        JOIN confidential_carelink kept ON kept.subject_id = m.subject_id AND kept.carer_id = p_carer
             AND kept.why IN ('keeps_contact', 'welfare_mentor')
             AND (kept.ends IS NULL OR kept.ends > london_midnight(a.first_day))
        WHERE m.id = p_meeting AND p_carer <> (
            SELECT last.carer_id FROM confidential_carelink last
            WHERE last.subject_id = m.subject_id AND last.why IN ('keeps_contact', 'welfare_mentor')
              AND (last.ends IS NULL OR last.ends > london_midnight(a.first_day))
            ORDER BY last.starts DESC LIMIT 1))
$$;

-- Somebody is asked to decide one adjustment, through a link to its record. Nobody stands as who proposed it, so that
-- whoever named them does not see from the links whether they are asked yet.
CREATE FUNCTION mentoring_ask_to_decide(p_asked mentoring_adjustment) RETURNS void LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO confidential_carelink
        (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, only_record, approved_at)
    SELECT gen_random_uuid(), p_asked.subject_id, p_asked.decides_id, 'decides', moment,
           greatest(moment, london_midnight(p_asked.until + 1)), '-infinity', moment, p_asked.id, moment
    FROM clock_timestamp() AS moment
$$;

-- Nobody is asked to decide this one any longer.
CREATE FUNCTION mentoring_ask_nobody(p_id uuid) RETURNS void LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
    WHERE link.only_record = p_id AND link.why = 'decides' AND link.ends > clock_timestamp()
$$;

-- Whoever holds the meeting writes down an adjustment, or changes one that is not in place yet. Who decides is asked, and
-- asked again after a change; what its writer decides is agreed with that. Whoever kept contact before somebody else did
-- is asked once the person has said yes: for whoever writes it, that is the same. Returns 'put', 'refused', or 'not_them'
-- for the person themselves and for somebody who is not here.
CREATE FUNCTION mentoring_put_adjustment(
    p_id uuid, p_meeting uuid, p_until date, p_decides bigint, p_implement_by date, p_review_on date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    subject bigint := (SELECT subject_id FROM mentoring_returnmeeting WHERE id = p_meeting);
    put mentoring_adjustment;
    was_asked boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    IF subject IS NULL OR NOT mentoring_holds_return(me, p_meeting) OR p_until IS NULL OR p_until < london_today() THEN
        RETURN 'refused';
    END IF;
    IF p_decides IS NULL OR p_decides = subject OR NOT person_is_here(p_decides) THEN
        RETURN 'not_them';
    END IF;
    INSERT INTO mentoring_adjustment (id, meeting_id, subject_id, agreed_on, until, made_at, decision, decides_id, asked_on)
    VALUES (p_id, p_meeting, subject, london_today(), p_until, now(), 'asked', p_decides, london_today())
    ON CONFLICT (id) DO NOTHING;
    SELECT * INTO put FROM mentoring_adjustment WHERE id = p_id FOR UPDATE;
    IF put.meeting_id IS DISTINCT FROM p_meeting OR put.implemented_on IS NOT NULL OR put.ended_on IS NOT NULL THEN
        RETURN 'refused';
    END IF;
    was_asked := EXISTS (SELECT FROM confidential_carelink link WHERE link.only_record = p_id AND link.why = 'decides'
                         AND link.carer_id = p_decides AND put.decides_id = p_decides);
    UPDATE mentoring_adjustment
    SET until = p_until, agreed_on = london_today(), implement_by = p_implement_by, review_on = p_review_on,
        decides_id = p_decides, asked_on = london_today(), decision = CASE WHEN p_decides = me THEN 'agreed' ELSE 'asked' END
    WHERE id = p_id
    RETURNING * INTO put;
    UPDATE confidential_record SET follows_until = p_until WHERE id = p_id AND kind = 'adjustment';
    PERFORM mentoring_ask_nobody(p_id);
    IF p_decides <> me AND (was_asked OR NOT mentoring_kept_contact_before(p_meeting, p_decides)) THEN
        PERFORM mentoring_ask_to_decide(put);
    END IF;
    RETURN 'put';
END $$;

-- The person says of whoever is named to decide that they may, or that they would rather have somebody else, until it is
-- in place. Then nobody is asked, until somebody else is named. Returns whether it is so now.
CREATE FUNCTION mentoring_lets_decide(p_id uuid, p_decides bigint, p_yes boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named mentoring_adjustment;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    SELECT * INTO named FROM mentoring_adjustment
    WHERE id = p_id AND subject_id = app_person() AND decides_id = p_decides AND implemented_on IS NULL
      AND meeting_id IS NOT NULL AND ended_on IS NULL AND until >= london_today() AND person_is_confirmed(app_person())
    FOR UPDATE;
    IF named.id IS NULL OR p_yes IS NULL OR p_yes AND NOT person_is_here(p_decides) THEN
        RETURN false;
    END IF;
    IF NOT p_yes THEN
        PERFORM mentoring_ask_nobody(p_id);
        UPDATE mentoring_adjustment SET decides_id = NULL, decision = 'asked', asked_on = london_today() WHERE id = p_id;
    ELSIF named.decision = 'asked' AND NOT EXISTS (
        SELECT FROM confidential_carelink link WHERE link.only_record = p_id AND link.ends > clock_timestamp()) THEN
        PERFORM mentoring_ask_to_decide(named);
    END IF;
    RETURN true;
END $$;

-- Whoever is asked says yes or no, until it is in place. What is not agreed follows to nobody, and whoever said so reads
-- it no longer. Returns whether it is so.
CREATE FUNCTION mentoring_decide_adjustment(p_id uuid, p_agreed boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    IF p_agreed IS NULL THEN
        RETURN false;
    END IF;
    UPDATE mentoring_adjustment asked
    SET decision = CASE WHEN p_agreed THEN 'agreed' ELSE 'not_agreed' END, agreed_on = london_today()
    WHERE asked.id = p_id AND asked.decides_id = me AND asked.implemented_on IS NULL AND asked.ended_on IS NULL
      AND asked.until >= london_today()
      AND (confidential_decides(me, p_id) OR mentoring_holds_return(me, asked.meeting_id));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE confidential_record record
    SET follows_until = CASE WHEN p_agreed THEN asked.until ELSE london_today() - 1 END
    FROM mentoring_adjustment asked WHERE asked.id = p_id AND record.id = p_id;
    IF NOT p_agreed THEN
        PERFORM mentoring_ask_nobody(p_id);
    END IF;
    RETURN true;
END $$;

-- What was agreed is in place, says whoever decided it, holds the meeting, or is line manager. Returns whether it is so.
CREATE FUNCTION mentoring_implement_adjustment(p_id uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    UPDATE mentoring_adjustment owed SET implemented_on = london_today()
    WHERE owed.id = p_id AND owed.decision = 'agreed' AND owed.decides_id IS NOT NULL AND owed.implemented_on IS NULL
      AND owed.ended_on IS NULL
      AND (confidential_decides(me, p_id) OR mentoring_holds_return(me, owed.meeting_id)
           OR mentoring_line_manager(owed.subject_id) = me);
    RETURN FOUND;
END $$;

-- An adjustment is no longer owed, and follows to nobody: one of a 1-1, says the line manager; one of a return plan, says
-- whoever decided it, holds the meeting, or is the person. Returns whether that changed anything.
CREATE FUNCTION mentoring_end_adjustment(p_id uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    UPDATE mentoring_adjustment owed SET ended_on = london_today()
    WHERE owed.id = p_id AND owed.ended_on IS NULL AND owed.until >= london_today() AND person_is_confirmed(me)
      AND CASE WHEN owed.meeting_id IS NULL AND owed.decides_id IS NULL THEN mentoring_line_manager(owed.subject_id) = me
               ELSE owed.subject_id = me OR mentoring_holds_return(me, owed.meeting_id)
                    OR owed.decides_id = me AND confidential_decides(me, p_id) END;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE confidential_record SET follows_until = london_today() - 1
    WHERE id = p_id AND kind = 'adjustment' AND follows_until >= london_today();
    RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_kept_contact_before(uuid, bigint), mentoring_ask_to_decide(mentoring_adjustment),
    mentoring_ask_nobody(uuid), mentoring_implement_adjustment(uuid), mentoring_lets_decide(uuid, bigint, boolean),
    mentoring_put_adjustment(uuid, uuid, date, bigint, date, date), mentoring_decide_adjustment(uuid, boolean),
    mentoring_end_adjustment(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_implement_adjustment(uuid), mentoring_lets_decide(uuid, bigint, boolean),
    mentoring_put_adjustment(uuid, uuid, date, bigint, date, date), mentoring_decide_adjustment(uuid, boolean),
    mentoring_end_adjustment(uuid) TO wellbeing_app;
