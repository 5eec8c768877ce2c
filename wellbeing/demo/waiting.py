"""Who waits to become a champion: some with an offer, one with a place, one whose manager has not answered."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from champions.actions import offers
from champions.actions import waiting as actions
from champions.models import Waiting
from wellbeing.people.models import Person
from wellbeing.training.actions import places
from wellbeing.training.models import Place, Purpose, Session
from wellbeing.web.identity import acting_as

from .cast import CAST
from .network import UNCOVERED

_WHY = (
    "People come to me in the canteen anyway. I would like to know what to say.",
    "A champion was there for me when I was new here.",
    "The nights are long, and somebody should be there then too.",
    "I am good at listening, and would like to be better at it.",
    "I know most people here, and where the kettle is.",
    "After twenty years I have seen a few things, and have the time.",
)
_NUMBER = 8


def wait(member: Person, coordinator: Person, rng: Random) -> int:
    """Let `member` of the cast and others join the list, and offer the places of the next training; returns how many
    joined, 0 where somebody waits already."""
    with acting_as(coordinator):
        if Waiting.objects.exists():
            return 0
    people = [*_others(rng), member]
    for number, person in enumerate(people):
        since = timezone.now() - timedelta(days=60 - 6 * number, minutes=rng.randrange(600))
        key = UUID(int=rng.getrandbits(128), version=4)
        with acting_as(person):
            entry = actions.join(by=person, why=_WHY[number % len(_WHY)], since=since, key=key)
        if number % 4 != 2 and person != member:
            answers = person.line_manager or coordinator
            with acting_as(answers):
                actions.answer(champion_id=entry.pk, agrees=number % 4 != 3, by=answers)
    _offer(coordinator)
    return len(people)


def _offer(coordinator: Person) -> None:
    """The places of the next training go out; the first takes theirs, the second says no."""
    with acting_as(coordinator):
        session = Session.objects.coming().filter(course__purpose=Purpose.CHAMPION).order_by("starts_at").first()
        if session is None:
            return
        offers.offer_from_list(session=session, by=coordinator)
        offered = list(Place.objects.filter(session=session).select_related("person").order_by("made_at"))
    for place, act in zip(offered, (places.accept, places.decline), strict=False):
        with acting_as(place.person):
            act(place=place, by=place.person)


def _others(rng: Random) -> list[Person]:
    """People who may be listed and are no champions, some of them at a station that has none."""
    cast = [one.staff_number for one in CAST.values()]
    free = Person.objects.listed().filter(left=None, champion=None, spoc=None).exclude(staff_number__in=cast)
    free = free.select_related("line_manager").order_by("staff_number")
    lonely = list(free.filter(station__name__in=UNCOVERED)[:40])
    rest = list(free.exclude(station__name__in=UNCOVERED)[:200])
    chosen = rng.sample(lonely, min(len(lonely), 3)) + rng.sample(rest, min(len(rest), _NUMBER - 3))
    rng.shuffle(chosen)
    return [person for person in chosen if person.line_manager is None or person.line_manager.is_active]
