-- Who asks, and what they may be. Everything below stands on these.

-- The person for whom this transaction works; null for nobody.
CREATE FUNCTION app_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.person', true), '')::bigint $$;

CREATE FUNCTION london_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (now() AT TIME ZONE 'Europe/London')::date $$;

-- Whether somebody holds an assigned role today; whether whoever asks does.
CREATE FUNCTION person_holds(person bigint, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM people_roleassignment held
        WHERE held.person_id = person AND held.role = wanted AND held.approved_at IS NOT NULL
          AND held.starts <= london_today() AND (held.ends IS NULL OR held.ends > london_today()))
$$;
CREATE FUNCTION app_holds(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT person_holds(app_person(), wanted) $$;

-- Whether somebody is on the roster today, alive, and signs in by what nobody has changed unconfirmed.
CREATE FUNCTION person_is_here(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM people_person p
        WHERE p.id = person AND p.died_on IS NULL AND (p.left IS NULL OR p.left > london_today()))
$$;
CREATE FUNCTION person_is_confirmed(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM people_person p WHERE p.id = person AND p.identity_changed_at IS NULL) $$;

-- Which link opens which kind of record: the database's copy of `policy.OPENS` (a test compares them).
CREATE FUNCTION confidential_opens(why text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE why
        WHEN 'line_manager' THEN kind IN ('one_to_one', 'adjustment', 'wishes', 'may_be_told')
        WHEN 'welfare_mentor' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'keeps_contact' THEN kind IN ('contact', 'contact_plan', 'may_be_told')
        WHEN 'return_to_work' THEN kind IN ('return_plan', 'adjustment')
        WHEN 'decides' THEN kind = 'adjustment'
        WHEN 'passport' THEN kind = 'passport'
        WHEN 'asked_mentor' THEN kind = 'career_request'
        WHEN 'career_mentor' THEN kind IN ('career_request', 'career_goal', 'career_note')
        WHEN 'break_glass' THEN true
        ELSE false
    END
$$;

-- Which link lets its carer write which kind: less than it opens.
CREATE FUNCTION confidential_writes(why text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE why
        WHEN 'line_manager' THEN kind IN ('one_to_one', 'adjustment')
        WHEN 'welfare_mentor' THEN kind IN ('contact', 'contact_plan')
        WHEN 'keeps_contact' THEN kind IN ('contact', 'contact_plan')
        WHEN 'return_to_work' THEN kind IN ('return_plan', 'adjustment')
        WHEN 'career_mentor' THEN kind IN ('career_goal', 'career_note')
        ELSE false
    END
$$;

-- What only the person it is about writes; and what they write together with whoever supports them, either of whom may
-- write the next version.
CREATE FUNCTION confidential_is_ones_own(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT kind IN ('wishes', 'may_be_told', 'passport', 'career_request', 'career_own_note') $$;
CREATE FUNCTION confidential_is_shared(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT kind IN ('contact_plan', 'return_plan', 'career_goal') $$;

REVOKE EXECUTE ON FUNCTION person_holds(bigint, text), app_holds(text), person_is_here(bigint), person_is_confirmed(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_holds(text) TO wellbeing_app, wellbeing_keeper;
GRANT EXECUTE ON FUNCTION person_is_here(bigint), person_is_confirmed(bigint) TO wellbeing_keeper;
