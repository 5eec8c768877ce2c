"""Somebody off for weeks whom their line manager rings, with the plan they have agreed; and another who has chosen
somebody else, so that the line manager reads that contact is in hand."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from mentoring.actions import absences, contacts
from mentoring.actions.contacts import Written
from mentoring.models import Absence, By, Channel
from mentoring.queries.absences import current_of
from wellbeing.confidential import policy
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

_SINCE, _EXPECTED, _EVERY = 40, 30, 14  # days
# Days from today, how, and what was said; nothing where nobody answered.
_CONTACTS = (
    (-27, Channel.PHONE, "Glad of the call. Would rather hear on Thursdays, once the children are at school."),
    (-18, Channel.PHONE, ""),
    (-11, Channel.TEXT, "Sleeping better. Would like to hear what is new in the team next time."),
)
_WISHES = {
    "text": "Thursdays after ten. A text message first, so that I can say when. News of the team helps.",
    "steps": ["text", "ring"],
    "ring_name": "Meera, my sister",
    "ring_number": "01632 960155",
}
_TOLD = "That I am away until spring, and that cards are welcome. Please no visits."


def stay_away(person: Person, manager: Person, friend: Person, rng: Random) -> int:
    """Have `person` be away, and another of the people of `manager`, who has chosen `friend`; returns how many.

    0 where somebody is away already, or is somebody else's.
    """
    with acting_as(person):
        if current_of(person):
            return 0
    with acting_as(manager):
        if not policy.is_line_manager(manager, person):
            return 0
        other = policy.people_managed(manager).exclude(pk=person.pk).order_by("-staff_number")[1]
    absence = _away(person, manager, rng)
    _agree(absence, rng)
    for days, channel, text in _CONTACTS:
        _record(absence, manager, days, channel, text, rng)
    chosen = _away(other, manager, rng)
    with acting_as(other):
        contacts.choose(by=other, absence=chosen, kept_by=By.COLLEAGUE, carer=friend)
    return 2


def _away(person: Person, manager: Person, rng: Random) -> Absence:
    today = timezone.localdate()
    first_day, back = today - timedelta(days=_SINCE), today + timedelta(days=_EXPECTED)
    with acting_as(manager):
        absences.start(by=manager, subject=person, first_day=first_day, expected_back=back, key=_key(rng))
    with acting_as(person):
        return current_of(person)


def _agree(absence: Absence, rng: Random) -> None:
    person = absence.subject
    with acting_as(person):
        contacts.agree(
            by=person,
            absence=absence,
            version=_key(rng),
            replaces=0,
            answers=_WISHES,
            channels=[Channel.PHONE, Channel.TEXT],
            every_days=_EVERY,
        )
        contacts.let_be_told(by=person, absence=absence, version=_key(rng), replaces=0, answers={"text": _TOLD})


def _record(absence: Absence, manager: Person, days: int, channel: str, text: str, rng: Random) -> None:
    held_on = working_days.on_or_before(timezone.localdate() + timedelta(days=days))
    written = Written(
        id=_key(rng),
        version=_key(rng),
        held_on=held_on,
        channel=channel,
        answered=bool(text),
        text=text,
        next_contact=working_days.on_or_after(held_on + timedelta(days=_EVERY)),
    )
    with acting_as(manager):
        contacts.record(by=manager, absence=absence, written=written)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
