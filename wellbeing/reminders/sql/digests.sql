-- At most one digest for each coming of the hour, and none on a day on which one went out late. (What a wrong clock
-- wished to be told from a time that is still to come is told now.)
INSERT INTO reminders_mail (id, person_id, day, state, attempts, made_at, next_attempt_at, trouble)
SELECT gen_random_uuid(), person_id, (came AT TIME ZONE %(zone)s)::date, 'waiting', 0, %(now)s, %(now)s, ''
FROM (
    SELECT DISTINCT person_id, came FROM to_tell WHERE NOT urgent AND (tell_from <= came OR tell_from > %(now)s)
) AS reader
WHERE NOT EXISTS (
    SELECT FROM reminders_mail sent
    WHERE sent.person_id = reader.person_id AND sent.day IS NOT NULL
      AND sent.sent_at >= %(today)s AND sent.sent_at <= %(now)s)
ON CONFLICT DO NOTHING
