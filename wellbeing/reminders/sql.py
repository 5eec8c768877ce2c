"""The sweep's two statements. `{due}` is a kind's queryset as SQL: the thing, the person, the date."""

# One row for each thing, for the latest step it has reached: somebody who turns up late in the
# list is told once, not once for every step that has passed. What had lapsed and is due again
# comes back; its mail is not sent a second time.
MAKE = """
WITH things (about, person, due) AS ({due})
INSERT INTO reminders_reminder
    (id, kind, about, person_id, due, step, state, attempts, next_attempt_at, message_id, made_at)
SELECT gen_random_uuid(), %s, things.about::text, things.person, things.due, reached.step,
       'waiting', 0, %s, gen_random_uuid(), %s
FROM things
CROSS JOIN LATERAL (
    SELECT min(step) AS step FROM unnest(%s::int[]) AS step WHERE things.due - step <= %s
) AS reached
WHERE things.due <= %s::date + %s AND reached.step IS NOT NULL AND things.person IN ({people})
ON CONFLICT (kind, about, due, step) DO UPDATE
    SET state = CASE WHEN reminders_reminder.sent_at IS NULL THEN 'waiting' ELSE 'sent' END
    WHERE reminders_reminder.state = 'lapsed'
"""

# A row lapses when its thing is done, gone or has another date, and when a later step has followed it.
LAPSE = """
WITH things (about, person, due) AS ({due})
UPDATE reminders_reminder AS old SET state = 'lapsed'
WHERE old.kind = %s AND old.state IN ('waiting', 'sent', 'failed')
  AND (
    NOT EXISTS (SELECT FROM things WHERE things.about::text = old.about AND things.due = old.due)
    OR EXISTS (
        SELECT FROM reminders_reminder AS later
        WHERE later.kind = old.kind AND later.about = old.about AND later.due = old.due AND later.step < old.step
    )
  )
"""
