"""The order in which the tests run: the long ones first, so that at the end no process waits idly for another."""

from collections.abc import Sequence

import pytest


def is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def commits(item: pytest.Item) -> bool:
    """Whether its database is made anew after it; such tests also start threads, servers and browsers."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


def shares_with_its_module(item: pytest.Item) -> bool:
    """Whether it stands on something made once for its module; dealt out, it would be made in each process."""
    return any(found[-1].scope == "module" for found in item._fixtureinfo.name2fixturedefs.values() if found)


def for_workers(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Long tests, then those that commit, then the others, with an equal part of each for every worker.

    xdist (`--dist worksteal`) first gives each worker one connected part of the list, and who has finished takes from
    the end of another's. The order as collected leaves the long tests at the end of the last part: minutes in which
    some workers have nothing left to take. Every worker must come to the same order, so that it follows from
    the collected one alone. The sort keeps it within each rank, and with it modules together.
    """
    shared = [item for item in items if shares_with_its_module(item)]
    rest = [item for item in items if not shares_with_its_module(item)]
    dealt = sorted((item for item in rest if is_long(item) or commits(item)), key=lambda item: not is_long(item))
    short = shared + [item for item in rest if not (is_long(item) or commits(item))]
    return join(dealt, short, workers)


def join(dealt: list, short: list, workers: int) -> list:
    """`dealt` like cards over as many parts as workers, each filled from `short` to the size that xdist cuts."""
    ordered, left = [], len(dealt) + len(short)
    for worker in range(workers):
        part = dealt[worker::workers]
        room = max(0, left // (workers - worker) - len(part))
        part, short = part + short[:room], short[room:]
        left -= len(part)
        ordered += part
    return ordered + short
