-- Starting and changing an absence, and who keeps contact meanwhile. Web and worker write none of it but by these
-- functions, which belong to the tables' owner and look at who asks.

CREATE FUNCTION london_midnight(day date) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT day::timestamp AT TIME ZONE 'Europe/London' $$;

-- The line manager of somebody by a link that is live this moment; null where there is none.
CREATE FUNCTION mentoring_line_manager(p_subject bigint) RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT link.carer_id FROM confidential_carelink link
    WHERE link.subject_id = p_subject AND link.why = 'line_manager' AND link.approved_at IS NOT NULL
      AND link.starts <= clock_timestamp() AND (link.ends IS NULL OR link.ends > clock_timestamp())
    LIMIT 1
$$;

-- Whether whoever asks may say that somebody is away, and until when: the person, their line manager, HR (not of
-- themselves), and what reads HR's feed.
CREATE FUNCTION mentoring_may_date_absence(p_subject bigint) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(person_is_here(p_subject) AND (
        session_user = 'wellbeing_worker' OR app_person() = p_subject OR app_holds('hr')
        OR app_person() = mentoring_line_manager(p_subject)), false)
$$;

-- Before anything about contact with somebody is written: as whoever writes through a link holds it, and then the rows.
CREATE FUNCTION mentoring_lock_contact(p_subject bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    PERFORM FROM confidential_carelink link
    WHERE link.subject_id = p_subject AND link.why IN ('keeps_contact', 'welfare_mentor')
      AND (link.ends IS NULL OR link.ends > clock_timestamp())
    FOR UPDATE;
END $$;

-- The last time away of somebody: contact is kept in no other.
CREATE FUNCTION mentoring_last_absence(p_subject bigint) RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT id FROM mentoring_absence WHERE subject_id = p_subject ORDER BY first_day DESC LIMIT 1 $$;

-- Who keeps contact in an absence from `p_starts` on: for four weeks after the first day back, where that is known. Of
-- texts that are not written yet, whoever kept contact so far no longer knows the key.
CREATE FUNCTION mentoring_hold_contact(p_absence uuid, p_carer bigint, p_why text, p_starts timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about mentoring_absence;
BEGIN
    SELECT * INTO about FROM mentoring_absence WHERE id = p_absence;
    PERFORM confidential_hold_contact(about.subject_id, p_carer, p_why, p_starts);
    UPDATE confidential_carelink SET ends = greatest(starts, least(ends, london_midnight(about.back_on + 28)))
    WHERE subject_id = about.subject_id AND why = p_why AND carer_id = p_carer
      AND (ends IS NULL OR ends > clock_timestamp()) AND about.back_on IS NOT NULL;
    UPDATE mentoring_contactplan plan SET plan_record = gen_random_uuid()
    WHERE absence_id = p_absence
      AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = plan.plan_record AND r.kind = 'contact_plan');
    UPDATE mentoring_contactplan plan SET told_record = gen_random_uuid()
    WHERE absence_id = p_absence
      AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.id = plan.told_record AND r.kind = 'may_be_told');
END $$;

-- Somebody is away from a day on. A plan begins with it: their line manager keeps contact until they decide otherwise.
-- Where they had decided otherwise the last time, whoever keeps contact still goes on, or cover starts: never their line
-- manager. What was agreed then follows to nobody. Returns 'started', 'again' for a second click, 'open' where they are
-- away already, or 'refused'.
CREATE FUNCTION mentoring_start_absence(p_id uuid, p_subject bigint, p_first date, p_expected date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    chosen text;
BEGIN
    IF NOT mentoring_may_date_absence(p_subject) THEN
        RETURN 'refused';
    END IF;
    PERFORM mentoring_lock_contact(p_subject);
    IF EXISTS (SELECT FROM mentoring_absence WHERE id = p_id) THEN
        RETURN CASE WHEN EXISTS (SELECT FROM mentoring_absence WHERE id = p_id AND subject_id = p_subject)
               THEN 'again' ELSE 'refused' END;
    END IF;
    IF EXISTS (SELECT FROM mentoring_absence
               WHERE subject_id = p_subject AND (back_on IS NULL OR back_on > p_first)) THEN
        RETURN 'open';
    END IF;
    chosen := coalesce((SELECT kept_by FROM mentoring_contactplan
                        WHERE absence_id = mentoring_last_absence(p_subject)), 'line_manager');
    INSERT INTO mentoring_absence (id, subject_id, first_day, expected_back, made_at)
    VALUES (p_id, p_subject, p_first, p_expected, now());
    INSERT INTO mentoring_contactplan
        (absence_id, subject_id, kept_by, channels, every_days, unanswered, plan_record, told_record)
    VALUES (p_id, p_subject, chosen, '{phone}', coalesce((SELECT contact_every_days FROM mentoring_rules), 14), 0,
            gen_random_uuid(), gen_random_uuid());
    UPDATE confidential_record SET follows_until = london_today() - 1
    WHERE subject_id = p_subject AND kind IN ('contact_plan', 'may_be_told') AND follows_until >= london_today();
    -- Whoever kept contact after an earlier absence does so without an end again.
    UPDATE confidential_carelink SET ends = NULL
    WHERE subject_id = p_subject AND why IN ('keeps_contact', 'welfare_mentor')
      AND (ends IS NULL OR ends > clock_timestamp());
    IF chosen = 'line_manager' THEN
        PERFORM confidential_hold_contact(p_subject, mentoring_line_manager(p_subject), 'keeps_contact', NULL);
    ELSIF NOT FOUND THEN
        PERFORM mentoring_start_cover(p_id, false);
    END IF;
    RETURN 'started';
END $$;

-- Somebody was not back after all, and nobody keeps contact any longer: whoever did last does again, as if it had gone
-- on; where that was the line manager, whoever is it now. Never a line manager whom the person had not chosen.
CREATE FUNCTION mentoring_keep_contact_again(p_absence mentoring_absence) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT plan.kept_by = 'line_manager' FROM mentoring_contactplan plan WHERE plan.absence_id = p_absence.id) THEN
        PERFORM mentoring_hold_contact(
            p_absence.id, mentoring_line_manager(p_absence.subject_id), 'keeps_contact', NULL);
        RETURN;
    END IF;
    UPDATE confidential_carelink SET ends = NULL WHERE id = (
        SELECT link.id FROM confidential_carelink link
        WHERE link.subject_id = p_absence.subject_id AND link.why IN ('keeps_contact', 'welfare_mentor')
          AND person_is_here(link.carer_id)
        ORDER BY link.ends DESC, link.starts DESC LIMIT 1);
END $$;

-- Its dates change. With the first day back known, who keeps contact goes on for four weeks at most, as does what was
-- decided; without it again (not back after all), as before. A line manager dates somebody's return seven days back at
-- most, so that nobody's contact is over by it at once. Returns 'changed', 'refused', 'long_ago', or 'overlaps' another
-- one.
CREATE FUNCTION mentoring_change_absence(p_id uuid, p_first date, p_expected date, p_back date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about mentoring_absence;
    kept_until timestamptz := london_midnight(p_back + 28);
BEGIN
    SELECT * INTO about FROM mentoring_absence WHERE id = p_id;
    IF about.id IS NULL OR NOT mentoring_may_date_absence(about.subject_id) THEN
        RETURN 'refused';
    END IF;
    PERFORM mentoring_lock_contact(about.subject_id);
    SELECT * INTO about FROM mentoring_absence WHERE id = p_id FOR UPDATE;
    IF p_back < london_today() - 7 AND p_back IS DISTINCT FROM about.back_on
       AND session_user <> 'wellbeing_worker' AND app_person() <> about.subject_id AND NOT app_holds('hr') THEN
        RETURN 'long_ago';
    END IF;
    IF EXISTS (SELECT FROM mentoring_absence other
               WHERE other.subject_id = about.subject_id AND other.id <> p_id
                 AND daterange(other.first_day, other.back_on) && daterange(p_first, p_back)) THEN
        RETURN 'overlaps';
    END IF;
    UPDATE mentoring_absence SET first_day = p_first, expected_back = p_expected, back_on = p_back WHERE id = p_id;
    IF about.back_on IS DISTINCT FROM p_back AND p_id = mentoring_last_absence(about.subject_id) THEN
        UPDATE confidential_carelink SET ends = CASE WHEN p_back IS NOT NULL THEN greatest(starts, kept_until) END
        WHERE subject_id = about.subject_id AND why IN ('keeps_contact', 'welfare_mentor')
          AND (ends IS NULL OR ends > now());
        IF NOT FOUND AND p_back IS NULL THEN
            PERFORM mentoring_keep_contact_again(about);
        END IF;
        UPDATE confidential_record SET follows_until = coalesce(p_back + 28, 'infinity'::date)
        FROM mentoring_contactplan plan
        WHERE plan.absence_id = p_id AND confidential_record.id IN (plan.plan_record, plan.told_record)
          AND kind IN ('contact_plan', 'may_be_told');
    END IF;
    RETURN 'changed';
END $$;

-- From when on a line manager keeps contact: after a pause, which closes the plan to them meanwhile, so that it reads
-- the same as whatever else the person could have chosen.
CREATE FUNCTION mentoring_contact_starts(p_absence uuid) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT london_midnight(paused_until + 1) FROM mentoring_contactplan
    WHERE absence_id = p_absence AND kept_by = 'line_manager' AND paused_until >= london_today()
$$;

-- The person away decides who keeps contact: their line manager, or somebody whom they name. (A welfare mentor comes by
-- what the coordinator offers.) Returns whether it is so now.
CREATE FUNCTION mentoring_choose_contact(p_absence uuid, p_by text, p_carer bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    PERFORM mentoring_lock_contact(me);
    PERFORM FROM mentoring_absence WHERE id = p_absence AND subject_id = me AND id = mentoring_last_absence(me)
        AND (back_on IS NULL OR back_on + 28 > london_today()) FOR UPDATE;
    IF NOT FOUND OR p_by NOT IN ('line_manager', 'colleague') THEN
        RETURN false;
    END IF;
    IF p_by = 'line_manager' THEN
        p_carer := mentoring_line_manager(me);
    END IF;
    IF p_carer IS NULL OR p_carer = me OR NOT person_is_here(p_carer) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM mentoring_contactplan plan JOIN confidential_carelink link ON link.subject_id = me
               WHERE plan.absence_id = p_absence AND plan.kept_by = p_by AND link.carer_id = p_carer
                 AND link.why = 'keeps_contact' AND (link.ends IS NULL OR link.ends > clock_timestamp())) THEN
        RETURN true;  -- they do already, or will after a pause
    END IF;
    UPDATE mentoring_contactplan SET kept_by = p_by, unanswered = 0 WHERE absence_id = p_absence;
    PERFORM mentoring_hold_contact(p_absence, p_carer, 'keeps_contact', mentoring_contact_starts(p_absence));
    RETURN true;
END $$;

-- The person away pauses contact until a day, at most a fortnight ahead, and may do so again; null ends the pause. What
-- was due meanwhile is due the day after it; where the pause ends before, on the day that was agreed if that is still
-- ahead, else the next day. Returns whether it is so now.
CREATE FUNCTION mentoring_pause_contact(p_absence uuid, p_until date)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    holder confidential_carelink;
    plan mentoring_contactplan;
    agreed date;
BEGIN
    IF p_until < london_today()
       OR p_until > london_today() + coalesce((SELECT pause_days FROM mentoring_rules), 14) THEN
        RETURN false;
    END IF;
    PERFORM mentoring_lock_contact(me);
    SELECT * INTO plan FROM mentoring_contactplan WHERE absence_id = p_absence AND subject_id = me FOR UPDATE;
    IF plan.absence_id IS NULL OR NOT EXISTS (
        SELECT FROM mentoring_absence a WHERE a.id = p_absence AND (a.back_on IS NULL OR a.back_on > london_today())) THEN
        RETURN false;
    END IF;
    agreed := CASE WHEN plan.paused_until >= london_today() THEN plan.before_pause END;
    UPDATE mentoring_contactplan
    SET paused_until = p_until,
        first_paused_on = CASE WHEN p_until IS NULL THEN first_paused_on ELSE coalesce(first_paused_on, london_today()) END,
        next_contact = CASE WHEN next_contact IS NULL THEN NULL
                            WHEN p_until IS NOT NULL THEN greatest(coalesce(agreed, next_contact), p_until + 1)
                            WHEN agreed IS NOT NULL THEN greatest(agreed, london_today() + 1)
                            ELSE next_contact END,
        before_pause = CASE WHEN coalesce(agreed, next_contact) <= p_until THEN coalesce(agreed, next_contact) END
    WHERE absence_id = p_absence;
    IF plan.kept_by = 'line_manager' THEN
        SELECT * INTO holder FROM confidential_carelink link
        WHERE link.subject_id = me AND link.why = 'keeps_contact' AND (link.ends IS NULL OR link.ends > now());
        IF holder.id IS NOT NULL THEN
            PERFORM mentoring_hold_contact(p_absence, holder.carer_id, 'keeps_contact', mentoring_contact_starts(p_absence));
        END IF;
    END IF;
    RETURN true;
END $$;

-- After a change of the roster: where a line manager keeps contact, it is whoever is line manager now. Returns for how
-- many absences that changed. Null for everybody: then nothing that was agreed follows for longer than contact is kept.
CREATE FUNCTION mentoring_sync_contact(p_subjects bigint[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    away record;
    changed integer := 0;
BEGIN
    FOR away IN
        SELECT a.id, a.subject_id, mentoring_line_manager(a.subject_id) AS manager
        FROM mentoring_absence a
        JOIN mentoring_contactplan plan ON plan.absence_id = a.id
        LEFT JOIN confidential_carelink link ON link.subject_id = a.subject_id AND link.why = 'keeps_contact'
             AND (link.ends IS NULL OR link.ends > clock_timestamp())
        WHERE (p_subjects IS NULL OR a.subject_id = ANY (p_subjects) OR link.carer_id = ANY (p_subjects))
          AND (a.back_on IS NULL OR a.back_on > london_today()) AND plan.kept_by = 'line_manager'
          AND person_is_here(a.subject_id)
          AND link.carer_id IS DISTINCT FROM mentoring_line_manager(a.subject_id)
    LOOP
        PERFORM mentoring_hold_contact(away.id, away.manager, 'keeps_contact', mentoring_contact_starts(away.id));
        changed := changed + 1;
    END LOOP;
    IF p_subjects IS NULL THEN
        UPDATE confidential_record r SET follows_until = a.back_on + 28
        FROM mentoring_contactplan plan JOIN mentoring_absence a ON a.id = plan.absence_id
        WHERE r.id IN (plan.plan_record, plan.told_record) AND r.follows_until > a.back_on + 28;
    END IF;
    RETURN changed;
END $$;

-- Absences that were over before that day and of which no record is left; nothing of people under legal hold.
CREATE FUNCTION purge_absences(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
BEGIN
    IF before > now() - interval '180 days' THEN
        RAISE EXCEPTION 'absences are kept for half a year at least';
    END IF;
    SELECT coalesce(array_agg(old.id), '{}') INTO gone FROM (
        SELECT a.id FROM mentoring_absence a JOIN people_person p ON p.id = a.subject_id
        WHERE coalesce(a.back_on, p.left, p.died_on) < before::date AND NOT p.legal_hold
          AND NOT EXISTS (SELECT FROM confidential_record r WHERE r.subject_id = a.subject_id
                          AND r.kind IN ('contact', 'contact_plan', 'may_be_told', 'return_plan')
                          AND r.made_at::date BETWEEN least(a.first_day, a.made_at::date)
                              AND coalesce(a.back_on + 28, 'infinity'::date))
        FOR SHARE OF p) AS old;
    DELETE FROM mentoring_contact WHERE absence_id = ANY (gone);
    DELETE FROM mentoring_halfpay WHERE absence_id = ANY (gone);
    DELETE FROM mentoring_contactplan WHERE absence_id = ANY (gone);
    DELETE FROM mentoring_absence WHERE id = ANY (gone);
    RETURN cardinality(gone);
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_line_manager(bigint), mentoring_may_date_absence(bigint),
    mentoring_lock_contact(bigint), mentoring_last_absence(bigint), mentoring_hold_contact(uuid, bigint, text, timestamptz),
    mentoring_start_absence(uuid, bigint, date, date), mentoring_change_absence(uuid, date, date, date),
    mentoring_keep_contact_again(mentoring_absence),
    mentoring_contact_starts(uuid), mentoring_choose_contact(uuid, text, bigint), mentoring_pause_contact(uuid, date),
    mentoring_sync_contact(bigint[]), purge_absences(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_start_absence(uuid, bigint, date, date),
    mentoring_change_absence(uuid, date, date, date), mentoring_sync_contact(bigint[]) TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION mentoring_choose_contact(uuid, text, bigint), mentoring_pause_contact(uuid, date) TO wellbeing_app;
GRANT EXECUTE ON FUNCTION purge_absences(timestamptz) TO wellbeing_worker;
