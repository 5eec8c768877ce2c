"""The cast: the same people in every test.

Asha is an officer, Ben her sergeant, Chidi a colleague who must see nothing of theirs. The others
are each there for one role.
"""

import time
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.test import Client

from mentoring.actions import appoint_mentor
from tests.days import quiet_day
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.spocs import listed_spoc
from wellbeing.people import actions
from wellbeing.people.models import Person
from wellbeing.reminders import shift_patterns, working_days
from wellbeing.reminders.models import at_hour
from wellbeing.web import assurance, step_up


@pytest.fixture
def station(db):
    return StationFactory(name="Ashford")


@pytest.fixture
def ben(station):
    return PersonFactory(known_as="Ben", last_name="Okafor", rank_or_grade="Sgt", station=station)


@pytest.fixture
def asha(station, ben):
    return PersonFactory(known_as="Asha", last_name="Patel", station=station, line_manager=ben)


@pytest.fixture
def chidi(station):
    return PersonFactory(known_as="Chidi", last_name="Stranger", station=station)


def _holder(role: str, known_as: str, station) -> Person:
    person = PersonFactory(known_as=known_as, last_name=role.title().replace("_", " "), station=station)
    actions.name_first_holder(person=person, role=role)
    return person


@pytest.fixture
def champion(station):
    """Aaron Pearce, who leads the champions of the station; the entry is `champion.champion`."""
    person = PersonFactory(known_as="Aaron", last_name="Pearce", work_phone="01622 690690", station=station)
    champion_at(station, leads=[station], person=person, show_phone=True, show_text=True)
    return person


@pytest.fixture
def spoc(station, coordinator):
    """Sasha, listed by first name only, read first by the coordinator; the profile is `spoc.spoc`."""
    return listed_spoc(person=PersonFactory(known_as="Sasha", last_name="Winter", station=station)).person


@pytest.fixture
def welfare_mentor(station):
    person = PersonFactory(known_as="Wilma", last_name="Mentor", station=station)
    appoint_mentor(person=person, kind="welfare", by=None)
    return person


@pytest.fixture
def hr(station):
    return _holder("hr", "Hana", station)


@pytest.fixture
def coordinator(station):
    return _holder("coordinator", "Cora", station)


@pytest.fixture
def secretary(station):
    return _holder("secretary", "Sid", station)


@pytest.fixture
def lead(station):
    return _holder("lead", "Leo", station)


@pytest.fixture
def guardian(station):
    return _holder("guardian", "Gwen", station)


@pytest.fixture
def dpo(station):
    return _holder("dpo", "Dot", station)


@pytest.fixture
def technical_admin(station):
    return _holder("technical_admin", "Tariq", station)


@pytest.fixture
def superuser(station):
    return Person.objects.create_superuser(
        "root@force.example", "a long enough password", staff_number="999999", known_as="Root", last_name="User"
    )


@pytest.fixture
def browse_as(db):
    """`browse_as(person)`: a browser without JavaScript in which this person is signed in, second factor shown.

    Also lately enough for confidential text, unless `confirmed=False`.
    """

    def client_of(person, *, confirmed: bool = True) -> Client:
        client = Client()
        client.force_login(person)
        session = client.session
        session[assurance.KEY] = assurance.DEMO
        if confirmed:
            session[step_up.KEY] = time.time()
        session.save()
        return client

    return client_of


@pytest.fixture
def answered_otherwise(request, browse_as):
    """`answered_otherwise(404, ["asha", "hr"], ["/forum/rules/", "post /forum/strands/"])`: who of the cast is answered
    anything else, at which page, and what; nothing where all is well. One test for all of them: people cost time."""

    browsers = {}

    def ask(status: int, cast: Iterable[str], pages: Iterable[str]) -> list[str]:
        found = []
        for who in cast:
            browser = browsers.get(who) or browsers.setdefault(who, browse_as(request.getfixturevalue(who)))
            for page in pages:
                method, _, address = page.rpartition(" ")
                answer = getattr(browser, method or "get")(address).status_code
                found += [f"{who}, {page}: {answer}"] if answer != status else []
        return found

    return ask


@pytest.fixture
def mid_morning(time_machine):
    """`mid_morning(days=0)`: ten o'clock on a quiet day, or on the working day so much later. Called at once."""
    first = quiet_day()

    def come(days: int = 0):
        time_machine.move_to(at_hour(working_days.on_or_after(first + timedelta(days=days)), 10))

    come()
    return come


@pytest.fixture
def every_day_works(monkeypatch):
    """Nobody has days off, so that a sweep tells the same on a Saturday, on a Friday and on Christmas Eve."""
    monkeypatch.setattr(shift_patterns, "_every", lambda: [(shift_patterns.NONE_OF_THEIR_OWN, lambda day: True)])
