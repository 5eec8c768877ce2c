"""How long suggesting career mentors takes, in one query, against reading the same mentors in no order.

As a module, `python -m tests.benchmarks.suggesting 200 300`: makes up so many mentors, asks so many times each way with
the web's login, and prints the times in milliseconds.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

from tests.benchmarks import measure
from wellbeing.embedded import environment, portal, processes
from wellbeing.embedded.postgres import connect_as_superuser

READ = "the same mentors, read in no order"
SUGGEST = "twelve suggestions with reasons"
PEOPLE = 7_000
WARM_UP = 10
# Mentors from all over the force, each with some experience, a path, and mostly with room.
_MENTORS = """
INSERT INTO mentoring_mentor (person_id, kind, starts, ended_by_leaving)
SELECT p.id, 'career', now()::date, false FROM people_person p
WHERE NOT p.hidden AND p.left IS NULL
  AND NOT EXISTS (SELECT FROM mentoring_mentor m WHERE m.person_id = p.id AND m.kind = 'career')
ORDER BY md5(p.id::text) LIMIT greatest(%(count)s - (SELECT count(*) FROM mentoring_mentor WHERE kind = 'career'), 0);
INSERT INTO mentoring_careerprofile (mentor_id, capacity, paused, path, experience, about_me)
SELECT m.id, 1 + m.id %% 3, m.id %% 10 = 0, (%(paths)s::text[])[1 + m.id %% 9 : 3 + m.id %% 9],
       (%(experience)s::text[])[1 + m.id %% 11 : 4 + m.id %% 11], 'An hour over a coffee, once a month.'
FROM mentoring_mentor m WHERE m.kind = 'career' ON CONFLICT DO NOTHING;
"""
_READ = """
SELECT p.id, p.known_as, p.last_name, p.rank_or_grade, s.name, f.* FROM mentoring_careerprofile f
JOIN mentoring_mentor m ON m.id = f.mentor_id JOIN people_person p ON p.id = m.person_id
LEFT JOIN people_station s ON s.id = p.station_id
"""


def measure_all(sizes: list[int], *, rounds: int, say: Callable[[str], None]) -> list[str]:
    """A table for each number of mentors, smallest first, in one force."""
    tables = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        say(f"Loading {PEOPLE:,} people")
        with measure.loaded(Path(name), max(PEOPLE, 2 * max(sizes))) as known:
            for mentors in sorted(sizes):
                say(f"Suggesting from {mentors:,} career mentors {rounds} times")
                command = [sys.executable, "-m", "tests.benchmarks.suggesting", str(mentors), str(rounds)]
                env = environment.for_login(known, "app")
                found = json.loads(processes.run(command, capture=True, env=env, cwd=portal.ROOT))
                times = [measure.Times(way, found[way], 0) for way in (READ, SUGGEST)]
                tables.append(measure.table(f"{mentors:,} career mentors", times))
    return tables


def main(mentors: int, rounds: int) -> dict[str, list[float]]:
    from django.db import connection

    from mentoring.actions import career as actions
    from mentoring.prompts_career import EXPERIENCE, PATHS
    from mentoring.queries import career as queries
    from wellbeing.people.models import Person
    from wellbeing.web.identity import acting_as

    prepare(_MENTORS, count=mentors, paths=[*PATHS], experience=[*EXPERIENCE])
    person = Person.objects.filter(rank_or_grade="PC", career_requests=None, line_manager__isnull=False).first()
    with acting_as(person):
        request = actions.begin_request(by=person)
        wanted = "update mentoring_careerrequest set wanted_path = %s, wanted_experience = %s where id = %s"
        with connection.cursor() as cursor:
            cursor.execute(wanted, [["custody", "roads"], ["board", "lateral", "flexible"], request.pk])

        def read():
            with connection.cursor() as cursor:
                cursor.execute(_READ)
                return cursor.fetchall()

        return in_turn({READ: read, SUGGEST: lambda: queries.suggestions(request)}, rounds)


def prepare(sql: str, **values) -> None:
    connection = connect_as_superuser(Path(os.environ["DATABASE_HOST"]), os.environ["DATABASE_NAME"])
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def in_turn(ways: dict[str, Callable], rounds: int, *, warm_up: int = WARM_UP) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + warm_up):
        for name, way in ways.items():
            started = time.perf_counter()
            if not way():
                raise RuntimeError(f"Nothing came of {name}")
            if number >= warm_up:
                times[name].append((time.perf_counter() - started) * 1000)
    return times


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
