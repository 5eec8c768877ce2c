"""Whether a poster hangs: who is asked, by one tap from a mail or from the poster itself, and asked again."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions, posted_links, tasks
from champions.models import Posting
from champions.queries.posters import poster
from champions.reminders import POSTER
from tests.databases import the_worker
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.reminders.outbox import reminders, shown_to
from wellbeing.people.actions import change_person
from wellbeing.reminders import tasks as reminder_tasks
from wellbeing.reminders.models import Mail, State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bea(station):
    return champion_at(station, person=PersonFactory(known_as="Bea", last_name="Ward", station=station)).person


def look() -> None:
    with the_worker():
        tasks.look_at_posters.apply(throw=True)


def asked() -> list:
    return sorted(one.person.known_as for one in reminders(kind=POSTER, state=State.OPEN))


def posting(station) -> Posting:
    return Posting.objects.get(pk=station.pk)


def code_of(station) -> str:
    """The address in the code on the station's poster as it is now."""
    return urlsplit(poster(station).hangs_here).path


def mails() -> list:
    """The mails that go out now; a fresh mailbox."""
    outbox.outbox = []
    with the_worker():
        reminder_tasks.sweep.apply(throw=True)
        reminder_tasks.send_due.apply(throw=True)
    return outbox.outbox


# --- Who is asked -------------------------------------------------------------------------------------------


def test_the_lead_is_asked_to_hang_a_new_poster(mid_morning, champion, bea, station):
    look()
    assert asked() == ["Aaron"]
    assert "Your station's poster is new since" in shown_to(champion)[0]


def test_without_a_lead_every_champion_of_the_station_is(mid_morning, champion, bea, station):
    actions.free_lead(station=station, by=None)
    look()
    assert asked() == ["Aaron", "Bea"]


def test_once_one_has_said_that_it_hangs_nobody_is_asked(mid_morning, browse_as, champion, bea, station):
    actions.free_lead(station=station, by=None)
    look()
    Client().post(code_of(station))
    assert asked() == []


def test_looking_again_asks_nothing_new(mid_morning, champion, station):
    look()
    mid_morning(days=1)
    look()
    assert len(reminders(kind=POSTER)) == 1


def test_changes_of_one_day_are_one_asking(mid_morning, champion, bea, station):
    look()
    Client().post(code_of(station))
    mid_morning(days=1)
    change_person(person=bea, by=None, last_name="Winter")
    change_person(person=champion, by=None, work_phone="01622 000111")
    actions.change_entry(champion=bea.champion, by=bea, by_night=True)
    look()
    assert asked() == ["Aaron"]
    assert len(reminders(kind=POSTER)) == 2
    assert posting(station).is_out_of_date


def test_a_day_that_changes_no_word_on_it_asks_nobody(mid_morning, champion, bea, station):
    look()
    Client().post(code_of(station))
    mid_morning(days=30)
    actions.go_away(
        champion=bea.champion,
        by=bea,
        first_day=timezone.localdate(),
        last_day=timezone.localdate() + timedelta(days=20),
    )
    look()
    assert asked() == []
    assert posting(station).hangs


def test_a_station_without_champions_has_nobody_to_ask(mid_morning, champion, station):
    StationFactory(name="Lydd", division=station.division)
    look()
    assert asked() == ["Aaron"]


def test_the_worker_looks_at_many_stations_in_as_many_queries_as_at_one(mid_morning, champion):
    look()
    with CaptureQueriesContext(connection) as few:
        look()
    for _ in range(4):
        station = StationFactory()
        champion_at(station, leads=[station])
    look()
    with CaptureQueriesContext(connection) as many:
        look()
    assert len(few) == len(many)


# --- One tap from a mail ------------------------------------------------------------------------------------


def test_a_mail_leads_to_one_button_and_says_nothing_that_a_passer_by_may_not_read(mid_morning, champion, station):
    look()
    mid_morning(days=1)
    (mail,) = mails()
    html = mail.alternatives[0][0]
    address = re.search(r"^Your station's poster: say that it hangs: (\S+)$", mail.body, re.MULTILINE)[1]

    assert f'<a href="{address}">Your station&#x27;s poster: say that it hangs</a>' in html
    for word in ("champion", "wellbeing team", station.name, champion.last_name, "mental", "health"):
        assert word not in re.sub(r"https?://\S+", "", mail.body)
    browser = Client()
    page = browser.get(urlsplit(address).path).content.decode()
    assert page.count("<button") == 1
    assert "It is up to date." in page
    assert "Aaron Pearce" not in page, "nobody is signed in, and the force does not publish its contacts"
    assert not posting(station).hangs, "asking for the page writes nothing"

    assert "Thank you" in browser.post(urlsplit(address).path).content.decode()
    said = posting(station)
    assert (said.hangs, said.how, said.confirmed_by) == (True, "mail", champion)
    assert asked() == []


def test_a_mail_sent_late_offers_nothing_that_is_done(mid_morning, champion, station):
    look()
    with the_worker():
        reminder_tasks.sweep.apply(throw=True)
    Client().post(code_of(station))
    mid_morning(days=1)
    assert mails() == []


def test_other_mails_have_no_such_line(mid_morning, champion):
    today = timezone.localdate()
    actions.change_entry(
        champion=champion.champion, by=None, trained_on=today - timedelta(900), refresher_due=today + timedelta(30)
    )
    mid_morning(days=1)
    (mail,) = mails()
    assert "poster" not in mail.body
    assert mail.body.count("http") == 3


def test_said_twice_it_is_kept_once(mid_morning, champion, station):
    address = code_of(station)
    Client().post(address)
    first = posting(station).confirmed_at
    mid_morning(days=1)
    assert "Thank you" in Client().post(address).content.decode()
    assert posting(station).confirmed_at == first


# --- The code on the poster ---------------------------------------------------------------------------------


def test_whoever_stands_before_it_says_so_without_a_name(champion, station):
    page = Client().get(code_of(station)).content.decode()
    assert "Does the poster hang at Ashford?" in page
    Client().post(code_of(station))
    said = posting(station)
    assert (said.hangs, said.how, said.confirmed_by) == (True, "qr", None)


def test_the_code_of_an_old_poster_leads_to_the_new_one_and_names_nobody(champion, bea, station):
    old = code_of(station)
    Client().post(old)
    change_person(person=bea, by=None, last_name="Winter")
    for answer in (Client().get(old), Client().post(old)):
        page = answer.content.decode()
        assert "This poster is out of date" in page
        assert 'href="/champions/stations/ashford/poster/"' in page
        assert "Aaron" not in page
        assert "It hangs at" not in page
    assert posting(station).fingerprint != poster(station).fingerprint


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "9" + t, lambda t: t.replace(":", ""), lambda t: "x", lambda t: f"{t}0"]
)
def test_a_forged_address_is_no_page(champion, station, spoil):
    token = code_of(station).split("/")[-2]
    for ask in (Client().get, Client().post):
        assert ask(f"/champions/posted/{spoil(token)}/").status_code == 404
    assert not Posting.objects.exists()


def test_a_closed_station_and_a_champion_who_is_one_no_longer_are_no_page(champion, bea, station):
    of_bea = posted_links.address_of(station.pk, poster(station).fingerprint, bea.champion.pk)
    assert Client().get(of_bea).status_code == 200
    actions.step_down(champion=bea.champion, by=bea)
    assert Client().get(of_bea).status_code == 404
    code = code_of(station)
    type(station).objects.filter(pk=station.pk).update(closed=True)
    assert Client().get(code).status_code == 404


def test_tapping_without_end_is_turned_away(champion, station):
    code = code_of(station)
    answers = [Client().post(code).status_code for _ in range(22)]
    assert answers == [200] * 20 + [404] * 2
    assert Client().get(code).status_code == 200


def test_looking_at_it_writes_nothing(champion, station, browse_as, asha):
    signed_in = browse_as(asha)
    signed_in.get("/champions/")  # the first page notes when the session began
    for ask in (Client().get, signed_in.get):
        with CaptureQueriesContext(connection) as queries:
            ask(code_of(station))
            ask("/champions/stations/ashford/panel/")
        written = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert written == []


# --- In the portal ------------------------------------------------------------------------------------------


def test_a_champion_says_so_on_their_own_page(mid_morning, browse_as, champion, station):
    look()
    browser = browse_as(champion)
    page = browser.get("/champions/me/").content.decode()
    assert "Print the poster of Ashford" in page
    says = re.search(r'name="says" value="(\w+)"', page)[1]

    page = browser.post("/champions/stations/ashford/poster/hangs/", {"says": says}, follow=True).content.decode()
    assert "Thank you. The poster hangs at Ashford." in page
    assert "it hangs, said on" in page
    assert (posting(station).how, posting(station).confirmed_by) == ("page", champion)


def test_of_a_poster_that_changed_meanwhile_they_are_told(browse_as, champion, bea, station):
    browser = browse_as(champion)
    says = re.search(r'name="says" value="(\w+)"', browser.get("/champions/me/").content.decode())[1]
    change_person(person=bea, by=None, last_name="Winter")
    page = browser.post("/champions/stations/ashford/poster/hangs/", {"says": says}, follow=True).content.decode()
    assert "says something else by now" in page
    assert not Posting.objects.filter(confirmed_at__isnull=False).exists()


@pytest.mark.parametrize("who", ["asha", "hr", "coordinator", "superuser"])
def test_nobody_else_has_such_a_button(browse_as, champion, station, request, who):
    browser = browse_as(request.getfixturevalue(who))
    says = poster(station).fingerprint
    assert browser.post("/champions/stations/ashford/poster/hangs/", {"says": says}).status_code == 404


def test_the_own_page_asks_as_often_for_three_stations_as_for_one(browse_as, champion, station):
    browser = browse_as(champion)
    browser.get("/champions/me/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/champions/me/")
    actions.set_coverage(champion=champion.champion, stations=[station, StationFactory(), StationFactory()], by=None)
    with CaptureQueriesContext(connection) as three:
        browser.get("/champions/me/")
    assert len(one) == len(three)


def test_a_mail_that_was_given_up_and_tried_again_still_has_its_line(mid_morning, champion, as_owner):
    look()
    mid_morning(days=1)
    assert len(mails()) == 1
    as_owner.execute("update reminders_mail set state = 'waiting', sent_at = null")
    (mail,) = mails()
    assert "say that it hangs" in mail.body
    with the_worker():
        assert Mail.objects.count() == 1
