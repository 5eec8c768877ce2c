"""How a browser without JavaScript goes through career mentoring."""

import uuid

from django.utils import timezone

from mentoring import tasks
from mentoring.actions import appoint_mentor
from mentoring.actions import career as actions
from mentoring.models import Asking, CareerRequest, Pairing
from mentoring.queries import career as queries
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.mentoring.pages import a_day, hidden
from wellbeing.web.identity import acting_as

HOME = "/mentoring/career/"
WANTED = f"{HOME}find/what-i-look-for/"


def career_mentor(station, *, known_as: str, capacity: int = 2, **values):
    """Somebody with a published profile."""
    person = PersonFactory(known_as=known_as, station=station, **values.pop("person", {}))
    appoint_mentor(person=person, kind="career", by=None)
    profile = {"capacity": capacity, "paused": False, "path": [], "experience": [], "about_me": ""} | values
    with acting_as(person):
        actions.save_profile(by=person, **profile)
    return person


def want(client, **answers):
    """Send the page “What I look for”, as it is shown."""
    sent = hidden(client.get(WANTED), WANTED) | {"text": "I would like to try for sergeant"} | answers
    return client.post(WANTED, sent)


def choose(client, *mentors):
    names = dict(zip(("first", "second", "third"), [mentor.pk for mentor in mentors], strict=False))
    return client.post(f"{HOME}find/mentors/", {"second": "", "third": ""} | names)


def ask(client, *mentors, **answers):
    """The whole request, sent; returns the page after it."""
    want(client, **answers)
    choose(client, *mentors)
    return client.post(f"{HOME}find/send/", follow=True)


def asking_for(mentor) -> Asking | None:
    """What this mentor is asked now, if anything."""
    with acting_as(mentor):
        return queries.asked_of(mentor).last()


def request_of(person) -> CareerRequest:
    with acting_as(person):
        return CareerRequest.objects.filter(subject=person).first()


def pairing_of(person) -> Pairing | None:
    """The pairing that lasts, or one that is over."""
    with acting_as(person):
        return queries.mentor_now(person) or Pairing.objects.filter(subject=person).first()


def say_yes(client, mentor):
    return client.post(f"{HOME}asked/{asking_for(mentor).pk}/answer/", {"answer": "yes"}, follow=True)


def paired(client, mentors_client, mentor, **answers) -> Pairing:
    """A request that the mentor says yes to."""
    ask(client, mentor, **answers)
    asking = asking_for(mentor)
    say_yes(mentors_client, mentor)
    return pairing_of(asking.subject)


def write(client, page: str, **answers):
    """Fill the form at `page`, as it is shown, and send it."""
    return client.post(page, hidden(client.get(page), page) | answers, follow=True)


def goal(client, pairing, text: str) -> None:
    write(client, f"{HOME}pairings/{pairing.pk}/goals/new/", text=text)


def session(client, pairing, text: str, day=None, state: str = "held") -> None:
    answers = a_day("day", day or timezone.localdate()) | {"state": state, "text": text}
    write(client, f"{HOME}pairings/{pairing.pk}/sessions/new/", **answers)


def note(client, pairing, text: str) -> None:
    write(client, f"{HOME}pairings/{pairing.pk}/notes/new/", text=text)


def fresh() -> dict:
    return {"id": uuid.uuid4(), "version": uuid.uuid4(), "replaces": 0}


def text_of(page) -> str:
    return page.content.decode()


def wait_out(as_owner) -> None:
    """The days in which a mentor answers go by."""
    as_owner.execute("update mentoring_asking set asked_on = asked_on - 30, answer_by = answer_by - 30")


def pass_on() -> None:
    with the_worker():
        tasks.pass_on_askings.apply(throw=True)
