"""People on the waiting list for tests, who join it as the portal has them join."""

from champions.actions import waiting as actions
from champions.models import Champion
from tests.factories.people import PersonFactory
from tests.factories.training import course
from wellbeing.people.models import Person
from wellbeing.training.models import Course, Purpose
from wellbeing.web.identity import acting_as

WHY = "People come to me anyway."


def joined(person: Person, *, agreed_by: Person | None = None, why: str = WHY, **values) -> Champion:
    """Somebody on the list; `agreed_by`: their line manager, or the coordinator for somebody who has none."""
    with acting_as(person):
        champion = actions.join(by=person, why=why, **values)
    if agreed_by:
        agree(champion, by=agreed_by)
    return champion


def agree(champion: Champion, *, by: Person, agrees: bool = True) -> None:
    """The answer of somebody's line manager."""
    with acting_as(by):
        actions.answer(champion_id=champion.pk, agrees=agrees, by=by)


def waiting_at(station, *, manager: Person, known_as: str, **values) -> Champion:
    """Somebody new at `station` who waits, and whose line manager has agreed."""
    person = PersonFactory(known_as=known_as, last_name="Hopeful", station=station, line_manager=manager)
    return joined(person, agreed_by=manager, **values)


def becoming(**values) -> Course:
    """The course by which people become champions."""
    return course("Becoming a champion", purpose=Purpose.CHAMPION, **values)
