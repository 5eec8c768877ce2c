"""Places in the training, offered to the waiting list in its order, and passed on by themselves.

Whoever offers takes a lock first, so that nobody is offered two places at once and no place goes twice, then sessions
in the order of their keys, then an entry. Safe to run twice at once.
"""

from datetime import datetime, time, timedelta

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from champions.models import Answer, Champion, State, Waiting
from champions.queries import rules
from champions.queries import waiting as on_list
from wellbeing.people.models import Person
from wellbeing.training.actions import places, sessions
from wellbeing.training.models import Purpose, Session

TASK = "champions.tasks.pass_on_offers"


@transaction.atomic
def offer_from_list(*, session: Session, by: Person) -> int:
    """Offer the session's free places to the waiting list, now and whenever one comes free; returns how many now.

    Raises ValidationError for a session that has begun, is cancelled, or makes nobody a champion.
    """
    one_at_a_time()
    if session.course.purpose != Purpose.CHAMPION:
        raise ValidationError("Places in this session are not for the waiting list.")
    sessions.change(session=session, by=by, offers_from_list=True)
    return _fill(session, by=by)


@transaction.atomic
def stop_offering(*, session: Session, by: Person) -> None:
    """Free places in `session` are offered to nobody any more; offers that are out stand. Raises ValidationError for a
    session that has begun or is cancelled."""
    sessions.change(session=session, by=by, offers_from_list=False)


def pass_on() -> int:
    """Let offers lapse that nobody answered in time, and offer to the next what is free: as the worker.

    Returns how many places were offered.
    """
    places.let_offers_lapse()
    coming = Session.objects.coming().filter(offers_from_list=True, course__purpose=Purpose.CHAMPION)
    return sum(_pass_on(session) for session in coming.order_by("pk"))


def wake() -> None:
    """Have a worker pass places on after the commit. A message that is lost, or no broker: the schedule comes round."""
    transaction.on_commit(_wake_now, robust=True)


def one_at_a_time() -> None:
    """Whoever offers places, or takes somebody off the list, waits for whoever does so now. Before any other lock."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('champions.offers'))")


def answer_by(session: Session) -> datetime:
    """Until when a place in `session` is held that is offered now: the end of the last day, or when it begins."""
    last_day = timezone.localdate() + timedelta(days=rules().offer_days)
    end = timezone.make_aware(datetime.combine(last_day, time(23, 59, 59)))
    return min(end, session.starts_at)


def _wake_now() -> None:
    current_app.send_task(TASK, retry=False, expires=600)  # seconds: the schedule has come round by then


@transaction.atomic
def _pass_on(session: Session) -> int:
    one_at_a_time()
    return _fill(session, by=None)


def _fill(session: Session, *, by: Person | None) -> int:
    session = places.locked(session)
    if not session.offers_from_list or not session.course.is_offered:
        return 0
    until, offered = answer_by(session), 0
    for key in on_list.next_for(session) if session.free else []:
        if offered == session.free:
            break
        if champion := _still_waits(key):
            places.offer(session=session, person=champion.person, until=until, by=by)
            offered += 1
    return offered


def _still_waits(key) -> Champion | None:
    """The entry, locked, of somebody who may be offered a place at this moment."""
    waiting = Champion.objects.filter(pk=key, state=State.WAITING).select_related("person")
    champion = waiting.select_for_update(of=("self",)).first()
    agreed = champion and Waiting.objects.filter(pk=key, answer=Answer.AGREED).exists()
    return champion if agreed else None
