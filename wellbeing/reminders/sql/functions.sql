-- What the web may do to the reminders of others: make and take away what a kind's query says about a thing, and
-- silence those who have gone. It reads none of them.
CREATE FUNCTION reminders_refresh(
    of_kind text, asked text[], abouts text[], readers bigint[], subjects bigint[], dues date[],
    steps int[], patterns bigint[], untils date[], last_reached date, furthest_due date, moment timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    {make};
    {lapse};
END $$;

-- Rows are locked in one order, whoever locks them. What was to be told by a mail that is dropped is untold again, should
-- it come back.
CREATE FUNCTION reminders_silence(gone bigint[], moment timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE reminders_mail SET state = 'dropped' WHERE state = 'waiting' AND person_id = ANY (gone);
    UPDATE reminders_reminder SET told_at = NULL, mail_id = NULL
    WHERE person_id = ANY (gone) AND mail_id IN (
        SELECT id FROM reminders_mail WHERE person_id = ANY (gone) AND state = 'dropped');
    UPDATE reminders_reminder SET state = 'lapsed', lapsed_at = moment WHERE id IN (
        SELECT id FROM reminders_reminder
        WHERE state <> 'lapsed' AND (person_id = ANY (gone) OR subject_id = ANY (gone))
        ORDER BY kind, about, due FOR UPDATE);
    DELETE FROM reminders_feed WHERE person_id = ANY (gone);
$$;

-- Each of these readers is no longer reminded of the person beside them: somebody else's line manager now.
CREATE FUNCTION reminders_part(readers bigint[], subjects bigint[], moment timestamptz) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE reminders_reminder SET state = 'lapsed', lapsed_at = moment WHERE id IN (
        SELECT id FROM reminders_reminder
        JOIN unnest(readers, subjects) AS parted (reader, subject)
            ON person_id = parted.reader AND subject_id = parted.subject
        WHERE state <> 'lapsed'
        ORDER BY kind, about, due FOR UPDATE OF reminders_reminder);
$$;

-- The technical admin has mended what stood in the way. A digest that another one has followed is not sent again.
CREATE FUNCTION reminders_try_again(mails uuid[], moment timestamptz) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    WITH again AS (
        UPDATE reminders_mail mail SET state = 'waiting', attempts = 0, next_attempt_at = moment
        WHERE id = ANY (mails) AND state = 'failed' AND app_holds('technical_admin')
          AND (day IS NULL OR NOT EXISTS (
            SELECT FROM reminders_mail later
            WHERE later.person_id = mail.person_id AND later.day > mail.day AND later.state <> 'dropped'))
        RETURNING id)
    SELECT count(*) FROM again
$$;

-- Whose calendar an address is; nobody's for any other.
CREATE FUNCTION reminders_feed_of(hash text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT person_id FROM reminders_feed WHERE token_hash = hash $$;

REVOKE EXECUTE ON FUNCTION
    reminders_refresh(
        text, text[], text[], bigint[], bigint[], date[], int[], bigint[], date[], date, date, timestamptz),
    reminders_silence(bigint[], timestamptz), reminders_part(bigint[], bigint[], timestamptz),
    reminders_try_again(uuid[], timestamptz), reminders_feed_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    reminders_refresh(
        text, text[], text[], bigint[], bigint[], date[], int[], bigint[], date[], date, date, timestamptz),
    reminders_silence(bigint[], timestamptz), reminders_part(bigint[], bigint[], timestamptz)
    TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION reminders_try_again(uuid[], timestamptz), reminders_feed_of(text) TO wellbeing_app;
