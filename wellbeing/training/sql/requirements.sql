-- Who must have completed what follows from the roster, and how they stand from completions and bookings. Only the
-- function here writes it, for whoever asks: what it writes is the same whoever asks.

-- These people, or everybody, as they stand now: new rows, changed ones, and those whom it concerns no longer, which
-- stay for 28 days, so that an undone roster or a line manager left out by mistake lets nobody begin anew. Returns the
-- rows it touched. The plan is made for the people it is asked about: few by index, all by reading once.
CREATE FUNCTION training_sync_required(people bigint[] DEFAULT NULL) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    today date := london_today();
    kept_from date := today - 28;
BEGIN
    IF NOT EXISTS (SELECT FROM training_requirement) THEN
        RETURN;
    END IF;
    -- An import and the hourly look at everybody would lock the same rows in another order, and wait for each other.
    IF people IS NULL OR cardinality(people) > 1 THEN
        PERFORM pg_advisory_xact_lock(hashtext('training.required'));
    END IF;
    RETURN QUERY
    WITH here AS NOT MATERIALIZED (
        SELECT p.id, p.line_manager_id, lower(p.rank_or_grade) AS rank FROM people_person p
        WHERE p.died_on IS NULL AND (p."left" IS NULL OR p."left" > today)
    ), managers AS (
        SELECT DISTINCT line_manager_id AS id FROM here
        WHERE line_manager_id IS NOT NULL AND (people IS NULL OR line_manager_id = ANY (people))
    ), rules AS MATERIALIZED (
        SELECT r.id, r.course_id, r.line_managers, r.within_days,
               ARRAY(SELECT lower(btrim(rank)) FROM unnest(r.ranks) AS rank) AS ranks
        FROM training_requirement r WHERE r.is_in_force
    ), concerned AS (
        SELECT here.id AS person, rules.id AS requirement, rules.course_id, rules.within_days
        FROM here LEFT JOIN managers ON managers.id = here.id CROSS JOIN rules
        WHERE (people IS NULL OR here.id = ANY (people))
          AND (rules.line_managers AND managers.id IS NOT NULL OR here.rank = ANY (rules.ranks))
    ), done AS (
        SELECT c.person_id, c.course_id, max(c.completed_on) AS last_on,
               CASE WHEN bool_and(c.valid_until IS NOT NULL) THEN max(c.valid_until) END AS holds_until
        FROM training_completion c JOIN rules ON rules.course_id = c.course_id
        WHERE people IS NULL OR c.person_id = ANY (people)
        GROUP BY c.person_id, c.course_id
    ), sessions AS (  -- one that is over counts for a week: who came may not be written yet
        SELECT s.id, s.course_id, (s.starts_at AT TIME ZONE 'Europe/London')::date AS day
        FROM training_session s JOIN rules ON rules.course_id = s.course_id
        WHERE s.state = 'planned' AND s.ends_at > now() - interval '7 days'
    ), booked AS (
        SELECT p.person_id, s.course_id, coalesce(min(s.day) FILTER (WHERE s.day >= today), max(s.day)) AS day
        FROM sessions s JOIN training_place p ON p.session_id = s.id
        WHERE p.state = 'booked' AND (people IS NULL OR p.person_id = ANY (people))
        GROUP BY p.person_id, s.course_id
    ), stands AS (
        SELECT r.*, coalesce(r.ended_on < kept_from, false) AS forgotten FROM training_required r
        WHERE people IS NULL OR r.person_id = ANY (people)
    ), should AS MATERIALIZED (
        SELECT c.requirement, c.person, begun.since, done.last_on, booked.day AS booked_on,
               CASE WHEN done.last_on IS NULL THEN begun.since + c.within_days ELSE done.holds_until END AS due_on,
               stands.id IS NULL OR stands.ended_on IS NOT NULL
               OR (stands.done_on, stands.booked_on) IS DISTINCT FROM (done.last_on, booked.day)
               OR stands.due_on IS DISTINCT FROM
                  CASE WHEN done.last_on IS NULL THEN begun.since + c.within_days ELSE done.holds_until END AS is_new
        FROM concerned c
        LEFT JOIN stands ON stands.requirement_id = c.requirement AND stands.person_id = c.person
        LEFT JOIN done ON done.person_id = c.person AND done.course_id = c.course_id
        LEFT JOIN booked ON booked.person_id = c.person AND booked.course_id = c.course_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN stands.id IS NULL OR stands.forgotten THEN today ELSE stands.since END AS since
        ) AS begun
    ), written AS (
        INSERT INTO training_required AS held (requirement_id, person_id, since, done_on, due_on, booked_on)
        SELECT requirement, person, since, last_on, due_on, booked_on FROM should WHERE is_new
        ORDER BY requirement, person
        ON CONFLICT (requirement_id, person_id) DO UPDATE
            SET since = excluded.since, done_on = excluded.done_on, due_on = excluded.due_on,
                booked_on = excluded.booked_on, ended_on = NULL
        RETURNING held.id
    ), ended AS (
        UPDATE training_required over SET ended_on = today, booked_on = NULL FROM stands
        WHERE over.id = stands.id AND stands.ended_on IS NULL
          AND NOT EXISTS (SELECT FROM should s WHERE s.requirement = over.requirement_id AND s.person = over.person_id)
        RETURNING over.id
    ), gone AS (
        DELETE FROM training_required over USING stands
        WHERE over.id = stands.id AND stands.forgotten
          AND NOT EXISTS (SELECT FROM should s WHERE s.requirement = over.requirement_id AND s.person = over.person_id)
    )
    SELECT id FROM written UNION ALL SELECT id FROM ended;
END $$;
REVOKE EXECUTE ON FUNCTION training_sync_required(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_sync_required(bigint[]) TO wellbeing_app, wellbeing_worker;

-- Since when it is required is the database's to say: from when it was made, concerns another course, or was switched on.
CREATE FUNCTION training_required_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.course_id = OLD.course_id AND (OLD.is_in_force OR NOT NEW.is_in_force) THEN
        NEW.since := OLD.since;
    ELSE
        NEW.since := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER required_since BEFORE INSERT OR UPDATE ON training_requirement
    FOR EACH ROW EXECUTE FUNCTION training_required_since();

-- What is required is a course, never an event or what champions are trained in: HR reads who has a place in it.
CREATE FUNCTION training_only_a_course_is_required() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM training_requirement r JOIN training_course c ON c.id = r.course_id
               WHERE c.purpose <> 'course' AND c.id = CASE WHEN TG_TABLE_NAME = 'training_course'
                     THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'course_id')::bigint END) THEN
        RAISE EXCEPTION 'only a course can be required'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'requirement_is_of_a_course';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_a_course AFTER INSERT OR UPDATE OF course_id ON training_requirement
    FOR EACH ROW EXECUTE FUNCTION training_only_a_course_is_required();
CREATE TRIGGER only_a_course AFTER UPDATE OF purpose ON training_course
    FOR EACH ROW EXECUTE FUNCTION training_only_a_course_is_required();

-- How somebody stands goes with their row on the roster.
DO $$
DECLARE
    tie record;
BEGIN
    SELECT conname AS name, pg_get_constraintdef(oid) AS said INTO STRICT tie FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'people_person'::regclass AND conrelid = 'training_required'::regclass;
    EXECUTE format('ALTER TABLE training_required DROP CONSTRAINT %I', tie.name);
    EXECUTE format('ALTER TABLE training_required ADD CONSTRAINT %I %s', tie.name,
                   replace(tie.said, ' DEFERRABLE', ' ON DELETE CASCADE DEFERRABLE'));
END $$;
