-- What is published for the wellbeing lead, made in the database and nowhere else. docs/decisions/0019-figures.md says
-- why each line is as it is. Of the functions here the last may be called from outside; the others are its parts.

-- A whole number by chance, as often above 0 as below: one number of heads thrown in a row less another. 0 comes one
-- time in three, and each step away from it half as often as the one before; no number is impossible.
CREATE FUNCTION mentoring_chance() RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(nullif(position(B'1' IN ('x' || left(hex, 8))::bit(32)), 0), 33)
         - coalesce(nullif(position(B'1' IN ('x' || right(hex, 8))::bit(32)), 0), 33)
    FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS hex) AS thrown
$$;

-- How many working days lie after one day, up to and with another (Monday to Friday but for these holidays).
CREATE FUNCTION mentoring_working_days(earlier date, later date, holidays date[])
RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT count(*) FROM generate_series(earlier + 1, later, interval '1 day') AS series (day)
    WHERE extract(isodow FROM day) < 6 AND NOT coalesce(day::date = ANY (holidays), false)
$$;

-- The true counts of one quarter by division ('' where somebody has none), each person once: `among` names those
-- counted, `whole` is how many they are, `met` for how many of them it was so. Nobody may call it.
CREATE FUNCTION mentoring_count(p_from date, p_until date, p_holidays date[])
RETURNS TABLE (what text, among text, division text, whole bigint, met bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH decided AS (
        SELECT coalesce(max(contact_by_day), 28) AS by_day, coalesce(max(return_late_days), 2) AS late FROM mentoring_rules
    ), places AS (
        SELECT p.id AS person, coalesce(d.name, '') AS division, coalesce(p.died_on, p."left", 'infinity') AS here_until
        FROM people_person p
        LEFT JOIN people_station s ON s.id = p.station_id
        LEFT JOIN people_division d ON d.id = s.division_id
    ), away AS (
        -- Still away on the last day for a first contact, which lies in this quarter.
        SELECT DISTINCT ON (a.subject_id) places.division, a.first_day + by_day - 1 AS last_day, plan.*
        FROM mentoring_absence a
        JOIN mentoring_contactplan plan ON plan.absence_id = a.id
        JOIN places ON places.person = a.subject_id
        CROSS JOIN decided
        WHERE a.first_day + by_day - 1 BETWEEN p_from AND p_until
          AND (a.back_on IS NULL OR a.back_on > a.first_day + by_day - 1)
          AND here_until > a.first_day + by_day - 1
        ORDER BY a.subject_id, a.first_day
    ), back AS (
        SELECT DISTINCT ON (a.subject_id) places.division, a.back_on, late, meeting.held_on
        FROM mentoring_absence a
        JOIN places ON places.person = a.subject_id
        CROSS JOIN decided
        LEFT JOIN mentoring_returnmeeting meeting ON meeting.absence_id = a.id
        WHERE a.back_on BETWEEN p_from AND p_until AND here_until > a.back_on
        ORDER BY a.subject_id, a.back_on
    )
    SELECT 'contacted', 'away', division, count(*),
           count(*) FILTER (WHERE first_contact_on <= last_day OR first_paused_on <= last_day)
    FROM away GROUP BY division
    UNION ALL
    SELECT 'planned', 'away', division, count(*),
           count(*) FILTER (WHERE agreed_on <= p_until OR first_paused_on <= p_until OR kept_by <> 'line_manager')
    FROM away GROUP BY division
    UNION ALL
    SELECT 'returned', 'back', division, count(*),
           count(*) FILTER (WHERE held_on IS NOT NULL AND mentoring_working_days(back_on, held_on, p_holidays) <= late)
    FROM back GROUP BY division
$$;

-- What of two numbers that chance has moved is shown: of about how many, and the share, in fives; where fewer than 5
-- were met, or fewer than 5 were not, that alone.
CREATE FUNCTION mentoring_shown(p_whole bigint, p_met bigint, OUT band text, OUT about integer, OUT share integer)
LANGUAGE sql IMMUTABLE AS $$
    SELECT kind, 5 * round(p_whole / 5.0)::integer,
           CASE kind WHEN 'share' THEN least(95, greatest(5, 5 * round(20.0 * p_met / p_whole)::integer)) END
    FROM (SELECT CASE WHEN p_met < 5 THEN 'few' WHEN p_whole - p_met < 5 THEN 'most' ELSE 'share' END) AS told (kind)
$$;

-- Publishes a quarter that has been over for a fortnight, by its first day; the bank holidays around it are told. A
-- figure that is published is never made again. For the worker and the wellbeing lead; returns how many cells are new.
CREATE FUNCTION mentoring_publish_figures(p_from date, p_holidays date[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    until date := p_from + interval '3 months' - interval '1 day';
    made integer;
BEGIN
    IF session_user <> 'wellbeing_worker' AND NOT coalesce(app_holds('lead'), false)
       OR array_position(p_holidays, NULL) IS NOT NULL
       OR p_from <> date_trunc('quarter', p_from::timestamp)::date
       OR until + 14 >= london_today() OR p_from < london_today() - 3 * 366 THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('mentoring.figures'));
    WITH counted AS MATERIALIZED (
        SELECT * FROM mentoring_count(p_from, until, p_holidays) AS counts
        WHERE NOT EXISTS (SELECT FROM mentoring_figure f WHERE f.quarter = p_from AND f.what = counts.what)
    ), begun AS (
        SELECT counted.what, counted.among FROM counted GROUP BY 1, 2 HAVING sum(whole) >= 5
    ), moved_whole AS MATERIALIZED (  -- once for all figures about the same people
        SELECT among, division, max(whole) + mentoring_chance() AS moved FROM counted GROUP BY among, division
    ), cells AS MATERIALIZED (
        SELECT what, division, whole, greatest(moved, 0) AS moved, met + mentoring_chance() AS met
        FROM counted JOIN begun USING (what, among) JOIN moved_whole USING (among, division)
    ), sorted AS (
        SELECT *, division <> '' AND whole >= 5 AND moved >= 10 AS alone FROM cells
    ), others AS (
        SELECT what, sum(moved)::bigint AS moved, sum(met)::bigint AS met FROM sorted WHERE NOT alone
        GROUP BY what HAVING sum(whole) >= 5 AND sum(moved) >= 10
    ), shown AS (
        SELECT what, 'division' AS scope, division, moved, met FROM sorted WHERE alone
        UNION ALL SELECT what, 'others', '', moved, met FROM others
    ), together AS (
        SELECT * FROM shown
        UNION ALL
        SELECT what, 'force', '', sum(moved)::bigint, sum(met)::bigint FROM shown GROUP BY what HAVING count(*) > 1
    ), hidden AS (
        SELECT begun.what, d.name FROM begun CROSS JOIN people_division d
        WHERE NOT EXISTS (SELECT FROM shown s WHERE s.what = begun.what AND s.division = d.name)
    )
    INSERT INTO mentoring_figure (quarter, what, scope, division, band, about, share)
    SELECT p_from, t.what, t.scope, t.division, cell.band, cell.about, cell.share
    FROM together t CROSS JOIN LATERAL mentoring_shown(t.moved, least(greatest(t.met, 0), t.moved)) AS cell
    UNION ALL
    SELECT p_from, hidden.what, 'division', hidden.name, 'hidden', NULL, NULL FROM hidden;
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;

REVOKE EXECUTE ON FUNCTION mentoring_chance(), mentoring_working_days(date, date, date[]),
    mentoring_count(date, date, date[]), mentoring_shown(bigint, bigint), mentoring_publish_figures(date, date[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_publish_figures(date, date[]) TO wellbeing_app, wellbeing_worker;
