-- A row lapses when its thing is done, gone, somebody else's or has another date, when a later step has followed it,
-- and when a clock that was wrong had made it before its time. The sweep passes over rows that somebody else is
-- changing, so that it and a page never wait for each other; its next run finds them.
UPDATE reminders_reminder SET state = 'lapsed', lapsed_at = {now}
WHERE id IN (
    SELECT old.id FROM reminders_reminder AS old
    LEFT JOIN live ON live.about = old.about AND live.due = old.due AND live.person = old.person_id
    WHERE old.kind = {kind} AND old.state <> 'lapsed' AND {among}
      AND (
        live.about IS NULL
        OR old.due - old.step > {reached}::date
        OR EXISTS (
            SELECT FROM reminders_reminder AS later
            WHERE later.kind = old.kind AND later.about = old.about AND later.due = old.due
              AND later.person_id = old.person_id AND later.step < old.step AND later.state <> 'lapsed')
      )
    ORDER BY old.about, old.due
    FOR UPDATE OF old {wait}
)
