-- Adjustments of a return plan: who decides them, what they say, that it is in place. The web writes none of it but by
-- these functions, which belong to the tables' owner and look at who asks.

-- Whether somebody may be asked to decide about an adjustment. Not the person themselves; nor who kept contact with them
-- during this absence where somebody else did so after. Why not, nobody is told. For the person and whoever holds the meeting.
CREATE FUNCTION mentoring_may_decide(p_meeting uuid, p_carer bigint) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM mentoring_returnmeeting m JOIN mentoring_absence a ON a.id = m.absence_id
        WHERE m.id = p_meeting AND p_carer <> m.subject_id AND person_is_here(p_carer)
          AND (app_person() = m.subject_id OR mentoring_holds_return(app_person(), m.subject_id))
          AND p_carer NOT IN (
            SELECT kept.carer_id FROM confidential_carelink kept
            WHERE kept.subject_id = m.subject_id AND kept.why IN ('keeps_contact', 'welfare_mentor')
              AND (kept.ends IS NULL OR kept.ends > london_midnight(a.first_day))
              AND kept.carer_id <> (
                SELECT last.carer_id FROM confidential_carelink last
                WHERE last.subject_id = m.subject_id AND last.why IN ('keeps_contact', 'welfare_mentor')
                  AND (last.ends IS NULL OR last.ends > london_midnight(a.first_day))
                ORDER BY last.starts DESC LIMIT 1)))
$$;

-- Whoever holds the meeting writes down an adjustment, or changes one that is not in place yet. Who decides is asked, and
-- asked again after a change, through a link to this one record; what its writer decides is agreed with that. Returns
-- 'put', 'refused', or 'not_them' for somebody who may not decide it.
CREATE FUNCTION mentoring_put_adjustment(
    p_id uuid, p_meeting uuid, p_until date, p_decides bigint, p_implement_by date, p_review_on date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    subject bigint := (SELECT subject_id FROM mentoring_returnmeeting WHERE id = p_meeting);
    before mentoring_adjustment;
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    IF subject IS NULL OR NOT mentoring_holds_return(me, subject) OR p_until IS NULL OR p_until < london_today() THEN
        RETURN 'refused';
    END IF;
    IF NOT coalesce(mentoring_may_decide(p_meeting, p_decides), false) THEN
        RETURN 'not_them';
    END IF;
    INSERT INTO mentoring_adjustment (id, meeting_id, subject_id, agreed_on, until, made_at, decision, decides_id, asked_on)
    VALUES (p_id, p_meeting, subject, london_today(), p_until, now(), 'asked', p_decides, london_today())
    ON CONFLICT (id) DO NOTHING;
    SELECT * INTO before FROM mentoring_adjustment WHERE id = p_id FOR UPDATE;
    IF before.meeting_id IS DISTINCT FROM p_meeting OR before.implemented_on IS NOT NULL OR before.ended_on IS NOT NULL THEN
        RETURN 'refused';
    END IF;
    UPDATE mentoring_adjustment
    SET until = p_until, agreed_on = london_today(), implement_by = p_implement_by, review_on = p_review_on,
        decides_id = p_decides, asked_on = london_today(), decision = CASE WHEN p_decides = me THEN 'agreed' ELSE 'asked' END
    WHERE id = p_id;
    UPDATE confidential_record SET follows_until = p_until WHERE id = p_id AND kind = 'adjustment';
    UPDATE confidential_carelink link SET ends = greatest(link.starts, moment)
    WHERE link.only_record = p_id AND link.ends > moment;
    IF p_decides <> me THEN
        INSERT INTO confidential_carelink
            (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, only_record, proposed_by_id, approved_at)
        VALUES (gen_random_uuid(), subject, p_decides, 'decides', moment, london_midnight(p_until + 1), '-infinity', moment,
                p_id, me, moment);
    END IF;
    RETURN 'put';
END $$;

-- Whoever is asked says yes or no, until it is in place. What is not agreed follows to nobody. Returns whether it is so.
CREATE FUNCTION mentoring_decide_adjustment(p_id uuid, p_agreed boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    UPDATE mentoring_adjustment asked
    SET decision = CASE WHEN p_agreed THEN 'agreed' ELSE 'not_agreed' END, agreed_on = london_today()
    WHERE asked.id = p_id AND asked.decides_id = me AND asked.implemented_on IS NULL AND asked.ended_on IS NULL
      AND asked.until >= london_today()
      AND (confidential_decides(me, p_id) OR mentoring_holds_return(me, asked.subject_id));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE confidential_record record
    SET follows_until = CASE WHEN p_agreed THEN asked.until ELSE london_today() - 1 END
    FROM mentoring_adjustment asked WHERE asked.id = p_id AND record.id = p_id;
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
      AND (confidential_decides(me, p_id) OR mentoring_holds_return(me, owed.subject_id)
           OR mentoring_line_manager(owed.subject_id) = me);
    RETURN FOUND;
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_may_decide(uuid, bigint), mentoring_implement_adjustment(uuid),
    mentoring_put_adjustment(uuid, uuid, date, bigint, date, date), mentoring_decide_adjustment(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_may_decide(uuid, bigint), mentoring_implement_adjustment(uuid),
    mentoring_put_adjustment(uuid, uuid, date, bigint, date, date), mentoring_decide_adjustment(uuid, boolean) TO wellbeing_app;
