"""`make bench`: the directory of champions, the walls around confidential text, the sweep for reminders, suggestions,
posters, search.

Each against what it stands on, in one run. The goals: the directory in twice a bare Django page's time, at 7,000 and
at 250,000 people; at 200,000 records, opening one in ten times a bare indexed read with commit, and the manager's page
in one and a half times the same page without row security; the sweep in twice the time of the SQL it runs, with memory
that does not grow; career mentors suggested from 2,000 in one query, in a time in which nobody waits; the posters of 25
stations in five seconds; a search of the whole portal in the same time at both numbers of people. The numbers are
reported and fail nothing: they are the machine's as much as ours.
`make bench ARGS="--only records --rounds 100"`.
"""

import argparse
import sys

from tests.benchmarks import confidential, measure, posters, searching, suggesting, sweep

SIZES = (7_000, 250_000)
RECORDS = 200_000
MENTORS = (200, 2_000)
ALL = ("directory", "records", "sweep", "suggestions", "posters", "search")
SWEEPS = 10  # each way: one of 250,000 people takes seconds


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=ALL, nargs="+", default=ALL, help="which comparisons")
    parser.add_argument(
        "--people", type=int, nargs="+", default=SIZES, help="how many, for the directory, sweep and search"
    )
    parser.add_argument("--records", type=int, default=RECORDS, help="how many, about the first number of people")
    parser.add_argument("--mentors", type=int, nargs="+", default=MENTORS, help="how many, for the suggestions")
    parser.add_argument("--rounds", type=int, default=300, help="how often each way is taken")
    options = parser.parse_args(arguments)
    say(f"One web worker each, {measure.cores()} cores.\n")
    tables = []
    if "directory" in options.only:
        for people in options.people:
            found = measure.measure(people, rounds=options.rounds, say=say)
            tables.append(measure.table(f"{people:,} people", found))
    if "records" in options.only:
        tables += confidential.measure_all(options.records, options.people[0], rounds=options.rounds, say=say)
    if "sweep" in options.only:
        tables += sweep.measure_all(options.people, rounds=min(options.rounds, SWEEPS), say=say)
    if "suggestions" in options.only:
        tables += suggesting.measure_all(options.mentors, rounds=options.rounds, say=say)
    if "posters" in options.only:
        tables += posters.measure_all(options.people[0], rounds=min(options.rounds, SWEEPS), say=say)
    if "search" in options.only:
        tables += searching.measure_all(options.people, rounds=options.rounds, say=say)
    say("\n" + "\n\n".join(tables))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
