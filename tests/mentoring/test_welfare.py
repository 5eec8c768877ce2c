"""Welfare mentors: their profile, their plan to stop, and that nobody is left without when they cannot go on."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils.timezone import localdate as today

from mentoring.actions import stand_down
from mentoring.models import Mentor
from tests.confidential.records import at_once
from tests.factories.people import PersonFactory
from tests.mentoring.absent import a_mentor, called, holder, is_away, trained, truth
from tests.mentoring.pages import a_day
from tests.reminders.outbox import reminders, shown_to, steps, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.models import at_hour
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
PROFILE = "/mentoring/welfare/my-profile/"


def words(page) -> str:
    return page.content.decode()


def typed(**changed) -> dict:
    return {"capacity": 2, "about_me": ""} | changed


@pytest.fixture
def supported(asha, ben, coordinator, welfare_mentor):
    """Asha is away, and Wilma keeps contact with her; returns the absence's key."""
    absence = is_away(asha)
    supports(trained(welfare_mentor), asha)
    return absence


def supports(mentor, subject) -> None:
    """As if `subject` had picked `mentor`."""
    truth(
        "select confidential_hold_contact(%s, %s, 'welfare_mentor', null)",
        subject.pk,
        mentor.pk,
    )
    truth("update mentoring_contactplan set kept_by = 'mentor' where subject_id = %s", subject.pk)


def covered(subject, *, after) -> tuple:
    """Who keeps contact now; never nobody, never a moment without, and `after` no longer."""
    rows = truth(
        """select carer_id, why, starts, ends from confidential_carelink where subject_id = %s
           and why in ('keeps_contact', 'welfare_mentor') order by starts""",
        subject.pk,
    )
    assert rows[-2][0] == after.pk
    assert rows[-1][2] - rows[-2][3] < timedelta(seconds=1), "one ends and the other begins in one transaction"
    assert rows[-1][3] is None
    return rows[-1][:2]


# --- The profile --------------------------------------------------------------------------------------


def test_a_mentor_says_how_many_takes_a_break_and_plans_to_stop(browse_as, welfare_mentor):
    client = browse_as(welfare_mentor)
    assert "No training noted yet" in words(client.get(PROFILE))
    last = today() + timedelta(days=60)
    sent = typed(capacity=3, paused="on", about_me="Twenty years on response.", **a_day("last_day", last))
    page = words(client.post(PROFILE, sent, follow=True))

    assert "Your profile is saved" in page
    assert "Twenty years on response." in page
    row = truth("select capacity, paused, about_me, last_day from mentoring_welfareprofile")
    assert row == [(3, True, "Twenty years on response.", last)]
    client.post(PROFILE, typed())
    assert truth("select paused, last_day from mentoring_welfareprofile") == [(False, None)]


def test_bad_input_is_answered_beside_what_is_wrong_and_kept(browse_as, welfare_mentor):
    client = browse_as(welfare_mentor)
    sent = typed(capacity="7", about_me="x" * 601, **a_day("last_day", today() - timedelta(days=1)))
    page = words(client.post(PROFILE, sent))

    for error in ("Enter 6 or fewer", "600 characters or fewer", "Choose today or a later day"):
        assert error in page
    assert 'value="7"' in page
    assert "To support nobody new, take a break" in words(client.post(PROFILE, typed(capacity="0")))


def test_a_profile_is_its_mentors_alone(browse_as, welfare_mentor, coordinator, chidi, superuser, lead):
    for person in (chidi, coordinator, superuser, lead):
        assert browse_as(person).get(PROFILE).status_code == 404
    seen = {person.known_as: called("count(*) from mentoring_welfareprofile", by=person)
            for person in (welfare_mentor, coordinator, chidi, superuser, lead)}  # fmt: skip
    assert seen == {"Wilma": 1, "Cora": 1, "Chidi": 0, "Root": 0, "Leo": 0}


def test_nobody_notes_their_own_training_or_supervision(welfare_mentor, coordinator, chidi):
    key = Mentor.objects.get().pk
    for person in (welfare_mentor, chidi):
        assert not called("mentoring_note_training(%s, %s, null)", key, today(), by=person)
        assert not called(
            "mentoring_note_supervision(gen_random_uuid(), %s, %s, %s)",
            key,
            today(),
            coordinator.pk,
            by=person,
        )
    with pytest.raises(DatabaseError, match="denied"):
        called("1; update mentoring_welfareprofile set trained_on = now() returning 1", by=welfare_mentor)


# --- Handing back, and whatever else ends it ----------------------------------------------------------


@pytest.mark.usefixtures("every_day_works")
def test_a_mentor_hands_back_and_another_begins_in_the_same_step(
    browse_as, asha, ben, coordinator, welfare_mentor, supported, station
):
    fuller, freer = a_mentor("Winston", station=station, capacity=1), a_mentor("Wanda", station=station, capacity=3)
    page = f"/mentoring/welfare/hand-back/{supported}/"
    mentor = browse_as(welfare_mentor)
    first = words(mentor.get(page))
    assert "No reason is asked" in first
    assert "<textarea" not in first
    assert mentor.post(page).status_code == 302

    assert covered(asha, after=welfare_mentor) == (freer.pk, "welfare_mentor"), "whoever has most room"
    assert mentor.get(page).status_code == 404
    sweep()
    assert [words for words in shown_to(asha) if "somebody else keeps contact with you" in words]
    assert [words for words in shown_to(freer) if "you keep contact with Asha Patel" in words]
    (told,) = shown_to(coordinator)
    assert "somebody new keeps contact" in told
    assert "Asha" not in told
    assert [shown_to(person) for person in (ben, fuller, welfare_mentor)] == [[], [], []]
    assert "Ask for somebody else" in words(browse_as(asha).get("/my-plan/swap/")), "she can choose again"


def test_where_no_mentor_has_room_the_coordinator_keeps_contact_and_never_the_line_manager(
    browse_as, asha, coordinator, welfare_mentor, supported
):
    browse_as(welfare_mentor).post(f"/mentoring/welfare/hand-back/{supported}/")

    assert covered(asha, after=welfare_mentor) == (coordinator.pk, "keeps_contact")
    assert truth("select kept_by from mentoring_contactplan") == [("mentor",)]


def test_where_nobody_can_begin_the_mentor_is_told_and_nothing_ends(browse_as, asha, ben, welfare_mentor):
    absence = is_away(asha)
    supports(trained(welfare_mentor), asha)
    page = words(browse_as(welfare_mentor).post(f"/mentoring/welfare/hand-back/{absence}/"))

    assert "Not handed back" in page
    assert holder(asha) == (welfare_mentor.pk, "welfare_mentor")


def test_nobody_hands_back_for_another_and_a_line_manager_not_at_all(
    browse_as, asha, ben, coordinator, chidi, superuser, welfare_mentor, supported, station
):
    page = f"/mentoring/welfare/hand-back/{supported}/"
    for person in (ben, coordinator, chidi, superuser, asha):
        assert browse_as(person).post(page).status_code == 404
        assert called("mentoring_hand_back(%s)", supported, by=person) == "refused"
    other = PersonFactory(known_as="Omar", station=station, line_manager=ben)
    kept = is_away(other)
    assert called("mentoring_hand_back(%s)", kept, by=ben) == "refused"
    assert holder(other) == (ben.pk, "keeps_contact")


@pytest.mark.usefixtures("every_day_works")
@pytest.mark.parametrize("how", ["stands down", "leaves", "dies", "reaches the last day"])
def test_whatever_ends_it_there_is_no_gap(asha, ben, hr, coordinator, welfare_mentor, supported, station, how):
    other = a_mentor("Winston", station=station)
    if how == "stands down":
        with acting_as(coordinator):
            stand_down(mentor=Mentor.objects.get(person=welfare_mentor), by=coordinator)
    elif how == "leaves":
        people.save_people(by=None, changed=[(Person.objects.get(pk=welfare_mentor.pk), {"left": today()})])
    elif how == "dies":
        people.record_death(person=Person.objects.get(pk=welfare_mentor.pk), by=hr, on=today())
    else:
        trained(welfare_mentor, last_day=today() - timedelta(days=1))
        called("mentoring_close_gaps()")
        assert not Mentor.objects.live().filter(person=welfare_mentor).exists()

    assert covered(asha, after=welfare_mentor) == (other.pk, "welfare_mentor")
    sweep()
    told = [words for words in shown_to(asha) if "keeps contact" in words]
    assert bool(told) is (how != "dies"), "of a death somebody tells them, not the portal"
    assert [words for words in shown_to(other) if "Asha Patel" in words]
    assert called("mentoring_close_gaps()") == 0, "a second look finds nothing"


def test_a_colleague_whom_she_named_and_who_leaves_is_followed_by_a_mentor(
    asha, ben, chidi, coordinator, welfare_mentor
):
    trained(welfare_mentor)
    assert called("mentoring_choose_contact(%s, 'colleague', %s)", is_away(asha), chidi.pk, by=asha)
    people.save_people(by=None, changed=[(Person.objects.get(pk=chidi.pk), {"left": today()})])

    assert covered(asha, after=chidi) == (welfare_mentor.pk, "welfare_mentor")


def test_after_a_day_on_which_many_lose_whoever_kept_contact_a_run_helps_some_and_the_next_goes_on(
    chidi, coordinator, welfare_mentor
):
    trained(welfare_mentor, capacity=3)
    people_away = PersonFactory.create_batch(203, station=chidi.station)
    keys = [person.pk for person in people_away]
    truth(
        """with away as (insert into mentoring_absence (id, subject_id, first_day, made_at)
                         select gen_random_uuid(), id, london_today() - 9, now() from unnest(%s::bigint[]) as id
                         returning *)
           insert into mentoring_contactplan (absence_id, subject_id, kept_by, channels, every_days, unanswered,
                                             plan_record, told_record)
           select id, subject_id, 'colleague', '{phone}', 14, 0, gen_random_uuid(), gen_random_uuid() from away""",
        keys,
    )

    assert [called("mentoring_close_gaps()") for _ in range(3)] == [200, 3, 0]
    assert truth("select why, count(*) from confidential_carelink where ends is null and subject_id = any(%s) "
                 "and why <> 'line_manager' group by why order by why", keys) == [
        ("keeps_contact", 200), ("welfare_mentor", 3)
    ]  # fmt: skip


def test_a_mentor_hands_back_in_the_moment_in_which_they_are_recorded_as_died(
    browse_as, asha, hr, coordinator, welfare_mentor, supported, station
):
    other, client = a_mentor("Winston", station=station), browse_as(welfare_mentor)
    died = Person.objects.get(pk=welfare_mentor.pk)

    def one(number: int) -> None:
        if number:
            client.post(f"/mentoring/welfare/hand-back/{supported}/")
        else:
            people.record_death(person=died, by=hr, on=today())

    at_once(2, one)
    assert covered(asha, after=welfare_mentor) == (other.pk, "welfare_mentor")
    assert truth("select count(*) from mentoring_cover") == [(1,)]


def test_a_mentor_hands_back_in_the_moment_in_which_the_person_is_recorded_as_died(
    browse_as, asha, hr, coordinator, welfare_mentor, supported
):
    client, died = browse_as(welfare_mentor), Person.objects.get(pk=asha.pk)

    def one(number: int) -> None:
        if number:
            client.post(f"/mentoring/welfare/hand-back/{supported}/")
        else:
            people.record_death(person=died, by=hr, on=today())

    at_once(2, one)
    assert holder(asha) is None
    sweep()
    assert [one.kind for one in reminders(state="open") if one.subject_id == asha.pk] == []


# --- What they are reminded of ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "kind", "days", "expected"),
    [
        ("supervision_due", "mentoring.supervision", 14, [14]),
        ("supervision_due", "mentoring.supervision", 0, [0]),
        ("training_due", "mentoring.training", 28, [28]),
        ("last_day", "mentoring.exit", 7, [7]),
        ("last_day", "mentoring.exit_told", 28, [28]),
        ("last_day", "mentoring.exit_told", 40, []),
    ],
)
def test_a_mentor_and_the_coordinator_are_told_beforehand(
    time_machine, welfare_mentor, coordinator, column, kind, days, expected
):
    day = working_days.on_or_after(today() + timedelta(days=60))
    trained(welfare_mentor, supervision_due=None)
    trained(welfare_mentor, **{column: day})
    time_machine.move_to(at_hour(day - timedelta(days=days), 10))
    sweep()

    assert steps(kind=kind, state="open") == expected
    reader = coordinator if kind.endswith("told") else welfare_mentor
    assert {one.person_id for one in reminders(kind=kind)} <= {reader.pk}
