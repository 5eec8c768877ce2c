-- Whoever withdraws: nothing they entered is left, whoever's hand it was by, and no topic and no reminder. Two dates stay.
CREATE FUNCTION spocs_hold_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.first_name_only := true;
    NEW.role_words := '';
    NEW.rank_band := '';
    NEW.gender := '';
    NEW.hr_may_know := false;
    NEW.show_phone := false;
    NEW.show_text := false;
    NEW.show_mail := false;
    NEW.phone := '';
    NEW.by_day := true;
    NEW.by_night := false;
    NEW.sent_back := '';
    NEW.reviewed_by_id := NULL;
    NEW.reviewed_on := NULL;
    NEW.confirmed_on := NULL;
    NEW.withdrawn_on := coalesce(NEW.withdrawn_on, london_today());
    DELETE FROM spocs_topicconsent WHERE spoc_id = NEW.id;
    DELETE FROM reminders_reminder WHERE about = NEW.id::text AND starts_with(kind, 'spocs.');
    RETURN NEW;
END $$;
CREATE TRIGGER spocs_hold_nothing BEFORE UPDATE OF state ON spocs_spoc
FOR EACH ROW WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION spocs_hold_nothing();

-- Whether somebody is a SPOC: on the list, or on a break, which is told to nobody but them. Asked while signing in too,
-- when nobody is known yet.
CREATE FUNCTION spocs_is_one(p_person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM spocs_spoc s
        WHERE s.person_id = p_person
          AND (s.state = 'active' OR s.state = 'paused' AND coalesce(app_person(), p_person) = p_person))
$$;

-- The profile that somebody withdrew is an invitation again; null where there is none, whatever else there is. For the
-- coordinator, and at set-up.
CREATE FUNCTION spocs_invite_again(p_person bigint) RETURNS uuid LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE spocs_spoc SET state = 'invited', consented_on = NULL, withdrawn_on = NULL
    WHERE person_id = p_person AND state = 'withdrawn' AND (app_person() IS NULL OR app_holds('coordinator'))
    RETURNING id
$$;

-- Consent that somebody gave before they left is none for when they come back. It only takes away, so that whoever's
-- change of the roster brings them back may call it, and it tells them nothing.
CREATE FUNCTION spocs_withdraw_returned(p_people bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE spocs_spoc SET state = 'withdrawn' WHERE person_id = ANY (p_people) AND state <> 'withdrawn'
$$;

-- A profile goes with its person, and its topics with it; who has read it is forgotten with them.
DO $$
DECLARE
    tie record;
BEGIN
    FOR tie IN
        SELECT conrelid::regclass AS tied, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE contype = 'f' AND (
            conrelid = 'spocs_spoc'::regclass
            OR conrelid = 'spocs_topicconsent'::regclass AND confrelid = 'spocs_spoc'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tie.tied, tie.name);
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', tie.tied, tie.name,
                       replace(tie.said, ' DEFERRABLE', CASE WHEN tie.said LIKE '%(reviewed_by_id)%'
                               THEN ' ON DELETE SET NULL DEFERRABLE' ELSE ' ON DELETE CASCADE DEFERRABLE' END));
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION spocs_hold_nothing(), spocs_is_one(bigint), spocs_invite_again(bigint),
    spocs_withdraw_returned(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spocs_is_one(bigint), spocs_invite_again(bigint), spocs_withdraw_returned(bigint[])
    TO wellbeing_app, wellbeing_worker;
