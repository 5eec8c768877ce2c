"""Two people who would like to hear from the SPOC of the cast: one waits, with one they have been in touch."""

from random import Random
from uuid import UUID

from wellbeing.contact import queries, volunteers
from wellbeing.contact.actions import requests
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

from .network import keys_of, others, people_of

_WAITS = {
    "way": "text",
    "where": "07700 900461",
    "message": "no",
    "words": "I would rather talk to somebody who knows what nights on end do to you. It need not be long.",
    "when": "Weekdays after six, when the children are in bed",
}
_IS_IN_TOUCH = {
    "way": "call",
    "where": "07700 900238",
    "message": "yes",
    "words": "",
    "when": "Any time but Thursday",
}


def ask(spoc: Person, rng: Random) -> int:
    """Let two invented people ask `spoc` to contact them, who has been in touch with one; returns how many asked, 0
    where somebody has already, or a visitor has taken `spoc` off the list."""
    with acting_as(spoc):
        volunteer = volunteers.of_person("spoc", spoc.pk)
        if volunteer is None or queries.asked_of(spoc):
            return 0
    people = people_of(rng.sample(keys_of(others().filter(champion=None)), 2))
    for person, answers in zip(people, (_IS_IN_TOUCH, _WAITS), strict=True):
        key = UUID(int=rng.getrandbits(128), version=4)
        with acting_as(person):
            requests.ask(by=person, volunteer=volunteer, key=key, answers=answers)
        if answers is _IS_IN_TOUCH:
            with acting_as(spoc):
                requests.say_in_touch(by=spoc, key=key)
    return len(people)
