from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import PersonFactory
from tests.reminders.outbox import reminders, shown_to, sweep, the_reminder
from wellbeing.reminders import kinds
from wellbeing.reminders.models import Preferences
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

LIST, SETTINGS, DAYS = "/reminders/", "/reminders/settings/", "/reminders/settings/working-days/"


@pytest.fixture
def asha_waits(asha_is_due):
    sweep()


def test_where_nothing_waits_the_page_says_so(client, asha):
    client.force_login(asha)

    assert "Nothing is waiting for you" in client.get(LIST).content.decode()


def test_a_refresher_falling_due_is_one_item_that_leads_to_the_champion_s_own_page(client, asha, asha_waits):
    client.force_login(asha)

    page = client.get(LIST).content.decode()

    assert page.count("Your champion refresher training is due on") == 2, "the item, and its button's hidden words"
    assert f'href="{reverse("champions:mine")}"' in page


def test_the_navigation_says_how_many_wait(client, asha, asha_waits):
    client.force_login(asha)

    assert '<span class="app-nav__count">1<' in client.get(LIST).content.decode()


def test_the_reader_takes_an_item_off_the_list(client, asha, asha_waits):
    client.force_login(asha)

    answer = client.post(reverse("reminders:put_away", args=[the_reminder().pk]), follow=True)

    assert "Nothing is waiting for you" in answer.content.decode()
    assert "It is off your list. What it is about has not changed." in answer.content.decode()


@pytest.mark.parametrize("colleague", ["chidi", "ben", "hr", "technical_admin", "superuser"])
def test_nobody_else_sees_it_or_takes_it_away(client, asha, asha_waits, request, colleague):
    client.force_login(request.getfixturevalue(colleague))

    assert "refresher" not in client.get(LIST).content.decode()
    assert client.post(reverse("reminders:put_away", args=[the_reminder().pk])).status_code == 404
    assert len(shown_to(asha)) == 1


@pytest.mark.parametrize("address", [LIST, SETTINGS, DAYS])
def test_whoever_is_not_signed_in_is_asked_to(client, db, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", ["pause", "resume", "close_calendar"])
def test_what_changes_something_needs_a_form_of_ours(client, asha, name):
    client.force_login(asha)

    assert client.get(reverse(f"reminders:{name}")).status_code == 405


def test_three_reminders_cost_as_many_queries_as_one(client, ben, asha, mid_morning, make_champion):
    client.force_login(ben)
    make_champion(ben, refresher_in=30)
    sweep()
    client.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for _ in range(3):
        PersonFactory(line_manager=ben, station=ben.station)
    mid_morning(days=60)
    sweep()
    client.force_login(ben)
    client.get(LIST)

    with CaptureQueriesContext(connection) as for_six:
        client.get(LIST)

    assert len(reminders(person=ben, state="open")) == 6
    assert len(for_six) == len(for_one) <= 15


def test_a_kind_whose_app_is_gone_stands_on_no_list_and_stops_nothing(client, asha, asha_waits, as_owner):
    as_owner.execute("update reminders_reminder set kind = 'forgotten.thing'")
    client.force_login(asha)

    page = client.get(LIST).content.decode()
    assert "Nothing is waiting for you" in page
    assert "app-nav__count" not in page


# --- How one is told ------------------------------------------------------------------------------------


def preferences_of(person) -> Preferences:
    from wellbeing.reminders import policy

    with acting_as(person):
        return policy.preferences_of(person)


def filled(**values) -> dict:
    usual = {"by_mail": "yes", "hour": "8", "kinds": kinds.names(optional=True)}
    return usual | values


def save(client, person, **values):
    client.force_login(person)
    return client.post(SETTINGS, filled(**values))


def test_the_page_shows_the_defaults_and_then_what_was_saved(client, asha):
    assert save(client, asha, by_mail="no", hour="17", kinds=["mentoring.comment"]).status_code == 302

    saved = preferences_of(asha)
    assert (saved.by_mail, saved.hour) == (False, 17)
    assert set(saved.muted) == set(kinds.names(optional=True)) - {"mentoring.comment"}
    form = client.get(SETTINGS).context["form"]
    assert (form.initial["by_mail"], form.initial["hour"], form.initial["kinds"]) == ("no", 17, ["mentoring.comment"])


def test_every_kind_that_may_be_switched_off_is_named_and_no_other(client, asha):
    client.force_login(asha)
    page = client.get(SETTINGS).content.decode()

    for kind in kinds.every():
        assert (f'value="{kind.name}"' in page) is kind.optional
    assert not kinds.named("break_glass.waiting").optional


def test_what_may_not_be_switched_off_stays_on_whatever_is_sent(client, asha):
    answer = save(client, asha, kinds=["break_glass.waiting"])

    assert "Select a valid choice" in answer.content.decode() or "not one of" in answer.content.decode()


def save_days(client, person, **typed):
    client.force_login(person)
    return client.post(DAYS, {"works": "usual"} | typed)


def test_a_week_and_a_rota_come_back_as_they_were_typed_and_in_words(client, asha):
    assert "Monday to Friday, not on bank holidays." in settings_of(client, asha)
    save_days(client, asha, works="week", weekdays=["0", "2", "6"])
    form = client.get(DAYS).context["form"]
    assert (form.initial["works"], form.initial["weekdays"]) == ("week", ["0", "2", "6"])
    assert "Monday, Wednesday, Sunday." in settings_of(client, asha)

    rota = {"days_on": "6", "days_off": "4", "first_day_day": "2", "first_day_month": "11", "first_day_year": "2026"}
    save_days(client, asha, works="rota", **rota)
    form = client.get(DAYS).context["form"]
    assert (form.initial["works"], form.initial["days_on"], form.initial["days_off"]) == ("rota", 6, 4)
    assert "6 on, 4 off, counted from" in settings_of(client, asha)
    works_on, monday = preferences_of(asha).pattern.works_on, date(2026, 11, 2)
    found = [works_on(monday + timedelta(days=day)) for day in (-1, 0, 5, 6, 9, 10)]
    assert found == [False, True, True, False, False, True]

    save_days(client, asha)
    assert preferences_of(asha).pattern is None


def settings_of(client, person) -> str:
    client.force_login(person)
    return client.get(SETTINGS).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hour": "24"}, "Choose a time from the list."),
        ({"hour": ""}, "Choose a time from the list."),
        ({"by_mail": "pigeon"}, "Choose one mail a day, or no mail."),
    ],
)
def test_what_is_wrong_with_settings_is_said_beside_it_and_what_was_typed_stays(client, asha, wrong, said):
    refused_with(save(client, asha, **wrong), asha, wrong, said)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"works": "week"}, "Tick the days on which you work."),
        ({"works": "rota"}, "Enter how many days in a row you work."),
        ({"works": "rota", "days_on": "4"}, "Enter how many days off follow."),
        ({"works": "rota", "days_on": "15", "days_off": "1"}, "Enter 14 days or fewer."),
        ({"works": "rota", "days_on": "x", "days_off": "1"}, "Enter a number of days, for example 4."),
        ({"works": "rota", "days_on": "4", "days_off": "4"}, "Enter a day on which a run of working days begins."),
        ({"works": "rota", "first_day_day": "31", "first_day_month": "2", "first_day_year": "2026"}, "that exists"),
        (
            {"works": "rota", "first_day_day": "31", "first_day_month": "2", "first_day_year": "2026"},
            "date that exists",
        ),
        ({"works": "never"}, "Choose which days you work."),
    ],
)
def test_what_is_wrong_with_days_is_said_beside_it_and_what_was_typed_stays(client, asha, wrong, said):
    refused_with(save_days(client, asha, **wrong), asha, wrong, said)


@pytest.mark.parametrize(
    ("works", "left_over"),
    [
        ({}, {"days_on": "x", "days_off": "99", "first_day_day": "31"}),
        ({"works": "week", "weekdays": ["0"]}, {"days_on": "x"}),
    ],
)
def test_what_belongs_to_another_choice_is_not_looked_at(client, asha, works, left_over):
    assert save_days(client, asha, **works, **left_over).status_code == 302


def refused_with(answer, person, wrong: dict, said: str) -> None:
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert preferences_of(person)._state.adding, "nothing was saved"
    for name, value in wrong.items():
        assert value in answer.content.decode() or name in ("hour", "by_mail", "works"), "what is chosen, not typed"


def test_one_switch_pauses_all_mail_and_the_list_says_so(client, asha):
    client.force_login(asha)
    page = client.post(reverse("reminders:pause"), follow=True).content.decode()
    assert "Mail is paused. Nobody is told" in page
    assert preferences_of(asha).paused

    page = client.post(reverse("reminders:resume"), follow=True).content.decode()
    assert "Mail comes again" in page
    assert not preferences_of(asha).paused


def test_a_pause_outlives_a_change_of_the_settings(client, asha):
    client.force_login(asha)
    client.post(reverse("reminders:pause"))
    save(client, asha, hour="9")

    assert preferences_of(asha).paused
