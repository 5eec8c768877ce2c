"""The days on which other tests rely are there in every year that is known."""

from datetime import date, timedelta

import pytest
import time_machine

from tests import days


@pytest.mark.parametrize("year", range(2026, 2031))
def test_a_quiet_day_is_near_on_every_day_of_the_year(year):
    for number in range(365):
        today = date(year, 1, 1) + timedelta(days=number)
        with time_machine.travel(today):
            assert days.is_quiet(days.quiet_day()), today
