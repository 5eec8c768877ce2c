"""The page of a 1-1, what is said about it, and a person's own pages."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.pages import PROMPT, a_day, hidden, logged
from wellbeing.people import actions as people
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

SHOWN = "Tired, but &lt;b&gt;well&lt;/b&gt; &amp; £5"
MINE = "/mentoring/1-1s/"


def address(key, rest="") -> str:
    return f"{MINE}{key}/{rest}"


def text_of(client, key) -> str:
    return client.get(address(key)).content.decode()


def log_of(as_owner):
    as_owner.execute("select reader_id, outcome from confidential_readlog order by id")
    return as_owner.fetchall()


def say(client, key, what, text):
    sent = hidden(client.get(address(key)), address(key, what)) | {"text": text}
    return client.post(address(key, what), sent), sent


@pytest.fixture
def key(browse_as, asha, ben):
    return logged(
        browse_as(ben), asha, topics=["team"], how=PROMPT, what_1="Ring the planner",
        adjustment="Starts at ten", **a_day("adjustment_until", timezone.localdate() + timedelta(days=9)),
    )  # fmt: skip


def test_both_read_it_and_each_reading_is_written_down_once(browse_as, asha, ben, key, as_owner):
    for person in (asha, ben):
        page = text_of(browse_as(person), key)
        for text in (SHOWN, "The team", "Ring the planner", "Starts at ten"):
            assert text in page
    opened = [(asha.pk, "opened"), (asha.pk, "opened"), (ben.pk, "opened"), (ben.pk, "opened")]
    assert log_of(as_owner) == opened  # the 1-1 and the adjustment, for each of them


def test_strangers_find_nothing_and_that_they_tried_is_written_down(browse_as, chidi, superuser, hr, key, as_owner):
    for person in (chidi, superuser, hr):
        assert browse_as(person).get(address(key)).status_code == 404
    assert log_of(as_owner) == [(person.pk, "refused") for person in (chidi, superuser, hr)]
    assert browse_as(chidi).get(address(uuid.uuid4())).status_code == 404


def test_a_quick_one_has_a_page_and_opens_nothing(browse_as, asha, ben, as_owner):
    key = logged(browse_as(ben), asha)

    assert "Nothing was written down." in text_of(browse_as(asha), key)
    assert log_of(as_owner) == []


def test_a_correction_keeps_both_and_a_stale_one_loses_neither(browse_as, asha, ben, key):
    client = browse_as(ben)
    form = hidden(client.get(address(key, "correct/")), address(key, "correct/"))
    late = hidden(client.get(address(key, "correct/")), address(key, "correct/"))
    client.post(address(key, "correct/"), form | {"how": "Corrected"})
    page = text_of(browse_as(asha), key)
    assert "As corrected on" in page
    assert "As first written on" in page
    assert SHOWN in page
    assert "Corrected" in page

    answer = client.post(address(key, "correct/"), late | {"how": "Typed late"})
    assert answer.url == address(key, "correct/")
    both = client.get(answer.url)
    for text in ("As it is saved now", "Corrected", "Typed late", "Save what I typed on top"):
        assert text in both.content.decode()
    client.post(answer.url, hidden(both, answer.url) | {"how": "Typed late"})
    page = text_of(browse_as(asha), key)
    for text in (SHOWN, "Corrected", "Typed late"):
        assert text in page
    assert "We kept" not in client.get(address(key, "correct/")).content.decode()


def test_only_who_wrote_it_corrects_it(browse_as, asha, chidi, key):
    for person in (asha, chidi):
        assert browse_as(person).get(address(key, "correct/")).status_code == 404
        sent = {"how": "Mine", "replaces": 1, "version": uuid.uuid4()}
        assert browse_as(person).post(address(key, "correct/"), sent).status_code == 404


def test_the_person_comments_asks_for_a_correction_and_is_answered(browse_as, asha, ben, key):
    client = browse_as(asha)
    for what, text in (("comment/", "<script>alert(1)</script>"), ("ask/", "It was the Tuesday")):
        answer, sent = say(client, key, what, text)
        assert answer.url == address(key)
        assert client.post(address(key, what), sent).status_code == 302
    say(browse_as(ben), key, "comment/", "Thank you")

    page = text_of(client, key)
    assert page.count("&lt;script&gt;alert(1)") == 1
    assert "<script>alert" not in page
    for text in ("asked for a correction", "It was the Tuesday", "Thank you"):
        assert text in page
    long, _ = say(client, key, "comment/", "x" * 501)
    assert "x" * 501 in long.content.decode()


def test_who_wrote_it_asks_for_no_correction_of_it(browse_as, ben, key):
    answer = browse_as(ben).post(address(key, "ask/"), {"text": "Hello", "version": uuid.uuid4()})
    assert answer.status_code == 403


def test_nobody_else_says_anything(browse_as, chidi, key):
    for what in ("comment/", "ask/"):
        answer = browse_as(chidi).post(address(key, what), {"text": "Hello", "version": uuid.uuid4()})
        assert answer.status_code == 404


@pytest.mark.parametrize("who", ["asha", "ben"])
def test_either_ticks_what_was_agreed(request, browse_as, key, who, as_owner, chidi):
    as_owner.execute("select id from mentoring_action")
    done = f"/mentoring/actions/{as_owner.fetchone()[0]}/done/"
    assert browse_as(chidi).post(done).status_code == 404
    client = browse_as(request.getfixturevalue(who))
    assert client.post(done).url == address(key)
    assert "done on" in text_of(client, key)


def test_ones_own_page_shows_dates_and_opens_nothing(browse_as, asha, ben, key, as_owner):
    page = browse_as(asha).get(MINE).content.decode()
    assert str(key) in page
    assert "1 agreed action still open" in page
    assert "(1 still owed)" in page
    assert str(key) not in browse_as(ben).get(MINE).content.decode()
    assert log_of(as_owner) == []


def test_ones_own_page_asks_as_much_for_three_as_for_one(browse_as, asha, ben, key):
    client = browse_as(asha)
    client.get(MINE)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(MINE)
        counts.append(len(queries))
        for _ in range(2):
            logged(browse_as(ben), asha)
    assert counts[0] == counts[1]


def test_how_somebody_likes_to_be_supported_follows_to_a_new_line_manager(browse_as, asha, ben, hr):
    page = "/mentoring/how-i-like-to-be-supported/"
    client = browse_as(asha)
    for text in ("A walk helps", "Ask me first"):
        sent = hidden(client.get(page), page)
        assert client.post(page, sent | {"text": text}).status_code == 302
    assert "Ask me first" in client.get(page).content.decode()
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        people.change_person(person=asha, by=hr, line_manager_id=new.pk)

    assert "Ask me first" in browse_as(new).get(f"/mentoring/1-1s/new/{asha.pk}/").content.decode()
    assert browse_as(ben).get(f"/mentoring/1-1s/new/{asha.pk}/").status_code == 404


def test_what_is_owed_follows_and_what_was_said_does_not(browse_as, asha, ben, hr, key, as_owner):
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        people.change_person(person=asha, by=hr, line_manager_id=new.pk)
    owed = f"/mentoring/adjustments/of/{asha.pk}/"

    assert "Starts at ten" in browse_as(asha).get(owed).content.decode()
    assert browse_as(ben).get(owed).status_code == 404
    assert browse_as(new).get(address(key)).status_code == 404
    client = browse_as(new)
    assert "Starts at ten" in client.get(owed).content.decode()
    as_owner.execute("select id from mentoring_adjustment")
    end = f"/mentoring/adjustments/{as_owner.fetchone()[0]}/end/"
    assert browse_as(asha).post(end).status_code == 404
    assert client.post(end).status_code == 302
    assert "Starts at ten" not in client.get(owed).content.decode()


def test_a_text_that_was_tampered_with_says_so_and_hides_no_other(browse_as, asha, ben, key):
    client = browse_as(ben)
    form = hidden(client.get(address(key, "correct/")), address(key, "correct/"))
    client.post(address(key, "correct/"), form | {"how": "Corrected"})
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:  # the correction in the place of the first text
        cursor.execute(
            "update confidential_body b set sealed = other.sealed from confidential_body other, confidential_version v,"
            " confidential_version w where v.id = b.version_id and w.id = other.version_id and v.record_id = %s"
            " and w.record_id = %s and v.number = 1 and w.number = 2",
            [str(key), str(key)],
        )

    page = browse_as(asha).get(address(key))
    assert page.status_code == 200
    assert page.content.decode().count("This text does not open.") == 1
    assert "Corrected" in page.content.decode()
    assert SHOWN not in page.content.decode()
