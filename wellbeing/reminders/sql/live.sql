-- What a kind's query found (the thing, whom to tell, whom it is about, the date), without those who have left or died:
-- nobody is told who has, nor of anybody who has.
WITH things (about, person, subject, due) AS ({things}),
here (id) AS ({here}),
live AS (
    SELECT things.about::text AS about, person, subject, due FROM things
    WHERE due <= {furthest}::date AND person IN (SELECT id FROM here)
      AND (subject IS NULL OR subject IN (SELECT id FROM here))
)
