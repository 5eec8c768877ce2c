"""Places: who gets one, who gives it back, and that the last never goes twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.champions.test_two_at_once import at_once
from tests.databases import the_worker
from tests.factories.training import course, is_over, requirement, session_of
from wellbeing.training.actions import completions, places, sessions
from wellbeing.training.models import MOVES, TAKES_SEAT, Completion, Place, PlaceState, Purpose, Session
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

SOON = lambda: timezone.now() + timedelta(days=3)  # noqa: E731


def booked(session, person) -> Place:
    with acting_as(person):
        return places.book(session=session, by=person)


def offered(session, person, by) -> Place:
    with acting_as(by):
        return places.offer(session=session, person=person, until=SOON(), by=by)


def test_the_last_place_goes_to_one_of_two_who_book_at_once(asha, chidi):
    for turn in range(5):
        session = session_of(course(f"Course {turn}"), capacity=1)
        refused = []

        def take(person, session=session, refused=refused):
            try:
                booked(session, person)
            except ValidationError as refusal:
                refused.extend(refusal.messages)

        at_once(lambda: take(asha), lambda: take(chidi))
        session.refresh_from_db()
        assert session.taken == 1
        assert refused == [places.FULL]


def test_the_database_itself_refuses_a_place_too_many(asha, chidi):
    session = session_of(course(), capacity=1)
    booked(session, asha)
    with pytest.raises(IntegrityError, match="training_no_place_too_many"), acting_as(chidi):
        Place.objects.create(session=session, person=chidi)


def test_what_is_given_back_is_free_again_and_nobody_writes_the_count_by_hand(asha, chidi):
    session = session_of(course(), capacity=1)
    place = booked(session, asha)
    with acting_as(asha):
        places.withdraw(place=place, by=asha)
    assert booked(session, chidi).state == PlaceState.BOOKED
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(taken=0)


def test_the_database_knows_the_same_moves_and_seats_as_the_page_that_lists_them():
    with connection.cursor() as cursor:
        for earlier in PlaceState.values:
            cursor.execute("select training_takes_seat(%s)", [earlier])
            assert cursor.fetchone()[0] is (earlier in TAKES_SEAT)
            for later in PlaceState.values:
                cursor.execute("select training_may_move(%s, %s)", [earlier, later])
                assert cursor.fetchone()[0] is (earlier == later or later in MOVES.get(earlier, ())), (earlier, later)


def test_an_offer_holds_its_place_until_it_is_answered_or_lapses(asha, chidi, coordinator):
    session = session_of(course(purpose=Purpose.CHAMPION), capacity=2)
    first, second = offered(session, asha, coordinator), offered(session, chidi, coordinator)
    session.refresh_from_db()
    assert session.free == 0
    with acting_as(asha):
        assert places.accept(place=first, by=asha).state == PlaceState.BOOKED
    with acting_as(coordinator):
        Place.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    second = Place(pk=second.pk, session=session)
    with pytest.raises(ValidationError, match="time to answer is over"), acting_as(chidi):
        places.accept(place=second, by=chidi)
    with the_worker():
        assert [place.pk for place in places.let_offers_lapse()] == [second.pk]
    session.refresh_from_db()
    assert session.free == 1


def test_a_champions_training_is_offered_and_never_booked(asha):
    session = session_of(course(purpose=Purpose.CHAMPION))
    with pytest.raises(ValidationError, match="offered to people on the waiting list"), acting_as(asha):
        places.book(session=session, by=asha)
    with pytest.raises(Exception, match="row-level security"), acting_as(asha):
        Place.objects.create(session=session, person=asha)


def test_a_cancelled_session_gives_every_place_back(asha, chidi, coordinator):
    session = session_of(course())
    booked(session, asha)
    offered(session, chidi, coordinator)
    with acting_as(coordinator):
        sessions.cancel(session=session, by=coordinator)
        assert set(Place.objects.values_list("state", flat=True)) == {PlaceState.CANCELLED}
    session.refresh_from_db()
    assert session.taken == 0
    with pytest.raises(ValidationError, match="cancelled"):
        booked(session, asha)


def test_whoever_came_has_completed_the_course_and_a_wrong_mark_is_taken_back(asha, chidi, coordinator):
    session = session_of(course(valid_months=24, provider="Welfare and counselling service"))
    came, missed = booked(session, asha), booked(session, chidi)
    is_over(session)
    with acting_as(coordinator):
        completions.mark_attendance(session=session, came={came.pk}, by=coordinator)
    with acting_as(asha):
        completion = Completion.objects.get()
    assert (completion.person, completion.provider) == (asha, "Welfare and counselling service")
    assert completion.valid_until.year == completion.completed_on.year + 2
    with acting_as(coordinator):
        completions.mark_attendance(session=session, came={missed.pk}, by=coordinator)
        assert [row.person for row in Completion.objects.all()] == [chidi]


def seen(by, model) -> int:
    with acting_as(by):
        return model.objects.count()


def test_who_sees_a_place_and_who_a_completion(asha, chidi, ben, coordinator, hr, lead, dpo, superuser):
    """Asha's places: an event, and what managers must hold. HR sees the second alone, her manager neither, and once the
    event is over the coordinator no longer sees the first."""
    event, must = course("Mindfulness roadshow", purpose=Purpose.EVENT), course("Mental health for managers")
    requirement(must)
    sessions_of = [session_of(of) for of in (event, must)]
    places_of = [booked(session, asha) for session in sessions_of]
    watchers = (asha, coordinator, hr, ben, chidi, lead, dpo, superuser)
    assert [seen(by, Place) for by in watchers] == [2, 2, 1, 0, 0, 0, 0, 0]

    for session in sessions_of:
        is_over(session)
    assert [seen(by, Place) for by in watchers] == [2, 1, 1, 0, 0, 0, 0, 0]
    with acting_as(coordinator):
        completions.mark_attendance(session=sessions_of[1], came={places_of[1].pk}, by=coordinator)
        with pytest.raises(ValidationError, match="At an event nobody writes who came"):
            completions.mark_attendance(session=sessions_of[0], came=set(), by=coordinator)
    assert [seen(by, Completion) for by in watchers] == [1, 1, 1, 0, 0, 0, 0, 0]


def test_nobody_marks_their_own_attendance(asha):
    session = session_of(course())
    place = booked(session, asha)
    with pytest.raises(Exception, match="row-level security"), acting_as(asha):
        Place.objects.filter(pk=place.pk).update(state=PlaceState.ATTENDED)
    with pytest.raises(Exception, match="row-level security"), acting_as(asha):
        Completion.objects.create(
            person=asha, course=session.course, completed_on=timezone.localdate(), recorded_by=asha
        )


def test_nobody_answers_for_somebody_else(asha, chidi, coordinator):
    place = offered(session_of(course()), asha, coordinator)
    with pytest.raises(Place.DoesNotExist), acting_as(chidi):
        places.accept(place=place, by=chidi)
