"""Who may do what with champions.

| Who                                   | Directory, profiles | Station page              | An entry        |
|---------------------------------------|---------------------|---------------------------|-----------------|
| nobody signed in                      | no                  | where the force publishes | no              |
| anybody signed in                     | reads               | reads                     | no              |
| a champion who serves                 | reads               | reads                     | changes its own |
| HR, coordinator                       | reads               | reads                     | keeps, appoints |
| wellbeing lead                        | reads               | reads                     | reads (admin)   |

Who is on the waiting list, not yet trained, is seen by the coordinator alone, in all of these places.
That a champion had supervision is read by them and the coordinator alone, and noted by the coordinator (`sql/life.py`).
Nobody, whatever their rank, sees in the directory somebody who is hidden, gone, on a break or stepped down.
"""

from django.db.models import Q, QuerySet

from wellbeing.people.models import Force
from wellbeing.people.policy import sees_hidden

from .models import COMING_STATES, OPEN_STATES, Champion, State

# On the waiting list: not yet trained. Whoever left the force while on it may be back there still.
_ON_THE_LIST = Q(state__in=(State.WAITING, State.OFFERED)) | Q(state=State.TRAINING, trained_on=None)
_ON_THE_LIST |= Q(state=State.STEPPED_DOWN, state_before_leaving__in=COMING_STATES)


def visible_to(person):
    """The champions whom `person` may see in the directory: none without signing in."""
    if not person.is_authenticated or not person.is_active:
        return Champion.objects.none()
    return Champion.objects.listed()


def may_read_station_page(person) -> bool:
    """Whether a station's page opens: to everybody signed in, and to the world where the force says so."""
    if person.is_authenticated and person.is_active:
        return True
    return Force.objects.filter(publish_station_contacts=True).exists()


def own_entry(person):
    """The entry that `person` keeps themselves, as a queryset: one row while they serve, else none."""
    return Champion.objects.filter(person=person, state__in=OPEN_STATES).select_related("person__station")


def may_change(person, champion: Champion) -> bool:
    """Whether `person` may change this entry: its own champion while they serve, HR and the coordinator."""
    return (champion.person_id == person.pk and champion.state in OPEN_STATES) or may_keep(person)


def may_keep(person) -> bool:
    """Whether `person` keeps the list of champions. Not `has_perm()`, which a superuser always has."""
    return person.is_active and "champions.change_champion" in person.get_all_permissions()


def kept_by(person, among: QuerySet | None = None) -> QuerySet:
    """The entries that `person`, who keeps the list, may see: hidden people only where they keep the roster too, and
    who is on the waiting list only as the coordinator."""
    entries = Champion.objects.all() if among is None else among
    entries = entries if runs_network(person) else entries.exclude(_ON_THE_LIST)
    return entries if sees_hidden(person) else entries.filter(person__hidden=False)


def runs_network(person) -> bool:
    """Whether who waits, and supervision, are `person`'s to see and to note: the coordinator's alone."""
    return person.is_active and "champions.run_network" in person.get_all_permissions()
