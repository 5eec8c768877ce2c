-- Whoever withdraws, or comes back to the force and is asked anew: no topic of theirs is left, whoever's hand it was by.
CREATE FUNCTION spocs_forget_topics() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM spocs_topicconsent WHERE spoc_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION spocs_forget_topics() FROM PUBLIC;
CREATE TRIGGER spocs_forget_topics AFTER UPDATE OF state ON spocs_spoc
FOR EACH ROW WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION spocs_forget_topics();
