-- Into each digest what its reader is to be told of. The digest is locked until this is committed: a worker that would
-- claim it and find nothing in it passes over it. No other is.
, ripe AS (
    SELECT id, person_id FROM to_tell WHERE NOT urgent AND (tell_from <= came OR tell_from > %(now)s)
), digest AS (
    SELECT id, person_id FROM reminders_mail
    WHERE state = 'waiting' AND day IS NOT NULL AND person_id IN (SELECT person_id FROM ripe)
    FOR UPDATE SKIP LOCKED
)
UPDATE reminders_reminder reminder SET mail_id = digest.id, told_at = %(now)s
FROM ripe JOIN digest USING (person_id) WHERE reminder.id = ripe.id
