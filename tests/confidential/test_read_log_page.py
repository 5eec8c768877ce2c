"""“Who opened what”: for the data protection officer, and for nobody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.mentoring.pages import logged

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/read-log/"


@pytest.fixture
def key(browse_as, asha, ben):
    return logged(browse_as(ben), asha, how="Words that nobody else may read")


def read_by(browse_as, person, key) -> None:
    browse_as(person).get(f"/mentoring/1-1s/{key}/")


def text_of(answer) -> str:
    """What the page says, without staff numbers."""
    return re.sub(r"</?strong>| \(\d+\)", "", answer.content.decode())


def test_without_a_line_it_says_so(browse_as, dpo):
    assert "No one has opened a confidential record." in text_of(browse_as(dpo).get(PAGE))


def test_every_opening_and_refusal_stands_there_and_no_text(browse_as, asha, ben, chidi, dpo, key):
    for person in (asha, ben, chidi):
        read_by(browse_as, person, key)
    page = text_of(browse_as(dpo).get(PAGE))

    for line in (
        "Asha Patel: 1-1 about Asha Patel",
        "Ben Okafor, line manager: 1-1 about Asha Patel",
        "Chidi Stranger, was refused: 1-1 about Asha Patel",
    ):
        assert line in page
    assert "nobody else may read" not in page


def test_lines_about_one_person_are_asked_for_without_an_address(browse_as, asha, ben, dpo, key):
    read_by(browse_as, asha, key)
    client = browse_as(dpo)
    assert "1-1 about Asha Patel" in text_of(client.post(PAGE, {"person": asha.staff_number}))
    assert "No one has opened a record about them." in text_of(client.post(PAGE, {"person": ben.staff_number}))
    wrong = text_of(client.post(PAGE, {"person": "no such number"}))
    assert "Nobody on the roster has this staff number." in wrong
    assert "no such number" in wrong


def test_nobody_else_finds_it(request, browse_as):
    for name in ("asha", "ben", "hr", "lead", "guardian", "technical_admin", "superuser"):
        client = browse_as(request.getfixturevalue(name))
        assert client.get(PAGE).status_code == 404, name
        assert client.post(PAGE, {"person": "1"}).status_code == 404, name


def test_it_asks_as_often_for_three_lines_as_for_one(browse_as, asha, dpo, key):
    client, counts = browse_as(dpo), []
    client.get(PAGE)
    for _ in range(2):
        read_by(browse_as, asha, key)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
        read_by(browse_as, asha, key)
    assert counts[0] == counts[1]


def test_it_asks_who_it_is_first(browse_as, dpo):
    for answer in (browse_as(dpo, confirmed=False).get(PAGE), browse_as(dpo, confirmed=False).post(PAGE)):
        assert answer.url == "/account/confirm/"
