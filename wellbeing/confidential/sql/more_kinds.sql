-- The kinds of records around absence, return, passport and career mentoring: which link opens and which writes them.

CREATE OR REPLACE FUNCTION confidential_opens(why text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE why
        WHEN 'line_manager' THEN kind IN ('one_to_one', 'adjustment', 'wishes', 'may_be_told')
        WHEN 'welfare_mentor' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'keeps_contact' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'return_to_work' THEN kind IN ('return_plan', 'adjustment')
        WHEN 'passport' THEN kind = 'passport'
        WHEN 'asked_mentor' THEN kind = 'career_request'
        WHEN 'career_mentor' THEN kind IN ('career_request', 'career_goal', 'career_note')
        WHEN 'break_glass' THEN true
        ELSE false
    END
$$;

-- Which link lets its carer write which kind: less than it opens.
CREATE FUNCTION confidential_writes(why text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE why
        WHEN 'line_manager' THEN kind IN ('one_to_one', 'adjustment')
        WHEN 'welfare_mentor' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'keeps_contact' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'return_to_work' THEN kind IN ('return_plan', 'adjustment')
        WHEN 'career_mentor' THEN kind IN ('career_goal', 'career_note')
        ELSE false
    END
$$;

-- What only the person it is about writes; and what they write together with whoever supports them, either of whom may
-- write the next version.
CREATE FUNCTION confidential_is_ones_own(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT kind IN ('wishes', 'passport', 'career_request', 'career_own_note') $$;
CREATE FUNCTION confidential_is_shared(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT kind IN ('contact_plan', 'may_be_told', 'return_plan', 'career_goal') $$;

-- Who may write a text of a kind about somebody: a carer through a live link of their own, which is held until they
-- have; about oneself, what is one's own or shared.
CREATE OR REPLACE FUNCTION confidential_may_write(me bigint, kind text, subject bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF confidential_is_ones_own(kind) THEN
        RETURN subject = me;
    END IF;
    IF subject = me THEN
        RETURN confidential_is_shared(kind);
    END IF;
    PERFORM FROM confidential_carelink link
    WHERE link.carer_id = me AND link.subject_id = subject AND link.approved_at IS NOT NULL
      AND link.starts <= clock_timestamp() AND (link.ends IS NULL OR link.ends > clock_timestamp())
      AND confidential_writes(link.why, kind)
    FOR SHARE;
    RETURN FOUND;
END $$;

-- As before; but of a shared record, whoever may write it writes the next version, whoever wrote the first.
CREATE OR REPLACE FUNCTION confidential_seal(
    p_record uuid, p_version uuid, p_part text, p_number integer, p_kind text, p_subject bigint, p_follows date,
    p_key text, p_sealed bytea, p_fingerprint bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    about confidential_record;
    inserted integer;
BEGIN
    IF me IS NULL OR NOT person_is_here(me) THEN
        RETURN 'refused';
    END IF;
    IF EXISTS (SELECT FROM confidential_version v WHERE v.id = p_version) THEN
        RETURN CASE WHEN EXISTS (
            SELECT FROM confidential_version v JOIN confidential_body b ON b.version_id = v.id
            WHERE v.id = p_version AND v.record_id = p_record AND v.author_id = me AND b.fingerprint = p_fingerprint)
        THEN 'same' ELSE 'stale' END;
    END IF;
    SELECT * INTO about FROM confidential_record WHERE id = p_record;
    IF about.id IS NULL THEN
        IF p_part <> 'text' OR p_number <> 1 OR NOT confidential_may_write(me, p_kind, p_subject) THEN
            RETURN 'refused';
        END IF;
        INSERT INTO confidential_record (id, kind, subject_id, author_id, made_at, follows_until)
        VALUES (p_record, p_kind, p_subject, me, now(), p_follows) ON CONFLICT (id) DO NOTHING;
        GET DIAGNOSTICS inserted = ROW_COUNT;
        IF inserted = 0 THEN
            -- Somebody else's record has this key, or the same form arrived twice at once.
            RETURN confidential_seal_again(p_record, p_version, p_fingerprint);
        END IF;
    ELSIF p_part = 'text' THEN
        IF (about.author_id <> me AND NOT confidential_is_shared(about.kind))
           OR NOT confidential_may_write(me, about.kind, about.subject_id) THEN
            RETURN 'refused';
        END IF;
    ELSIF p_part = 'comment' THEN
        IF me NOT IN (about.subject_id, about.author_id)
           OR (me = about.author_id AND me <> about.subject_id
               AND NOT confidential_may_write(me, about.kind, about.subject_id)) THEN
            RETURN 'refused';
        END IF;
    ELSIF p_part <> 'request' OR me <> about.subject_id OR me = about.author_id THEN
        RETURN 'refused';
    END IF;
    IF p_part <> 'text' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_record::text, 0));
        p_number := 1 + (SELECT count(*) FROM confidential_version v WHERE v.record_id = p_record AND v.part = p_part);
    END IF;
    INSERT INTO confidential_version (id, record_id, part, number, author_id, made_at)
    SELECT p_version, p_record, p_part, p_number, me, now()
    WHERE p_number = 1 + (SELECT count(*) FROM confidential_version v
                          WHERE v.record_id = p_record AND v.part = p_part)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    IF inserted = 0 THEN
        RETURN confidential_seal_again(p_record, p_version, p_fingerprint);
    END IF;
    INSERT INTO confidential_body (version_id, key_id, sealed, fingerprint)
    VALUES (p_version, p_key, p_sealed, p_fingerprint);
    IF p_part = 'text' AND p_number > 1 AND about.author_id = me THEN
        UPDATE confidential_record SET follows_until = p_follows
        WHERE id = p_record AND follows_until IS DISTINCT FROM p_follows;
    END IF;
    RETURN 'sealed';
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

-- Who keeps contact with somebody from `p_starts` on; whoever did, does no longer. Nobody where `p_carer` is null.
-- Somebody who goes on, after a pause, still reads what they could read; and where an end is known, it stays. For the
-- functions that decide it, which look at who asks.
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
    FOR UPDATE;
    moment := clock_timestamp();
    UPDATE confidential_carelink SET ends = greatest(starts, moment)
    WHERE subject_id = p_subject AND why IN ('keeps_contact', 'welfare_mentor') AND (ends IS NULL OR ends > moment);
    IF p_carer IS NOT NULL THEN
        INSERT INTO confidential_carelink
            (id, subject_id, carer_id, why, starts, ends, opens_from, told_from, approved_at)
        VALUES (gen_random_uuid(), p_subject, p_carer, p_why, coalesce(p_starts, moment),
                CASE WHEN before.ends IS NOT NULL THEN greatest(before.ends, p_starts, moment) END,
                CASE WHEN before.carer_id = p_carer THEN before.opens_from ELSE coalesce(p_starts, moment) END,
                now(), moment);  -- the person sees it at once, so that what they are told of it is
    END IF;
END $$;

-- As before; but who keeps contact with somebody away changes only by what decides it, so that there is no gap.
CREATE OR REPLACE FUNCTION confidential_end_link(p_link uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE confidential_carelink link SET ends = greatest(link.starts, now())
    WHERE link.id = p_link AND link.why NOT IN ('line_manager', 'keeps_contact', 'welfare_mentor')
      AND (link.ends IS NULL OR link.ends > now())
      AND (app_person() IN (link.carer_id, link.proposed_by_id, link.approved_by_id)
           OR (app_person() = link.subject_id AND link.why <> 'break_glass'));
    RETURN FOUND;
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

-- Who keeps contact with whom is seen by its carer while it lasts, and not after: what the person chose instead reads
-- the same to their line manager, whatever it was.
DROP POLICY link_read ON confidential_carelink;
CREATE POLICY link_read ON confidential_carelink FOR SELECT TO wellbeing_app, wellbeing_keeper USING (
    carer_id = (SELECT app_person())
        AND (why <> 'keeps_contact' OR starts <= now() AND (ends IS NULL OR ends > now()))
    OR (subject_id = (SELECT app_person()) AND told_from <= now())
    OR proposed_by_id = (SELECT app_person())
    OR (SELECT app_holds('dpo')) AND subject_id <> (SELECT app_person())
    OR ((SELECT app_holds('lead')) AND approved_at IS NULL));

REVOKE EXECUTE ON FUNCTION confidential_give(uuid, bigint, text), confidential_close_earlier(bigint),
    confidential_hold_contact(bigint, bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_give(uuid, bigint, text), confidential_close_earlier(bigint) TO wellbeing_app;
