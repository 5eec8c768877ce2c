"""What looks like a personal matter, and what the forum talks about every month."""

import pytest

from forum import personal
from tests.factories.people import PersonFactory


@pytest.fixture
def people(asha):
    PersonFactory(known_as="Zoë", last_name="O'Neill")
    PersonFactory(known_as="Jan", last_name="van der Berg", staff_number="KX4711")
    PersonFactory(known_as="Ana", last_name="Hidden", hidden=True, staff_number="4712")


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("We should help Asha Patel.", "Asha Patel", personal.NAME),
        ("asha patel says", "asha patel", personal.NAME),
        ("Patel, Asha: desk", "Patel, Asha", personal.NAME),
        ("A. Patel asked", "A. Patel", personal.NAME),
        ("ask Sgt Patel about it", "Sgt Patel", personal.NAME),
        ("PC van der Berg’s desk", "PC van der Berg", personal.NAME),
        ("PATEL Asha: desk", "PATEL Asha", personal.NAME),
        ("**Asha** Patel asked", "Asha** Patel", personal.NAME),
        ("Zoe O’Neill asked", "Zoe O’Neill", personal.NAME),
        ("Jan van der Berg’s desk", "Jan van der Berg", personal.NAME),
        ("Ana Hidden asked", "Ana Hidden", personal.NAME),
        ("see kx4711 about it", "KX4711", personal.NUMBER),
        ("see PC4712 about it", "4712", personal.NUMBER),
        ("write to a.b@force.example", "a.b@force.example", personal.MAIL),
        ("ring 01632 960123 for it", "01632 960123", personal.PHONE),
        ("a sergeant was signed off", "signed off", personal.HEALTH),
        ("after the diagnosis", "diagnosis", personal.HEALTH),
    ],
)
def test_it_finds(people, text, words, why):
    assert personal.found_in(text) == [personal.Finding(words, why)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mental health training for all sergeants by March 2027.",
        "Occupational health waits are 14 days; the sickness absence policy is reviewed.",
        "Asha asked. Patel Road is closed.",  # each name, but not together
        "Menopause, sleep and stress stand on the agenda; 250 desks at £4500.",
        "Buy 3000 bottles.",
        "Every sergeant asks twice; DS Smithson of another force spoke.",
    ],
)
def test_it_leaves_alone(people, text):
    assert personal.found_in(text) == []


def test_however_long_the_text_the_roster_is_asked_twice(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        personal.found_in("Asha Patel 123456 " * 500)


def test_a_look_is_of_these_words_and_these_findings_alone(people):
    found = personal.found_in("Asha Patel asked.")
    seen = personal.fingerprint(found, "Asha Patel asked.", "next")
    assert seen != personal.fingerprint(found, "Asha Patel asked again.", "next")
    assert seen != personal.fingerprint([*found, personal.Finding("x", personal.MAIL)], "Asha Patel asked.", "next")
    assert personal.fingerprint([], "Anything") == ""
