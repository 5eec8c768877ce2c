-- Many absences at once, as HR's feed has them: one statement for any number, by the same two functions and so by the
-- same rules as one. `p_new` says which begin; the others change. Nobody in HR feeds their own. Returns for each, in
-- their order, what the two return.
CREATE FUNCTION mentoring_feed_absences(
    p_new boolean[], p_ids uuid[], p_subjects bigint[], p_first date[], p_expected date[], p_back date[])
RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outcome text;
    outcomes text[] := '{}';
BEGIN
    IF session_user <> 'wellbeing_worker' AND NOT coalesce(app_holds('hr'), false) THEN
        RETURN array_fill('refused'::text, ARRAY[cardinality(p_ids)]);
    END IF;
    FOR i IN 1 .. cardinality(p_ids) LOOP
        IF p_subjects[i] = app_person() THEN
            outcome := 'refused';
        ELSIF p_new[i] THEN
            outcome := mentoring_start_absence(p_ids[i], p_subjects[i], p_first[i], p_expected[i]);
            IF outcome = 'started' AND p_back[i] IS NOT NULL THEN
                outcome := mentoring_change_absence(p_ids[i], p_first[i], p_expected[i], p_back[i]);
            END IF;
        ELSIF EXISTS (SELECT FROM mentoring_absence WHERE id = p_ids[i] AND subject_id = p_subjects[i]) THEN
            outcome := mentoring_change_absence(p_ids[i], p_first[i], p_expected[i], p_back[i]);
        ELSE
            outcome := 'refused';
        END IF;
        outcomes := outcomes || outcome;
    END LOOP;
    RETURN outcomes;
END $$;

-- Who says the dates of an absence, and the day on which somebody other than the person changed them: whatever changes
-- them, and by whatever function.
CREATE FUNCTION mentoring_note_who_dates() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.first_day, OLD.expected_back, OLD.back_on)
        IS NOT DISTINCT FROM (NEW.first_day, NEW.expected_back, NEW.back_on) THEN
        RETURN NEW;
    END IF;
    NEW.said_by := CASE WHEN app_person() = NEW.subject_id THEN 'person'
                        WHEN app_person() IS NULL OR app_holds('hr') THEN 'hr' ELSE 'manager' END;
    NEW.changed_on := CASE WHEN TG_OP = 'UPDATE' AND NEW.said_by <> 'person' THEN london_today() END;
    RETURN NEW;
END $$;
CREATE TRIGGER mentoring_note_who_dates BEFORE INSERT OR UPDATE ON mentoring_absence
    FOR EACH ROW EXECUTE FUNCTION mentoring_note_who_dates();
GRANT SELECT (said_by, changed_on) ON mentoring_absence TO wellbeing_worker;
REVOKE EXECUTE ON FUNCTION mentoring_note_who_dates() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION mentoring_feed_absences(boolean[], uuid[], bigint[], date[], date[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_feed_absences(boolean[], uuid[], bigint[], date[], date[], date[])
    TO wellbeing_app, wellbeing_worker;
