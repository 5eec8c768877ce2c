"""A champion's time as it looks: the network's pages, beginning, stepping down, the thanks."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from champions import actions
from champions.models import Champion
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.training import course, session_of
from wellbeing.training.actions import places
from wellbeing.training.models import Purpose
from wellbeing.web.identity import acting_as


def test_a_champions_time_looks_right_from_beginning_to_thanks(
    page, sign_in, champion, coordinator, asha, ben, station, lead, check_page
):
    today, day = timezone.localdate(), timezone.localdate() - timedelta(days=3)
    entry = champion.champion
    bea = PersonFactory(known_as="Bea", last_name="Ward-Featherstonehaugh", station=station)
    champion_at(station, person=bea)
    StationFactory(name="Walmer")
    Champion.objects.create(person=asha, state="training", trained_on=day, vetting_confirmed_on=day)
    champion.line_manager = ben
    champion.save(update_fields=["line_manager"])
    with acting_as(champion):
        session = session_of(course("Refresher for champions", purpose=Purpose.REFRESHER), capacity=4)
        places.book(session=session, by=champion)
    with acting_as(coordinator):
        actions.note_supervision(champion=entry, by=coordinator, held_on=today - timedelta(days=90), with_whom=lead)
        since = {"serving_since": today - timedelta(days=1155), "trained_on": today - timedelta(days=735)}
        actions.change_entry(champion=entry, by=coordinator, term_ends=today - timedelta(days=2), **since)

    sign_in(coordinator)
    page.goto("/champions/network/")
    expect(page.get_by_role("link", name="1 supervision is overdue")).to_be_visible()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Aaron Pearce", exact=True).click()
    check_page(page)

    sign_in(asha)
    page.goto("/champions/me/begin/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="List me from now on").click()

    sign_in(champion)
    for address in ("/champions/me/", "/champions/me/term/", "/champions/me/step-down/"):
        page.goto(address)
        check_page(page)
    page.get_by_label("Bea Ward-Featherstonehaugh").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Step down now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for 3 years and 1 month")
    check_page(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("You are no longer listed")).to_be_hidden()
    page.emulate_media(media="screen")

    sign_in(bea)
    page.goto("/champions/me/leads/")
    check_page(page)
