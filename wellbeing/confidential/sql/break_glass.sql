-- Opening somebody's records in an emergency: the wellbeing lead asks and reads, the guardian answers and never reads.

CREATE FUNCTION confidential_ask_break_glass(
    p_id uuid, p_subject bigint, p_key text, p_sealed bytea, p_delay text, p_until date)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT app_holds('lead') OR p_subject = app_person() OR NOT person_is_confirmed(app_person())
       OR NOT person_is_here(p_subject) OR p_until > london_today() + 92 THEN
        RETURN false;
    END IF;
    INSERT INTO confidential_breakglass (id, subject_id, asked_by_id, asked_at, key_id, sealed, delay, delay_until, delay_approved)
    VALUES (p_id, p_subject, app_person(), now(), p_key, p_sealed, p_delay, p_until, false) ON CONFLICT (id) DO NOTHING;
    RETURN true;
END $$;

-- An hour from now; an asking that nobody has answered for a day is void. `p_delay` approves that telling is put off.
CREATE FUNCTION confidential_answer_break_glass(p_id uuid, p_approve boolean, p_delay boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked confidential_breakglass;
    told timestamptz := now();
    made uuid := gen_random_uuid();
BEGIN
    SELECT * INTO asked FROM confidential_breakglass WHERE id = p_id FOR UPDATE;
    IF asked.id IS NULL OR asked.answered_at IS NOT NULL OR asked.asked_at < now() - interval '1 day'
       OR NOT app_holds('guardian') OR app_person() IN (asked.asked_by_id, asked.subject_id)
       OR NOT person_is_confirmed(app_person()) OR NOT person_is_here(asked.asked_by_id)
       OR NOT person_holds(asked.asked_by_id, 'lead') THEN
        RETURN false;
    END IF;
    IF p_delay AND asked.delay <> '' THEN
        told := greatest(now(), (asked.delay_until::timestamp AT TIME ZONE 'Europe/London'));
    END IF;
    IF p_approve THEN
        INSERT INTO confidential_carelink
            (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, proposed_by_id, approved_by_id, approved_at)
        VALUES (made, asked.subject_id, asked.asked_by_id, 'break_glass', now(), now() + interval '1 hour', '-infinity',
                told, asked.asked_by_id, app_person(), now());
    END IF;
    UPDATE confidential_breakglass
    SET answered_by_id = app_person(), answered_at = now(), told_from = CASE WHEN p_approve THEN told END,
        link_id = CASE WHEN p_approve THEN made END, delay_approved = p_approve AND p_delay AND asked.delay <> ''
    WHERE id = p_id;
    RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION confidential_ask_break_glass(uuid, bigint, text, bytea, text, date),
    confidential_answer_break_glass(uuid, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_ask_break_glass(uuid, bigint, text, bytea, text, date),
    confidential_answer_break_glass(uuid, boolean, boolean) TO wellbeing_app;
