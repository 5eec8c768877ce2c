"""Noticeboards: what is published is on each of them in the same second, on paper, and on screens."""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions.actions import go_away, step_down
from forum import hung_links
from forum.actions import boards as actions
from forum.models import Keeper, Posting, Relay, Screen, Status
from forum.queries.boards import board
from tests.champions.pdfs import alternatives_in, codes_on, reader_of, tags_in, words_on
from tests.factories import forum
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force
from tests.pages import text_of
from wellbeing.people.actions import set_force

EVERYBODY = ["asha", "ben", "champion", "spoc", "hr", "coordinator", "secretary", "lead", "dpo", "superuser"]


@pytest.fixture
def decided(secretary):
    """A published meeting with something for the whole force."""
    meeting = forum.meeting(by=secretary)
    forum.outcome(meeting, "Hot food at night", said="The canteen is closed at night.", next="A menu by Easter.")
    return forum.published(meeting)


def added(meeting, text: str, **values) -> None:
    """An outcome of a meeting that is published already."""
    forum.outcome(meeting, text, **values)
    forum.published(meeting)


@pytest.fixture
def north(station):
    return station.division


@pytest.fixture
def east(db):
    return DivisionFactory(name="East", slug="east")


def page_of(browser, division, part: str = "") -> str:
    answer = browser.get(f"/noticeboards/{division.slug}/{part}")
    assert answer.status_code == 200
    return text_of(answer)


# --- The board ----------------------------------------------------------------------------------------------


def test_anybody_signed_in_reads_every_board(browse_as, request, decided, north, east):
    for who in EVERYBODY:
        browser = browse_as(request.getfixturevalue(who))
        assert "Noticeboard of East" in text_of(browser.get("/noticeboards/")), who
        for division in (north, east):
            for part in ("", "paper/", "screen/"):
                assert "Hot food at night" in page_of(browser, division, part), (who, part)


def test_nobody_reads_it_without_signing_in(decided, north):
    for address in ("", "{}/", "{}/paper/", "{}/pdf/", "{}/screen/"):
        answer = Client().get("/noticeboards/" + address.format(north.slug))
        assert answer.status_code == 302, address
        assert "/sign-in/" in answer["Location"] or "login" in answer["Location"]


def test_a_board_that_is_not_there_is_not_found(browse_as, asha):
    assert browse_as(asha).get("/noticeboards/atlantis/").status_code == 404


def test_what_is_published_is_on_every_board_in_the_same_second(browse_as, asha, secretary, north, east):
    meeting = forum.meeting(by=secretary)
    forum.outcome(meeting, "Lockers for everybody")
    browser, divisions = browse_as(asha), [north, east, *DivisionFactory.create_batch(3)]
    assert not any("Lockers" in page_of(browser, division) for division in divisions)
    forum.published(meeting)
    began = timezone.now()
    assert all("Lockers" in page_of(browser, division) for division in divisions)
    assert all("Lockers" in page_of(browser, division, "screen/") for division in divisions)
    assert timezone.now() - began < timedelta(seconds=10), "asked at once; nothing waited for"


def test_what_concerns_one_division_stands_on_its_board_only(browse_as, asha, decided, north, east):
    added(decided, "A ramp in the East", division=east)
    assert "A ramp in the East" in page_of(browse_as(asha), east)
    assert "A ramp in the East" not in page_of(browse_as(asha), north)


def test_what_is_not_published_stands_nowhere_not_even_for_the_secretary(browse_as, secretary, decided, north):
    forum.outcome(decided, "Still being worded")
    assert "Still being worded" not in page_of(browse_as(secretary), north)


def test_what_goes_on_from_earlier_stands_below_and_what_is_over_no_longer(browse_as, asha, secretary, decided, north):
    earlier = forum.meeting(by=secretary, in_days=7)
    forum.outcome(earlier, "Showers at Deal", status=Status.UNDER_WAY)
    forum.outcome(earlier, "New kettles", status=Status.DONE, over_on=timezone.localdate())
    forum.published(earlier)
    page = page_of(browse_as(asha), north)
    assert page.index("Hot food at night") < page.index("Still going on") < page.index("Showers at Deal")
    assert "New kettles" not in page


def test_a_correction_is_marked(browse_as, asha, decided, north):
    with forum.as_secretary():
        decided.outcomes.update(corrected_at=timezone.now())
    page = page_of(browse_as(asha), north)
    assert "Corrected on" in page
    assert "edition 1, corrected on" in page


def test_an_owner_who_stands_in_no_list_is_not_named(browse_as, asha, decided, north):
    hidden = PersonFactory(known_as="Xaver", last_name="Covert", hidden=True)
    added(decided, "Quiet room", owner=hidden)
    page = page_of(browse_as(asha), north)
    assert "Quiet room" in page
    assert "Covert" not in page


def test_before_anything_is_published_the_board_says_so(browse_as, asha, north):
    for part in ("", "paper/", "screen/"):
        assert "Nothing is published yet" in page_of(browse_as(asha), north, part)


def test_champions_stand_by_station_the_lead_first_and_nobody_who_is_hidden(browse_as, asha, champion, station, north):
    champion_at(station, person=PersonFactory(known_as="Abe", last_name="First", station=station))
    gone = PersonFactory(known_as="Ann", last_name="Away", station=station)
    today = timezone.localdate()
    go_away(champion=champion_at(station, person=gone), first_day=today, last_day=today, by=gone)
    covert = PersonFactory(known_as="Coy", last_name="Covert", station=station)
    champion_at(station, person=covert)
    type(covert).objects.filter(pk=covert.pk).update(hidden=True)
    page, paper = page_of(browse_as(asha), north), page_of(browse_as(asha), north, "paper/")
    assert "Aaron Pearce" in page
    assert "All 2 champions at Ashford" in page
    assert paper.index("Aaron Pearce") < paper.index("Abe First")
    assert "01622 690690" in page
    assert "Covert" not in page + paper
    assert "Ann Away" not in page


def test_a_board_asks_as_often_for_many_as_for_one(browse_as, asha, secretary, decided, champion, station, north):
    browser = browse_as(asha)
    page_of(browser, north)
    with CaptureQueriesContext(connection) as few:
        page_of(browser, north)
    for number in range(3):
        added(decided, f"Number {number}", owner=secretary, division=north)
        other = StationFactory(division=north)
        champion_at(other, leads=[other])
    with CaptureQueriesContext(connection) as many:
        page_of(browser, north)
    assert len(many) == len(few)


# --- On paper -----------------------------------------------------------------------------------------------


def pdf_of(browser, division, size: str) -> bytes:
    answer = browser.get(f"/noticeboards/{division.slug}/pdf/?size={size}")
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize(("size", "wide"), [("a4", 595), ("a3", 842)])
def test_the_paper_is_one_sheet_that_a_screen_reader_reads_in_order(
    browse_as, asha, champion, decided, north, size, wide
):
    the_force()
    found = pdf_of(browse_as(asha), north, size)
    reader = reader_of(found)
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox[2])) == wide
    assert reader.metadata.title == f"You said, we did: noticeboard of {north}"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    words = words_on(reader)
    order = ["You said, we did", "What the forum decided", "canteen", "Hot food", "Easter", "Aaron Pearce", "116 123"]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)
    assert "edition 1" in words
    assert tags_in(found).count("/H1") == 1
    assert board(north).address in codes_on(found)
    assert board(north).hangs_here in codes_on(found)
    assert any("opens the noticeboard" in alternative for alternative in alternatives_in(found))


def test_of_too_many_outcomes_paper_shows_what_is_read_from_two_metres_and_says_how_many_more(
    browse_as, asha, decided, north
):
    for number in range(19):
        values = {"said": "We are tired. " * 35, "position": number + 1}
        added(decided, f"Number {number}. " + "More rest for all. " * 25, **values)
    reader = reader_of(pdf_of(browse_as(asha), north, "a3"))
    assert len(reader.pages) == 1
    words = words_on(reader)
    shown = words.count("We decided:")
    assert 1 < shown < 20
    assert f"And {20 - shown} more: scan the code." in words


def test_a3_holds_what_a4_has_no_room_for(browse_as, asha, decided, north):
    for number in range(12):
        added(decided, f"Number {number}: more rest for all of us.", said="", position=number + 1)
    small, large = (words_on(reader_of(pdf_of(browse_as(asha), north, size))) for size in ("a4", "a3"))
    assert "more: scan the code." in small
    assert "more: scan the code." not in large
    assert [large.index(f"Number {number}:") for number in range(12)] == sorted(
        large.index(f"Number {number}:") for number in range(12)
    )


# --- On a screen --------------------------------------------------------------------------------------------


@pytest.fixture
def wall(browse_as, secretary, north):
    """The address of a screen of the division, as the secretary was shown it."""
    values = {"key": str(uuid.uuid4()), "division": north.slug, "place": "Ashford, canteen"}
    page = browse_as(secretary).post("/forum/screens/", values).content.decode()
    return urlsplit(re.search(r"https?://[^<\s]+/noticeboards/wall/[^<\s]+", page)[0]).path


def test_a_screen_needs_nobody_to_sign_in_and_keeps_nothing(wall, decided):
    answer = Client().get(wall)
    assert "Hot food at night" in text_of(answer)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_screen_shows_peoples_numbers_only_where_the_force_shows_them_to_everybody(wall, champion, decided):
    the_force()
    page = text_of(Client().get(wall))
    assert "Aaron Pearce" in page
    assert "01622 690690" not in page
    set_force(by=None, publish_station_contacts=True)
    assert "01622 690690" in text_of(Client().get(wall))


def test_an_address_that_was_taken_away_or_guessed_shows_nothing(browse_as, secretary, wall, decided):
    assert Client().get("/noticeboards/wall/guessed/").status_code == 404
    screen = Screen.objects.get()
    assert wall.split("/")[-2] not in screen.token_hash
    browse_as(secretary).post(f"/forum/screens/{screen.pk}/close/")
    assert Client().get(wall).status_code == 404


def test_a_screen_shows_its_own_division_and_no_other(wall, decided, north, east):
    added(decided, "A ramp in the East", division=east)
    assert "A ramp in the East" not in text_of(Client().get(f"{wall}?page=1"))
    assert Client().get(f"/noticeboards/{east.slug}/screen/").status_code == 302


def test_only_the_secretary_makes_and_takes_away_screens_and_sees_how_far_it_has_come(answered_otherwise, wall):
    pages = ["/forum/screens/", "/forum/reach/", f"post /forum/screens/{Screen.objects.get().pk}/close/"]
    assert answered_otherwise(404, [name for name in EVERYBODY if name != "secretary"], pages) == []
    assert Screen.objects.count() == 1


def test_two_clicks_make_one_screen_and_its_address_is_shown_once(browse_as, secretary, north):
    values = {"key": str(uuid.uuid4()), "division": north.slug, "place": "Canteen"}
    browser = browse_as(secretary)
    browser.post("/forum/screens/", values)
    again = browser.post("/forum/screens/", values)
    assert "has its address already" in text_of(again)
    assert Screen.objects.count() == 1


def test_without_javascript_pages_are_turned_by_links(browse_as, asha, decided, north):
    for number in range(6):
        added(decided, f"Number {number}. " + "More rest. " * 40, position=number)
    browser = browse_as(asha)
    first = browser.get(f"/noticeboards/{north.slug}/screen/").content.decode()
    assert 'href="?page=2"' in first
    assert "more besides" in first
    second = browser.get(f"/noticeboards/{north.slug}/screen/?page=2").content.decode()
    assert first.count("data-page hidden") == second.count("data-page hidden") >= 1
    assert first.index("data-page>") < second.index("data-page>")
    for nonsense in ("0", "-1", "x", "99999", "²"):
        assert browser.get(f"/noticeboards/{north.slug}/screen/", {"page": nonsense}).status_code == 200


# --- Where it hangs -----------------------------------------------------------------------------------------


def test_who_keeps_a_board_is_asked_and_says_so_with_the_code_on_the_paper(
    browse_as, champion, secretary, decided, station, north
):
    actions.hang(meeting=decided)
    assert [one.person for one in Keeper.objects.to_ask()] == [champion]
    browser = browse_as(champion)
    assert "It hangs at Ashford" in text_of(browser.get("/forum/boards/"))
    code, pressed = urlsplit(board(north).hangs_here).path, {"posting": Posting.objects.get(station=station).pk}
    for _ in range(2):
        assert "It is noted" in text_of(Client().post(code, pressed))
    assert not Keeper.objects.to_ask().exists()
    assert Posting.objects.get(station=station).how == "qr"
    assert f"It hangs at 1 of {Posting.objects.count()}" in text_of(browse_as(secretary).get("/forum/reach/"))


def test_on_their_own_page_a_champion_says_it_of_their_own_boards_and_of_what_hangs_now(
    browse_as, asha, champion, decided, station, north
):
    other = StationFactory(name="Walmer", division=north)
    champion_at(other)
    actions.hang(meeting=decided)
    browser = browse_as(champion)
    for where in (other, station):
        browser.post(f"/forum/boards/{Posting.objects.get(station=where).pk}/hangs/")
    assert list(Posting.objects.filter(posted_at__isnull=False).values_list("station", "how")) == [(station.pk, "page")]
    assert browse_as(asha).post(f"/forum/boards/{Posting.objects.get(station=other).pk}/hangs/").status_code == 404
    Posting.objects.update(posted_at=None, posted_by=None, how="")
    forum.put(decided, edition=2)
    browser.post(f"/forum/boards/{Posting.objects.get(station=station).pk}/hangs/")
    assert not Posting.objects.filter(posted_at__isnull=False).exists()


def test_the_board_of_a_station_that_is_closed_is_nobodys_to_hang(champion, decided, station):
    actions.hang(meeting=decided)
    mailed = hung_links.address_in_mail(Keeper.objects.get().pk)
    assert Client().get(mailed).status_code == 200
    type(station).objects.filter(pk=station.pk).update(closed=True)
    assert Client().get(mailed).status_code == 404


def test_so_many_taps_that_nobody_makes_them_are_turned_away(champion, decided, north, station):
    actions.hang(meeting=decided)
    code, pressed = urlsplit(board(north).hangs_here).path, {"posting": Posting.objects.get(station=station).pk}
    assert {Client().post(code, pressed).status_code for _ in range(20)} == {200}
    assert Client().post(code, pressed).status_code == 404


def test_a_mail_to_somebody_who_keeps_the_board_no_longer_or_of_an_old_edition_writes_nothing(
    champion, decided, station
):
    actions.hang(meeting=decided)
    mailed = hung_links.address_in_mail(Keeper.objects.get().pk)
    forum.put(decided, edition=2)
    assert "out of date" in text_of(Client().post(mailed, {"posting": Posting.objects.get(station=station).pk}))
    step_down(champion=champion.champion, by=champion)
    assert Client().get(mailed).status_code == 404
    assert not Posting.objects.filter(posted_at__isnull=False).exists()


def test_whoever_sits_for_a_strand_says_that_it_has_been_told(browse_as, asha, chidi, secretary, decided):
    forum.seat(asha, by=secretary)
    actions.hang(meeting=decided)
    relay = Relay.objects.get(strand=forum.strand())
    assert "UNISON has been told" in text_of(browse_as(asha).get("/forum/mine/"))
    assert browse_as(chidi).post(f"/forum/relays/{relay.pk}/").status_code == 404
    browse_as(asha).post(f"/forum/relays/{relay.pk}/")
    page = text_of(browse_as(secretary).get("/forum/reach/"))
    assert "UNISON: told" in page
    assert "HR: nobody represents it" in page
    assert "edition 1." in page
