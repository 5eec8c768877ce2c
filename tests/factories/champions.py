"""Champions for tests, appointed as the portal does it."""

from champions import actions
from champions.models import Champion
from tests.factories.people import PersonFactory


def champion_at(*stations, leads=(), person=None, **entry) -> Champion:
    """A listed champion who covers `stations`; works at the first of them unless `person` is given."""
    person = person or PersonFactory(station=stations[0] if stations else None, work_phone="01622 690690")
    champion = actions.appoint(person=person, by=None, stations=stations, **entry)
    for station in leads:
        actions.make_lead(champion=champion, station=station, by=None)
    return champion
