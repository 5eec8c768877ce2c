from datetime import date

import pytest

from wellbeing.reminders import working_days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),  # a Tuesday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # in place of Boxing Day, a Saturday
        (date(2026, 11, 30), True),  # St Andrew's Day is Scotland's
    ],
)
def test_a_working_day_is_a_weekday_and_no_bank_holiday_of_england(day, works):
    assert working_days.is_working_day(day) is works


def test_invitations_move_on_and_limits_move_back():
    assert working_days.on_or_after(date(2026, 12, 25)) == date(2026, 12, 29)
    assert working_days.on_or_before(date(2026, 12, 28)) == date(2026, 12, 24)


def test_working_days_between_count_the_later_day_and_not_the_earlier():
    assert working_days.between(date(2026, 11, 20), date(2026, 11, 23)) == 1  # Friday to Monday
    assert working_days.between(date(2026, 11, 24), date(2026, 11, 24)) == 0
    assert working_days.between(date(2026, 11, 25), date(2026, 11, 24)) == 0
