-- Whom whoever asks is not brought together with: they, or the other, want no more of it. It does not say which. `asked_as`
-- is what they knew the other as, empty for whatever it is: by it nobody learns that a first name is a champion's as well.
CREATE FUNCTION contact_held_off() RETURNS TABLE (person bigint, asked_as text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT person_id, kind::text FROM contact_block WHERE by_id = app_person()
    UNION SELECT by_id, '' FROM contact_block WHERE person_id = app_person()
$$;

-- Whether the other stands above whoever asks in the line of command, at any depth. The other way is not told: a manager
-- would learn which of the first names on the list is one of their own people.
CREATE FUNCTION contact_in_line(other bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE above (id) AS (
        SELECT p.line_manager_id FROM people_person p WHERE p.id = app_person()
        UNION
        SELECT p.line_manager_id FROM above JOIN people_person p ON p.id = above.id
    )
    SELECT EXISTS (SELECT FROM above WHERE id = other)
$$;

-- What reminds of a request goes with it, by whoever's hand it goes.
CREATE FUNCTION contact_forget_reminders() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM reminders_reminder WHERE id IN (
        SELECT id FROM reminders_reminder WHERE kind LIKE 'contact.%' AND about = OLD.id::text
        ORDER BY kind, about, due FOR UPDATE);
    RETURN NULL;
END $$;
CREATE TRIGGER contact_forget_reminders AFTER DELETE ON contact_request
FOR EACH ROW EXECUTE FUNCTION contact_forget_reminders();
CREATE TRIGGER contact_forget_reminders AFTER DELETE ON contact_report
FOR EACH ROW EXECUTE FUNCTION contact_forget_reminders();

REVOKE EXECUTE ON FUNCTION contact_held_off(), contact_in_line(bigint), contact_forget_reminders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION contact_held_off(), contact_in_line(bigint) TO wellbeing_app;

-- A key with which a week's key or a report is sealed is in use.
CREATE OR REPLACE FUNCTION confidential_keys_in_use() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT key_id::text FROM confidential_body UNION SELECT key_id FROM confidential_draft
    UNION SELECT key_id FROM confidential_breakglass
    UNION SELECT key_id FROM contact_weekkey UNION SELECT key_id FROM contact_report
$$;
