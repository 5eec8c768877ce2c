"""Finding somebody by what one would like to talk about, as it comes to a browser with and without JavaScript."""

import logging
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spocs import actions, queries
from spocs.models import Spoc
from tests.factories.guidance import a_page
from tests.factories.people import PersonFactory, StationFactory, the_force
from tests.factories.spocs import by_oneself, listed_spoc, topic
from tests.factories.stories import published
from tests.spocs.test_views import MIDNIGHT, NOON, text_of
from wellbeing.support.models import Service, Topic

pytestmark = pytest.mark.django_db

FRONT, FIND, LIST = "/spocs/", "/spocs/find/", "/spocs/everybody/"
HTMX = {"HX-Request": "true"}


def page_of(one) -> str:
    return f"/spocs/topics/{one.pk}/"


def talks_about(*topics, **profile) -> Spoc:
    """A listed SPOC who agreed to these topics."""
    return listed_spoc(topics=topics, **profile)


@pytest.fixture
def sleep(db):
    return topic("Not sleeping", also_called=["can't sleep", "insomnia"], summary="When the nights are long.")


@pytest.fixture
def ending(db):
    return topic("Thoughts of ending my life", also_called=["suicidal"], urgent=True, order=200)


@pytest.fixture
def line(db):
    return Service.objects.create(
        name="Samaritans of the test", for_what="all", phone="116 123", always_open=True, urgent=True
    )


@pytest.fixture
def visitor(browse_as, asha):
    return browse_as(asha)


# --- By words -----------------------------------------------------------------------------------------------------


def test_the_page_begins_with_the_topics_each_at_an_address_that_does_not_name_it(visitor, sleep, ending):
    page = visitor.get(FRONT).content.decode()
    assert f'href="{page_of(sleep)}">Not sleeping</a>' in page
    assert page.index("When the nights are long.") < page.index(f'href="{LIST}">see everybody who has been there')
    assert "What would you like to talk about?" in page


def test_words_are_posted_and_find_a_topic_without_javascript(visitor, sleep, ending):
    answer = visitor.post(FIND, {"text": "can’t sleep"})
    page = text_of(answer)
    assert "You may mean: Not sleeping." in page
    assert "Thoughts of ending my life" not in page
    assert 'value="can’t sleep"' in answer.content.decode()
    assert visitor.get(FIND)["Location"] == FRONT
    assert answer.wsgi_request.sensitive_post_parameters == "__ALL__"  # in no report of an error


def test_words_find_while_they_are_typed_and_the_answer_is_a_part_of_the_page(visitor, sleep):
    part = visitor.post(FIND, {"text": "inso"}, headers=HTMX).content.decode()
    assert "<html" not in part
    assert 'hx-swap-oob="innerHTML:#found"' in part
    assert "You may mean: Not sleeping." in part
    assert "Choose whatever comes closest." in visitor.post(FIND, {"text": ""}, headers=HTMX).content.decode()


def test_urgent_words_bring_the_numbers_forward(visitor, sleep, ending, line):
    page = text_of(visitor.post(FIND, {"text": "suicidal"}))
    assert page.index("Call Samaritans of the test") < page.index("Thoughts of ending my life", page.index("Call"))
    assert "There are people who answer right now." in page
    with time_machine.travel(NOON, tick=False):
        page = text_of(visitor.get(page_of(ending)))
    assert page.index("You can talk to somebody right now") < page.index("Colleagues who would talk")


def test_words_that_mean_nothing_are_met_kindly_and_all_topics_stay(visitor, sleep, ending, line):
    page = text_of(visitor.post(FIND, {"text": "xylophone"}))
    assert "No topic here has these words. You can still talk about it." in page
    for way in ("champions", "Not sleeping", "Thoughts of ending my life", "Samaritans of the test"):
        assert way in page


def test_without_topics_the_page_says_so(visitor):
    assert "No topics are listed yet." in text_of(visitor.get(FRONT))


# --- A topic ------------------------------------------------------------------------------------------------------


def test_a_topic_shows_who_agreed_to_it_and_nobody_else(visitor, sleep, ending):
    talks_about(sleep, person=PersonFactory(known_as="Kim"))
    talks_about(ending, person=PersonFactory(known_as="Lou"))
    paused = talks_about(sleep, person=PersonFactory(known_as="Max"))
    by_oneself(actions.pause, paused)
    page = text_of(visitor.get(page_of(sleep)))
    assert "Call Kim" in page
    assert "Lou" not in page
    assert "Max" not in page


def test_the_title_which_browsers_keep_does_not_name_the_topic(visitor, sleep):
    page = visitor.get(page_of(sleep)).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Someone who has been there")
    assert "sleep" not in title.lower()
    assert re.search(r"<h1[^>]*>Not sleeping</h1>", page)
    assert "no-visited" in page


def test_a_topic_that_is_hidden_or_unknown_is_answered_alike_and_not_named(visitor, sleep):
    Topic.objects.filter(pk=sleep.pk).update(shown=False)
    hidden, unknown = visitor.get(page_of(sleep)), visitor.get(f"/spocs/topics/{uuid4()}/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert text_of(hidden) == text_of(unknown)
    assert "sleep" not in hidden.content.decode().lower()


def test_a_topic_without_anybody_leads_to_services_and_to_what_there_is_to_read(visitor, sleep, line):
    a_page("Resting between nights").topics.add(sleep)
    a_page("Not published", published=False).topics.add(sleep)
    with time_machine.travel(NOON, tick=False):
        page = text_of(visitor.get(page_of(sleep)))
    assert "No one is listed for this yet. These services can help:" in page
    assert "Samaritans of the test" in page
    assert "Resting between nights" in page
    assert "Not published" not in page


def test_a_topic_shows_its_stories_and_no_others(visitor, sleep, ending, chidi, coordinator):
    published(chidi, coordinator, topics=[sleep], title="The nights that would not end")
    published(chidi, coordinator, topics=[ending], title="A Tuesday in March")
    page = text_of(visitor.get(page_of(sleep)))
    assert "The nights that would not end" in page
    assert "A Tuesday in March" not in page


def test_at_night_the_lines_stand_before_the_people(visitor, sleep, line):
    talks_about(sleep, person=PersonFactory(known_as="Kim"))
    with time_machine.travel(MIDNIGHT, tick=False):
        night = text_of(visitor.get(page_of(sleep)))
    with time_machine.travel(NOON, tick=False):
        day = text_of(visitor.get(page_of(sleep)))
    assert night.index("Samaritans of the test") < night.index("Call Kim")
    assert day.index("Call Kim") < day.index("Samaritans of the test")


def test_nobody_is_first_every_day_nor_in_every_topic(sleep, ending):
    for name in ("Ann", "Bob", "Cy"):
        talks_about(sleep, ending, person=PersonFactory(known_as=name))
    first_of = {sleep: [], ending: []}
    for day in range(40):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            for one, firsts in first_of.items():
                firsts.append(queries.people(Spoc.objects.listed(), topic=one).fit[0].shown_name)
    assert [set(firsts) for firsts in first_of.values()] == [{"Ann", "Bob", "Cy"}] * 2
    assert first_of[sleep] != first_of[ending]


# --- Narrowed -----------------------------------------------------------------------------------------------------


def test_a_choice_shows_who_fits_and_leaves_first_names_where_they_cannot_be_told(visitor, sleep):
    kim = {"known_as": "Kim", "station": StationFactory()}
    talks_about(sleep, person=PersonFactory(**kim), first_name_only=False, gender="woman")
    lou = PersonFactory(known_as="Lou", employment_type="staff")
    talks_about(sleep, person=lou, first_name_only=False, gender="man", rank_band="senior")
    talks_about(sleep, person=PersonFactory(known_as="Max"), gender="man")
    for kwargs in ({}, {"headers": HTMX}):
        page = visitor.post(page_of(sleep), {"gender": "woman", "division": "", "when": "by_day"}, **kwargs)
        text = text_of(page) or page.content.decode()
        assert "Those who fit what you chose come first." in text
        assert text.index("Call Kim") < text.index("Also willing to talk") < text.index("Call Max")
        assert "Lou" not in text
    for choice in ({"rank_band": "senior"}, {"employment_type": "staff"}):
        page = text_of(visitor.post(page_of(sleep), choice))
        assert page.index("Call Lou") < page.index("Also willing to talk") < page.index("Call Max")
        assert "Call Kim" not in page
    everybody = text_of(visitor.post(LIST, {"division": kim["station"].division_id}))
    assert everybody.index("Call Kim") < everybody.index("Also willing to talk") < everybody.index("Call Max")


def test_a_choice_that_nobody_fits_or_that_does_not_exist_is_no_error(visitor, sleep):
    talks_about(sleep, person=PersonFactory(known_as="Lou"), first_name_only=False, gender="man")
    assert "Choose fewer things" in text_of(visitor.post(page_of(sleep), {"gender": "woman"}))
    for choice in ({"gender": "x"}, {"division": "9999999"}, {"division": "x"}, {"when": "\0"}, {}):
        assert "Call Lou" in text_of(visitor.post(page_of(sleep), choice))


def test_no_page_tells_how_many(visitor, sleep):
    for _ in range(13):
        talks_about(sleep, first_name_only=False, gender="woman")
    for page in (
        visitor.get(FRONT),
        visitor.get(LIST),
        visitor.get(page_of(sleep)),
        visitor.post(page_of(sleep), {"gender": "woman"}),
    ):
        assert not re.search(r"\b(13|12|14|thirteen)\b", text_of(page))


# --- What is left behind -----------------------------------------------------------------------------------------


def test_nothing_typed_or_looked_at_is_in_an_address_a_cookie_or_the_log(visitor, sleep, caplog):
    answers = [
        visitor.get(FRONT),
        visitor.get(LIST),
        visitor.post(FIND, {"text": "insomnia"}),
        visitor.post(LIST, {"gender": "woman"}),
        visitor.get(page_of(sleep)),
        visitor.post(page_of(sleep), {"gender": "woman"}),
    ]
    with caplog.at_level(logging.DEBUG):
        answers += [visitor.get(page_of(sleep)), visitor.get(f"/spocs/topics/{uuid4()}/")]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "insomnia" not in str(answer.headers) + str(answer.cookies)
        assert "?" not in "".join(re.findall(r'(?:href|action|hx-post)="(/spocs/[^"]*)', answer.content.decode()))
    assert str(sleep.pk) not in caplog.text


@pytest.mark.parametrize("address", [FIND, f"/spocs/topics/{UUID(int=1)}/"])
def test_nothing_shows_without_signing_in_and_no_address_is_remembered(client, address):
    assert client.get(address)["Location"] == "/account/login/"
    assert "go_on_to" not in client.session


def test_a_topic_costs_as_many_queries_for_three_as_for_one_and_for_many_topics(visitor, sleep, chidi, coordinator):
    the_force()

    def count(address, choice=None) -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = visitor.get(address) if choice is None else visitor.post(address, choice)
            assert answer.status_code == 200
        return len(asked)

    pages = [
        (page_of(sleep), None),
        (page_of(sleep), {"gender": "woman"}),
        (FRONT, None),
        (LIST, None),
        (FIND, {"text": "sleep"}),
    ]
    talks_about(sleep)
    published(chidi, coordinator, topics=[sleep])
    a_page("To read").topics.add(sleep)
    visitor.get(FRONT)
    one = [count(*page) for page in pages]
    for number in range(2):
        talks_about(sleep, topic(f"Topic {number}"))
        a_page(f"To read {number}").topics.add(sleep)
        published(chidi, coordinator, topics=[sleep], title=f"Story {number}")
    assert [count(*page) for page in pages] == one
