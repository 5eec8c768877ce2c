"""The waiting list: joined, answered by a line manager, left; and how far somebody is, which follows from their places.

What may not be written is refused by the database (`champions/sql/waiting.py`). The history says who moved whom, never
why somebody wants to be a champion, nor that a line manager said no.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from champions.models import COMING_STATES, OPEN_STATES, Champion, State, Waiting
from champions.reminders.waiting import AGREE, ANSWERED
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon
from wellbeing.training.actions import places
from wellbeing.training.models import Place, PlaceState, Purpose, Session

from . import offers
from .rows import NOT_AWAY, write

JOINED = "joined the waiting list"  # the day of which is read again by `champions_back_on_list`
_VERBS = {State.WAITING: "waits again", State.OFFERED: "was offered a place", State.TRAINING: "took a place"}
_GIVEN_BACK = {PlaceState.OFFERED: PlaceState.DECLINED, PlaceState.BOOKED: PlaceState.WITHDRAWN}
# A former champion is trained anew: whoever is on the list has yet to be.
_AGAIN = {"state": State.WAITING, "state_before_leaving": "", "manager_agreed": False, **NOT_AWAY}
_AGAIN |= {"trained_on": None, "refresher_due": None}
NOT_ON_IT = "You are not on the waiting list any more."


@transaction.atomic
def join(*, by: Person, why: str, since: datetime | None = None, key: UUID | None = None) -> Champion:
    """Put `by` on the waiting list, at its end, and ask their line manager; returns the entry. Twice is once.

    `since`: when they joined, where that was earlier; `key`: of an entry that is made new. Raises ValidationError for
    somebody who is a champion now, or may be named in no list.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at once wait for each other
    if person.hidden or not person.is_active:
        raise ValidationError("The roster keeps your name out of every list, so you cannot be listed as a champion.")
    former = Champion.objects.select_for_update().filter(person=person).first()
    if former and former.state in OPEN_STATES:
        raise ValidationError("You are a champion already.")
    if former and former.state in COMING_STATES:
        return former
    details = {"state": [former and former.state, State.WAITING]}
    if former:
        details |= history.difference(former, _AGAIN)
        write(former, _AGAIN)
    champion = former or Champion.objects.create(id=key or uuid4(), person=person, state=State.WAITING)
    Waiting.objects.create(champion=champion, person=person, is_former=bool(former), why=why, **_dated(since))
    history.record(by=by, verb=JOINED, about=champion, details=details)
    refresh(AGREE, champion.pk)
    return champion


@transaction.atomic
def answer(*, champion_id, agrees: bool, by: Person) -> None:
    """Answer as somebody's line manager, or as the coordinator where they have none; no reason is asked.

    Raises PermissionDenied for everybody else, and for somebody who is not on the list; ValidationError where
    it was agreed already, whatever came of it.
    """
    outcome = _ask("select champions_answer(%s, %s)", champion_id, agrees)
    if outcome == "refused":
        raise PermissionDenied
    if outcome == "late":
        raise ValidationError("You have agreed already. If something stands in the way, talk with the coordinator.")
    if agrees:
        history.record(by=by, verb="agreed", about=Champion(pk=champion_id), details={"manager_agreed": [False, True]})
        offers.wake()
    refresh(AGREE, champion_id)
    refresh(ANSWERED, champion_id)
    sweep_soon()  # who waits is told; whoever answers does not see their row


@transaction.atomic
def leave(*, champion: Champion, by: Person) -> None:
    """Leave the waiting list, or be taken off it by the coordinator; what is held in a training is given back.

    Whoever never was a champion leaves no entry behind. Raises ValidationError where they are not on the list.
    """
    offers.one_at_a_time()
    _give_places_back(champion, by=by)
    before = Champion.objects.filter(pk=champion.pk).values_list("state", flat=True).first()
    if not _ask("select champions_leave_list(%s)", champion.pk):
        raise ValidationError(NOT_ON_IT)
    history.record(by=by, verb="left the waiting list", about=champion, details={"state": [before, None]})
    refresh(AGREE, champion.pk)
    refresh(ANSWERED, champion.pk)


@transaction.atomic
def ask_anew(*, people: list[int]) -> None:
    """The people with these keys have another line manager, whom the database asks now, unless somebody has agreed
    already (`champions_ask_anew`): their reminders follow."""
    on_list = Champion.objects.filter(person__in=people, state__in=COMING_STATES).values_list("pk", flat=True)
    if asked := list(on_list):
        refresh(AGREE, *asked)
        sweep_soon()  # whoever keeps the roster sees no row of the list


@transaction.atomic
def follow_places(*, people: list[int], by: Person | None) -> None:
    """How far the people with these keys are on the list follows from the places they hold.

    That somebody waits again is written as nobody's doing: whether they said no, their time to answer was over or the
    session was cancelled is not told by it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select champion_id, earlier, later from champions_follow_places(%s::bigint[])", [people])
        moved = cursor.fetchall()
    for key, earlier, later in moved:
        doer = None if later == State.WAITING else by
        history.record(by=doer, verb=_VERBS[later], about=Champion(pk=key), details={"state": [earlier, later]})


@transaction.atomic
def back_on_list(*, people: list[int], by: Person | None) -> None:
    """It was wrong that the people with these keys were trained: they wait again, since the day they joined. Does
    nothing for anybody but the coordinator and the worker."""
    with connection.cursor() as cursor:
        cursor.execute("select champions_back_on_list(%s::bigint[])", [people])
    follow_places(people=people, by=by)


@transaction.atomic
def purge() -> int:
    """Take whoever has left the force off the list, as the worker; returns how many."""
    return _ask("select champions_purge_waiting()")


def _dated(since: datetime | None) -> dict:
    return {"joined_at": since, "asked_on": timezone.localdate(since)} if since else {}


def _give_places_back(champion: Champion, *, by: Person) -> None:
    """A session is locked before its places and before the entry, as everybody locks them."""
    held = Place.objects.filter(
        person=champion.person_id, state__in=_GIVEN_BACK, session__course__purpose=Purpose.CHAMPION
    )
    for session in Session.objects.coming().filter(pk__in=held.values("session")).order_by("pk"):
        session = places.locked(session)
        for place in held.filter(session=session).select_for_update(of=("self",)).select_related("person"):
            place.session = session
            places.move([place], _GIVEN_BACK[place.state], by=by)


def _ask(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
