-- What goes in time. Each function checks legal hold in its own statement, with the person's row held.

-- Take away records last written in before that time; nothing of people under legal hold, and nothing that
-- still follows somebody who works here. The read log of it stays. Returns how many records.
CREATE FUNCTION purge_records(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
BEGIN
    IF before > now() - interval '180 days' THEN
        RAISE EXCEPTION 'records are kept for half a year at least';
    END IF;
    -- The person's row is held, so that no legal hold is set between here and the end.
    SELECT coalesce(array_agg(old.id), '{}') INTO gone FROM (
        SELECT r.id FROM confidential_record r JOIN people_person p ON p.id = r.subject_id
        WHERE r.made_at < before AND NOT p.legal_hold
          AND (r.follows_until IS NULL OR r.follows_until < london_today() OR p.left < before::date)
          AND NOT EXISTS (SELECT FROM confidential_version v WHERE v.record_id = r.id AND v.made_at >= before)
        FOR SHARE OF p) AS old;
    DELETE FROM confidential_body b USING confidential_version v WHERE v.id = b.version_id AND v.record_id = ANY (gone);
    DELETE FROM confidential_version v WHERE v.record_id = ANY (gone);
    DELETE FROM confidential_record r WHERE r.id = ANY (gone);
    RETURN cardinality(gone);
END $$;

-- Take away links that ended before that time, and what was asked for in emergencies; the read log does not need them.
CREATE FUNCTION purge_links(before timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF before > now() - interval '1 year' THEN
        RAISE EXCEPTION 'links are kept for a year at least';
    END IF;
    DELETE FROM confidential_breakglass b USING people_person p
    WHERE p.id = b.subject_id AND NOT p.legal_hold AND b.asked_at < before
      AND NOT EXISTS (SELECT FROM confidential_carelink link WHERE link.id = b.link_id AND link.ends >= before);
    DELETE FROM confidential_carelink link USING people_person p
    WHERE p.id = link.subject_id AND NOT p.legal_hold AND link.ends < before
      AND NOT EXISTS (SELECT FROM confidential_breakglass b WHERE b.link_id = link.id);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

REVOKE EXECUTE ON FUNCTION purge_records(timestamptz), purge_links(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_records(timestamptz), purge_links(timestamptz) TO wellbeing_worker;
