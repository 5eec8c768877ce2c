"""A clock that is stepped, forward or back: the scheduler goes on asking, nothing is lost and nobody is told twice."""

import os
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from tests.databases import the_worker
from tests.days import quiet_day
from tests.reminders import outbox
from tests.reminders.processes import UNSENT, UNTOLD, addresses, column, crowd, receivers, send_again
from wellbeing.celery import Beat, Every, app
from wellbeing.reminders import sending
from wellbeing.reminders.models import Mail, MailState, at_hour
from wellbeing.web import health

STATES = "select distinct state from reminders_reminder order by state"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# --- What beat asks for -----------------------------------------------------------------------------


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(seconds=59)])
def test_what_is_asked_every_minute_is_not_due_within_it(ago):
    assert not Every(60, app=app).is_due(timezone.now() - ago).is_due


def test_it_is_due_after_a_minute_and_after_a_day():
    assert Every(60, app=app).is_due(timezone.now() - timedelta(seconds=61)).is_due
    assert Every(60, app=app).is_due(timezone.now() - DAY).is_due


@pytest.mark.parametrize("ahead", [timedelta(seconds=5), 2 * HOUR, 365 * DAY])
def test_it_is_due_at_once_where_the_last_time_lies_ahead(ahead):
    assert Every(60, app=app).is_due(timezone.now() + ahead) == (True, 60)


@pytest.fixture
def come_due(tmp_path):
    """`come_due()`: what of the portal's own schedule beat asks for now."""
    beat = Beat(app, schedule_filename=str(tmp_path / "schedule"))
    beat.producer, asked = None, []
    beat.apply_entry = lambda entry, producer: asked.append(entry.name)

    def tick() -> list[str]:
        asked.clear()
        while beat.tick() <= 0:
            pass
        return sorted(name for name in asked if name in app.conf.beat_schedule)

    yield tick
    beat.close()


@pytest.mark.parametrize("by", [26 * HOUR, -2 * HOUR, -400 * DAY])
def test_beat_asks_for_everything_once_when_the_clock_was_stepped(time_machine, come_due, by):
    everything = sorted(app.conf.beat_schedule)
    start = timezone.now() + 25 * HOUR
    time_machine.move_to(start, tick=False)
    assert come_due() == everything
    assert come_due() == []

    time_machine.move_to(start + by, tick=False)
    assert come_due() == everything
    assert come_due() == []
    time_machine.move_to(start + by + timedelta(seconds=21), tick=False)
    assert come_due() == ["heartbeat"]


# --- What workers claim -----------------------------------------------------------------------------


@pytest.fixture
def a_mail(asha_is_due):
    outbox.sweep()
    outbox.send()
    return outbox.the_mail()


def claimable_with(mail: Mail, **values) -> bool:
    with the_worker():
        Mail.objects.filter(pk=mail.pk).update(**values)
        sending.take_up_again()
        return sending.claim() is not None


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(-HOUR, True), (HOUR, False), (max(sending.PAUSES), False), (2 * DAY, True), (365 * DAY, True)],
)
def test_a_mail_waits_for_its_time_but_for_none_that_a_wrong_clock_wrote(a_mail, ahead, expected):
    assert claimable_with(a_mail, state=MailState.WAITING, next_attempt_at=timezone.now() + ahead) is expected


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(-HOUR, True), (-sending.LEASE / 2, False), (sending.LEASE / 2, False), (HOUR, True), (365 * DAY, True)],
)
def test_a_claim_holds_for_its_lease_but_not_one_that_a_wrong_clock_wrote(a_mail, ahead, expected):
    assert claimable_with(a_mail, state=MailState.CLAIMED, claimed_at=timezone.now() + ahead) is expected


# --- Real processes on a clock that is stepped --------------------------------------------------------


# libfaketime 0.9.10 refuses clock_nanosleep() until a monotonic time, by which Python sleeps. select() it lets be.
SLEEP_OTHERWISE = "import select, time; time.sleep = lambda seconds: select.select((), (), (), seconds) and None"


class Clock:
    """The clock of the processes that have its `environment`. It goes on by itself, and can be set at any time."""

    def __init__(self, folder: Path, library: str):
        self.file = folder / "clock"
        (folder / "sitecustomize.py").write_text(SLEEP_OTHERWISE)
        self.environment = {
            "LD_PRELOAD": library,
            "PYTHONPATH": str(folder),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set_to(self, moment: datetime) -> None:
        self._offset = moment - timezone.now()
        written = self.file.with_suffix(".new")
        written.write_text(f"{self._offset.total_seconds():+.0f}\n")
        written.replace(self.file)

    def step(self, by: timedelta) -> None:
        self.set_to(self.now() + by)

    def now(self) -> datetime:
        return timezone.now() + self._offset

    def is_known_to_beat(self) -> bool:
        """Whether beat, which sleeps twenty seconds at a time, has asked for something at the time that it is now."""
        sent = cache.get(health._KEYS["beat"]) or 0
        return abs(sent - self.now().timestamp()) < HOUR.total_seconds()


@pytest.fixture
def clock(processes, tmp_path):
    if shutil.which("faketime") is None:
        reason = "no faketime on this machine: on Debian, apt-get install faketime"
        pytest.fail(reason) if os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER") else pytest.skip(reason)
    said = subprocess.run(["faketime", "-m", "now", "printenv", "LD_PRELOAD"], capture_output=True, text=True)
    clock = Clock(tmp_path, said.stdout.strip())
    processes.environment |= clock.environment
    yield clock
    started = [process.pid for process in processes.living]
    processes.kill_all()
    for pid in started:
        for left_behind in Path("/dev/shm").glob(f"*faketime_*_{pid}"):
            left_behind.unlink()


def crowd_of(day: date, station, **more) -> list:
    """Ten champions of that very day: who is one for longer is asked to count last month's conversations besides."""
    with time_machine.travel(at_hour(day, 9)):
        return crowd(station, 10, **more)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_worker_and_beat_go_on_when_the_clock_is_stepped(station, clock, mail_server, processes, as_owner, patience):
    def wait_for(people) -> None:
        patience(lambda: set(addresses(people)) <= set(receivers(mail_server)), seconds=75)

    def wait_for_states(*states: str) -> None:
        patience(clock.is_known_to_beat, seconds=75)  # a sweep that was under way may bring the states about before
        patience(lambda: column(as_owner, STATES) == list(states), seconds=75)

    day = quiet_day()
    due = day + 60 * DAY  # the first of the steps before a refresher
    today, tomorrow = crowd_of(day, station, due=due), crowd_of(day, station, due=due + DAY)
    clock.set_to(at_hour(day, 10))
    processes.worker()
    processes.beat()
    wait_for(today)
    assert receivers(mail_server) == addresses(today)

    clock.step(DAY)
    wait_for(tomorrow)

    late = crowd_of(day, station, due=due + DAY)
    clock.step(-2 * HOUR)
    wait_for(late)

    clock.step(-DAY)  # what was told a day too soon lapses, and is not told again when the day comes
    wait_for_states("lapsed", "open")
    clock.step(DAY)
    wait_for_states("open")
    send_again(as_owner, patience)

    assert receivers(mail_server) == addresses([*today, *tomorrow, *late])
    assert column(as_owner, UNTOLD) == column(as_owner, UNSENT) == []
    assert processes.all_live()
