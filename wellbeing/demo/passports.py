"""An adjustment passport in two versions, as one of the cast wrote it and shares it with their line manager."""

from random import Random
from uuid import UUID

from mentoring.actions import passports
from mentoring.queries.passports import passport_of
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

_FIRST = {
    "helps": "A quiet place to write statements. Instructions in writing as well as said.",
    "hard_day": "Ask me on my own, and give me ten minutes.",
}
_NOW = _FIRST | {
    "agreed": [
        {
            "what": "Starts at ten on Mondays and Tuesdays",
            "since": "this spring",
            "review": "every three months",
            "with_whom": "Sergeant Okafor",
        },
        {"what": "No radio on the days in court", "since": "last year"},
    ],
    "harder": "Shifts that change on the day. Two early turns after a late one.",
    "equipment": "A screen that can be raised, and the grey headset.",
    "emergency": "My sister Meera: 01632 960111",
}


def write(owner: Person, reader: Person, rng: Random) -> bool:
    """Write the passport of `owner` and share it with `reader`; False where they have one."""
    with acting_as(owner):
        if passport_of(owner):
            return False
        for number, answers in enumerate((_FIRST, _NOW)):
            passports.write(by=owner, version=_key(rng), answers=answers, replaces=number)
    with acting_as(owner):
        passports.share(by=owner, carer=reader, link=_key(rng))
    return True


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
