"""The order of the tests, see tests/order.py."""

import pytest

from tests.order import join


@pytest.mark.parametrize(("number", "workers"), [(10, 1), (10, 3), (11, 3), (3, 3), (2, 3)])
def test_every_worker_gets_as_many_long_ones_first_and_nothing_is_lost(number, workers):
    dealt, short = [f"long {n}" for n in range(number // 2)], [f"short {n}" for n in range(number - number // 2)]

    ordered = join(dealt, short, workers)

    assert sorted(ordered) == sorted(dealt + short)
    begins, left = 0, number
    for worker in range(workers):  # as xdist cuts it
        part = ordered[begins : begins + left // (workers - worker)]
        mine = dealt[worker::workers]
        assert part[: len(mine)] == mine[: len(part)]
        begins, left = begins + len(part), left - len(part)
