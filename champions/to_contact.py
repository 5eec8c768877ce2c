"""Champions as volunteers who may be asked to get in touch (`wellbeing/contact`)."""

from wellbeing.contact.volunteers import Kind, Volunteer

from . import queries
from .models import Champion

A_FEW = 3


def find(key) -> Volunteer | None:
    return next(iter(_volunteers(pk=key)), None)


def of_people(people) -> dict[int, Volunteer]:
    return {found.person.pk: found for found in _volunteers(person__in=people)}


def others(person) -> list[Volunteer]:
    """A few champions of that person's station, or the nearest; none who is away."""
    if person.station is None:
        return []
    cards = queries.for_station(person.station, limit=None)
    cards = cards or [near.champion for near in queries.nearest_cover(person.station)]
    here = [card.id for card in cards if not card.is_away][: A_FEW + 1]
    found = Champion.objects.listed().select_related("person").filter(pk__in=here).exclude(person=person)
    return [_volunteer(one) for one in sorted(found, key=lambda one: here.index(one.pk))[:A_FEW]]


def _volunteers(**which) -> list[Volunteer]:
    found = Champion.objects.listed().select_related("person").filter(**which)
    return [_volunteer(champion) for champion in found if not champion.is_away]


def _volunteer(champion: Champion) -> Volunteer:
    return Volunteer(
        kind=KIND.name,
        key=champion.pk,
        person=champion.person,
        name=champion.name,
        facts=" · ".join(filter(None, [champion.person.rank_or_grade, f"available {champion.when}"])),
        ways=champion,
        address=champion.get_absolute_url(),
    )


KIND = Kind(
    name="champion", title="Champions", find=find, of_people=of_people, others=others, page="champions:directory"
)
