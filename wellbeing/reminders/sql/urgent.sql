-- A mail for each reader of something urgent, at once.
, made AS (
    INSERT INTO reminders_mail (id, person_id, state, attempts, made_at, next_attempt_at, trouble)
    SELECT gen_random_uuid(), person_id, 'waiting', 0, %(now)s, %(now)s, ''
    FROM (SELECT DISTINCT person_id FROM to_tell WHERE urgent) AS reader
    RETURNING id, person_id
)
UPDATE reminders_reminder reminder SET mail_id = made.id, told_at = %(now)s
FROM to_tell JOIN made USING (person_id) WHERE to_tell.urgent AND reminder.id = to_tell.id
