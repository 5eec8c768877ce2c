-- Somebody is asked to decide one adjustment: a link that opens that record and no other, and lets its carer say why.

CREATE OR REPLACE FUNCTION confidential_opens(why text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE why
        WHEN 'line_manager' THEN kind IN ('one_to_one', 'adjustment', 'wishes', 'may_be_told')
        WHEN 'welfare_mentor' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'keeps_contact' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'return_to_work' THEN kind IN ('return_plan', 'adjustment')
        WHEN 'decides' THEN kind = 'adjustment'
        WHEN 'passport' THEN kind = 'passport'
        WHEN 'asked_mentor' THEN kind = 'career_request'
        WHEN 'career_mentor' THEN kind IN ('career_request', 'career_goal', 'career_note')
        WHEN 'break_glass' THEN true
        ELSE false
    END
$$;

-- Whether somebody is asked to decide this record now.
CREATE FUNCTION confidential_decides(me bigint, p_record uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM confidential_carelink link
        WHERE link.carer_id = me AND link.why = 'decides' AND link.only_record = p_record
          AND link.approved_at IS NOT NULL AND link.starts <= now() AND link.ends > now())
$$;
REVOKE EXECUTE ON FUNCTION confidential_decides(bigint, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_decides(bigint, uuid) TO wellbeing_keeper;

-- As before; but whoever is asked to decide an adjustment may comment on it.
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
        IF me NOT IN (about.subject_id, about.author_id) AND NOT confidential_decides(me, p_record)
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

-- As before; but a link to one record opens no other.
CREATE OR REPLACE FUNCTION confidential_open(p_record uuid, p_why text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
    about confidential_record;
    through record;
BEGIN
    SELECT * INTO about FROM confidential_record r WHERE r.id = p_record;
    IF me IS NULL OR about.id IS NULL OR NOT person_is_here(me) OR NOT person_is_confirmed(me) THEN
        PERFORM confidential_log(p_record, 'refused', '', p_why, NULL);
        RETURN false;
    END IF;
    IF about.subject_id = me THEN
        RETURN confidential_log(p_record, 'opened', 'self', p_why, NULL);
    END IF;
    SELECT link.why AS via, link.told_from INTO through
    FROM confidential_carelink link
    WHERE link.carer_id = me AND link.subject_id = about.subject_id AND link.approved_at IS NOT NULL
      AND link.starts <= now() AND (link.ends IS NULL OR link.ends > now())
      AND confidential_opens(link.why, about.kind) AND (link.only_record IS NULL OR link.only_record = about.id)
      AND (link.why <> 'break_glass' OR app_holds('lead'))
      AND (about.made_at >= link.opens_from OR about.follows_until >= london_today())
    ORDER BY link.why = 'break_glass', link.starts LIMIT 1;
    -- The row policies have let nobody come so far without a link; this does not lean on them.
    IF through IS NULL THEN
        PERFORM confidential_log(p_record, 'refused', '', p_why, NULL);
        RETURN false;
    END IF;
    RETURN confidential_log(p_record, 'opened', through.via, p_why, greatest(through.told_from, now()));
END $$;
