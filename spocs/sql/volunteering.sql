-- Whoever withdraws keeps no supervision here, no conversation and no wish to be rung.
CREATE FUNCTION spocs_keep_nothing_of_volunteering() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.ring_asked_on := NULL;
    DELETE FROM spocs_spocsupervision WHERE spoc_id = NEW.id;
    DELETE FROM spocs_conversation WHERE person_id = NEW.person_id;
    RETURN NEW;
END $$;
CREATE TRIGGER spocs_keep_nothing_of_volunteering BEFORE UPDATE OF state ON spocs_spoc
FOR EACH ROW WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION spocs_keep_nothing_of_volunteering();

-- The coordinator has rung a SPOC who asked for it: from then on the break is known to the SPOC alone again.
CREATE FUNCTION spocs_has_rung(p_spoc uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE spocs_spoc SET ring_asked_on = NULL
    WHERE id = p_spoc AND ring_asked_on IS NOT NULL AND app_holds('coordinator') AND person_id <> app_person();
    RETURN FOUND;
END $$;

-- Once they have rung, or the wish is taken back, no reminder says any longer that it was there.
CREATE FUNCTION spocs_forget_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM reminders_reminder WHERE about = NEW.id::text AND kind = 'spocs.ring';
    RETURN NULL;
END $$;
CREATE TRIGGER spocs_forget_ring AFTER UPDATE OF ring_asked_on ON spocs_spoc
FOR EACH ROW WHEN (OLD.ring_asked_on IS NOT NULL AND NEW.ring_asked_on IS NULL) EXECUTE FUNCTION spocs_forget_ring();

-- For the lead and the coordinator: each topic that people lacked, by quarter (its first day), and how often it was told
-- in steps of five: 0 stands for fewer than five, 5 for five to nine. Nothing can be asked more narrowly.
CREATE FUNCTION spocs_lacked_by_quarter() RETURNS TABLE (quarter date, topic text, at_least integer) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT date_trunc('quarter', l.month)::date, t.name::text, (count(*) / 5 * 5)::integer
    FROM spocs_lacked l JOIN support_topic t ON t.id = l.topic_id
    WHERE app_holds('coordinator') OR app_holds('lead')
    GROUP BY 1, t.id
    ORDER BY 1 DESC, 3 DESC, 2
$$;

REVOKE EXECUTE ON FUNCTION spocs_keep_nothing_of_volunteering(), spocs_has_rung(uuid), spocs_forget_ring(),
    spocs_lacked_by_quarter() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spocs_has_rung(uuid), spocs_lacked_by_quarter() TO wellbeing_app;
