"""The waiting list: one's own place, who is asked, and the whole of it for the coordinator.

Its rows are few people's to read (`champions/sql/waiting.py`). The order is the database's, one for all.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from champions.models import COMING_STATES, Answer, Champion, State, Waiting, WaitingOrder
from wellbeing.people.models import Person
from wellbeing.training.models import Place, PlaceState, Purpose, Session, SessionState

from .directory import rules

SILENT = timedelta(days=14)  # after which the coordinator may note what a silent line manager has said to them
LAPSED_DAYS = 14  # for how long somebody is told that an offer was over
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Standing:
    """How somebody stands with the waiting list: `waiting` while they are on it, `place` the one that they were offered
    or took, `number` of `among` where they wait. Without `waiting`, their champion is trained and has yet to begin."""

    champion: Champion
    waiting: Waiting | None = None
    place: Place | None = None
    number: int | None = None
    among: int | None = None

    @property
    def is_offered(self) -> bool:
        return self.place is not None and self.place.state == PlaceState.OFFERED

    @property
    def is_booked(self) -> bool:
        return self.place is not None and self.place.state == PlaceState.BOOKED

    @property
    def place_in_words(self) -> str:
        """“third of eight”; nothing where they do not wait, or may be on no list."""
        if self.number is None:
            return ""
        if self.among == 1:
            return "first, and nobody else waits"
        return f"{_ordinal(self.number)} of {_number(self.among)}"

    @property
    def may_leave(self) -> bool:
        return self.waiting is not None


@dataclass(frozen=True)
class Asked:
    """What a line manager may know of somebody who would like to be a champion: nothing of what came of it."""

    champion_id: UUID
    person: Person
    answer: str

    @property
    def agreed(self) -> bool:
        return self.answer == Answer.AGREED

    @property
    def declined(self) -> bool:
        return self.answer == Answer.DECLINED


def standing(person: Person) -> Standing | None:
    """How `person` stands; None for somebody who is neither on the list nor newly trained."""
    champion = Champion.objects.filter(person=person, state__in=COMING_STATES).first()
    if champion is None:
        return None
    waiting = Waiting.objects.filter(champion=champion).select_related("answered_by").first()
    if waiting is None:
        return Standing(champion)
    number, among = _my_place() if champion.state == State.WAITING else (None, None)
    return Standing(champion, waiting, held_by(waiting), number, among)


def held_by(waiting: Waiting) -> Place | None:
    """The place in a training that somebody on the list was offered or took; None where there is none."""
    held = Place.objects.filter(
        person=waiting.person_id,
        state__in=(PlaceState.OFFERED, PlaceState.BOOKED),
        session__course__purpose=Purpose.CHAMPION,
    )
    return held.select_related("session__course", "session__station").order_by("-state", "session__starts_at").first()


def rule_in_words() -> str:
    """Who on the list comes first, as people on it read it."""
    return WaitingOrder(rules().waiting_order).label


def asked_of(by: Person, champion_id: UUID) -> Asked | None:
    """What `by`, whose transaction this is, was asked as somebody's line manager; None where they were not."""
    rows = _rows("select person_id, answer from champions_asked_of_me(%s)", champion_id)
    if not rows:
        return None
    person, answer = rows[0]
    return Asked(champion_id, Person.objects.get(pk=person), answer)


def in_order(order: str | None = None) -> list[UUID]:
    """The entries of everybody who waits, who comes first before; for the coordinator and the worker."""
    return [key for key, _ in _rows("select champion_id, place from champions_in_order(%s)", order or _order())]


def next_for(session: Session) -> list[UUID]:
    """The entries of those who may be offered a place in `session`, in order: agreed for, and not offered it before."""
    offered = Place.objects.filter(session=session).values("person")
    agreed = Waiting.objects.filter(answer=Answer.AGREED).exclude(person__in=offered)
    agreed = set(agreed.values_list("champion_id", flat=True))
    return [key for key in in_order() if key in agreed]


def the_list() -> list[Waiting]:
    """Everybody on the list for the coordinator, in order; who was offered or took a place comes after."""
    order = {key: number for number, key in enumerate(in_order(), start=1)}
    people = Waiting.objects.filter(person__in=Person.objects.listed(), champion__state__in=COMING_STATES)
    found = list(people.select_related("champion", "person__station", "person__line_manager", "answered_by"))
    long_ago, said_no = timezone.localdate() - SILENT, _said_no(found)
    for waiting in found:
        waiting.number = order.get(waiting.champion_id)
        manager = waiting.person.line_manager
        waiting.has_manager = manager is not None and manager.is_active
        waiting.is_silent = waiting.answer == "" and waiting.asked_on <= long_ago
        waiting.said_no = said_no.get(waiting.person_id, [])
    return sorted(found, key=lambda waiting: (waiting.number or len(found) + 1, waiting.joined_at))


def _said_no(found: list[Waiting]) -> dict[int, list[Place]]:
    """By person the places in coming sessions that they said no to, or did not answer for: not offered them again."""
    refused = (PlaceState.DECLINED, PlaceState.EXPIRED, PlaceState.WITHDRAWN)
    coming = Session.objects.coming().filter(course__purpose=Purpose.CHAMPION)
    places = Place.objects.filter(person__in=[one.person_id for one in found], session__in=coming, state__in=refused)
    by_person = defaultdict(list)
    for place in places.select_related("session").order_by("session__starts_at"):
        by_person[place.person_id].append(place)
    return by_person


def sessions() -> QuerySet:
    """Coming sessions in which somebody becomes a champion, with how many places were offered and what came of it."""
    counts = {
        f"number_{state}": Count("places", filter=Q(places__state=state))
        for state in (PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.DECLINED, PlaceState.EXPIRED)
    }
    coming = Session.objects.coming().filter(course__purpose=Purpose.CHAMPION, course__is_offered=True)
    return coming.select_related("course", "station").annotate(**counts).order_by("starts_at", "pk")


def nobody_trains() -> list[Waiting]:
    """Who waits while no training with a free place is planned; nobody where one is."""
    if any(session.free for session in Session.objects.coming().filter(course__purpose=Purpose.CHAMPION)):
        return []
    waiting = Waiting.objects.filter(champion__state=State.WAITING, person__in=Person.objects.listed())
    return list(waiting.select_related("person").order_by("joined_at"))


# --- What people are reminded of


def managers_to_ask() -> QuerySet:
    """Who waits for their line manager's answer."""
    waiting = Waiting.objects.filter(answer="", champion__state__in=COMING_STATES, person__line_manager__isnull=False)
    return waiting.filter(person__in=Person.objects.listed()).defer("why")


def answers_to_tell() -> QuerySet:
    """Whose line manager has answered lately."""
    lately = timezone.now() - timedelta(days=LAPSED_DAYS)
    return Waiting.objects.filter(answered_at__gte=lately, champion__state__in=COMING_STATES).defer("why")


def offers_to_answer() -> QuerySet:
    """Places in a champion's training that wait for an answer."""
    return _places(PlaceState.OFFERED).filter(session__state=SessionState.PLANNED)


def lapsed_offers() -> QuerySet:
    """Offers to people who wait still that nobody answered in time, lately."""
    lately = timezone.now() - timedelta(days=LAPSED_DAYS)
    waits = Waiting.objects.filter(person=OuterRef("person"), joined_at__lte=OuterRef("made_at"))
    return _places(PlaceState.EXPIRED).filter(Exists(waits), changed_at__gte=lately)


def _places(state: str) -> QuerySet:
    return Place.objects.filter(state=state, session__course__purpose=Purpose.CHAMPION)


def _my_place() -> tuple[int | None, int | None]:
    rows = _rows("select place, among from champions_my_place(%s)", _order())
    return rows[0] if rows else (None, None)


def _order() -> str:
    return rules().waiting_order


def _rows(sql: str, value) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchall()


def _ordinal(number: int) -> str:
    if number <= len(_WORDS):
        return _WORDS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _number(number: int) -> str:
    return _NUMBERS[number - 1] if number <= len(_NUMBERS) else str(number)
