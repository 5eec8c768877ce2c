-- One row for each thing, for the latest step it has reached: somebody who turns up late in the list is told once,
-- not once for every step that has passed. Which days count as reached depends on the reader's shift pattern
-- (0: none of their own). A row that stands as it should is not touched, so that no page waits for the sweep.
-- What had lapsed and is due again comes back, put away if it was; its mail is not sent a second time, but where a
-- wrong clock had told of it much too early. What is somebody else's now is a new row to them.
INSERT INTO reminders_reminder AS held
    (id, kind, about, person_id, subject_id, due, step, state, made_at, tell_from)
SELECT DISTINCT ON (live.about, live.due)
    gen_random_uuid(), {kind}, live.about, live.person, live.subject, live.due, reached.step, 'open', {now}, {from_}
FROM live
LEFT JOIN reminders_preferences wishes ON wishes.person_id = live.person
JOIN unnest({patterns}::bigint[], {untils}::date[]) AS horizon (pattern, until)
    ON horizon.pattern = coalesce(wishes.pattern_id, 0)
CROSS JOIN LATERAL (
    SELECT min(step) AS step FROM unnest({steps}::int[]) AS step WHERE live.due - step <= horizon.until
) AS reached
WHERE reached.step IS NOT NULL AND NOT EXISTS (
    SELECT FROM reminders_reminder stands
    WHERE stands.kind = {kind} AND stands.about = live.about AND stands.due = live.due
      AND stands.person_id = live.person AND stands.state <> 'lapsed' AND stands.step <= reached.step)
ORDER BY live.about, live.due, live.person
ON CONFLICT (kind, about, due, step) DO UPDATE SET
    id = CASE WHEN {same_reader} THEN held.id ELSE excluded.id END,
    made_at = CASE WHEN {same_reader} THEN held.made_at ELSE excluded.made_at END,
    state = CASE WHEN {same_reader} AND held.closed_at IS NOT NULL THEN 'closed' ELSE 'open' END,
    closed_at = CASE WHEN {same_reader} THEN held.closed_at END,
    told_at = CASE WHEN {told_already} THEN held.told_at END,
    mail_id = CASE WHEN {told_already} THEN held.mail_id END,
    tell_from = excluded.tell_from, lapsed_at = NULL,
    person_id = excluded.person_id, subject_id = excluded.subject_id
WHERE held.state = 'lapsed' OR held.person_id <> excluded.person_id
