"""What the roster does to champions: the functions that wait on `wellbeing.people.hooks`.

Each runs in the transaction of the roster's change, in the same few queries for one person as for
ten thousand. What the roster ended, its undo puts back.
"""

from django.db.models import F
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Station

from .actions import waiting
from .models import Champion, Coverage, Ended, State

# What somebody who is truly a former champion has no longer; an undone leaving finds it still there.
_GONE = {"away_from": None, "away_until": None, "cover": None, "phone": "", "about_me": ""}
_GONE |= {"term_ends": None, "supervision_due": None}


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves is off the directory at once, and the stations they led are free."""
    champions = list(Champion.objects.filter(person__in=people).exclude(state=State.STEPPED_DOWN))
    entries = Champion.objects.filter(pk__in=[champion.pk for champion in champions])
    entries.update(state_before_leaving=F("state"), state=State.STEPPED_DOWN)
    _end(Coverage.objects.live().filter(champion__in=champions), Ended.LEFT)
    _record(champions, "off the directory, having left", by=by)


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving restores the entry; somebody who truly comes back is a former champion."""
    champions = list(Champion.objects.filter(person__in=people).exclude(state_before_leaving=""))
    entries = Champion.objects.filter(pk__in=[champion.pk for champion in champions])
    ended = Coverage.objects.filter(champion__in=champions, ended_because=Ended.LEFT)
    if undoing:
        entries.update(state=F("state_before_leaving"), state_before_leaving="")
        _revive(ended)
        _record(champions, "back in the directory", by=by)
        waiting.follow_places(people=[champion.person_id for champion in champions], by=by)
    else:
        entries.update(state_before_leaving="", **_GONE)
        ended.update(ended_because=Ended.STEPPED_DOWN)


def on_moved_station(moves, *, by, undoing: bool) -> None:
    """Whoever moves is off their old station's page at once; where they travel to, they go on covering."""
    champion_of = dict(Champion.objects.filter(person__in=[m.person for m in moves]).values_list("person_id", "pk"))
    moves = [move for move in moves if move.person.pk in champion_of]
    coverage = Coverage.objects.filter(champion__in=champion_of.values())
    came_to = {(champion_of[move.person.pk], move.new_id) for move in moves}
    if undoing:
        _revive(_among(came_to, coverage.filter(ended_because=Ended.MOVED)))
        return
    # They came back to a station in earnest: an undo of a later move must not take it for its own.
    _among(came_to, coverage.filter(ended_because=Ended.MOVED)).update(ended_because=Ended.CHANGED)
    left = {(champion_of[move.person.pk], move.old_id) for move in moves}
    ended = list(_among(left, coverage.live()).select_related("champion"))
    _end(Coverage.objects.filter(pk__in=[row.pk for row in ended]), Ended.MOVED)
    _record([row.champion for row in ended], "off a station's page, having moved", by=by)


def on_new_manager(moves, *, by, undoing: bool) -> None:
    """Who waits to become a champion asks their new line manager, unless somebody has agreed already."""
    waiting.ask_anew(people=[move.person.pk for move in moves])


def _among(pairs: set, coverage):
    """Those rows of `coverage` that are one of these (champion, station) pairs."""
    rows = coverage.values_list("pk", "champion_id", "station_id")
    return Coverage.objects.filter(pk__in=[pk for pk, *pair in rows if tuple(pair) in pairs])


def _end(coverage, because: str) -> None:
    coverage.update(ended_at=timezone.now(), ended_because=because)


def _revive(ended) -> None:
    """Put coverage back as it was, the lead too where the station is still without one."""
    ended = list(ended.order_by("station_id", "-ended_at"))
    stations = Station.objects.select_for_update().filter(pk__in={row.station_id for row in ended}).order_by("pk")
    live = Coverage.objects.live().filter(station__in=list(stations))
    taken = {(row.champion_id, row.station_id): row for row in live}
    led = {row.station_id for row in live if row.is_lead}
    back, leads = [], []
    for row in ended:
        if (row.champion_id, row.station_id) in taken:
            continue
        taken[row.champion_id, row.station_id] = row
        back.append(row.pk)
        if row.is_lead and row.station_id not in led:
            led.add(row.station_id)
            leads.append(row.pk)
    rows = Coverage.objects.filter(pk__in=back)
    rows.exclude(pk__in=leads).update(is_lead=False, lead_handed_on=None)
    rows.update(ended_at=None, ended_because="")


def _record(champions, verb: str, *, by) -> None:
    history.record_many(by=by, verb=verb, about=[(champion, {}) for champion in champions])
