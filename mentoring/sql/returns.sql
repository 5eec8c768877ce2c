-- With whom somebody holds their return-to-work meeting, that it was held, and what moves when the return date does. Web
-- and worker write none of it but by these functions, which belong to the tables' owner and look at who asks.

-- So many working days after a day, or after the Monday that follows it, without bank holidays.
CREATE FUNCTION mentoring_working_days_after(day date, days integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT day + number FROM generate_series(0, days * 2 + 9) AS number
    WHERE extract(isodow FROM day + number) < 6 ORDER BY number OFFSET days LIMIT 1
$$;

-- Whether somebody holds this return-to-work meeting, by its own link that is live this moment.
CREATE FUNCTION mentoring_holds_return(p_carer bigint, p_meeting uuid) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM mentoring_returnplan plan JOIN confidential_carelink link ON link.id = plan.link
        WHERE plan.meeting_id = p_meeting AND link.carer_id = p_carer AND link.subject_id = plan.subject_id
          AND link.why = 'return_to_work' AND link.approved_at IS NOT NULL AND link.starts <= clock_timestamp()
          AND (link.ends IS NULL OR link.ends > clock_timestamp()))
$$;

-- The link to whoever holds a meeting ends half a year after it was held and its person was back, whichever is later;
-- it has no end while neither is known. What has ended stays so. For the functions that change either.
CREATE FUNCTION mentoring_date_return_link(p_meeting uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE confidential_carelink link
    SET ends = CASE WHEN a.back_on IS NOT NULL OR m.held_on IS NOT NULL
                    THEN greatest(link.starts, london_midnight(greatest(a.back_on, m.held_on) + 183)) END
    FROM mentoring_returnmeeting m
    JOIN mentoring_returnplan plan ON plan.meeting_id = m.id
    JOIN mentoring_absence a ON a.id = m.absence_id
    WHERE m.id = p_meeting AND link.id = plan.link AND (link.ends IS NULL OR link.ends > clock_timestamp())
$$;

-- Somebody is away again: whoever held the meeting of an earlier absence reads nothing of this one.
CREATE FUNCTION mentoring_return_is_past() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
    FROM mentoring_returnplan plan
    JOIN mentoring_returnmeeting m ON m.id = plan.meeting_id
    JOIN mentoring_absence earlier ON earlier.id = m.absence_id
    WHERE plan.subject_id = NEW.subject_id AND link.id = plan.link AND earlier.first_day < NEW.first_day
      AND (link.ends IS NULL OR link.ends > clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER return_is_past AFTER INSERT ON mentoring_absence
    FOR EACH ROW EXECUTE FUNCTION mentoring_return_is_past();

-- The person chooses with whom they hold the meeting of an absence of theirs, and may choose again until it is held; the
-- earlier link ends as the new one begins. What was written before stays closed to whoever comes next, who begins a new
-- text, unless `p_earlier`: that leaves a line in the read log. Without `p_carer` the person only begins to write.
-- Returns whether it is so now.
CREATE FUNCTION mentoring_arrange_return(
    p_id uuid, p_absence uuid, p_carer bigint, p_representative boolean, p_keeps_contact boolean, p_earlier boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    meeting mentoring_returnmeeting;
    given confidential_carelink;
    written timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    IF p_carer = me OR NOT person_is_confirmed(me) OR (p_carer IS NOT NULL AND NOT person_is_here(p_carer)) THEN
        RETURN false;
    END IF;
    INSERT INTO mentoring_returnmeeting (id, absence_id, subject_id, counted_from, duty, made_at)
    SELECT p_id, a.id, me, coalesce(a.back_on, a.expected_back), '', now() FROM mentoring_absence a
    WHERE a.id = p_absence AND a.subject_id = me AND person_is_here(me)
    ON CONFLICT DO NOTHING;
    SELECT * INTO meeting FROM mentoring_returnmeeting m
    WHERE m.absence_id = p_absence AND m.subject_id = me AND m.held_on IS NULL FOR UPDATE;
    IF meeting.id IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO mentoring_returnplan (meeting_id, subject_id, text, representative, keeps_contact, oh_suggested)
    VALUES (meeting.id, me, gen_random_uuid(), false, false, false) ON CONFLICT (meeting_id) DO NOTHING;
    IF p_carer IS NULL THEN
        RETURN true;
    END IF;
    UPDATE mentoring_returnmeeting SET arranged_on = coalesce(arranged_on, london_today()) WHERE id = meeting.id;
    UPDATE mentoring_returnplan SET representative = p_representative, keeps_contact = p_keeps_contact
    WHERE meeting_id = meeting.id;
    SELECT r.made_at INTO written
    FROM mentoring_returnplan plan JOIN confidential_record r ON r.id = plan.text WHERE plan.meeting_id = meeting.id;
    SELECT * INTO given FROM confidential_carelink link
    WHERE link.id = (SELECT plan.link FROM mentoring_returnplan plan WHERE plan.meeting_id = meeting.id)
      AND link.carer_id = p_carer AND (link.ends IS NULL OR link.ends > clock_timestamp());
    IF given.id IS NULL THEN
        UPDATE confidential_carelink link SET ends = greatest(link.starts, clock_timestamp())
        WHERE link.subject_id = me AND link.why = 'return_to_work' AND (link.ends IS NULL OR link.ends > clock_timestamp());
        given.id := gen_random_uuid();
        IF NOT confidential_give(given.id, p_carer, 'return_to_work') THEN
            RAISE EXCEPTION 'this link cannot be given' USING ERRCODE = 'insufficient_privilege';
        END IF;
        SELECT * INTO given FROM confidential_carelink link WHERE link.id = given.id;
        UPDATE mentoring_returnplan SET link = given.id WHERE meeting_id = meeting.id;
        PERFORM mentoring_date_return_link(meeting.id);
        IF written IS NOT NULL AND NOT p_earlier THEN
            UPDATE mentoring_returnplan SET text = gen_random_uuid() WHERE meeting_id = meeting.id;
        END IF;
    END IF;
    IF written < given.opens_from AND p_earlier THEN
        UPDATE confidential_carelink link SET opens_from = written WHERE link.id = given.id;
        PERFORM confidential_line(me, given.id, 'link', 'opened', 'self',
            (SELECT format('your return plan as it stands, to staff number %s', carer.staff_number)
             FROM people_person carer WHERE carer.id = p_carer), NULL);
    END IF;
    RETURN true;
END $$;

-- The person lets whoever they chose read what they had prepared, while nothing else is written in the plan: it becomes
-- the plan's text. That leaves a line in the read log. Returns whether it is so now.
CREATE FUNCTION mentoring_let_read(p_meeting uuid, p_text uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    prepared confidential_record;
    given confidential_carelink;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    SELECT record.* INTO prepared
    FROM mentoring_returnmeeting m JOIN confidential_record record
         ON record.id = p_text AND record.kind = 'return_plan' AND record.subject_id = me AND record.author_id = me
    WHERE m.id = p_meeting AND m.subject_id = me AND m.held_on IS NULL AND record.made_at >= m.made_at
    FOR UPDATE OF m;
    SELECT link.* INTO given
    FROM mentoring_returnplan plan JOIN confidential_carelink link ON link.id = plan.link
    WHERE plan.meeting_id = p_meeting AND (link.ends IS NULL OR link.ends > clock_timestamp())
      AND NOT EXISTS (SELECT FROM confidential_record written WHERE written.id = plan.text);
    IF prepared.id IS NULL OR given.id IS NULL OR NOT person_is_confirmed(me) THEN
        RETURN false;
    END IF;
    UPDATE mentoring_returnplan SET text = p_text WHERE meeting_id = p_meeting;
    UPDATE confidential_carelink SET opens_from = least(opens_from, prepared.made_at) WHERE id = given.id;
    PERFORM confidential_line(me, given.id, 'link', 'opened', 'self',
        (SELECT format('your return plan as it stands, to staff number %s', carer.staff_number)
         FROM people_person carer WHERE carer.id = given.carer_id), NULL);
    RETURN true;
END $$;

-- The meeting was held, on a day up to today; that is said once. Whoever kept contact in this absence has done so: from
-- the return date on they see nothing more, unless the person wished for four more weeks. Where somebody is away again,
-- whoever keeps contact then goes on. Returns whether it is so now.
CREATE FUNCTION mentoring_hold_return(p_id uuid, p_held_on date)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    meeting mentoring_returnmeeting;
    about mentoring_absence;
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));  -- before the rows, as everywhere
    SELECT * INTO meeting FROM mentoring_returnmeeting WHERE id = p_id FOR UPDATE;
    SELECT * INTO about FROM mentoring_absence WHERE id = meeting.absence_id;
    IF about.id IS NULL OR NOT mentoring_holds_return(app_person(), p_id)
       OR p_held_on IS NULL OR p_held_on > london_today() OR p_held_on < about.first_day THEN
        RETURN false;
    END IF;
    IF meeting.held_on IS NOT NULL THEN
        RETURN meeting.held_on = p_held_on;  -- a second click
    END IF;
    UPDATE mentoring_returnmeeting SET held_on = p_held_on WHERE id = p_id;
    PERFORM mentoring_date_return_link(p_id);
    IF about.back_on IS NOT NULL
       AND NOT EXISTS (SELECT FROM mentoring_absence later
                       WHERE later.subject_id = about.subject_id AND later.first_day > about.first_day)
       AND NOT (SELECT plan.keeps_contact FROM mentoring_returnplan plan WHERE plan.meeting_id = p_id) THEN
        UPDATE confidential_carelink link
        SET ends = greatest(link.starts, least(link.ends, greatest(moment, london_midnight(about.back_on))))
        WHERE link.subject_id = about.subject_id AND link.why IN ('keeps_contact', 'welfare_mentor')
          AND (link.ends IS NULL OR link.ends > moment);
    END IF;
    RETURN true;
END $$;

-- The return date moves, whoever moves it: with it, by as many days, what is agreed or asked for and not yet in place.
CREATE FUNCTION mentoring_return_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_on date := coalesce(NEW.back_on, NEW.expected_back);
    meeting mentoring_returnmeeting;
    days integer;
BEGIN
    SELECT * INTO meeting FROM mentoring_returnmeeting WHERE absence_id = NEW.id FOR UPDATE;
    PERFORM mentoring_date_return_link(meeting.id);
    days := now_on - meeting.counted_from;
    IF meeting.id IS NULL OR now_on IS NULL OR days = 0 THEN
        RETURN NULL;
    END IF;
    UPDATE mentoring_returnmeeting SET counted_from = now_on WHERE id = meeting.id;
    UPDATE mentoring_adjustment owed
    SET implement_by = owed.implement_by + days, review_on = owed.review_on + days,
        until = greatest(owed.until + days, owed.agreed_on)
    WHERE owed.meeting_id = meeting.id AND owed.implemented_on IS NULL AND owed.ended_on IS NULL
      AND owed.decision <> 'not_agreed' AND days IS NOT NULL;
    UPDATE confidential_record record SET follows_until = owed.until
    FROM mentoring_adjustment owed
    WHERE owed.meeting_id = meeting.id AND owed.id = record.id AND record.follows_until <> owed.until
      AND owed.implemented_on IS NULL AND owed.ended_on IS NULL AND owed.decision <> 'not_agreed';
    UPDATE confidential_carelink link SET ends = greatest(link.starts, london_midnight(owed.until + 1))
    FROM mentoring_adjustment owed
    WHERE owed.meeting_id = meeting.id AND link.only_record = owed.id AND link.ends > now()
      AND owed.implemented_on IS NULL AND owed.ended_on IS NULL AND owed.decision <> 'not_agreed';
    RETURN NULL;
END $$;
CREATE TRIGGER return_moves AFTER UPDATE OF expected_back, back_on ON mentoring_absence
    FOR EACH ROW EXECUTE FUNCTION mentoring_return_moves();

-- What belongs to an absence goes when it does (`purge_absences`); an adjustment stays with its own record.
DO $$
DECLARE
    tie record;
BEGIN
    FOR tie IN
        SELECT conrelid::regclass AS tied, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE contype = 'f' AND (
            confrelid = 'mentoring_returnmeeting'::regclass
            OR conrelid = 'mentoring_returnmeeting'::regclass AND confrelid = 'mentoring_absence'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tie.tied, tie.name);
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', tie.tied, tie.name, replace(
            tie.said, ' DEFERRABLE', CASE WHEN tie.tied = 'mentoring_adjustment'::regclass
            THEN ' ON DELETE SET NULL DEFERRABLE' ELSE ' ON DELETE CASCADE DEFERRABLE' END));
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_holds_return(bigint, uuid), mentoring_date_return_link(uuid),
    mentoring_return_is_past(), mentoring_let_read(uuid, uuid), mentoring_hold_return(uuid, date), mentoring_return_moves(),
    mentoring_arrange_return(uuid, uuid, bigint, boolean, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_hold_return(uuid, date), mentoring_let_read(uuid, uuid),
    mentoring_arrange_return(uuid, uuid, bigint, boolean, boolean, boolean) TO wellbeing_app;
