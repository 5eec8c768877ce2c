"""Looking for a career mentor, being asked, and what the two do together: through the pages."""

import pytest

from tests.mentoring.career_pages import (
    HOME,
    asking_for,
    career_mentor,
    choose,
    goal,
    note,
    pairing_of,
    say_yes,
    session,
    want,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def text_of(page) -> str:
    return page.content.decode()


@pytest.fixture
def tom(station):
    return career_mentor(station, known_as="Tom", experience=["board"], path=["custody"])


def test_from_an_empty_page_to_a_mentor_who_says_yes(asha, tom, browse_as):
    mine, his = browse_as(asha), browse_as(tom)
    assert "Find a mentor" in text_of(mine.get(HOME))
    assert "To do" in text_of(mine.get(f"{HOME}find/"))

    want(mine, experience=["board"], path=["custody"], text="I would like to try for <b>sergeant</b>")
    page = text_of(mine.get(f"{HOME}find/mentors/"))
    for reason in ("Has been through a promotion board, as you asked.", "Has worked in custody, as you asked.",
                   "Same division as you.", "Has room for two more."):  # fmt: skip
        assert reason in page
    choose(mine, tom)
    check = text_of(mine.get(f"{HOME}find/check/"))
    assert "try for &lt;b&gt;sergeant" in check
    assert check.count("Change<") == 5
    assert "Tom Example is asked" in text_of(mine.post(f"{HOME}find/send/", follow=True))

    assert "1 person asks" in text_of(his.get(f"{HOME}people/"))
    assert "try for &lt;b&gt;sergeant" in text_of(his.get(f"{HOME}asked/{asking_for(tom).pk}/"))
    assert "career mentor from now on" in text_of(say_yes(his, tom))

    pair = pairing_of(asha)
    assert "Tom Example, my career mentor" in text_of(mine.get(f"{HOME}find/", follow=True))
    goal(mine, pair, "Board in spring")
    session(his, pair, "We went through the competencies")
    note(his, pair, "Ring the college")
    note(mine, pair, "I was nervous")
    for client in (mine, his):
        words = text_of(client.get(f"{HOME}pairings/{pair.pk}/words/"))
        assert "Board in spring" in words
        assert "competencies" in words
        assert "sergeant" in words
    assert "Ring the college" in text_of(mine.get(f"{HOME}pairings/{pair.pk}/mentors-notes/"))
    assert "I was nervous" in text_of(mine.get(f"{HOME}pairings/{pair.pk}/notes/"))
    notes = text_of(his.get(f"{HOME}pairings/{pair.pk}/notes/"))
    assert "Ring the college" in notes
    assert "I was nervous" not in notes
    assert his.get(f"{HOME}pairings/{pair.pk}/mentors-notes/").status_code == 404
