-- The read log: written by one function, taken off at its start by another, changed by nothing.

-- A line's place in its chain: the hash before it and everything that it says.
CREATE FUNCTION confidential_log_hash(before bytea, line confidential_readlog) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(before || convert_to(jsonb_build_array(
        line.subject_id, line.number, extract(epoch FROM line.at), line.reader_id, line.record_id, line.kind,
        line.outcome, line.via, line.why, extract(epoch FROM line.told_from))::text, 'UTF8'))
$$;

-- Write one line at the end of somebody's chain, in the name of whoever asks. The head's row is the chain's lock.
CREATE FUNCTION confidential_line(
    p_subject bigint, p_record uuid, p_kind text, p_outcome text, p_via text, p_why text, p_told_from timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head confidential_loghead;
    line confidential_readlog;
BEGIN
    INSERT INTO confidential_loghead (subject_id, count, hash, purged, purged_hash)
    VALUES (p_subject, 0, '', 0, '') ON CONFLICT (subject_id) DO NOTHING;
    SELECT * INTO head FROM confidential_loghead WHERE subject_id = p_subject FOR UPDATE;
    line.subject_id := p_subject;
    line.number := head.count + 1;
    line.at := clock_timestamp();
    line.reader_id := app_person();
    line.record_id := p_record;
    line.kind := p_kind;
    line.outcome := p_outcome;
    line.via := p_via;
    line.why := left(p_why, 80);
    line.told_from := coalesce(p_told_from, line.at);
    line.hash := confidential_log_hash(head.hash, line);
    INSERT INTO confidential_readlog
        (subject_id, number, at, reader_id, record_id, kind, outcome, via, why, told_from, hash, xact)
    VALUES (line.subject_id, line.number, line.at, line.reader_id, line.record_id, line.kind, line.outcome,
            line.via, line.why, line.told_from, line.hash, pg_current_xact_id()::text::bigint);
    UPDATE confidential_loghead SET count = line.number, hash = line.hash WHERE subject_id = line.subject_id;
END $$;

-- Write that whoever asks opened a record, or was refused it. Nothing about a record that does not exist; of refusals,
-- one an hour for each reader and record. A refusal of whoever holds an emergency that the person is not told of yet
-- is told with it.
CREATE FUNCTION confidential_log(p_record uuid, p_outcome text, p_via text, p_why text, p_told_from timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about confidential_record;
BEGIN
    SELECT * INTO about FROM confidential_record WHERE id = p_record;
    IF about IS NULL OR app_person() IS NULL THEN
        RETURN false;
    END IF;
    IF p_outcome = 'refused' THEN
        IF EXISTS (SELECT FROM confidential_readlog line
                   WHERE line.reader_id = app_person() AND line.at > now() - interval '1 hour'
                     AND line.record_id = p_record AND line.outcome = 'refused') THEN
            RETURN true;
        END IF;
        SELECT max(link.told_from) INTO p_told_from FROM confidential_carelink link
        WHERE link.carer_id = app_person() AND link.subject_id = about.subject_id AND link.told_from > now();
    END IF;
    PERFORM confidential_line(about.subject_id, p_record, about.kind, p_outcome, p_via, p_why, p_told_from);
    RETURN true;
END $$;

-- Every first broken place: a line that was changed, is missing, or stands after its chain's end. No row: all whole.
CREATE FUNCTION confidential_verify_log() RETURNS TABLE (subject_id bigint, number bigint, problem text)
LANGUAGE sql STABLE AS $$
    WITH lines AS (
        SELECT line.subject_id, line.number,
               lag(line.number, 1, head.purged) OVER chain AS number_before,
               confidential_log_hash(lag(line.hash, 1, head.purged_hash) OVER chain, line) AS expected,
               line.hash AS found, head.count AS length, head.subject_id AS head
        FROM confidential_readlog line
        LEFT JOIN confidential_loghead head ON head.subject_id = line.subject_id
        WINDOW chain AS (PARTITION BY line.subject_id ORDER BY line.number)
    ), broken AS (
        SELECT l.subject_id, l.number, CASE
            WHEN l.head IS NULL THEN 'the head of this chain is missing'
            WHEN l.number <> l.number_before + 1 THEN 'a line before this one is missing'
            WHEN l.found IS DISTINCT FROM l.expected THEN 'this line, or the one before it, was changed'
            WHEN l.number > l.length THEN 'this line stands after the end of its chain'
        END AS problem
        FROM lines l
        UNION ALL
        SELECT head.subject_id, head.count, 'the end of this chain is missing'
        FROM confidential_loghead head
        LEFT JOIN confidential_readlog line ON line.subject_id = head.subject_id AND line.number = head.count
        WHERE CASE WHEN head.count = head.purged THEN head.hash <> head.purged_hash
                   ELSE line.hash IS DISTINCT FROM head.hash END
    )
    SELECT DISTINCT ON (b.subject_id) b.subject_id, b.number, b.problem
    FROM broken b WHERE b.problem IS NOT NULL ORDER BY b.subject_id, b.number
$$;

-- Take off the lines older than `before`, of people who are under no legal hold; the head remembers where the rest
-- begins. Returns how many lines.
CREATE FUNCTION purge_read_log(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    taken bigint := 0;
    more bigint;
    chain record;
BEGIN
    IF before > now() - interval '1 year' THEN
        RAISE EXCEPTION 'the read log is kept for a year at least';
    END IF;
    FOR chain IN
        SELECT line.subject_id, max(line.number) AS last
        FROM confidential_readlog line
        JOIN confidential_loghead head ON head.subject_id = line.subject_id
        LEFT JOIN people_person p ON p.id = line.subject_id
        WHERE line.at < before AND line.told_from < before AND NOT coalesce(p.legal_hold, false)
          -- A prefix only: nothing younger stands before what goes.
          AND NOT EXISTS (SELECT FROM confidential_readlog younger
                          WHERE younger.subject_id = line.subject_id AND younger.number < line.number
                            AND (younger.at >= before OR younger.told_from >= before))
        GROUP BY line.subject_id
    LOOP
        PERFORM FROM confidential_loghead WHERE subject_id = chain.subject_id FOR UPDATE;
        UPDATE confidential_loghead head
        SET purged = chain.last, purged_on = london_today(),
            purged_hash = (SELECT line.hash FROM confidential_readlog line
                           WHERE line.subject_id = chain.subject_id AND line.number = chain.last)
        WHERE head.subject_id = chain.subject_id;
        DELETE FROM confidential_readlog line
        WHERE line.subject_id = chain.subject_id AND line.number <= chain.last;
        GET DIAGNOSTICS more = ROW_COUNT;
        taken := taken + more;
    END LOOP;
    RETURN taken;
END $$;

CREATE FUNCTION confidential_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'wellbeing_keeper' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the read log is neither changed nor shortened' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE ON confidential_readlog
    FOR EACH ROW EXECUTE FUNCTION confidential_log_stays();
CREATE TRIGGER log_stays_whole BEFORE TRUNCATE ON confidential_readlog
    FOR EACH STATEMENT EXECUTE FUNCTION confidential_log_stays();

CREATE POLICY log_purged ON confidential_readlog TO wellbeing_keeper USING (true) WITH CHECK (true);
CREATE POLICY head_kept ON confidential_loghead TO wellbeing_keeper USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON confidential_readlog TO wellbeing_keeper;
GRANT USAGE ON SEQUENCE confidential_readlog_id_seq TO wellbeing_keeper;
GRANT SELECT, INSERT, UPDATE ON confidential_loghead TO wellbeing_keeper;
GRANT SELECT (id, legal_hold) ON people_person TO wellbeing_keeper;
REVOKE EXECUTE ON FUNCTION confidential_line(bigint, uuid, text, text, text, text, timestamptz),
    confidential_log(uuid, text, text, text, timestamptz), purge_read_log(timestamptz),
    confidential_verify_log() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confidential_log(uuid, text, text, text, timestamptz) TO wellbeing_keeper;
GRANT EXECUTE ON FUNCTION purge_read_log(timestamptz) TO wellbeing_worker;
GRANT EXECUTE ON FUNCTION confidential_verify_log(), confidential_log_hash(bytea, confidential_readlog)
    TO wellbeing_backup;
