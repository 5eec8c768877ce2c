-- Who can keep contact with whom: a welfare mentor with a free place, outside the line of command; and who is told when
-- somebody asks for another person. None of the first functions is anybody's to call but the ones below and beside.

-- Everybody in somebody's line of command, upwards and downwards at any depth, whoever acts there, and themselves.
CREATE FUNCTION mentoring_line_around(p_person bigint) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_person UNION SELECT career_line_of(p_person)
    UNION
    SELECT link.carer_id FROM confidential_carelink link
    WHERE link.subject_id = p_person AND link.why IN ('line_manager', 'acting_manager')
      AND (link.ends IS NULL OR link.ends > now())
$$;

-- Whether somebody is away for long today.
CREATE FUNCTION mentoring_is_away(p_person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM mentoring_absence a WHERE a.subject_id = p_person AND a.first_day <= london_today()
                   AND (a.back_on IS NULL OR a.back_on > london_today()))
$$;

-- Who may be told that somebody asks for another person: a coordinator who is not in their line of command, not HR, and
-- does not keep contact with them; else the wellbeing lead, as long as they are none of that. The first is told.
CREATE FUNCTION mentoring_coordinators_for(p_subject bigint) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT held.person_id
    FROM people_roleassignment held JOIN people_person p ON p.id = held.person_id
    WHERE held.role IN ('coordinator', 'lead') AND held.approved_at IS NOT NULL
      AND held.starts <= london_today() AND (held.ends IS NULL OR held.ends > london_today())
      AND person_is_here(p.id) AND NOT p.hidden AND NOT person_holds(p.id, 'hr')
      AND p.id NOT IN (SELECT mentoring_line_around(p_subject))
      AND NOT EXISTS (SELECT FROM confidential_carelink link
                      WHERE link.subject_id = p_subject AND link.carer_id = p.id
                        AND link.why IN ('keeps_contact', 'welfare_mentor') AND (link.ends IS NULL OR link.ends > now()))
    ORDER BY mentoring_is_away(p.id), held.role, held.starts, held.id
$$;
CREATE FUNCTION mentoring_coordinator_for(p_subject bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT * FROM mentoring_coordinators_for(p_subject) LIMIT 1 $$;

-- Whom whoever asks would be telling.
CREATE FUNCTION mentoring_my_coordinator() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT mentoring_coordinator_for(app_person()) $$;

-- With how many people a welfare mentor keeps contact.
CREATE FUNCTION mentoring_supports(p_mentor bigint) RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*)::integer FROM confidential_carelink link
    WHERE link.carer_id = p_mentor AND link.why = 'welfare_mentor' AND (link.ends IS NULL OR link.ends > clock_timestamp())
$$;

-- With how many of them whoever asks may reckon: not with anybody in their own line of command, of whom they are to
-- learn nothing, also not from what a mentor's number of places leaves over.
CREATE FUNCTION mentoring_supports_told(p_mentor bigint) RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*)::integer FROM confidential_carelink link
    WHERE link.carer_id = p_mentor AND link.why = 'welfare_mentor' AND (link.ends IS NULL OR link.ends > clock_timestamp())
      AND link.subject_id NOT IN (SELECT mentoring_line_around(app_person()))
$$;

-- The welfare mentors who take on somebody new, whoever it is and as far as they have a place: trained, not on a break,
-- not leaving within four weeks, at work.
CREATE FUNCTION mentoring_mentors_ready() RETURNS SETOF mentoring_welfareprofile
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT profile.*
    FROM mentoring_welfareprofile profile
    JOIN mentoring_mentor term ON term.id = profile.mentor_id
    JOIN people_person p ON p.id = profile.person_id
    WHERE term.starts <= london_today() AND (term.ends IS NULL OR term.ends > london_today() + 28)
      AND NOT profile.paused AND (profile.last_day IS NULL OR profile.last_day > london_today() + 28)
      AND profile.trained_on <= london_today()
      AND (profile.training_due IS NULL OR profile.training_due >= london_today())
      AND NOT p.hidden AND p.died_on IS NULL AND (p.left IS NULL OR p.left > london_today() + 28)
      AND NOT mentoring_is_away(p.id)
$$;

-- How many places are free with all of them together.
CREATE FUNCTION mentoring_places() RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(sum(greatest(ready.capacity - mentoring_supports(ready.person_id), 0)), 0)::integer
    FROM mentoring_mentors_ready() ready
$$;

-- Those of them who could begin with somebody: outside the line of command, and nobody who has kept contact in this
-- absence. Whether they have a place is not looked at.
CREATE FUNCTION mentoring_mentors_about(p_subject bigint) RETURNS SETOF mentoring_welfareprofile
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ready.* FROM mentoring_mentors_ready() ready
    WHERE ready.person_id NOT IN (SELECT mentoring_line_around(p_subject))
      AND NOT EXISTS (
          SELECT FROM confidential_carelink link
          WHERE link.subject_id = p_subject AND link.carer_id = ready.person_id
            AND link.why IN ('keeps_contact', 'welfare_mentor')
            AND (link.ends IS NULL OR link.ends >= (SELECT max(a.made_at) FROM mentoring_absence a
                                                    WHERE a.subject_id = p_subject)))
$$;

-- Those of them who have a place, most places free first.
CREATE FUNCTION mentoring_mentors_for(p_subject bigint) RETURNS TABLE (person_id bigint, free integer, about_me text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT able.person_id, able.capacity - load.supports, able.about_me
    FROM mentoring_mentors_about(p_subject) able
    CROSS JOIN LATERAL (SELECT mentoring_supports(able.person_id) AS supports) AS load
    WHERE load.supports < able.capacity
    ORDER BY 2 DESC, 1
$$;

-- Takes a place with a mentor for whoever calls, until the end of the transaction; false where there is none any longer.
CREATE FUNCTION mentoring_take_place(p_subject bigint, p_mentor bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM mentoring_welfareprofile profile WHERE profile.person_id = p_mentor FOR UPDATE;
    RETURN EXISTS (SELECT FROM mentoring_mentors_for(p_subject) free WHERE free.person_id = p_mentor);
END $$;

-- A welfare mentor's term has a profile from the start; a second call changes nothing.
CREATE FUNCTION mentoring_make_profile(p_mentor bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO mentoring_welfareprofile (mentor_id, person_id, capacity, paused, about_me, supervision_due)
    SELECT term.id, term.person_id, 2, false, '',
           greatest(term.starts, london_today()) + 7 * coalesce((SELECT supervision_weeks FROM mentoring_rules), 8)
    FROM mentoring_mentor term WHERE term.id = p_mentor AND term.kind = 'welfare'
    ON CONFLICT DO NOTHING
$$;

-- The coordinator notes a mentor's training, or supervision held; not their own. Returns whether it is so now.
CREATE FUNCTION mentoring_note_training(p_mentor bigint, p_trained date, p_due date)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE mentoring_welfareprofile SET trained_on = p_trained, training_due = p_due
    WHERE mentor_id = p_mentor AND app_holds('coordinator') AND person_id <> app_person();
    RETURN FOUND;
END $$;
CREATE FUNCTION mentoring_note_supervision(p_id uuid, p_mentor bigint, p_held date, p_with bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    profile mentoring_welfareprofile;
BEGIN
    SELECT * INTO profile FROM mentoring_welfareprofile WHERE mentor_id = p_mentor FOR UPDATE;
    IF profile.mentor_id IS NULL OR NOT app_holds('coordinator') OR profile.person_id IN (app_person(), p_with) THEN
        RETURN false;
    END IF;
    INSERT INTO mentoring_supervision (id, mentor_id, person_id, held_on, with_whom_id)
    VALUES (p_id, p_mentor, profile.person_id, p_held, p_with) ON CONFLICT DO NOTHING;
    UPDATE mentoring_welfareprofile
    SET supervision_due = 7 * coalesce((SELECT supervision_weeks FROM mentoring_rules), 8)
                          + (SELECT max(held_on) FROM mentoring_supervision s WHERE s.mentor_id = p_mentor)
    WHERE mentor_id = p_mentor;
    RETURN true;
END $$;

-- With how many people each welfare mentor keeps contact, for a coordinator: numbers, and none that stands for anybody
-- in the coordinator's own line of command, of whom they are to learn nothing.
CREATE FUNCTION mentoring_loads() RETURNS TABLE (person_id bigint, supports integer) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT link.carer_id, count(*)::integer FROM confidential_carelink link
    WHERE app_holds('coordinator') AND link.why = 'welfare_mentor' AND (link.ends IS NULL OR link.ends > now())
      AND link.subject_id NOT IN (SELECT mentoring_line_around(app_person()))
    GROUP BY link.carer_id
$$;

-- The absences in which nobody keeps contact, for a coordinator who is outside that person's line.
CREATE FUNCTION mentoring_unkept() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM mentoring_absence a
    WHERE app_holds('coordinator') AND a.first_day <= london_today() AND (a.back_on IS NULL OR a.back_on > london_today())
      AND person_is_here(a.subject_id) AND a.subject_id NOT IN (SELECT mentoring_line_around(app_person()))
      AND NOT EXISTS (SELECT FROM confidential_carelink link
                      WHERE link.subject_id = a.subject_id AND link.why IN ('keeps_contact', 'welfare_mentor')
                        AND (link.ends IS NULL OR link.ends > now()))
$$;

-- Terms from before now have a profile too.
SELECT mentoring_make_profile(id) FROM mentoring_mentor;

REVOKE EXECUTE ON FUNCTION mentoring_line_around(bigint), mentoring_is_away(bigint), mentoring_coordinators_for(bigint),
    mentoring_coordinator_for(bigint), mentoring_my_coordinator(), mentoring_supports(bigint),
    mentoring_supports_told(bigint), mentoring_mentors_ready(), mentoring_places(), mentoring_mentors_about(bigint),
    mentoring_mentors_for(bigint), mentoring_take_place(bigint, bigint), mentoring_make_profile(bigint),
    mentoring_note_training(bigint, date, date), mentoring_note_supervision(uuid, bigint, date, bigint),
    mentoring_loads(), mentoring_unkept() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_my_coordinator(), mentoring_make_profile(bigint),
    mentoring_note_training(bigint, date, date), mentoring_note_supervision(uuid, bigint, date, bigint),
    mentoring_loads(), mentoring_unkept() TO wellbeing_app;
