-- Care links. Web and worker can write none: these functions do, and belong to the tables' owner. Each
-- looks at who asks; none makes, approves or lengthens a link for whoever asks.

-- Whether somebody was put on the roster, or back on it, by somebody's hand in the last year, and nobody has approved
-- since that they manage anybody: whoever keeps the roster could have invented them.
CREATE FUNCTION person_is_new_here(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM people_change put
        WHERE put.about_type = 'people.person' AND put.about_id = person::text AND put.by_id IS NOT NULL
          AND put.at > now() - interval '1 year' AND (put.details ? 'left' OR put.details = '{}' AND put.verb IN ('added', 'imported'))
          AND NOT EXISTS (SELECT FROM confidential_carelink link
                          WHERE link.carer_id = person AND link.why = 'line_manager' AND link.approved_at > put.at))
$$;

-- Bring the line manager links of these people into line with the roster, and end every link of whoever has gone.
-- `edited_by` is who changed the roster; nobody becomes somebody's line manager by their own hand, and the link of
-- somebody who is new here waits for the wellbeing lead. With `undoing`, a change of the last day is taken back: the
-- link from before goes on as it was, unless somebody else wrote meanwhile. Returns how many links began or go on.
CREATE FUNCTION confidential_sync_line_manager_links(subjects bigint[], edited_by bigint, undoing boolean)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- One person is looked up, a thousand are hashed: a plan kept from one call is wrong for the next.
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    made integer := 0;
    back integer := 0;
    stale uuid[];
    new_here bigint[] := '{}';
    moment timestamptz;
BEGIN
    -- One edit of the roster at a time, so that two never make two links.
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));

    IF EXISTS (SELECT FROM people_person subject
               WHERE subject.id = ANY (subjects)
                 AND subject.line_manager_id IN (edited_by, (SELECT app_person()))
                 AND NOT EXISTS (SELECT FROM confidential_carelink open
                                 WHERE open.subject_id = subject.id AND open.carer_id = subject.line_manager_id
                                   AND open.why = 'line_manager' AND open.ends IS NULL)
                 AND person_is_here(subject.id)) THEN
        RAISE EXCEPTION 'nobody becomes a line manager by their own edit of the roster'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'link_not_by_own_hand';
    END IF;

    SELECT array_agg(link.id) INTO stale
    FROM confidential_carelink link
    JOIN people_person subject ON subject.id = link.subject_id
    JOIN people_person carer ON carer.id = link.carer_id
    WHERE (link.subject_id = ANY (subjects) OR link.carer_id = ANY (subjects))
      AND (link.ends IS NULL OR link.ends > now())
      -- As `person_is_here` says, which would ask once for each of many thousand people.
      AND (subject.died_on IS NOT NULL OR subject.left <= london_today()
           OR carer.died_on IS NOT NULL OR carer.left <= london_today()
           OR (link.why = 'line_manager' AND subject.line_manager_id IS DISTINCT FROM link.carer_id)
           -- Whoever acts, acts for the line manager who asked for it.
           OR (link.why = 'acting_manager'
               AND (subject.line_manager_id IS NOT DISTINCT FROM link.carer_id
                    OR link.approved_by_id IS NULL AND link.approved_at IS NOT NULL
                       AND subject.line_manager_id IS DISTINCT FROM link.proposed_by_id)));

    -- Whoever is writing through such a link ends first (`confidential_may_write`), so that nothing of theirs is
    -- younger than the next link.
    PERFORM FROM confidential_carelink WHERE id = ANY (stale) ORDER BY id FOR UPDATE;
    moment := clock_timestamp();
    UPDATE confidential_carelink SET ends = greatest(starts, moment) WHERE id = ANY (stale);

    IF undoing THEN
        -- A link of the last day under which nothing was written or opened never was: whoever came with an import may
        -- go again.
        DELETE FROM confidential_carelink link
        WHERE link.id = ANY (stale) AND link.why = 'line_manager' AND link.starts > now() - interval '25 hours'
          AND NOT EXISTS (SELECT FROM confidential_record record
                          WHERE record.subject_id = link.subject_id AND record.author_id = link.carer_id
                            AND record.made_at >= link.starts)
          AND NOT EXISTS (SELECT FROM confidential_readlog line
                          WHERE line.subject_id = link.subject_id AND line.reader_id = link.carer_id
                            AND line.at >= link.starts);
        UPDATE confidential_carelink link SET ends = NULL
        FROM (SELECT DISTINCT ON (old.subject_id) old.id
              FROM confidential_carelink old
              JOIN people_person subject ON subject.id = old.subject_id AND subject.line_manager_id = old.carer_id
              WHERE old.subject_id = ANY (subjects) AND old.why = 'line_manager'
                AND old.ends > now() - interval '25 hours'
                AND person_is_here(old.subject_id) AND person_is_here(old.carer_id)
                AND NOT EXISTS (SELECT FROM confidential_carelink open
                                WHERE open.subject_id = old.subject_id AND open.why = 'line_manager'
                                  AND open.ends IS NULL)
                AND NOT EXISTS (SELECT FROM confidential_record record
                                WHERE record.subject_id = old.subject_id AND record.made_at >= old.ends
                                  AND record.author_id NOT IN (old.subject_id, old.carer_id))
              ORDER BY old.subject_id, old.ends DESC) AS again
        WHERE link.id = again.id;
        GET DIAGNOSTICS back = ROW_COUNT;
    END IF;

    IF EXISTS (SELECT FROM people_change WHERE by_id IS NOT NULL) THEN
        SELECT coalesce(array_agg(manager.id), '{}') INTO new_here
        FROM (SELECT DISTINCT line_manager_id AS id FROM people_person
              WHERE id = ANY (subjects) AND line_manager_id IS NOT NULL) AS manager
        WHERE person_is_new_here(manager.id);
    END IF;
    INSERT INTO confidential_carelink (id, subject_id, carer_id, why, starts, opens_from, told_from, approved_at)
    SELECT gen_random_uuid(), subject.id, subject.line_manager_id, 'line_manager', moment, moment, moment,
           CASE WHEN subject.line_manager_id <> ALL (new_here) THEN moment END
    FROM people_person subject
    JOIN people_person manager ON manager.id = subject.line_manager_id
    WHERE subject.id = ANY (subjects)
      AND subject.died_on IS NULL AND (subject.left IS NULL OR subject.left > london_today())
      AND manager.died_on IS NULL AND (manager.left IS NULL OR manager.left > london_today())
    -- The index answers for each person. NOT EXISTS reads every link for each while the tables have no statistics yet.
    ON CONFLICT (subject_id) WHERE why = 'line_manager' AND ends IS NULL DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made + back;
END $$;

-- The wellbeing lead says of line managers who are new here that they are who the roster says, or that they are not:
-- from now their links open, or are over. Nothing that concerns whoever says so. Returns how many links.
CREATE FUNCTION confidential_answer_new_managers(p_carers bigint[], p_approve boolean)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    answered integer;
BEGIN
    IF NOT app_holds('lead') OR NOT person_is_confirmed(app_person()) THEN
        RETURN 0;
    END IF;
    UPDATE confidential_carelink link
    SET approved_by_id = CASE WHEN p_approve THEN app_person() END,
        approved_at = CASE WHEN p_approve THEN moment END,
        starts = moment, opens_from = moment, told_from = moment,
        ends = CASE WHEN NOT p_approve THEN moment END
    WHERE link.why = 'line_manager' AND link.approved_at IS NULL AND link.ends IS NULL
      AND link.carer_id = ANY (p_carers) AND app_person() NOT IN (link.subject_id, link.carer_id)
      AND person_is_here(link.subject_id) AND person_is_here(link.carer_id);
    GET DIAGNOSTICS answered = ROW_COUNT;
    RETURN answered;
END $$;

-- The subject lets a live link open what was written before it began (`earlier`), or closes that again. Either leaves
-- a line in their read log.
CREATE FUNCTION confidential_hand_over(p_link uuid, earlier boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given confidential_carelink;
BEGIN
    UPDATE confidential_carelink link
    SET opens_from = CASE WHEN earlier THEN '-infinity'::timestamptz ELSE link.starts END
    WHERE link.id = p_link AND link.subject_id = app_person() AND link.why <> 'break_glass'
      AND link.approved_at IS NOT NULL AND (link.ends IS NULL OR link.ends > now())
      AND person_is_confirmed(app_person())
    RETURNING * INTO given;
    IF given.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM confidential_line(given.subject_id, given.id, 'link', CASE WHEN earlier THEN 'opened' ELSE 'closed' END, 'self',
        (SELECT format('what was written before %s, to staff number %s', to_char(given.starts AT TIME ZONE 'Europe/London', 'FMDD Mon YYYY'),
                       carer.staff_number) FROM people_person carer WHERE carer.id = given.carer_id), NULL);
    RETURN true;
END $$;

-- A line manager names who acts for them towards one of their people, for at most 92 days: dates only.
CREATE FUNCTION confidential_name_acting(p_link uuid, p_subject bigint, p_carer bigint, p_starts timestamptz, p_ends timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    IF p_carer = app_person() OR p_carer = p_subject OR NOT person_is_here(p_carer) OR p_ends <= p_starts
       OR p_ends <= now() OR p_ends > greatest(p_starts, now()) + interval '92 days'
       OR NOT EXISTS (SELECT FROM confidential_carelink mine
                      WHERE mine.subject_id = p_subject AND mine.carer_id = app_person()
                        AND mine.why = 'line_manager' AND mine.ends IS NULL AND mine.approved_at IS NOT NULL) THEN
        RETURN false;
    END IF;
    INSERT INTO confidential_carelink
        (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, proposed_by_id, approved_at)
    VALUES (p_link, p_subject, p_carer, 'acting_manager', p_starts, p_ends, p_starts, p_starts, app_person(), now())
    ON CONFLICT (id) DO NOTHING;
    RETURN FOUND;
END $$;

-- A link that does not follow from the roster is ended by its subject, its carer, or whoever proposed or approved it. Who
-- keeps contact with somebody away changes only by what decides it, so that there is no gap.
CREATE FUNCTION confidential_end_link(p_link uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE confidential_carelink link SET ends = greatest(link.starts, now())
    WHERE link.id = p_link AND link.why NOT IN ('line_manager', 'keeps_contact', 'welfare_mentor')
      AND (link.ends IS NULL OR link.ends > now())
      AND (app_person() IN (link.carer_id, link.proposed_by_id, link.approved_by_id)
           OR (app_person() = link.subject_id AND link.why <> 'break_glass'));
    RETURN FOUND;
END $$;

-- Somebody gives a person of their own choice a link: to their passport, from the first version on; to their return
-- plan; to what they ask of a mentor. One that is live already stays. Returns whether there is one now.
CREATE FUNCTION confidential_give(p_link uuid, p_carer bigint, p_why text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    moment timestamptz := clock_timestamp();
BEGIN
    IF me IS NULL OR p_carer = me OR p_why NOT IN ('passport', 'return_to_work', 'asked_mentor')
       OR NOT person_is_here(me) OR NOT person_is_here(p_carer) OR NOT person_is_confirmed(me) THEN
        RETURN false;
    END IF;
    INSERT INTO confidential_carelink
        (id, subject_id, carer_id, why, starts, opens_from, told_from, proposed_by_id, approved_at)
    VALUES (p_link, me, p_carer, p_why, moment, CASE p_why WHEN 'return_to_work' THEN moment ELSE '-infinity' END,
            moment, me, moment)
    ON CONFLICT DO NOTHING;
    RETURN EXISTS (SELECT FROM confidential_carelink link WHERE link.subject_id = me AND link.carer_id = p_carer
                   AND link.why = p_why AND link.ends IS NULL);
END $$;

-- Who keeps contact with somebody from `p_starts` on; whoever did, does no longer, and who had not begun yet never will.
-- Nobody where `p_carer` is null. Somebody who goes on, after a pause, still reads what they could read; and where an end
-- is known, it stays. For the functions that decide it, which look at who asks.
CREATE FUNCTION confidential_hold_contact(p_subject bigint, p_carer bigint, p_why text, p_starts timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moment timestamptz;
    before confidential_carelink;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('confidential.links'));
    SELECT * INTO before FROM confidential_carelink
    WHERE subject_id = p_subject AND why IN ('keeps_contact', 'welfare_mentor')
      AND (ends IS NULL OR ends > clock_timestamp())
    ORDER BY starts DESC FOR UPDATE;
    moment := clock_timestamp();
    DELETE FROM confidential_carelink
    WHERE subject_id = p_subject AND why IN ('keeps_contact', 'welfare_mentor') AND starts > moment;
    UPDATE confidential_carelink SET ends = greatest(starts, moment)
    WHERE subject_id = p_subject AND why IN ('keeps_contact', 'welfare_mentor') AND (ends IS NULL OR ends > moment);
    IF p_carer IS NOT NULL THEN
        INSERT INTO confidential_carelink
            (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, approved_at)
        VALUES (gen_random_uuid(), p_subject, p_carer, p_why, coalesce(p_starts, moment),
                CASE WHEN before.ends > before.starts THEN greatest(before.ends, p_starts, moment) END,
                CASE WHEN before.carer_id = p_carer THEN before.opens_from ELSE coalesce(p_starts, moment) END,
                now(), moment);  -- the person sees it at once, so that what they are told of it is
    END IF;
END $$;

-- The person closes to their line manager what was written before now; it stays open to themselves.
CREATE FUNCTION confidential_close_earlier(p_carer bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE confidential_carelink link SET opens_from = clock_timestamp()
    WHERE link.subject_id = app_person() AND link.carer_id = p_carer AND link.why = 'line_manager'
      AND link.approved_at IS NOT NULL AND link.ends IS NULL AND person_is_confirmed(app_person());
    RETURN FOUND;
END $$;

REVOKE EXECUTE ON FUNCTION
    confidential_sync_line_manager_links(bigint[], bigint, boolean), confidential_hand_over(uuid, boolean),
    person_is_new_here(bigint), confidential_answer_new_managers(bigint[], boolean),
    confidential_name_acting(uuid, bigint, bigint, timestamptz, timestamptz),
    confidential_end_link(uuid), confidential_give(uuid, bigint, text), confidential_close_earlier(bigint),
    confidential_hold_contact(bigint, bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_sync_line_manager_links(bigint[], bigint, boolean)
    TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION
    confidential_hand_over(uuid, boolean), confidential_answer_new_managers(bigint[], boolean),
    confidential_name_acting(uuid, bigint, bigint, timestamptz, timestamptz),
    confidential_end_link(uuid), confidential_give(uuid, bigint, text), confidential_close_earlier(bigint) TO wellbeing_app;
