"""One mail a day, at the hour and on the days of whoever reads it; by no clock change two, or none."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.reminders.outbox import reminders, send, sweep
from wellbeing.reminders import actions, kinds, shift_patterns
from wellbeing.reminders.models import Mail
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

LONDON = ZoneInfo("Europe/London")
# A year ahead of every database that runs these tests, so that what the database has written is past.
TUESDAY = datetime(2030, 3, 12, 7, 0, tzinfo=LONDON)
KIND = "champions.refresher"


@pytest.fixture
def at(time_machine):
    """`at(day=0, hour=10)`: from then on it is that hour, so many days after the Tuesday."""

    def move(day: int = 0, hour: int = 10, minute: int = 0):
        moment = datetime.combine(TUESDAY.date() + timedelta(days=day), TUESDAY.timetz()).replace(
            hour=hour, minute=minute
        )
        time_machine.move_to(moment)

    move(hour=0, minute=5)
    return move


def prefer(person, **values) -> None:
    usual = {"by_mail": True, "hour": 8, "muted": []}
    pattern = values.pop("pattern", None)
    with acting_as(person):
        actions.set_preferences(by=person, **usual | values)
        actions.set_pattern(by=person, pattern=pattern)


@pytest.fixture
def invitation(monkeypatch):
    """The refresher as if it were an invitation, and no limit: what falls on a day off moves on, not back."""
    monkeypatch.setitem(kinds._kinds, KIND, replace(kinds.named(KIND), limit=False))


def due(person, make_champion, day: int):
    """A champion whose refresher is due sixty days after that day."""
    make_champion(person, refresher_in=60 + day)


def test_nothing_is_mailed_before_eight_and_one_mail_after(at, chidi, make_champion, mail_server):
    due(chidi, make_champion, 0)
    sweep()
    at(hour=7, minute=59)
    send()
    assert mail_server.received == []

    at(hour=8)
    send()
    assert len(mail_server.received) == 1


def test_what_a_late_sweep_finds_is_mailed_the_same_day(at, chidi, make_champion, mail_server):
    due(chidi, make_champion, 0)
    at(hour=15)
    sweep()
    send()

    assert len(mail_server.received) == 1


def test_what_comes_after_the_day_s_mail_waits_for_tomorrow_s(at, chidi, make_champion, mail_server):
    due(chidi, make_champion, 0)
    sweep()
    at(hour=8)
    send()
    tell_again(chidi)
    at(hour=23)
    send()
    assert len(mail_server.received) == 1

    at(day=1, hour=8)
    send()
    assert len(mail_server.received) == 2


def tell_again(person) -> None:
    """Something else is due for them from now."""
    from champions import actions as champions

    person.champion.refresh_from_db()
    champions.change_entry(
        champion=person.champion, by=None, refresher_due=person.champion.refresher_due - timedelta(days=1)
    )


def test_three_things_at_once_are_one_mail(at, asha, ben, make_champion, mail_server):
    for _ in range(2):
        PersonFactory(station=ben.station, line_manager=ben)
    due(ben, make_champion, 0)
    sweep()
    assert len(reminders(person=ben)) == 4, "three 1-1s and a refresher"
    at(hour=9)
    send()

    assert [mail["To"] for mail in mail_server.received] == [ben.email]


def test_the_hour_is_the_reader_s_own(at, chidi, make_champion, mail_server):
    prefer(chidi, hour=17)
    due(chidi, make_champion, 0)
    sweep()
    at(hour=16, minute=59)
    send()
    assert mail_server.received == []

    at(hour=17)
    send()
    assert len(mail_server.received) == 1


def test_an_hour_that_was_missed_is_made_up_for(at, chidi, make_champion, mail_server):
    prefer(chidi, hour=23)
    due(chidi, make_champion, 0)
    sweep()
    at(day=1, hour=2)
    send()

    assert len(mail_server.received) == 1


@pytest.mark.parametrize(
    "day", [date(2030, 3, 30), date(2030, 10, 26)], ids=["the clocks go forward", "the clocks go back"]
)
@pytest.mark.parametrize("hour", [0, 1, 8])  # midnight, the hour that is left out or comes twice, the usual one
def test_a_change_of_the_clocks_makes_neither_two_mails_nor_none(
    time_machine, chidi, make_champion, mail_server, day, hour
):
    """From Saturday noon to Monday noon, looked at every quarter of an hour, of somebody who works every day."""
    # Nor are they asked, on the first of April, what they counted in March.
    prefer(chidi, hour=hour, pattern=shift_patterns.weekly(set(range(7))), muted=["champions.tally"])
    start = datetime.combine(day, datetime.min.time(), tzinfo=LONDON).astimezone(ZoneInfo("UTC"))
    time_machine.move_to(start)
    due(chidi, make_champion, 1)  # the Sunday
    with the_worker():
        days = every_quarter_of_an_hour(time_machine, start, mail_server)

    assert days == [day + timedelta(days=1)]


def every_quarter_of_an_hour(time_machine, start, mail_server) -> list[date]:
    """The days, where the force is, on which a mail came."""
    from wellbeing.reminders import gathering, sending

    found = []
    for quarter in range(2 * 24 * 4):
        now = start + timedelta(minutes=15 * quarter)
        time_machine.move_to(now)
        if quarter % 16 == 0:  # what is due on the day is known long before
            actions.sweep()
        gathering.gather()
        before = len(mail_server.received)
        sending.send_due()
        found += [now.astimezone(LONDON).date()] * (len(mail_server.received) - before)
    return found


def test_the_days_off_of_whoever_works_monday_to_friday_are_left_alone(
    invitation, at, chidi, make_champion, mail_server
):
    due(chidi, make_champion, 4)  # told on Saturday
    at(day=4)
    sweep()
    send()
    assert reminders() == []

    at(day=6)
    sweep()
    send()
    assert len(mail_server.received) == 1, "on Monday"


def test_a_limit_that_falls_on_days_off_is_told_before_them(at, chidi, make_champion):
    from champions import actions as champions

    champion = make_champion(chidi, refresher_in=300)
    today = TUESDAY.date()
    champions.go_away(champion=champion, by=None, first_day=today, last_day=today + timedelta(days=8))  # a Wednesday
    at(day=2)
    sweep()
    assert reminders() == []

    at(day=3)  # three days before is Sunday, so Friday
    sweep()
    assert len(reminders()) == 1


def test_whoever_works_at_weekends_is_told_then(invitation, at, chidi, make_champion, mail_server):
    prefer(chidi, pattern=shift_patterns.weekly({5, 6}))
    due(chidi, make_champion, 1)  # told on Wednesday
    at(day=3)
    sweep()
    assert reminders() == []

    at(day=4)
    sweep()
    send()
    assert len(mail_server.received) == 1, "on Saturday"


def test_a_rota_is_followed_day_by_day(invitation, at, chidi, make_champion):
    prefer(chidi, pattern=shift_patterns.rota(on=4, off=3, first_day=TUESDAY.date() + timedelta(days=7)))
    due(chidi, make_champion, 4)  # told on Saturday, the first day off after Tuesday to Friday
    told = {}
    for day in (4, 5, 6, 7):
        at(day=day)
        sweep()
        told[day] = len(reminders())

    assert told == {4: 0, 5: 0, 6: 0, 7: 1}


def test_bank_holidays_are_days_off_of_a_week_and_not_of_a_rota():
    good_friday = date(2027, 3, 26)
    week = shift_patterns.weekly({0, 1, 2, 3, 4})
    rota = shift_patterns.rota(on=4, off=4, first_day=good_friday)

    assert not week.works_on(good_friday)
    assert week.works_on(good_friday - timedelta(days=1))
    assert [rota.works_on(good_friday + timedelta(days=day)) for day in range(-4, 5)] == [False] * 4 + [True] * 4 + [
        False
    ]


def test_all_who_share_a_rota_share_its_row():
    first = shift_patterns.rota(on=6, off=4, first_day=date(2026, 11, 2))

    assert shift_patterns.rota(on=6, off=4, first_day=date(2026, 11, 22)) == first
    assert shift_patterns.rota(on=6, off=4, first_day=date(2026, 11, 3)) != first


def test_whoever_looks_in_the_portal_gets_no_mail_until_they_want_it_again(at, chidi, make_champion, mail_server):
    prefer(chidi, by_mail=False)
    due(chidi, make_champion, 0)
    sweep()
    at(hour=9)
    send()
    assert mail_server.received == []

    prefer(chidi)
    send()
    assert len(mail_server.received) == 1


def test_what_is_muted_is_not_mailed_and_what_is_not_is(at, asha, ben, make_champion, mail_server):
    prefer(ben, muted=["mentoring.one_to_one"])
    sweep()
    at(hour=9)
    send()
    assert mail_server.received == []

    due(ben, make_champion, 0)
    sweep()
    send()
    assert [mail["To"] for mail in mail_server.received] == [ben.email]


def test_one_switch_pauses_all_mail_and_what_waited_comes_after_it(at, chidi, make_champion, mail_server):
    with acting_as(chidi):
        actions.set_paused(by=chidi, paused=True)
    due(chidi, make_champion, 0)
    sweep()
    at(hour=9)
    send()
    assert mail_server.received == []

    with acting_as(chidi):
        actions.set_paused(by=chidi, paused=False)
    send()
    assert len(mail_server.received) == 1


def test_a_digest_can_be_switched_off_from_the_mail_program(at, chidi, make_champion, mail_server, client, settings):
    due(chidi, make_champion, 0)
    sweep()
    at(hour=9)
    send()
    mail = mail_server.received[0]
    address = mail["List-Unsubscribe"].strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith(settings.PORTAL_URL)

    path = address.removeprefix(settings.PORTAL_URL)
    assert "Stop the daily mail" in client.get(path).content.decode(), "looking changes nothing"
    assert wishes_of(chidi) is None
    answer = client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert "No more daily mail" in answer.content.decode()
    assert wishes_of(chidi) is False


def wishes_of(person) -> bool | None:
    from wellbeing.reminders.models import Preferences

    with acting_as(person):
        return Preferences.objects.values_list("by_mail", flat=True).first()


@pytest.mark.parametrize("token", ["nonsense", "eyJ0:1:2", "é"])
def test_a_made_up_address_switches_nothing_off(client, chidi, token):
    for ask in (client.get, client.post):
        answer = ask(f"/reminders/no-more-mail/{token}/")
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()


def test_a_thousand_readers_cost_as_many_statements_as_one(at, station, make_champion):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wellbeing.reminders import gathering

    def gathered() -> int:
        sweep()
        at(hour=9)
        with the_worker(), CaptureQueriesContext(connection) as queries:
            gathering.gather()
        at(hour=0, minute=5)
        return len(queries)

    due(PersonFactory(station=station), make_champion, 0)
    one = gathered()
    for _ in range(20):
        due(PersonFactory(station=station), make_champion, 0)

    assert gathered() == one
    with the_worker():
        assert Mail.objects.count() == 21
