"""Asking a volunteer to get in touch, as it comes to a browser without JavaScript."""

import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions as champions
from tests.contact.asking import ANSWERS, ask_page, asked, every_row, held_in, page_of, send, text_of
from tests.factories.people import PersonFactory
from tests.factories.spocs import listed_spoc
from wellbeing.contact import queries
from wellbeing.people.actions import change_person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def rows_of(person) -> list:
    with acting_as(person):
        return every_row()


def test_the_way_from_a_profile_to_sent_and_what_both_see(browse_as, asha, spoc):
    client = browse_as(asha)
    profile = client.get(spoc.spoc.get_absolute_url()).content.decode()
    assert f'href="{ask_page(spoc.spoc)}">Ask Sasha to contact me' in profile
    key = asked(client, spoc.spoc)
    assert "Sent to Sasha" in text_of(client.get(page_of(key)))
    read = text_of(browse_as(spoc).get(page_of(key)))
    for words in ("Asha Patel would like to hear from you", "Call me", "07700 900555", "I cannot sleep.", "after six"):
        assert words in read


def test_a_champion_is_asked_from_their_page_and_their_stations_but_nobody_asks_themselves(browse_as, asha, champion):
    link = "Ask Aaron Pearce to contact me"
    pages = (champion.champion.get_absolute_url(), "/champions/stations/ashford/")
    for page in pages:
        assert link in text_of(browse_as(asha).get(page))
        assert link not in text_of(browse_as(champion).get(page))
    asked(browse_as(asha), champion.champion)
    assert [row.kind for row in rows_of(champion)] == ["champion"]


def test_quicker_ways_and_limits_come_before_anything_is_asked(browse_as, asha, spoc):
    page = browse_as(asha).get(ask_page(spoc.spoc))
    text = text_of(page)
    assert "Error" not in page.content.decode()
    assert "There is a problem" not in text
    assert text.index("Call Sasha") < text.index("urgent help is there now") < text.index("serious risk to life")
    assert text.index("serious risk to life") < text.index("go on")
    assert "<textarea" not in page.content.decode()
    assert 'type="radio"' not in page.content.decode()


def test_who_can_read_it_stands_before_the_first_box(browse_as, asha, spoc):
    client = browse_as(asha)
    who = client.post(ask_page(spoc.spoc), {"to": "who"})
    assert "You and Sasha. It is not shown to your line manager" in text_of(who)
    assert "Only if one of you reports that something is not right" in text_of(who)
    boxes = text_of(client.post(ask_page(spoc.spoc), {**held_in(who), "to": "reach"}))
    assert boxes.index("You and Sasha. It is not shown") < boxes.index("How may they get in touch?")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"way": ""}, "Choose how they may get in touch."),
        ({"way": "pigeon"}, "Select a valid choice"),
        ({"where": ""}, "Enter a number, an address or a place."),
        ({"message": ""}, "Choose whether a message may be left."),
        ({"words": "x" * 501}, "at most 500 characters"),
        ({"when": ""}, "Say when, or that any time is fine."),
    ],
)
def test_a_missing_answer_is_asked_for_where_it_belongs_and_the_others_are_kept(browse_as, asha, spoc, typed, sentence):
    """Also from a page that was made up: every step is looked at anew when it is sent."""
    made_up = {"id": str(uuid4()), **ANSWERS, **typed}
    page = browse_as(asha).post(ask_page(spoc.spoc), {**made_up, "to": "send"})
    assert sentence in text_of(page)
    kept = page.content.decode()
    assert all(answer in kept for answer in made_up.values() if len(answer) < 100)
    assert rows_of(asha) == []


def test_a_step_that_is_opened_for_the_first_time_shows_no_error(browse_as, asha, spoc):
    client = browse_as(asha)
    for step in ("who", "reach"):
        page = client.post(ask_page(spoc.spoc), {"to": step})
        assert "There is a problem" not in text_of(page)
        assert page.wsgi_request.sensitive_post_parameters == "__ALL__"  # in no report of an error


def test_what_was_typed_is_escaped(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc, words="<script>alert(1)</script>", where='"><b>')
    for reader in (asha, spoc):
        page = browse_as(reader).get(page_of(key)).content.decode()
        assert "<script>alert" not in page
        assert '"><b>' not in page


def test_two_clicks_make_one_request(browse_as, asha, spoc):
    client = browse_as(asha)
    typed = {"id": str(uuid4()), **ANSWERS, "to": "send"}
    answers = [client.post(ask_page(spoc.spoc), typed)["Location"] for _ in range(2)]
    assert len(set(answers)) == len(rows_of(asha)) == 1


def test_the_key_of_somebody_elses_request_is_refused_in_words(browse_as, asha, chidi, spoc, champion):
    key = asked(browse_as(chidi), spoc.spoc)
    page = browse_as(asha).post(ask_page(champion.champion), {"id": key, **ANSWERS, "to": "send"})
    assert "Please start again" in text_of(page)
    assert rows_of(asha) == []


def test_whoever_has_asked_already_is_led_to_what_they_asked(browse_as, asha, spoc):
    client = browse_as(asha)
    key = asked(client, spoc.spoc)
    made_up = {"id": str(uuid4()), **ANSWERS, "to": "send"}
    for page in (client.get(ask_page(spoc.spoc)), client.post(ask_page(spoc.spoc), made_up)):
        assert "You have asked Sasha already" in text_of(page)
        assert page_of(key) in page.content.decode()


def test_a_sixth_request_waits_for_an_answer_to_one_of_five(browse_as, asha, spoc):
    client = browse_as(asha)
    first, *_ = [asked(client, listed_spoc()) for _ in range(5)]
    assert "You have asked 5 people" in text_of(send(client, spoc.spoc))
    client.post(f"{page_of(first)}delete/")
    assert send(client, spoc.spoc).status_code == 302


def test_whoever_stands_above_is_said_so_at_any_depth_and_no_manager_learns_who_of_theirs_it_is(
    browse_as, asha, ben, chidi, spoc
):
    change_person(person=ben, by=None, line_manager=spoc)
    below = listed_spoc(person=PersonFactory(known_as="Kim", line_manager=asha))
    warned = "stands above you in your line of command"
    assert warned in text_of(browse_as(asha).get(ask_page(spoc.spoc)))
    assert "line of command" not in text_of(browse_as(asha).get(ask_page(below)))
    assert warned not in text_of(browse_as(chidi).get(ask_page(spoc.spoc)))
    assert send(browse_as(asha), spoc.spoc).status_code == 302


def test_whoever_cannot_be_asked_is_answered_alike_and_others_are_offered(browse_as, asha, spoc, champion):
    """Withdrawn, paused, away, unknown, oneself, and who does not want to hear from one: nothing proves which."""
    client = browse_as(asha)
    paused, withdrawn, mine = (listed_spoc(), listed_spoc(), listed_spoc(person=asha))
    browse_as(paused.person).post("/spocs/me/pause/")
    browse_as(withdrawn.person).post("/spocs/me/withdraw/")
    key = asked(client, spoc.spoc)
    browse_as(spoc).post(f"{page_of(key)}block/")
    away = timezone.localdate()
    keys = [paused.pk, withdrawn.pk, mine.pk, spoc.spoc.pk, uuid4()]
    answers = [client.get(f"/contact/ask/{one}/") for one in keys]
    assert {answer.status_code for answer in answers} == {410}
    assert len({text_of(answer) for answer in answers}) == 1
    assert "Ask Aaron Pearce to contact me" in text_of(answers[0])
    assert "Sasha" not in text_of(answers[0])
    champions.go_away(champion=champion.champion, by=champion, first_day=away, last_day=away)
    assert "Aaron" not in text_of(client.get(f"/contact/ask/{champion.champion.pk}/"))
    for page in ("/champions/stations/ashford/", champion.champion.get_absolute_url()):
        assert "to contact me" not in text_of(client.get(page))


# --- The volunteer's answer -----------------------------------------------------------------------------


def test_i_have_been_in_touch_ends_it_and_somebody_may_ask_again(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc)
    page = browse_as(spoc).post(f"{page_of(key)}in-touch/", follow=True)
    assert "You have been in touch" in text_of(page)
    assert "says that they have been in touch" in text_of(browse_as(asha).get(page_of(key)))
    assert send(browse_as(asha), spoc.spoc).status_code == 302


def test_i_cannot_leads_the_asker_to_somebody_else_with_what_they_wrote(browse_as, asha, spoc, champion):
    client = browse_as(asha)
    key = asked(client, spoc.spoc)
    browse_as(spoc).post(f"{page_of(key)}cannot/")
    assert browse_as(spoc).get(page_of(key)).status_code == 404
    page = client.get(page_of(key))
    assert "Ask Aaron Pearce instead" in text_of(page)
    check = client.post(ask_page(champion.champion), {**held_in(page), "to": "check"})
    assert "I cannot sleep." in text_of(check)
    client.post(ask_page(champion.champion), {**held_in(check), "to": "send"})
    assert [row.volunteer_id for row in rows_of(asha)] == [champion.pk]


def test_after_five_days_without_an_answer_somebody_else_may_be_picked(browse_as, asha, spoc, champion):
    key = asked(browse_as(asha), spoc.spoc)
    assert "instead" not in text_of(browse_as(asha).get(page_of(key)))
    with time_machine.travel(timezone.now() + timedelta(days=5, minutes=1), tick=False):
        page = text_of(browse_as(asha).get(page_of(key)))
    assert "You may pick somebody else" in page
    assert "Ask Aaron Pearce instead" in page


def test_the_day_on_which_the_reminder_comes_is_the_day_from_which_somebody_else_may_be_picked(browse_as, asha, spoc):
    late = timezone.localtime().replace(hour=23, minute=30)
    with time_machine.travel(late, tick=False):
        key = asked(browse_as(asha), spoc.spoc)
        with acting_as(asha):
            (told,) = queries.long_unanswered()
    with time_machine.travel(datetime.combine(told.day, time(0, 30), late.tzinfo), tick=False):
        assert "You may pick somebody else" in text_of(browse_as(asha).get(page_of(key)))
    with time_machine.travel(datetime.combine(told.day, time(0), late.tzinfo) - timedelta(minutes=30), tick=False):
        assert "instead" not in text_of(browse_as(asha).get(page_of(key)))


def test_a_spoc_who_is_no_longer_listed_has_no_name_any_more(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc)
    browse_as(spoc).post("/spocs/me/withdraw/")
    for page in (page_of(key), "/contact/"):
        text = text_of(browse_as(asha).get(page))
        assert "Sasha" not in text
        assert "pick somebody else" in text


def test_nobody_is_led_to_somebody_who_has_died_or_left(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc)
    change_person(person=asha, by=None, left=date(2020, 1, 1))
    assert browse_as(spoc).get(page_of(key)).status_code == 404
    assert "Asha" not in text_of(browse_as(spoc).get("/contact/"))


@pytest.mark.parametrize("who", ["asha", "spoc"])
def test_either_of_the_two_deletes_it_at_once_without_a_reason(browse_as, asha, spoc, who, request):
    key = asked(browse_as(asha), spoc.spoc)
    client = browse_as(request.getfixturevalue(who))
    assert "Delete this for good?" in text_of(client.get(f"{page_of(key)}delete/"))
    client.post(f"{page_of(key)}delete/")
    assert rows_of(asha) == rows_of(spoc) == []
    assert browse_as(asha).get(page_of(key)).status_code == 404


def test_whoever_is_asked_already_is_not_offered_as_somebody_else(browse_as, asha, spoc, champion):
    client = browse_as(asha)
    asked(client, champion.champion)
    assert "Aaron" not in text_of(client.get(f"/contact/ask/{uuid4()}/"))
    key = asked(client, spoc.spoc)
    browse_as(spoc).post(f"{page_of(key)}cannot/")
    assert "instead" not in text_of(client.get(page_of(key)))


def test_an_answer_to_what_was_deleted_meanwhile_says_so(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc)
    volunteer = browse_as(spoc)
    volunteer.post(f"{page_of(key)}in-touch/")
    again = volunteer.post(f"{page_of(key)}cannot/", follow=True)
    assert "it was deleted, or you have answered already" in text_of(again)


# --- Not again ------------------------------------------------------------------------------------------


def test_nothing_tells_that_a_first_name_is_also_a_champions(browse_as, asha, champion, spoc):
    """Asked as a champion, offered, kept away: the SPOC's page answers as it does for any other SPOC."""
    also = listed_spoc(person=champion)
    client = browse_as(asha)
    links = [f'href="{ask_page(one)}"' for one in (champion.champion, also, spoc.spoc)]

    def offered() -> list[bool]:
        page = client.get(f"/contact/ask/{uuid4()}/").content.decode()
        return [link in page for link in links]

    assert offered() == [True, True, True]
    key = asked(client, champion.champion)
    assert offered() == [False, True, True]
    assert [client.get(ask_page(one)).status_code for one in (also, spoc.spoc)] == [200, 200]
    assert "Before you ask Aaron to" in text_of(client.get(ask_page(also)))
    other = asked(client, also)
    client.post(f"{page_of(key)}block/")
    assert client.get(page_of(other)).status_code == 200
    assert offered() == [False, False, True]
    client.post(f"{page_of(other)}delete/")
    assert offered() == [False, True, True]
    assert client.get(ask_page(champion.champion)).status_code == 410
    last = asked(client, also)
    client.post(f"{page_of(last)}block/")
    assert offered() == [False, False, True]
    assert len(re.findall("Take it back", client.get("/contact/").content.decode())) == 2


def test_a_volunteer_is_not_asked_again_by_somebody_until_they_take_it_back(browse_as, asha, chidi, spoc):
    volunteer = browse_as(spoc)
    volunteer.post(f"{page_of(asked(browse_as(asha), spoc.spoc))}in-touch/")
    key = asked(browse_as(asha), spoc.spoc)
    volunteer.post(f"{page_of(key)}block/")
    assert [str(row.pk) for row in rows_of(spoc)] == [key]  # what was answered before is deleted with its number
    assert "They cannot be asked at the moment" in text_of(browse_as(asha).get(page_of(key)))
    assert browse_as(asha).get(ask_page(spoc.spoc)).status_code == 410
    assert browse_as(chidi).get(ask_page(spoc.spoc)).status_code == 200
    own = volunteer.get("/contact/")
    assert "Asha Patel, since" in text_of(own)
    address = own.content.decode().partition('action="/contact/blocks/')[2].partition('"')[0]
    browse_as(asha).post(f"/contact/blocks/{address}")
    assert browse_as(asha).get(ask_page(spoc.spoc)).status_code == 410
    volunteer.post(f"/contact/blocks/{address}")
    assert browse_as(asha).get(ask_page(spoc.spoc)).status_code == 200


def test_an_asker_is_not_contacted_again_and_learns_no_other_name_by_it(browse_as, asha, spoc):
    key = asked(browse_as(asha), spoc.spoc)
    browse_as(asha).post(f"{page_of(key)}block/")
    assert rows_of(spoc) == []
    assert "Sasha, since" in text_of(browse_as(asha).get("/contact/"))
    assert browse_as(asha).get(ask_page(spoc.spoc)).status_code == 410
    browse_as(spoc).post("/spocs/me/withdraw/")
    assert "Sasha" not in text_of(browse_as(asha).get("/contact/"))


def count(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/contact/")
    return len(queries)


def test_the_list_costs_as_many_queries_for_three_as_for_one(browse_as, asha, spoc):
    asked(browse_as(asha), spoc.spoc)
    volunteer = browse_as(spoc)
    count(volunteer)
    few = count(volunteer)
    for _ in range(2):
        asked(browse_as(PersonFactory()), spoc.spoc)
    assert count(volunteer) == few


def test_for_whoever_asked_it_does_too_with_the_names_of_whom_they_asked_and_blocked(browse_as, asha):
    client = browse_as(asha)

    def one_more() -> None:
        asked(client, listed_spoc())
        client.post(f"{page_of(asked(client, listed_spoc()))}block/")

    one_more()
    count(client)
    few = count(client)
    for _ in range(2):
        one_more()
    assert count(client) == few
    page = text_of(client.get("/contact/"))
    assert page.count("not answered yet") == page.count(", since") == 3


@pytest.mark.parametrize("spoilt", [{"id": "x"}, {"id": "\0"}, {"instead_of": "x"}, {"id": "", "instead_of": "-1"}])
def test_a_page_whose_hidden_keys_were_spoilt_is_sent_all_the_same(browse_as, asha, spoc, spoilt):
    sent = browse_as(asha).post(ask_page(spoc.spoc), {**ANSWERS, "to": "send", **spoilt})
    assert sent.status_code == 302
    assert len(rows_of(asha)) == 1


@pytest.mark.parametrize("page", ["", "delete/", "block/"])
def test_a_button_that_takes_the_page_away_is_pressed_once_however_often_it_is_clicked(browse_as, asha, spoc, page):
    key = asked(browse_as(asha), spoc.spoc)
    main = browse_as(spoc).get(f"{page_of(key)}{page}").content.decode().partition("<main")[2].partition("</main>")[0]
    buttons = re.findall(r"<button[^>]*>", main)
    assert buttons
    assert all('data-prevent-double-click="true"' in button for button in buttons)


def test_five_hundred_characters_are_five_hundred_also_where_some_of_them_are_new_lines(browse_as, asha, spoc):
    words = "\r\n".join(["😀" * 99] * 5) + "x"  # as a browser sends what it has counted as 500
    asked(browse_as(asha), spoc.spoc, words=words)
    assert len(rows_of(asha)) == 1
    again = browse_as(asha).post(ask_page(spoc.spoc), {**ANSWERS, "words": words + "x", "to": "when"})
    assert again.status_code == 200


def test_what_was_typed_goes_on_to_somebody_else_where_a_volunteer_takes_a_break_meanwhile(
    browse_as, asha, spoc, champion
):
    client = browse_as(asha)
    browse_as(spoc).post("/spocs/me/pause/")
    page = client.post(ask_page(spoc.spoc), {**ANSWERS, "when": "", "to": "check"})
    assert "Ask Aaron Pearce instead, with what you typed" in text_of(page)
    other = client.post(ask_page(champion.champion), {**held_in(page), "to": "check"})
    assert "When Aaron Pearce may get in touch" in text_of(other)  # a step was missing: the rest is there
    check = client.post(ask_page(champion.champion), {**held_in(other), "when": "after six", "to": "check"})
    assert ANSWERS["words"] in text_of(check)
    client.post(ask_page(champion.champion), {**held_in(check), "to": "send"})
    assert [row.volunteer_id for row in rows_of(asha)] == [champion.pk]
