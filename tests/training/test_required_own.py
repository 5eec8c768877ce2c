"""What a line manager sees of their own training, and of pages to read again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.guidance import a_page
from tests.factories.training import course, requirement, session_of
from tests.mentoring.pages import log_page
from tests.training.standing import booked, completed, required_since
from wellbeing.people.models import Station
from wellbeing.training.actions import requirements
from wellbeing.training.queries import requirements as queries
from wellbeing.web.identity import acting_as
from wellbeing.web.templatetags.components import day

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def own(somebody):
    with acting_as(somebody):
        return queries.own(somebody)


@pytest.fixture
def required(db, asha, ben):
    made = requirement(course("Mental health training", valid_months=24), within_days=90)
    requirements.sync()
    return made


def manager_page(browse_as, ben) -> str:
    return text(browse_as(ben).get(reverse("mentoring:manager")))


def test_a_line_manager_reads_by_when_it_is_due_and_where_there_is_a_place(browse_as, ben, required):
    session = session_of(required.course, station=Station.objects.get(name="Ashford"), capacity=2)
    page = manager_page(browse_as, ben)

    (mine,) = own(ben)
    assert f"Your training: Mental health training It is due by {day(mine.due_on)}." in page
    assert f"Book a place: {day(session.day)}, Ashford" in page
    assert "2 places left" in page


def test_without_a_free_place_nothing_is_held_against_them(browse_as, ben, chidi, required, as_owner):
    booked(as_owner, chidi, session_of(required.course, capacity=1))

    assert "No session has a free place just now." in manager_page(browse_as, ben)


def test_what_is_late_is_said_in_words(browse_as, ben, required, as_owner):
    required_since(as_owner, ben, 100)
    assert "Overdue It was due by" in manager_page(browse_as, ben)
    completed(as_owner, ben, required.course, holds_for=-1)
    assert "Expired It held until" in manager_page(browse_as, ben)


def test_a_place_is_said_and_no_other_offered(browse_as, ben, required, as_owner):
    session = session_of(required.course)
    booked(as_owner, ben, session)
    page = manager_page(browse_as, ben)

    assert f"You have a place on {day(session.day)}." in page
    assert "Book a place" not in page


@pytest.mark.parametrize(("holds_for", "is_said"), [(None, False), (61, False), (60, True), (0, True)])
def test_while_it_holds_for_long_the_page_is_silent(holds_for, is_said, browse_as, ben, required, as_owner):
    session_of(required.course)
    completed(as_owner, ben, required.course, holds_for=holds_for)
    page = manager_page(browse_as, ben)

    assert ("Your training" in page, "Book a place" in page) == (is_said, is_said)


def test_three_sessions_at_most_and_the_same_queries_for_one_as_for_four(ben, required):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            session_of(required.course)
        with acting_as(ben), CaptureQueriesContext(connection) as queries_made:
            (mine,) = queries.own(ben)
        counts.append((len(mine.sessions), len(queries_made)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]


def test_ones_own_training_page_says_it_also_while_it_holds_for_long(browse_as, asha, ben, required, as_owner):
    completed(as_owner, ben, required.course, holds_for=400)
    page = text(browse_as(ben).get(reverse("training:mine")))

    assert "Your training: Mental health training You did it on" in page
    assert "Your training:" not in text(browse_as(asha).get(reverse("training:mine")))


def test_whom_it_concerns_not_sees_nothing(asha, chidi, required):
    assert own(asha) == own(chidi) == []


# --- Reading again --------------------------------------------------------------------------------------


def test_beside_the_form_of_a_1_1_there_is_something_short_to_read(browse_as, asha, ben, required):
    page = a_page("Asking twice", text="word " * 650)
    required.course.reading.set([page, a_page("Not ready", published=False)])
    shown = browse_as(ben).get(log_page(asha))

    assert "A short refresher before you talk" in text(shown)
    link = f'<a class="govuk-link" href="{page.get_absolute_url()}" target="_blank" rel="noopener">'
    assert f"{link}Asking twice (opens in a new tab)</a>, about 3 minutes" in shown.content.decode()
    assert "Not ready" not in text(shown)
    (mine,) = own(ben)
    assert f"Mental health training: yours is due by {day(mine.due_on)}." in text(shown)


def test_the_refresher_is_outside_the_form_so_that_nothing_typed_goes_with_it(browse_as, asha, ben, required):
    required.course.reading.set([a_page("Asking twice")])
    shown = browse_as(ben).get(log_page(asha)).content.decode()

    assert shown.index("A short refresher") < shown.index('<form class="app-form"')


def test_a_session_of_the_course_says_what_to_read(browse_as, asha, required):
    session = session_of(required.course)
    assert "Something short to read" not in text(browse_as(asha).get(session.get_absolute_url()))
    required.course.reading.set([a_page("Asking twice")])
    page = text(browse_as(asha).get(session.get_absolute_url()))

    assert "Something short to read, before or afterwards Asking twice (opens in a new tab)" in page


def test_without_pages_to_read_nothing_stands_there(browse_as, asha, ben, required):
    assert "refresher" not in text(browse_as(ben).get(log_page(asha)))


@pytest.mark.parametrize(("words", "minutes"), [(10, 1), (299, 1), (301, 2), (1000, 5)])
def test_how_long_it_takes_is_reckoned_from_its_words(words, minutes, db):
    of = course()
    of.reading.set([a_page(text="word " * words)])

    assert [one.minutes for one in queries.reading_of(of)] == [minutes]
