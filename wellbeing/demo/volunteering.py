"""What a SPOC noted for herself, her supervision, another who asks for a call, and topics that people lacked."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from spocs import actions
from spocs.actions import volunteering as acts
from spocs.models import Heavy, Spoc
from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

_TYPED = "Waiting for a hearing"
_FELT = (Heavy.LIGHT, Heavy.SOME, Heavy.HEAVY, Heavy.LIGHT)


def look_after(spoc: Person, coordinator: Person, rng: Random) -> None:
    """Let `spoc` note four conversations and tell what was lacking, the coordinator note her supervision, and another
    SPOC ask for a call; nothing where that was done, or a visitor has taken `spoc` off the list."""
    today = timezone.localdate()
    with acting_as(coordinator):
        row = Spoc.objects.listed().filter(person=spoc).first()
        if row is None or row.supervisions.exists():
            return
        days = {"held_on": today - timedelta(weeks=10), "next_on": today + timedelta(weeks=2)}
        acts.note_supervision(spoc=row, by=coordinator, with_whom=coordinator, key=_key(rng), **days)
    with acting_as(spoc):
        for number, heavy in enumerate(_FELT):
            acts.note_conversation(by=spoc, key=_key(rng), week=acts.open_weeks()[number % 2], heavy=heavy)
        for topic in _lacked():
            acts.tell_lacked(by=spoc, key=_key(rng), topic=topic)
        acts.tell_lacked(by=spoc, key=_key(rng), words=_TYPED)
    _ask_for_a_call(spoc)


def _lacked() -> list[Topic]:
    first, second = Topic.objects.shown()[3:5]
    return [first] * 6 + [second] * 2


def _ask_for_a_call(other_than: Person) -> None:
    listed = Spoc.objects.listed().exclude(person=other_than).order_by("-person__staff_number")
    row = listed.select_related("person").first()
    with acting_as(row.person):
        actions.pause(spoc=row, by=row.person, ring_me=True)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
