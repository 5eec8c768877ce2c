"""What people are told of their places, and what ends by itself: a cancelling, a move, leaving, time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.databases import manage, the_worker
from tests.factories.people import PersonFactory
from tests.factories.training import course, is_over, session_of
from tests.reminders.outbox import reminders, shown_to, sweep
from tests.training.pages import of
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import feed
from wellbeing.training import purging
from wellbeing.training.actions import completions, places, sessions
from wellbeing.training.models import Place, PlaceState, Purpose, Session
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PLACE, CANCELLED, MOVED = "training.place", "training.cancelled", "training.moved"
ATTENDANCE = "training.attendance"


def booked(session, person) -> Place:
    with acting_as(person):
        return places.book(session=session, by=person)


def told(kind: str, **of) -> list[int]:
    """Who is told of this now."""
    return [one.person_id for one in reminders(kind=kind, state="open", **of)]


def states(*of: Place) -> list[str]:
    with the_worker():
        found = Place.objects.in_bulk([place.pk for place in of])
    return [found[place.pk].state for place in of]


def test_a_place_is_told_a_week_and_a_day_before_and_no_longer_once_given_back(asha, chidi):
    soon, later = session_of(course(), in_days=1), session_of(course("Other"), in_days=40)
    mine = booked(soon, asha)
    booked(later, asha)
    booked(soon, chidi)
    assert sorted(told(PLACE)) == sorted([asha.pk, chidi.pk])
    assert [one.step for one in reminders(kind=PLACE, person=asha)] == [1]
    with acting_as(asha):
        assert {entry.title for entry in feed.entries_of(asha)} == {"training"}
        places.withdraw(place=mine, by=asha)
    assert told(PLACE) == [chidi.pk]
    sweep()
    assert told(PLACE) == [chidi.pk]


def test_whoever_had_a_place_is_told_at_once_that_it_was_cancelled(asha, chidi, coordinator, browse_as):
    session = session_of(course(purpose=Purpose.EVENT), in_days=30)
    place = booked(session, asha)
    given_back = booked(session, chidi)
    with acting_as(chidi):
        places.withdraw(place=given_back, by=chidi)
    with acting_as(coordinator):
        sessions.cancel(session=session, by=coordinator)
    assert told(CANCELLED) == [asha.pk]
    assert any("was cancelled on" in sentence for sentence in shown_to(asha))
    (reminder,) = reminders(kind=CANCELLED)
    assert browse_as(asha).get(f"/training/places/{reminder.about}/").url == of(session)
    assert reminder.about == str(place.pk)
    sweep()
    assert told(CANCELLED) == [asha.pk]


def test_whoever_has_a_place_is_told_of_each_move_and_who_books_afterwards_is_not(asha, chidi, coordinator, browse_as):
    session = session_of(course(), in_days=30)
    booked(session, asha)
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, trainer="Dr Shah")
    assert told(MOVED) == []
    for room in ("Room 2", "Room 3"):
        with acting_as(coordinator):
            sessions.change(session=session, by=coordinator, room=room)
        assert told(MOVED) == [asha.pk]
    assert len({one.about for one in reminders(kind=MOVED)}) == 2  # one for each move, the first taken back
    booked(session, chidi)
    sweep()
    assert told(MOVED) == [asha.pk]
    html = browse_as(asha).get("/reminders/").content.decode()
    (address,) = {part.partition('"')[0] for part in html.split('href="')[1:] if part.startswith("/training/places/")}
    assert browse_as(asha).get(address).url == of(session)


def test_the_coordinator_is_told_three_days_after_that_it_is_not_written_who_came(asha, coordinator):
    event, training = course("Roadshow", purpose=Purpose.EVENT), course()
    held, roadshow, fresh = session_of(training), session_of(event), session_of(training)
    place = booked(held, asha)
    booked(roadshow, asha)
    booked(fresh, asha)
    is_over(fresh)
    for session in (held, roadshow):
        ago = timezone.now() - timedelta(days=10)
        Session.objects.filter(pk=session.pk).update(starts_at=ago, ends_at=ago + timedelta(hours=2))
    sweep()
    assert told(ATTENDANCE) == [coordinator.pk]
    assert [one.about for one in reminders(kind=ATTENDANCE)] == [str(held.pk)]
    with acting_as(coordinator):
        completions.mark_attendance(session=held, came={place.pk}, by=coordinator)
    assert told(ATTENDANCE) == []


# --- Leaving --------------------------------------------------------------------------------------------


def test_whoever_leaves_gives_their_places_back_and_does_not_get_them_again(asha, chidi, hr, coordinator):
    event, training = session_of(course("Roadshow", purpose=Purpose.EVENT)), session_of(course(), capacity=2)
    champion = session_of(course("Becoming a champion", purpose=Purpose.CHAMPION))
    over = session_of(course("Over"))
    mine = [booked(session, asha) for session in (event, training, over)]
    is_over(over)
    with acting_as(coordinator):
        until = timezone.now() + timedelta(days=3)
        mine.append(places.offer(session=champion, person=asha, until=until, by=coordinator))
    stays = booked(training, chidi)

    def leave(left):
        with acting_as(hr):
            people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, left=left)

    leave(timezone.localdate())
    assert states(*mine, stays) == ["withdrawn", "withdrawn", "booked", "expired", "booked"]
    training.refresh_from_db()
    assert training.free == 1
    assert told(PLACE, person=asha) == []
    leave(None)
    assert states(*mine) == ["withdrawn", "withdrawn", "booked", "expired"]


def test_hr_gives_back_nobodys_place_who_has_not_gone_and_learns_of_no_event(asha, chidi, hr):
    event, training = session_of(course("Roadshow", purpose=Purpose.EVENT)), session_of(course())
    mine = [booked(session, asha) for session in (event, training)]
    with acting_as(hr), connection.cursor() as cursor:
        cursor.execute("select given_place from training_give_back(%s)", [[asha.pk, chidi.pk]])
        assert cursor.fetchall() == []
    assert states(*mine) == ["booked", "booked"]
    with acting_as(hr), connection.cursor() as cursor:
        cursor.execute('update people_person set "left" = current_date - 1 where id = %s', [asha.pk])
        cursor.execute("select given_session from training_give_back(%s)", [[asha.pk, chidi.pk]])
        assert cursor.fetchall() == [(training.pk,)]
    assert states(*mine) == ["withdrawn", "withdrawn"]


# --- Time -----------------------------------------------------------------------------------------------


def test_places_at_events_and_ended_places_go_in_time_and_nothing_else_does(asha, chidi, hr):
    event, training, coming = course("Roadshow", purpose=Purpose.EVENT), course(), session_of(course("Coming"))
    recent, old, held = session_of(event), session_of(event), session_of(training)
    kept = [booked(session, asha) for session in (recent, held, coming)]
    gone = booked(old, asha)
    on_hold = booked(old, PersonFactory(legal_hold=True))
    back, lately = booked(coming, chidi), booked(session_of(training), chidi)
    for place in (back, lately):
        with acting_as(chidi):
            places.withdraw(place=place, by=chidi)
    for session, days in ((recent, purging.EVENT_DAYS - 1), (old, purging.EVENT_DAYS + 1), (held, 400)):
        ago = timezone.now() - timedelta(days=days)
        Session.objects.filter(pk=session.pk).update(starts_at=ago - timedelta(hours=2), ends_at=ago)
    with the_worker():
        Place.objects.filter(pk=back.pk).update(changed_at=timezone.now() - timedelta(days=91))

    said = manage("purge_confidential", "--dry-run", DB_LOGIN="worker")
    assert "places at events: 1" in said
    assert "places that nobody has any more: 1" in said
    manage("purge_confidential", DB_LOGIN="worker")
    with the_worker():
        there = set(Place.objects.values_list("pk", flat=True))
    assert there == {place.pk for place in (*kept, on_hold, lately)}
    assert gone.pk not in there
    assert PlaceState.BOOKED in states(*kept)
