"""Places offered to the waiting list: in its order, answered, lapsed, passed on; and that none goes twice."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from champions import tasks
from champions.actions import offers
from champions.actions import waiting as actions
from champions.models import Champion, Waiting
from tests.champions.test_two_at_once import at_once
from tests.champions.test_waiting import LIST, WAITING, items, text_of
from tests.databases import the_worker
from tests.factories.training import is_over, session_of
from tests.factories.waiting import WHY, agree, becoming, joined, waiting_at
from wellbeing.people.actions import save_people
from wellbeing.people.models import Change
from wellbeing.training.actions import completions, places, sessions
from wellbeing.training.models import Place, PlaceState, Session
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    return session_of(becoming(), capacity=1)


@pytest.fixture
def three(station, ben):
    """First, Second and Third wait in this order, and their manager has agreed."""
    return [waiting_at(station, manager=ben, known_as=name) for name in ("First", "Second", "Third")]


def offer(session, by) -> int:
    with acting_as(by):
        return offers.offer_from_list(session=session, by=by)


def pass_on() -> None:
    with the_worker():
        tasks.pass_on_offers()


def states(entries) -> list[str]:
    return [Champion.objects.get(pk=entry.pk).state for entry in entries]


def place_of(entry) -> Place:
    with acting_as(entry.person):
        return Place.objects.select_related("session").filter(person=entry.person).latest("made_at")


def its_time_is_over(entry, coordinator) -> None:
    with acting_as(coordinator):
        Place.objects.filter(person=entry.person, state="offered").update(
            offered_until=timezone.now() - timedelta(minutes=1)
        )


def answered(entry, act):
    with acting_as(entry.person):
        return act(place=place_of(entry), by=entry.person)


# --- Offering, answering, passing on -----------------------------------------------------------------------


def test_the_coordinator_offers_and_the_first_accepts_on_their_own_page(browse_as, coordinator, session, three):
    browser = browse_as(coordinator)
    page = browser.post(f"{LIST}sessions/{session.pk}/offer/", follow=True)
    assert "1 place offered for Becoming a champion" in page.content.decode()
    assert "First Hopeful, Ashford Offered a place" in text_of(page)
    assert "0 of 1 place taken, 1 offered and not answered yet, 0 free." in text_of(page)
    assert states(three) == ["offered", "waiting", "waiting"]

    first = browse_as(three[0].person)
    page = text_of(first.get(WAITING))
    assert "A place is held for you" in page
    assert "Please answer by the end of" in page
    address = f"/champions/waiting/offers/{place_of(three[0]).pk}/"
    assert browse_as(three[1].person).post(address, {"answer": "yes"}).status_code == 404
    page = text_of(first.post(address, {"answer": "yes"}, follow=True))
    assert "The place is yours." in page
    assert states(three) == ["training", "waiting", "waiting"]
    page = text_of(first.post(address, {"answer": "yes"}, follow=True))
    assert "This place is yours already." in page
    assert "You are first of two." in text_of(browse_as(three[1].person).get(WAITING))


def test_what_is_declined_passes_on_by_itself_and_not_back_to_whoever_declined(browse_as, coordinator, session, three):
    offer(session, coordinator)
    address = f"/champions/waiting/offers/{place_of(three[0]).pk}/"
    page = text_of(browse_as(three[0].person).post(address, {"answer": "no"}, follow=True))
    assert "You have said no to this place." in page
    assert "You are first of three." in page
    pass_on()
    assert states(three) == ["waiting", "offered", "waiting"]
    answered(three[1], places.decline)
    pass_on()
    answered(three[2], places.decline)
    pass_on()
    assert states(three) == ["waiting"] * 3


def test_an_offer_that_lapses_is_told_and_goes_to_the_next_and_it_is_said_in_words(
    browse_as, coordinator, session, three
):
    offer(session, coordinator)
    first = three[0].person
    assert [sentence for sentence in items(first) if "A place in the training for champions is held" in sentence]
    its_time_is_over(three[0], coordinator)
    pass_on()
    assert states(three) == ["waiting", "offered", "waiting"]
    page = browse_as(first).post(f"/champions/waiting/offers/{place_of(three[0]).pk}/", {"answer": "yes"}, follow=True)
    assert "The time to answer is over, and the place has gone to somebody else." in text_of(page)
    told = items(first)
    assert any("The time to answer about a place in the training was over" in sentence for sentence in told)
    assert not any("is held for you" in sentence for sentence in told)


def test_an_offer_ends_with_the_last_day_of_the_rule_and_never_after_the_training_began(coordinator, three, session):
    soon = session_of(session.course, in_days=2, capacity=1)
    offer(session, coordinator)
    offer(soon, coordinator)
    until = timezone.localtime(place_of(three[0]).offered_until)
    assert (until.date() - timezone.localdate()).days == 7
    assert (until.hour, until.minute) == (23, 59)
    assert place_of(three[1]).offered_until == soon.starts_at


def test_only_those_are_offered_a_place_whose_manager_has_agreed_and_the_others_keep_theirs(
    coordinator, session, asha, ben, chidi
):
    entry = joined(asha)
    other = joined(chidi, agreed_by=coordinator)
    offer(session, coordinator)
    assert states([entry, other]) == ["waiting", "offered"]
    agree(entry, by=ben)
    with acting_as(chidi):
        places.decline(place=place_of(other), by=chidi)
    pass_on()
    assert states([entry, other]) == ["offered", "waiting"]
    with pytest.raises(ValidationError, match="have agreed already"):
        agree(entry, by=ben, agrees=False)


def test_more_room_is_offered_too_and_nobody_holds_two_offers(coordinator, session, three):
    other = session_of(session.course, in_days=30, capacity=1)
    assert (offer(session, coordinator), offer(other, coordinator)) == (1, 1)
    assert states(three) == ["offered", "offered", "waiting"]
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, capacity=4)
    pass_on()
    assert states(three) == ["offered"] * 3
    with acting_as(coordinator):
        assert Place.objects.count() == 3


def test_what_is_no_longer_offered_passes_on_to_nobody(browse_as, coordinator, session, three):
    browser = browse_as(coordinator)
    browser.post(f"{LIST}sessions/{session.pk}/offer/")
    browser.post(f"{LIST}sessions/{session.pk}/stop/")
    answered(three[0], places.decline)
    pass_on()
    assert states(three) == ["waiting"] * 3


def test_a_cancelled_training_puts_everybody_back_where_they_were(browse_as, coordinator, session, three):
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, capacity=2)
    offer(session, coordinator)
    answered(three[0], places.accept)
    assert states(three) == ["training", "offered", "waiting"]
    with acting_as(coordinator):
        sessions.cancel(session=Session.objects.get(pk=session.pk), by=coordinator)
    assert states(three) == ["waiting"] * 3
    for number, entry in zip(("first", "second", "third"), three, strict=True):
        assert f"You are {number} of three." in text_of(browse_as(entry.person).get(WAITING))
    verbs = [change.verb for change in Change.objects.filter(about_id=str(three[0].pk)).order_by("id")]
    assert verbs == ["joined the waiting list", "agreed", "was offered a place", "took a place", "waits again"]


def test_whoever_leaves_the_list_gives_back_what_they_hold(browse_as, coordinator, session, three):
    offer(session, coordinator)
    browse_as(three[0].person).post("/champions/waiting/leave/")
    pass_on()
    assert states(three[1:]) == ["offered", "waiting"]
    answered(three[1], places.accept)
    browse_as(coordinator).post(f"{LIST}{three[1].pk}/off/")
    pass_on()
    assert states(three[2:]) == ["offered"]


def test_a_place_of_somebody_who_leaves_the_force_passes_on_and_undone_they_wait_where_they_were(
    browse_as, coordinator, session, three, as_owner
):
    offer(session, coordinator)
    first = three[0].person
    first.refresh_from_db()
    save_people(by=None, changed=[(first, {"left": timezone.localdate()})])
    pass_on()
    assert states(three) == ["stepped_down", "offered", "waiting"]
    save_people(by=None, changed=[(first, {"left": None})], undoing=True)
    assert states(three) == ["waiting", "offered", "waiting"]
    assert "You are first of two." in text_of(browse_as(first).get(WAITING))
    save_people(by=None, changed=[(first, {"left": timezone.localdate()})])
    as_owner.execute("update people_person set gone_at = now() - interval '2 days' where id = %s", [first.pk])
    pass_on()
    assert not Champion.objects.filter(pk=three[0].pk).exists()


def test_nobody_else_offers_places(browse_as, asha, ben, chidi, champion, hr, lead, dpo, superuser, session, three):
    for who in (asha, ben, chidi, champion, hr, lead, dpo, superuser):
        assert browse_as(who).post(f"{LIST}sessions/{session.pk}/offer/").status_code == 404
    assert states(three) == ["waiting"] * 3


# --- Trained -------------------------------------------------------------------------------------------------


def mark(session, came, coordinator) -> None:
    with acting_as(coordinator):
        completions.mark_attendance(session=session, came={place_of(entry).pk for entry in came}, by=coordinator)


def test_whoever_came_is_trained_and_off_the_list_whoever_did_not_waits_where_they_were(
    browse_as, coordinator, session, three
):
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, capacity=2)
    offer(session, coordinator)
    for entry in three[:2]:
        answered(entry, places.accept)
    is_over(session)
    mark(session, three[:1], coordinator)
    assert states(three) == ["training", "waiting", "waiting"]
    trained = Champion.objects.get(pk=three[0].pk)
    assert trained.trained_on == timezone.localdate() - timedelta(days=1)
    assert trained.refresher_due.year == trained.trained_on.year + 2
    with acting_as(coordinator):
        assert set(Waiting.objects.values_list("champion_id", flat=True)) == {entry.pk for entry in three[1:]}
    page = text_of(browse_as(three[0].person).get(WAITING))
    assert "The training is behind you" in page
    assert WHY not in page
    assert "You are first of two." in text_of(browse_as(three[1].person).get(WAITING))
    assert "champion" not in three[0].person.roles


def test_a_wrong_mark_taken_back_puts_them_on_the_list_again_since_the_day_they_joined(coordinator, session, three):
    offer(session, coordinator)
    with acting_as(three[0].person):
        since = Waiting.objects.get().joined_at
    answered(three[0], places.accept)
    is_over(session)
    mark(session, three[:1], coordinator)
    mark(session, [], coordinator)
    entry = Champion.objects.get(pk=three[0].pk)
    assert (entry.state, entry.trained_on, entry.refresher_due) == ("waiting", None, None)
    with acting_as(three[0].person):
        waiting = Waiting.objects.get()
    assert abs(waiting.joined_at - since) < timedelta(seconds=5)
    assert (waiting.answer, waiting.why) == ("agreed", "")
    mark(session, three[:1], coordinator)
    assert states(three[:1]) == ["training"]


def test_a_training_recorded_by_hand_counts_for_whoever_waits_and_makes_no_champion_of_others(
    coordinator, session, three, asha, champion
):
    today = timezone.localdate()
    with acting_as(coordinator):
        for person in (three[1].person, asha, champion):
            completions.record(person=person, course=session.course, completed_on=today, by=coordinator)
        assert Waiting.objects.filter(pk=three[1].pk).count() == 0
    assert states([three[1], champion.champion]) == ["training", "active"]
    assert not Champion.objects.filter(person=asha).exists()
    assert Champion.objects.get(person=champion).trained_on == today


# --- Two at once ---------------------------------------------------------------------------------------------


def quietly(act, refused: list):
    try:
        act()
    except ValidationError as refusal:
        refused.extend(refusal.messages)


def test_the_last_place_goes_once_when_the_button_is_pressed_twice_and_two_workers_come(coordinator, session, three):
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, offers_from_list=True)
    press = partial(offer, session, coordinator)
    at_once(press, press, press)
    assert states(three) == ["offered", "waiting", "waiting"]

    answered(three[0], places.decline)
    with the_worker():
        at_once(offers.pass_on, offers.pass_on)
    assert states(three) == ["waiting", "offered", "waiting"]
    with acting_as(coordinator):
        assert Place.objects.count() == 2


def test_two_trainings_offered_at_once_do_not_both_go_to_the_first(coordinator, session, three):
    other = session_of(session.course, in_days=30, capacity=1)
    for _ in range(2):
        at_once(partial(offer, session, coordinator), partial(offer, other, coordinator))
    assert states(three) == ["offered", "offered", "waiting"]


def test_yes_at_the_moment_at_which_the_offer_lapses_is_one_or_the_other_and_never_two(coordinator, three, session):
    for turn in range(2):
        session = session_of(session.course, in_days=30 + turn, capacity=1)
        offer(session, coordinator)
        with acting_as(coordinator):
            place = Place.objects.get(session=session)
            Place.objects.filter(pk=place.pk).update(offered_until=timezone.now() + timedelta(milliseconds=40))
        person, refused = place.person, []

        def accept(place=place, person=person, refused=refused):
            with acting_as(person):
                quietly(partial(places.accept, place=place, by=person), refused)

        def lapse():
            for _ in range(5):
                offers.pass_on()

        with the_worker():
            at_once(accept, lapse, lapse)
        with acting_as(coordinator):
            place.refresh_from_db()
            others = Place.objects.taking_a_seat().filter(session=session).exclude(pk=place.pk).count()
        assert (place.state, others, refused) in [
            ("booked", 0, []),
            ("expired", 1, ["The time to answer is over, and the place has gone to somebody else."]),
        ]


def test_leaving_the_list_while_places_are_offered_leaves_no_place_with_whoever_left(coordinator, three, session):
    first = three[0]

    def leave():
        with acting_as(first.person):
            actions.leave(champion=first, by=first.person)

    at_once(leave, partial(offer, session, coordinator))
    pass_on()
    with acting_as(coordinator):
        held = Place.objects.taking_a_seat().filter(session=session)
        assert [place.person for place in held] == [three[1].person]
    assert not Champion.objects.filter(pk=first.pk).exists()


def test_yes_and_no_in_two_windows_is_one_of_them(coordinator, three, session):
    offer(session, coordinator)
    refused = []
    at_once(*(partial(quietly, partial(answered, three[0], act), refused) for act in (places.accept, places.decline)))
    assert len(refused) == 1
    assert (place_of(three[0]).state, states(three[:1])) in [
        (PlaceState.BOOKED, ["training"]),
        (PlaceState.DECLINED, ["waiting"]),
    ]


def test_joining_twice_at_once_is_joining_once(asha):
    def join():
        with acting_as(asha):
            actions.join(by=asha, why=WHY)

    at_once(join, join)
    with acting_as(asha):
        assert Waiting.objects.count() == Champion.objects.count() == 1
