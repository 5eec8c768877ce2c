"""`make bench`: the directory of champions against a bare Django page, in one run.

The goal is twice the bare page's time, at 7,000 and at 250,000 people. The numbers are reported and
fail nothing: they are the machine's as much as ours. `make bench ARGS="--people 7000 --rounds 100"`.
"""

import argparse
import sys

from tests.benchmarks import measure

SIZES = (7_000, 250_000)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="+", default=SIZES, help="how many, for each comparison")
    parser.add_argument("--rounds", type=int, default=300, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    say(f"One web worker each, {measure.cores()} cores. The goal: 2 x at every size.\n")
    tables = [measure.table(size, measure.measure(size, rounds=options.rounds, say=say)) for size in options.people]
    say("\n" + "\n\n".join(tables))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
