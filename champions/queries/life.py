"""A champion's own time: on the way to it, its length, what is theirs to hand over."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from champions.models import COMING_STATES, Champion, Coverage, State, SupervisionCheckIn
from wellbeing.people import history
from wellbeing.people.models import Person, Station
from wellbeing.training.models import Place, PlaceState, Purpose

from .directory import rules
from .network import STOPPED

CHECK_INS_SHOWN = 20
ASKED_BEFORE = timedelta(days=60)  # of a term's last day: from then on its champion says whether they go on


@dataclass(frozen=True)
class Led:
    """A station that somebody leads, and its other champions who could."""

    station: Station
    others: list[Champion]


@dataclass(frozen=True)
class OwnTime:
    """Whether the term is near its end, the leads to answer, and when there was supervision."""

    term_is_near: bool
    handed: list[Coverage]
    check_ins: list[SupervisionCheckIn]


def on_the_way(person: Person) -> Champion | None:
    """The entry of somebody who waits, was offered a place, or is in training; None for all others."""
    return Champion.objects.filter(person=person, state__in=COMING_STATES).select_related("person__station").first()


def former(person: Person) -> Champion | None:
    """The entry of somebody who has stepped down; None for all others."""
    return Champion.objects.filter(person=person, state=State.STEPPED_DOWN).first()


def waits_for_vetting(champion: Champion) -> bool:
    """Whether somebody who is trained cannot begin because their vetting is not noted."""
    return champion.vetting_confirmed_on is None and rules().needs_vetting


def term_is_near(champion: Champion) -> bool:
    """Whether a term ends so soon, or is over, that its champion is asked."""
    return champion.term_ends is not None and champion.term_ends - timezone.localdate() <= ASKED_BEFORE


def own_time(champion: Champion) -> OwnTime:
    """What a champion's own page says of it; two queries."""
    return OwnTime(term_is_near(champion), leads_to_answer(champion), check_ins(champion))


def stations_led(champion: Champion) -> list[Led]:
    """The stations that a champion leads, with who else is listed there; two queries."""
    leads = list(champion.coverage.live().filter(is_lead=True).select_related("station").order_by("station__name"))
    there = Coverage.objects.live().filter(
        station__in=[row.station_id for row in leads], champion__in=Champion.objects.listed()
    )
    others = there.exclude(champion=champion).select_related("champion__person")
    others = list(others.order_by("champion__person__last_name", "champion__person__known_as", "pk"))
    return [Led(row.station, [one.champion for one in others if one.station_id == row.station_id]) for row in leads]


def leads_to_answer(champion: Champion) -> list[Coverage]:
    """Stations whose lead was handed to this champion, who has not said yet that they take it on."""
    handed = champion.coverage.live().filter(lead_handed_on__isnull=False)
    return list(handed.select_related("station").order_by("station__name"))


def coming_trainings(person: Person):
    """The places that somebody has in coming trainings for champions."""
    booked = Place.objects.filter(person=person, state=PlaceState.BOOKED, session__starts_at__gt=timezone.now())
    for_champions = booked.filter(session__course__purpose__in=(Purpose.REFRESHER, Purpose.CHAMPION))
    return for_champions.select_related("session__course", "session__station").order_by("session__starts_at", "pk")


def check_ins(champion: Champion) -> list[SupervisionCheckIn]:
    """When a champion had supervision, and with whom, newest first; for themselves and the coordinator."""
    held = SupervisionCheckIn.objects.filter(champion=champion).select_related("with_whom")
    return list(held[:CHECK_INS_SHOWN])


def served(champion: Champion) -> str:
    """For how long a former champion served, in words: “3 years and 2 months”. Nothing for less than a month."""
    stopped = history.of(champion).filter(verb__in=STOPPED).values_list("at", flat=True).first()
    if champion.serving_since is None or stopped is None:
        return ""
    return length(champion.serving_since, timezone.localdate(stopped))


def length(since: date, until: date) -> str:
    """The time between two days in whole years and months, in words; nothing for less than a month."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    years, months = divmod(max(months, 0), 12)
    counted = [(years, "year"), (months, "month")]
    return " and ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in counted if number)
