-- What is to be mailed now, by each reader's wishes; `came` is when their hour last came on a working day. Nothing to
-- or about those who have left or died, and nothing to an address that was changed and is not confirmed. What
-- somebody is changing at this moment waits for the next time.
WITH hours (pattern, hour, came) AS (
    SELECT * FROM unnest(%(patterns)s::bigint[], %(hours)s::int[], %(came)s::timestamptz[])
), here AS (
    SELECT id, identity_changed_at FROM people_person
    WHERE died_on IS NULL AND ("left" IS NULL OR "left" > %(day)s)
), to_tell AS (
    SELECT reminder.id, reminder.person_id, reminder.tell_from, hours.came, reminder.kind = ANY (%(urgent)s) AS urgent
    FROM reminders_reminder reminder
    LEFT JOIN reminders_preferences wishes ON wishes.person_id = reminder.person_id
    JOIN hours ON hours.pattern = coalesce(wishes.pattern_id, 0) AND hours.hour = coalesce(wishes.hour, %(hour)s)
    WHERE reminder.state = 'open' AND reminder.told_at IS NULL AND reminder.kind = ANY (%(kinds)s)
      AND NOT coalesce(wishes.paused, false)
      AND (reminder.kind = ANY (%(always)s)
           OR coalesce(wishes.by_mail, true) AND NOT reminder.kind = ANY (coalesce(wishes.muted, '{}')))
      AND reminder.person_id IN (SELECT id FROM here WHERE identity_changed_at IS NULL)
      AND (reminder.subject_id IS NULL OR reminder.subject_id IN (SELECT id FROM here))
    FOR UPDATE OF reminder SKIP LOCKED
)
