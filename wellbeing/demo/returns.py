"""Somebody comes back to work: they chose their line manager, hours are phased, an adjustment is asked for."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from mentoring.actions import absences, adjustments, returns
from mentoring.actions.adjustments import Asked
from mentoring.actions.returns import Agreed, Text
from mentoring.models import Duty
from mentoring.queries import returns as queries
from wellbeing.confidential import policy
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

_AWAY, _BACK_IN, _UNTIL = 75, 4, 90  # days from today
_HOURS = ("18.5", "22", "28", "37")
_OWN = {
    "how": "Better, and nervous about the first morning.",
    "worries": "The mailbox, and being asked where I was.",
    "support": "A word beforehand, and somebody to have lunch with.",
}
_AGREED = "Ten minutes each Friday to look at how the week went."


def plan(manager: Person, decider: Person, star: Person, rng: Random) -> bool:
    """One of those whom `manager` manages, not the `star`, plans their return; False where somebody does already."""
    with acting_as(manager):
        if queries.held_by(manager):
            return False
        person = policy.people_managed(manager).exclude(pk=star.pk).order_by("-staff_number").first()
        _away(manager, person, rng)
    with acting_as(person):
        absence = queries.own(person).absence
        ticks = {"representative": True, "keeps_contact": False, "earlier": False}
        returns.choose(by=person, absence=absence, carer=manager, **ticks)
    with acting_as(person):
        own = queries.own(person)
        returns.write(by=person, meeting=own.meeting, text=Text(_key(rng), _OWN, 0))
    with acting_as(manager):
        _agree(manager, decider, queries.held_by(manager)[0].meeting, rng)
    return True


def _away(manager: Person, person: Person, rng: Random) -> None:
    today = timezone.localdate()
    back = working_days.on_or_after(today + timedelta(days=_BACK_IN))
    first_day = today - timedelta(days=_AWAY)
    absences.start(by=manager, subject=person, first_day=first_day, expected_back=back, key=_key(rng))


def _agree(manager: Person, decider: Person, meeting, rng: Random) -> None:
    today = timezone.localdate()
    weeks = tuple((number, Decimal(hours), []) for number, hours in enumerate(_HOURS, start=1))
    text = Text(_key(rng), _OWN | {"agreed": _AGREED}, 1)
    returns.agree(by=manager, meeting=meeting, text=text, agreed=Agreed(Duty.RECUPERATIVE, True, weeks))
    asked = Asked(
        id=_key(rng),
        version=_key(rng),
        what="No night shifts",
        until=today + timedelta(days=_UNTIL),
        decides=decider,
        implement_by=today + timedelta(days=_BACK_IN + 7),
        review_on=today + timedelta(days=_BACK_IN + 42),
    )
    adjustments.ask_for(by=manager, meeting=meeting, asked=asked)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
