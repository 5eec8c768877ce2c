"""The 1-1s of the cast's line manager: some overdue, some due, some to come, and Asha's with everything there is."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from mentoring.actions import one_to_ones, schedules
from mentoring.actions.one_to_ones import Agreed, Written
from mentoring.models import Owner
from mentoring.queries.one_to_ones import one_to_ones_visible_to
from wellbeing.confidential import policy
from wellbeing.confidential.models import Part, Record
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

# Days from today on which the 1-1 after the last is due, for each of the manager's people in turn.
_DUE = (-3, -12, 1, 3, 9, 16, 20, 27, 34)
_SINCE_THE_LAST = 42  # days
_RESTS, _FOR = 4, 21  # which of them rests, and for how many days

_TEXTS = (
    {
        "topics": ["workload", "team"],
        "how": "Good, on the whole. Glad of the quieter week.",
        "well": "The new rota works. Handover at six is still rushed.",
        "help": "Ten minutes more between shifts.",
    },
    {"topics": ["development"], "well": "Wants to try for the sergeants’ board next year."},
    {"topics": ["hours", "home"], "how": "Tired. Two early turns a week are easier than three.", "help": "See below."},
)
_AGREED = ("Ask the planning desk about handover", "Find out when the next board is")


def hold(manager: Person, star: Person, rng: Random) -> int:
    """Log a 1-1 for everybody whom `manager` manages, `star` first; returns how many, 0 where there are some."""
    with acting_as(manager):
        if one_to_ones_visible_to(manager).exists():
            return 0
        others = policy.people_managed(manager).exclude(pk=star.pk).order_by("staff_number")
        people = [star, *others[: len(_DUE) - 1]]
        keys = [_log(manager, person, number, rng) for number, person in enumerate(people)]
    _answer(star, manager, keys[0], rng)
    return len(keys)


def _log(manager: Person, subject: Person, number: int, rng: Random) -> UUID:
    today = timezone.localdate()
    due = working_days.on_or_after(today + timedelta(days=_DUE[number]))
    answers = _TEXTS[number % len(_TEXTS)] if number % 2 == 0 else {}
    written = Written(
        id=_key(rng),
        version=_key(rng),
        held_on=working_days.on_or_before(min(due, today) - timedelta(days=_SINCE_THE_LAST)),
        answers=answers,
        agreed=tuple(_agreed(due)) if answers else (),
        adjustment=("Starts at ten on Mondays and Tuesdays", today + timedelta(days=60)) if number == 0 else None,
    )
    one_to_ones.log_one_to_one(by=manager, subject=subject, written=written, next_due=due, done=[])
    if number == _RESTS:
        rests_until = today + timedelta(days=_FOR)
        schedules.set_schedule(by=manager, subject=subject, every_weeks=None, next_due=due, rests_until=rests_until)
    return written.id


def _agreed(due: date):
    yield Agreed(_AGREED[0], Owner.MANAGER, due)
    yield Agreed(_AGREED[1], Owner.PERSON, due)


def _answer(star: Person, manager: Person, key: UUID, rng: Random) -> None:
    """The star comments, asks for a correction, and says how they like to be supported."""
    with acting_as(star):
        record = Record(pk=key, kind="one_to_one", subject=star, author=manager)
        said = {Part.COMMENT: "Thank you for the time.", Part.REQUEST: "It was the Tuesday handover, not every one."}
        for part, text in said.items():
            one_to_ones.say(by=star, record=record, part=part, version=_key(rng), text=text)
        wish = "A walk helps more than a meeting room. Ask me first, and not in front of the team."
        one_to_ones.wish(by=star, record=None, version=_key(rng), text=wish, replaces=0)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
