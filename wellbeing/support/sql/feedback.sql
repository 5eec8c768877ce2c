-- Answers to “did this help?” are added up and seen by nobody one by one. The web adds one; whoever keeps guidance
-- reads quarters that are over, of five answers and more, and of each answer its number from five on. There are no
-- sums over pages or quarters, so nothing can be subtracted.
REVOKE ALL ON support_feedback FROM wellbeing_app, wellbeing_worker;

CREATE FUNCTION support_count_answer(about_kind text, about_key text, given text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO support_feedback AS counted (kind, key, month, answer, count)
    VALUES (about_kind, about_key, date_trunc('month', london_today())::date, given, 1)
    ON CONFLICT (kind, key, month, answer) DO UPDATE SET count = counted.count + 1
$$;

CREATE FUNCTION support_forget_answers(about_kind text, about_key text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM support_feedback WHERE kind = about_kind AND key = about_key
$$;

CREATE FUNCTION support_answers()
RETURNS TABLE (kind text, key text, quarter date, yes bigint, partly bigint, no bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT kind, key, quarter,
           CASE WHEN yes >= 5 THEN yes END, CASE WHEN partly >= 5 THEN partly END, CASE WHEN no >= 5 THEN no END
    FROM (
        SELECT kind, key, date_trunc('quarter', month)::date AS quarter,
               sum(count) FILTER (WHERE answer = 'yes') AS yes,
               sum(count) FILTER (WHERE answer = 'partly') AS partly,
               sum(count) FILTER (WHERE answer = 'no') AS no
        FROM support_feedback
        WHERE month < date_trunc('quarter', london_today())
          AND (app_holds('coordinator') OR app_holds('lead')
               OR kind = 'guidance' AND key IN (SELECT id::text FROM support_guidance WHERE owner_id = app_person()))
        GROUP BY 1, 2, 3
        HAVING sum(count) >= 5
    ) AS counted
    ORDER BY quarter DESC, kind, key
$$;

REVOKE ALL ON FUNCTION support_count_answer(text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION support_forget_answers(text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION support_answers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION support_count_answer(text, text, text) TO wellbeing_app;
GRANT EXECUTE ON FUNCTION support_forget_answers(text, text) TO wellbeing_app, wellbeing_worker;
GRANT EXECUTE ON FUNCTION support_answers() TO wellbeing_app;
