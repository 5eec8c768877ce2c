"""Opening times: what is understood of what people write, and what the clock says of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from wellbeing.support import hours

LONDON = ZoneInfo("Europe/London")


def at(text: str, fold=0) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON, fold=fold)


def said(written: str, moment: datetime, closed_on_bank_holidays=True) -> str:
    sessions = hours.read(written)
    words = hours.now_in_words(sessions, closed_on_bank_holidays=closed_on_bank_holidays, now=moment)
    is_open = hours.is_open(sessions, closed_on_bank_holidays=closed_on_bank_holidays, now=moment)
    assert words.startswith("Open now") is is_open
    return words


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Mon-Fri 9:00-17:00", "Monday to Friday 9am to 5pm"),
        ("mondays to fridays 9am – 5pm\nsat 10:00-13:30", "Monday to Friday 9am to 5pm; Saturday 10am to 1:30pm"),
        ("Mon, Wed and Fri 9am-noon and 1pm-5pm", "Monday, Wednesday and Friday 9am to noon and 1pm to 5pm"),
        ("Fri 22:00-02:00", "Friday 10pm to 2am"),
        ("Sat-Mon 9.30am to 12.30pm", "Monday, Saturday and Sunday 9:30am to 12:30pm"),
        ("daily 00:00-24:00", "Every day midnight to midnight"),
        ("weekends 6pm until midnight", "Saturday and Sunday 6pm to midnight"),
        ("Tues & Thurs 9am-5pm; Thu 6pm-8pm", "Tuesday 9am to 5pm; Thursday 9am to 5pm and 6pm to 8pm"),
        ("", ""),
    ],
)
def test_what_people_write_becomes_one_sentence_that_is_understood_again(written, sentence):
    assert hours.in_words(hours.read(written)) == sentence
    assert hours.read(sentence) == hours.read(written)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("office hours", "“office hours” needs days and times"),
        ("Mon-Fri", "“mon-fri” needs days and times"),
        ("Mon-Fri 9-5", "“9” is not a time: write “9am”"),
        ("Mun 9am-5pm", "“mun” is not a day of the week"),
        ("T 9am-5pm", "“t” is not a day of the week"),
        ("Mon 9am", "“9am” needs a time to open and a time to close"),
        ("Mon 25:00-26:00", "“25:00” is not a time of the day"),
        ("Mon 13pm-14pm", "“13pm” is not a time of the day"),
        ("Mon 9:75-10:00", "“9:75” is not a time of the day"),
    ],
)
def test_what_is_not_understood_is_named_with_an_example(written, reason):
    with pytest.raises(ValidationError) as refusal:
        hours.check(written)

    assert reason in refusal.value.messages[0]
    assert "Mon-Fri 9am-5pm" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25 08:59", "Closed now, opens today at 9am"),
        ("2026-11-25 09:00", "Open now, until 5pm"),
        ("2026-11-25 16:59", "Open now, until 5pm"),
        ("2026-11-25 17:00", "Closed now, opens tomorrow at 9am"),
        ("2026-11-27 18:00", "Closed now, opens Monday at 9am"),
    ],
)
def test_office_hours_to_the_minute(moment, words):
    assert said("Mon-Fri 9am-5pm", at(moment)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-28 01:59", "Open now, until 2am"),
        ("2026-11-28 02:00", "Closed now, opens Friday at 10pm"),
        ("2026-11-27 23:30", "Open now, until 2am"),
        ("2026-11-27 01:00", "Closed now, opens today at 10pm"),
    ],
)
def test_a_night_that_begins_on_friday_ends_on_saturday(moment, words):
    assert said("Fri 22:00-02:00", at(moment)) == words


def test_a_bank_holiday_is_a_day_off_and_the_night_before_it_is_not():
    christmas = "2026-12-25 10:00"

    assert said("Mon-Fri 9am-5pm", at(christmas)) == "Closed now, opens Tuesday at 9am"
    assert said("Mon-Fri 9am-5pm", at(christmas), closed_on_bank_holidays=False) == "Open now, until 5pm"
    assert said("Thu 22:00-02:00", at("2026-12-25 01:00")) == "Open now, until 2am"


def test_what_opens_in_more_than_a_week_is_told_with_its_date():
    assert said("Fri 9am-5pm", at("2026-12-24 10:00")) == "Closed now, opens Friday 8 January at 9am"


def test_days_that_follow_each_other_without_a_gap_are_one():
    assert said("Fri 9am-midnight; Sat 00:00-06:00", at("2026-11-27 22:00")) == "Open now, until 6am"
    assert said("daily 00:00-24:00", at("2026-11-27 23:59"), closed_on_bank_holidays=False) == "Open now"


def test_when_the_clocks_go_back_the_hour_that_comes_twice_counts_twice():
    """In the night to 25 October 2026, half past one comes twice; two o'clock only after the second."""
    assert said("Sat 22:00-02:00", at("2026-10-25 01:30", fold=1)) == "Open now, until 2am"
    assert said("Sat 22:00-01:30", at("2026-10-25 01:15", fold=0)) == "Open now, until 1:30am"
    assert said("Sat 22:00-01:30", at("2026-10-25 01:15", fold=1)) == "Closed now, opens Saturday at 10pm"


def test_when_the_clocks_go_forward_the_hour_that_is_missing_is_skipped():
    """In the night to 28 March 2027, one o'clock is two o'clock."""
    assert said("Sun 01:30-04:00", at("2027-03-28 00:59")) == "Closed now, opens today at 2:30am"
    assert said("Sun 09:00-10:00", at("2027-03-28 09:00")) == "Open now, until 10am"
