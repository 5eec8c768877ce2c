"""Confidential records in great number, for benchmarks: `python -m tests.benchmarks.records 200000`.

Written by the superuser past every door, with a statement for each table, over everybody who has a line manager
today. A few of each manager's records hold a text that opens; the others hold as many bytes that never will.
"""

import os
import sys
from pathlib import Path

import django

from wellbeing.embedded.postgres import connect_as_superuser

ANSWERS = {
    "how": "Settled in on nights, though sleep is short. " * 6,
    "work": "Two cases closed, one that stays with her; asked for a day with the team in March. " * 5,
    "next": "Talk to the planning desk about the rota before the next 1-1. " * 3,
}
LENGTHS = (180, 350, 500, 650, 800, 950, 1100, 1300, 1500, 1700, 2000, 2600, 3200)  # bytes, as texts differ

# Every six weeks back from today, as far as the number goes; the links have been there all the while.
_RECORDS = """
UPDATE confidential_carelink
SET starts = now() - interval '50 years', opens_from = now() - interval '50 years',
    told_from = now() - interval '50 years'
WHERE why = 'line_manager' AND ends IS NULL;
CREATE TEMPORARY TABLE wanted AS
SELECT gen_random_uuid() AS id, gen_random_uuid() AS version, link.subject_id, link.carer_id, n,
       now() - make_interval(days => (42 * n + link.subject_id %% 42)::int) AS at
FROM confidential_carelink link, generate_series(0, (SELECT %(count)s / count(*) FROM confidential_carelink)) AS n
WHERE link.why = 'line_manager' AND link.ends IS NULL
ORDER BY n LIMIT %(count)s;
INSERT INTO mentoring_onetoone (id, subject_id, manager_id, held_on, how, has_text, made_at)
SELECT id, subject_id, carer_id, at::date, 'full', true, at FROM wanted;
INSERT INTO confidential_record (id, kind, subject_id, author_id, made_at)
SELECT id, 'one_to_one', subject_id, carer_id, at FROM wanted;
INSERT INTO confidential_version (id, record_id, part, number, author_id, made_at)
SELECT version, id, 'text', 1, carer_id, at FROM wanted;
INSERT INTO confidential_body (version_id, key_id, sealed, fingerprint)
SELECT version, %(key)s, (%(fill)s::bytea[])[1 + abs(hashtext(version::text)) %% %(fills)s],
       uuid_send(id) || uuid_send(version)
FROM wanted;
INSERT INTO mentoring_action (id, one_to_one_id, subject_id, owner, due, made_at, done_on)
SELECT gen_random_uuid(), id, subject_id, 'person', at::date + 42, at, CASE WHEN n > 1 THEN at::date + 40 END
FROM wanted;
INSERT INTO mentoring_schedule (subject_id, next_due)
SELECT subject_id, max(at)::date + 42 FROM wanted GROUP BY subject_id ON CONFLICT (subject_id) DO NOTHING;
INSERT INTO mentoring_adjustment (id, subject_id, agreed_on, until, made_at, decision)
SELECT gen_random_uuid(), subject_id, max(at)::date, max(at)::date + 90, max(at), 'agreed' FROM wanted
WHERE subject_id %% 10 = 0 GROUP BY subject_id;
"""
# One record each of many people, found anywhere in the table.
TO_OPEN = """
SELECT record.id, version.id, link.carer_id
FROM (SELECT DISTINCT ON (subject_id) * FROM confidential_record WHERE kind = 'one_to_one'
      ORDER BY subject_id, md5(id::text)) AS record
JOIN confidential_version version ON version.record_id = record.id
JOIN confidential_carelink link ON link.subject_id = record.subject_id
WHERE link.why = 'line_manager' AND link.ends IS NULL
ORDER BY md5(record.id::text) LIMIT 2000
"""


def load(count: int) -> int:
    """Write `count` records; returns how many there are."""
    from wellbeing.confidential import sealing

    connection = connect_as_superuser(Path(os.environ["DATABASE_HOST"]), os.environ["DATABASE_NAME"])
    with connection.cursor() as cursor:
        key, _ = sealing.seal_text("", place="")
        fill = [os.urandom(length) for length in LENGTHS for _ in range(8)]
        cursor.execute(_RECORDS, {"count": count, "key": key, "fill": fill, "fills": len(fill)})
        cursor.execute(TO_OPEN)
        for _, version, _ in cursor.fetchall():
            sealed = sealing.seal_answers(ANSWERS, place=f"confidential_body:sealed:{version}")[1]
            cursor.execute("UPDATE confidential_body SET sealed = %s WHERE version_id = %s", [sealed, version])
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM confidential_record")
        found = cursor.fetchone()[0]
    connection.close()
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    sys.stdout.write(f"{load(int(sys.argv[1])):,} records\n")
