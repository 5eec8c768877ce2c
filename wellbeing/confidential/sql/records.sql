-- Sealed texts in and out. These functions belong to `wellbeing_keeper`, which owns no table: the row policies bind
-- them for whoever asks, as they bind the web.

-- Seal one text. A new record where `p_record` is unknown; else a correction, a comment or the asking for a correction.
-- Returns 'sealed'; 'same' for a text that is there already under that version (a second click); 'stale' where somebody
-- else wrote meanwhile, or the version holds another text; 'refused' where whoever asks may not write this. A text has
-- the number that its writer expects, and where it names a kind and a subject, those of its record; what is said about it
-- is appended. Of a shared record, whoever may write it writes
-- the next version, whoever wrote the first. Whoever is asked to decide an adjustment may comment on it.
CREATE FUNCTION confidential_seal(
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
        IF nullif(p_kind, '') <> about.kind OR p_subject <> about.subject_id
           OR (about.author_id <> me AND NOT confidential_is_shared(about.kind))
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

-- What became of a text that met another at the same moment; a statement of its own sees what that other one wrote.
CREATE FUNCTION confidential_seal_again(p_record uuid, p_version uuid, p_fingerprint bytea)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM confidential_version v JOIN confidential_body b ON b.version_id = v.id
               WHERE v.id = p_version AND v.record_id = p_record AND v.author_id = app_person()
                 AND b.fingerprint = p_fingerprint) THEN
        RETURN 'same';
    END IF;
    RETURN 'stale';
END $$;

-- Who may write a text of a kind about somebody: a carer through a live link of their own, which is held until they
-- have; about oneself, what is one's own or shared.
CREATE FUNCTION confidential_may_write(me bigint, kind text, subject bigint)
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

-- Whether somebody is asked to decide this record now.
CREATE FUNCTION confidential_decides(me bigint, p_record uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM confidential_carelink link
        WHERE link.carer_id = me AND link.why = 'decides' AND link.only_record = p_record
          AND link.approved_at IS NOT NULL AND link.starts <= now() AND link.ends > now())
$$;

-- Write down that whoever asks opens a record, or is refused it; returns whether they may. The texts come from
-- `confidential_texts`, in a transaction after this one has been committed.
CREATE FUNCTION confidential_open(p_record uuid, p_why text)
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

-- The sealed texts of a record, for whoever has opened it in the last ten seconds: in a transaction that is over, so
-- that the line in the read log stands, whatever becomes of this one.
CREATE FUNCTION confidential_texts(p_record uuid)
RETURNS TABLE (version uuid, part text, number smallint, author bigint, made_at timestamptz, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT v.id, v.part::text, v.number, v.author_id, v.made_at, b.sealed
    FROM confidential_version v JOIN confidential_body b ON b.version_id = v.id
    WHERE v.record_id = p_record
      AND EXISTS (SELECT FROM confidential_readlog line
                  WHERE line.reader_id = app_person() AND line.at > clock_timestamp() - interval '10 seconds'
                    AND line.record_id = p_record AND line.outcome = 'opened'
                    AND line.xact <> pg_current_xact_id()::text::bigint)
    ORDER BY v.made_at, v.number
$$;

-- Note that a record's address was asked for in vain. Nothing is said about a record that does not exist.
CREATE FUNCTION confidential_refuse(p_record uuid, p_why text)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT confidential_log(p_record, 'refused', '', p_why, NULL) $$;

-- The keys that something is sealed with.
CREATE FUNCTION confidential_keys_in_use() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT key_id::text FROM confidential_body UNION SELECT key_id FROM confidential_draft
    UNION SELECT key_id FROM confidential_breakglass
$$;

-- Before a key is first used, a word sealed with it is kept; as long as nothing is sealed with it, another may take
-- its place.
CREATE FUNCTION confidential_register_key(p_key text, p_sealed bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO confidential_keycheck AS known (key_id, sealed, since) VALUES (p_key, p_sealed, now())
    ON CONFLICT (key_id) DO UPDATE SET sealed = excluded.sealed, since = now()
        WHERE known.key_id NOT IN (SELECT confidential_keys_in_use())
$$;

REVOKE EXECUTE ON FUNCTION
    confidential_seal(uuid, uuid, text, integer, text, bigint, date, text, bytea, bytea),
    confidential_seal_again(uuid, uuid, bytea), confidential_may_write(bigint, text, bigint),
    confidential_open(uuid, text), confidential_texts(uuid), confidential_refuse(uuid, text), confidential_register_key(text, bytea),
    confidential_keys_in_use(), confidential_decides(bigint, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_seal(uuid, uuid, text, integer, text, bigint, date, text, bytea, bytea),
    confidential_register_key(text, bytea), confidential_keys_in_use() TO wellbeing_app;
GRANT EXECUTE ON FUNCTION confidential_seal_again(uuid, uuid, bytea), confidential_may_write(bigint, text, bigint),
    confidential_decides(bigint, uuid) TO wellbeing_keeper;
GRANT EXECUTE ON FUNCTION confidential_open(uuid, text), confidential_texts(uuid), confidential_refuse(uuid, text)
    TO wellbeing_reader;
