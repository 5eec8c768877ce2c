"""One box for the whole portal: what it finds, what it forgives, and that it keeps nothing."""

import re

import pytest
from celery.signals import worker_ready
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from champions import actions as champions
from champions.models import Champion
from spocs import actions as spocs
from spocs.actions import stories as spocs_stories
from spocs.models import Spoc
from tests.databases import the_worker
from tests.factories.champions import champion_at
from tests.factories.guidance import a_page
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.spocs import listed_spoc
from tests.factories.stories import draft, published
from wellbeing.celery import app
from wellbeing.people import actions as people
from wellbeing.search import spelling, tasks
from wellbeing.search.models import Word
from wellbeing.support import actions as support
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH = "/search/"


@pytest.fixture
def things(champion, spoc, settings, tmp_path):
    """A little of everything, and the words of it known."""
    settings.VAR_DIR = tmp_path
    support.load_shipped_topics()
    support.load_shipped_services()
    a_page("Holding a 1-1", text="Listening is more than talking.")
    with the_worker():
        tasks.learn.apply(throw=True)


@pytest.fixture
def found(browse_as, asha, things):
    """`found(text)`: the page that Asha is shown for what she typed, as text."""

    def ask(text: str) -> str:
        return words_of(browse_as(asha).post(SEARCH, {"text": text}).content.decode())

    return ask


def words_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_topic_is_found_by_what_people_call_it(found):
    for typed, topic in [
        ("can't sleep", "Not sleeping"),
        ("can’t sleep", "Not sleeping"),
        ("INSOMNIA", "Not sleeping"),
        ("the change", "Menopause"),
        ("debt", "Money worries"),
        ("drinking too much", "Drinking and other habits"),
        ("menopuase", "Menopause"),
    ]:
        assert topic in found(typed), typed


def test_people_places_services_and_guidance_are_found(found):
    for typed, expected in [
        ("Aaron", "Aaron Pearce"),
        ("pearce", "Aaron Pearce"),
        ("Ashford", "Aaron Pearce"),
        ("sasha", "Sasha"),
        ("samaritans", "Samaritans"),
        ("listening", "Holding a 1-1"),
    ]:
        assert expected in found(typed), typed


def test_a_page_is_found_by_what_people_call_it(browse_as, asha, things):
    page = browse_as(asha).post(SEARCH, {"text": "SPOC"}).content.decode()
    assert 'href="/spocs/">Someone who has been there</a>' in page.split("<main")[1].split("Guidance</h2>")[0]
    assert 'href="/urgent/">Urgent help</a>' in browse_as(asha).post(SEARCH, {"text": "crisis"}).content.decode()


def test_a_typing_error_is_put_right_and_said(found):
    for typed, said, expected in [
        ("Peerce", "pearce", "Aaron Pearce"),
        ("samaritens", "samaritans", "Samaritans"),
        ("lisening", "listening", "Holding a 1-1"),
    ]:
        page = found(typed)
        assert f"“{said}”" in page
        assert expected in page, typed


def test_where_nothing_has_all_the_words_what_has_some_is_shown_and_said(found):
    page = found("samaritans xylophone")
    assert "Nothing has all of these words" in page
    assert "Samaritans" in page


def test_nothing_found_leads_to_people(found):
    page = found("zzzzz")
    assert "Nothing found" in page
    assert "Someone who has been there" in page
    assert "Numbers that answer day and night" in page


def test_words_about_a_life_bring_the_urgent_numbers_first(found):
    for typed in ["suicidal", "I want to end it", "kill myself", "suicdal", "frightened at home"]:
        page = found(typed)
        assert "You can talk to somebody now" in page, typed
        assert page.index("116 123") < page.index("To talk about")


def test_other_words_do_not(found):
    for typed in ["debt", "Aaron", "insomnia"]:
        assert "You can talk to somebody now" not in found(typed), typed


def test_an_empty_box_is_answered_beside_it(browse_as, asha):
    page = browse_as(asha).post(SEARCH, {"text": "  "}).content.decode()
    assert "Type a word: a name, a place, or what is on your mind." in page
    assert 'href="#id_text"' in page


def test_what_was_typed_stays_in_the_box_as_text(browse_as, asha):
    page = browse_as(asha).post(SEARCH, {"text": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_odd_input_is_answered(browse_as, asha, things):
    for typed in ["a" * 101, "\x00", "'; drop table people_person; --", "!!! & | ( : *", "or", "-", "“"]:
        assert browse_as(asha).post(SEARCH, {"text": typed}).status_code == 200


# --- Only what one may see ---------------------------------------------------------------------------------


def test_the_last_name_of_somebody_who_shows_the_first_one_only_finds_nobody(found):
    assert "Sasha" not in found("winter")


def test_whoever_shows_the_full_name_is_found_by_it(found):
    listed_spoc(person=PersonFactory(known_as="Kim", last_name="Summer"), first_name_only=False)
    assert "Kim Summer" in found("summer")


def test_a_story_is_found_by_its_words_until_it_is_withdrawn(found, asha, spoc, coordinator):
    story = published(spoc, coordinator, title="The year of the lighthouse", text="I watched the harbour all winter.")
    draft(asha, title="Nobody's to find yet", text="A harbour of my own.")
    assert "The year of the lighthouse" in found("harbour")
    assert "Nobody&#x27;s to find yet" not in found("harbour")
    with acting_as(spoc):
        spocs_stories.withdraw(story_id=story.story_id, by=spoc)
    assert "The year of the lighthouse" not in found("harbour")


def spocs_off_the_list() -> None:
    """On a break, hidden, and not confirmed for longer than the list shows anybody."""
    paused, hidden, unconfirmed = (
        listed_spoc(person=PersonFactory(known_as=one)) for one in ("Quilla", "Ravi", "Tess")
    )
    people.change_person(person=hidden.person, by=None, hidden=True)
    with acting_as(paused.person):
        spocs.pause(spoc=paused, by=paused.person)
    with acting_as(unconfirmed.person):
        Spoc.objects.filter(pk=unconfirmed.pk).update(confirmed_on="2020-01-01")


def test_the_withdrawn_the_paused_the_hidden_and_the_unpublished_are_not_found(found, spoc, champion):
    a_page("Zebras at work", text="Stripes.", published=False)
    hidden = champion_at(champion.station, person=PersonFactory(known_as="Odette", last_name="Hidden"))
    people.change_person(person=hidden.person, by=None, hidden=True)
    with acting_as(spoc):
        spocs.withdraw(spoc=spoc.spoc, by=spoc)
    champions.step_down(champion=Champion.objects.get(person=champion), by=None)
    Topic.objects.filter(name="Menopause").update(shown=False)
    names = {
        "sasha": "Sasha",
        "pearce": "Aaron Pearce",
        "odette": "Odette",
        "zebras": "Zebras at",
        "menopause": "Menopause",
        "quilla": "Quilla",
        "ravi": "Ravi",
        "tess": "Tess",
    }
    spocs_off_the_list()
    for typed, name in names.items():
        assert name not in found(typed), typed


def test_nobody_searches_without_signing_in(client, db):
    assert client.get(SEARCH)["Location"] == "/account/login/"
    assert client.post(SEARCH, {"text": "Aaron"})["Location"] == "/account/login/"


# --- Nothing is kept ---------------------------------------------------------------------------------------


def test_a_search_writes_nothing_and_stands_in_no_address(browse_as, asha, things):
    client = browse_as(asha)
    client.get(SEARCH)
    session = dict(client.session)
    with CaptureQueriesContext(connection) as asked:
        response = client.post(SEARCH, {"text": "insomnia"})
    assert not [query["sql"] for query in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"], re.I)]
    assert dict(client.session) == session
    assert not any("insomnia" in str(row.get_decoded()) for row in Session.objects.all())
    assert response.request["QUERY_STRING"] == ""
    assert response.wsgi_request.sensitive_post_parameters == "__ALL__"  # in no report of an error
    assert tasks.learn.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "no-store" in response["Cache-Control"]


def test_the_address_after_signing_in_is_the_box_alone(client, db):
    client.get(f"{SEARCH}?text=insomnia")
    assert "insomnia" not in str(dict(client.session))


# --- How much it asks -----------------------------------------------------------------------------------------


def test_a_search_costs_as_many_queries_for_twenty_as_for_one(browse_as, asha, things, station):
    client = browse_as(asha)
    client.get(SEARCH)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post(SEARCH, {"text": "ashford"})
        return len(queries)

    few = count()
    for number in range(19):
        champion_at(station)
        a_page(f"Ashford {number}")
    assert count() <= few


# --- The words that are known ---------------------------------------------------------------------------------


def test_words_are_learnt_and_forgotten(things, station):
    assert Word.objects.filter(word="insomnia").exists()
    Topic.objects.filter(name="Not sleeping").update(shown=False)
    with the_worker():
        tasks.learn.apply(throw=True)
    assert not Word.objects.filter(word="insomnia").exists()
    assert Word.objects.filter(word="menopause").exists()


def test_words_are_known_once_a_worker_is_ready(station, monkeypatch):
    monkeypatch.setattr(tasks.learn, "delay", lambda: tasks.learn.apply(throw=True))
    with the_worker():
        worker_ready.send(sender=None)
    assert Word.objects.filter(word="ashford").exists()


def test_no_word_is_known_of_who_has_been_there(things):
    listed_spoc(person=PersonFactory(known_as="Xanthippe", last_name="Quarterstaff"))
    with the_worker():
        tasks.learn.apply(throw=True)
    assert not Word.objects.filter(word__in=["xanthippe", "quarterstaff", "winter"]).exists()


def test_short_words_are_taken_as_they_stand(things):
    StationFactory(name="Deal")
    assert spelling.corrected("dea") is None


def test_every_page_leads_to_the_box(browse_as, asha):
    assert f'href="{reverse("search")}"' in browse_as(asha).get("/").content.decode()
