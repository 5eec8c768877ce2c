import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wellbeing.reminders import actions, queries
from wellbeing.reminders.models import Reminder

LIST = "/reminders/"


@pytest.fixture
def asha_waits(asha_is_due):
    actions.sweep()


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

    answer = client.post(reverse("reminders:put_away", args=[Reminder.objects.get().pk]), follow=True)

    assert "Nothing is waiting for you" in answer.content.decode()
    assert "off your list" in answer.content.decode()


@pytest.mark.parametrize("colleague", ["chidi", "ben", "hr", "technical_admin", "superuser"])
def test_nobody_else_sees_it_or_takes_it_away(client, asha, asha_waits, request, colleague):
    client.force_login(request.getfixturevalue(colleague))

    assert "refresher" not in client.get(LIST).content.decode()
    assert client.post(reverse("reminders:put_away", args=[Reminder.objects.get().pk])).status_code == 404
    assert queries.open_for(asha).count() == 1


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    assert client.get(LIST).status_code == 302


def test_taking_away_needs_a_form_of_ours(client, asha, asha_waits):
    client.force_login(asha)

    assert client.get(reverse("reminders:put_away", args=[Reminder.objects.get().pk])).status_code == 405


def test_three_reminders_cost_as_many_queries_as_one(client, asha, asha_waits):
    client.force_login(asha)
    client.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for about in (1, 2):
        actions.remind(kind="champions.refresher", about=about, person=asha, due=Reminder.objects.first().due)

    with CaptureQueriesContext(connection) as for_three:
        client.get(LIST)

    assert queries.open_for(asha).count() == 3
    assert len(for_three) == len(for_one) <= 15
