-- Print a letter for somebody else: HR alone. Earlier letters of theirs are void, and they are told, at the address on
-- the roster and at the one they come in by. A second click, with the same key, changes nothing and returns true.
CREATE FUNCTION door_print_letter(p_letter uuid, p_person bigint, p_hash text, p_days integer)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    IF me IS NULL OR me = p_person OR NOT app_holds('hr') OR NOT person_is_here(me) OR NOT person_is_confirmed(me)
       OR NOT person_is_here(p_person) OR p_days > 28 THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('plan_door.letter'), p_person::integer);
    IF EXISTS (SELECT FROM plan_door_letter WHERE id = p_letter OR code_hash = p_hash) THEN
        RETURN EXISTS (
            SELECT FROM plan_door_letter
            WHERE id = p_letter AND person_id = p_person AND printed_by_id = me AND code_hash = p_hash
              AND released_at IS NULL AND voided_at IS NULL AND printed_at > now() - interval '10 minutes');
    END IF;
    UPDATE plan_door_letter SET voided_at = now()
    WHERE person_id = p_person AND used_at IS NULL AND voided_at IS NULL;
    INSERT INTO plan_door_letter (id, person_id, code_hash, printed_by_id, printed_at, expires_at, number_hash, wrong)
    VALUES (p_letter, p_person, p_hash, me, now(), now() + make_interval(days => p_days), '', 0);
    INSERT INTO plan_door_notice (id, person_id, address, what, made_at)
    SELECT gen_random_uuid(), p_person, told.address, 'printed', now()
    FROM (SELECT email AS address FROM people_person WHERE id = p_person
          UNION SELECT mail FROM plan_door_entry WHERE person_id = p_person AND mail <> '') AS told;
    RETURN true;
END $$;

-- Set the number that is read out to whom the letter is for: by the wellbeing lead or a guardian, who neither printed it
-- nor is that person. Nothing for somebody whose sign-in was changed and is not confirmed: HR may have done both. Returns
-- whether there was such a letter.
CREATE FUNCTION door_release_letter(p_person bigint, p_hash text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := app_person();
BEGIN
    IF me IS NULL OR me = p_person OR NOT (app_holds('lead') OR app_holds('guardian'))
       OR NOT person_is_here(me) OR NOT person_is_confirmed(me)
       OR NOT person_is_here(p_person) OR NOT person_is_confirmed(p_person) THEN
        RETURN false;
    END IF;
    UPDATE plan_door_letter SET number_hash = p_hash, released_by_id = me, released_at = now()
    WHERE person_id = p_person AND printed_by_id <> me
      AND used_at IS NULL AND voided_at IS NULL AND expires_at > now();
    RETURN FOUND;
END $$;

-- The letter of whoever asks that has this code and is open, held, and the hash of its number. Neither hash may be read
-- from the table: with the number's, whoever printed the letter could try all numbers at leisure.
CREATE FUNCTION door_letter_to_use(p_hash text)
RETURNS TABLE (letter uuid, number_hash text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id, number_hash FROM plan_door_letter
    WHERE person_id = app_person() AND code_hash = p_hash
      AND used_at IS NULL AND voided_at IS NULL AND expires_at > now() FOR UPDATE
$$;

-- Count a try from one source, and return how many there were within the hour. Nobody reads where they came from.
CREATE FUNCTION door_count_try(p_source text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO plan_door_try (source) VALUES (p_source);
    RETURN (SELECT count(*) FROM plan_door_try WHERE source = p_source AND at > now() - interval '1 hour');
END $$;

-- Of these people, whoever is no longer here comes in by nothing any longer.
CREATE FUNCTION door_close(p_people bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint[];
BEGIN
    SELECT coalesce(array_agg(person), '{}') INTO gone
    FROM unnest(p_people) AS person WHERE NOT person_is_here(person);
    UPDATE plan_door_letter SET voided_at = now() WHERE person_id = ANY (gone) AND used_at IS NULL AND voided_at IS NULL;
    DELETE FROM plan_door_mailcode WHERE person_id = ANY (gone);
    DELETE FROM plan_door_notice WHERE person_id = ANY (gone);
    DELETE FROM plan_door_passkey WHERE person_id = ANY (gone);
    DELETE FROM plan_door_entry WHERE person_id = ANY (gone);
END $$;

REVOKE EXECUTE ON FUNCTION door_print_letter(uuid, bigint, text, integer), door_release_letter(bigint, text),
    door_letter_to_use(text), door_count_try(text), door_close(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_print_letter(uuid, bigint, text, integer), door_release_letter(bigint, text),
    door_letter_to_use(text), door_count_try(text), door_close(bigint[]) TO wellbeing_app;
GRANT EXECUTE ON FUNCTION door_close(bigint[]) TO wellbeing_worker;
