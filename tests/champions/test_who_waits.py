"""Who waits to become a champion, and what came of an offer, is nobody's to follow but the coordinator's."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from champions import actions, posted_links
from champions.actions import offers
from champions.models import Champion, Waiting
from champions.queries import posters
from tests.champions.test_two_at_once import at_once
from tests.champions.test_waiting import agree_page, text_of
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory
from tests.factories.training import course, session_of
from tests.factories.waiting import agree, becoming, joined, waiting_at
from wellbeing.people.models import Change, Person
from wellbeing.training.actions import places
from wellbeing.training.models import Place, Purpose
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)


def pages_of(entry) -> list[str]:
    admin = "/admin/champions/champion/"
    return ["/champions/network/", f"/champions/network/{entry.pk}/", admin, f"{admin}{entry.pk}/history/"]


@pytest.fixture
def declined(station, ben, coordinator) -> Champion:
    """Wanda, who waits, was offered a place and said no."""
    entry = waiting_at(station, manager=ben, known_as="Wanda")
    session = session_of(becoming(), capacity=1)
    with acting_as(coordinator):
        offers.offer_from_list(session=session, by=coordinator)
    with acting_as(entry.person):
        places.decline(place=Place.objects.select_related("session").get(person=entry.person), by=entry.person)
    return entry


def called(who, sql: str, *values) -> list:
    with acting_as(who), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_hr_lead_and_superuser_see_nobody_who_waits_until_they_are_trained(
    browse_as, declined, hr, lead, superuser, coordinator, station
):
    for state in ("offered", "training"):
        Champion.objects.create(person=PersonFactory(known_as="Wanda", station=station), state=state)

    def seen(who, pages) -> list[bool]:
        browser = browse_as(who)
        found = [browser.get(address).content.decode() for address in pages]
        return [any(said in page for said in ("Wanda", "1 waiting", "aits again")) for page in found]

    for who in (hr, lead, superuser):
        assert not any(seen(who, pages_of(declined))), who
    assert all(seen(coordinator, pages_of(declined)))
    Champion.objects.filter(pk=declined.pk).update(state="training", trained_on=timezone.localdate())
    assert seen(hr, pages_of(declined)[:2]) == [True, True]


def test_the_history_does_not_tell_that_an_offer_was_declined(declined):
    last = Change.objects.filter(about_id=str(declined.pk)).latest("id")
    assert (last.verb, last.by) == ("waits again", None)


def test_a_line_manager_who_agreed_reads_the_same_whatever_comes_later(browse_as, station, ben, coordinator):
    entry = waiting_at(station, manager=ben, known_as="Wanda")
    session, browser = session_of(becoming(), capacity=1), browse_as(ben)

    def page():
        return text_of(browser.get(agree_page(entry)))

    agreed = page()
    assert "Not now" not in agreed
    refused = text_of(browser.post(agree_page(entry), {"answer": "no"}, follow=True))
    with acting_as(coordinator):
        offers.offer_from_list(session=session, by=coordinator)
    assert text_of(browser.post(agree_page(entry), {"answer": "no"}, follow=True)) == refused
    assert page() == agreed
    with acting_as(entry.person):
        places.accept(place=Place.objects.select_related("session").get(person=entry.person), by=entry.person)
    assert page() == agreed


def test_nobody_notes_what_the_office_keeps_of_themselves_nor_appoints_themselves(browse_as, hr, station):
    own = champion_at(station, person=hr)
    address = f"/admin/champions/champion/{own.pk}/change/"
    prefix = {"coverage-TOTAL_FORMS": 0, "coverage-INITIAL_FORMS": 0}
    entry = {"show_mail": "on", "by_day": "on", "serving_since": own.serving_since.isoformat()}
    noted = {"vetting_confirmed_on": timezone.localdate().isoformat(), "manager_agreed": "on"}
    page = browse_as(hr).post(address, {**prefix, **entry, **noted})
    assert "This is your own entry: a colleague notes its dates" in page.content.decode()
    own.refresh_from_db()
    assert (own.vetting_confirmed_on, own.manager_agreed) == (None, False)
    assert browse_as(hr).post(address, {**prefix, **entry, "about_me": "By the gate."}).status_code == 302
    Champion.objects.all().delete()
    page = (
        browse_as(hr)
        .post("/admin/champions/champion/add/", {**prefix, **entry, "person": hr.staff_number})
        .content.decode()
    )
    assert "You cannot make yourself a champion" in page
    assert not Champion.objects.exists()


def test_a_stranger_asks_nobody_anew_and_puts_nobody_back_on_the_list(asha, ben, chidi, station):
    entry = joined(asha)
    agree(entry, by=ben, agrees=False)
    with pytest.raises(DatabaseError):
        called(chidi, "select champions_ask_anew(array[%s]::bigint[])", asha.pk)
    assert called(chidi, "select champions_follow_places(array[%s]::bigint[])", asha.pk) == []
    Champion.objects.filter(pk=entry.pk).update(state="training", manager_agreed=True)
    for who in (asha, chidi):
        called(who, "select champions_back_on_list(array[%s]::bigint[])", asha.pk)
    with acting_as(asha):
        assert Waiting.objects.get().answer == "declined"
    Person.objects.filter(pk=asha.pk).update(line_manager=PersonFactory(station=station))
    with acting_as(asha):
        assert Waiting.objects.get().answer == ""


@pytest.mark.parametrize("year", ["2026-99999999999999999999", "99999999999999999999-1"])
def test_a_month_that_is_none_is_not_found(browse_as, champion, year):
    assert browse_as(champion).get(f"/champions/me/tally/{year}/").status_code == 404
    assert browse_as(champion).post(f"/champions/me/tally/{year}/delete/").status_code == 404


def test_two_who_step_down_with_places_in_the_same_sessions_do_not_wait_for_each_other_for_ever(station):
    refresher = course("Refresher", purpose=Purpose.REFRESHER)
    sessions = [session_of(refresher), session_of(refresher, in_days=20)]
    entries = [champion_at(station), champion_at(station)]

    def booked(entry):
        with acting_as(entry.person):
            return [places.book(session=session, by=entry.person) for session in sessions]

    def down(entry, held):
        def act():
            with acting_as(entry.person):
                actions.step_down(champion=entry, by=entry.person, give_back=held)

        return act

    first, second = map(booked, entries)
    at_once(down(entries[0], first), down(entries[1], second[::-1]))
    assert set(Champion.objects.values_list("state", flat=True)) == {"stepped_down"}


def test_whoever_has_the_code_and_is_not_signed_in_reads_no_names(client, browse_as, station, champion):
    address = posted_links.address_of(station.pk, posters.poster(station).fingerprint)
    page = text_of(client.get(address))
    assert "It is up to date." in page
    assert champion.name not in page
    assert champion.name in text_of(browse_as(champion).get(address))
