"""That somebody is away: dates, said by those who may, seen by those who reckon with them; 1-1s rest meanwhile."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions import absences as actions
from mentoring.actions import schedules
from mentoring.models import Absence
from mentoring.queries import schedules as due
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.mentoring.away import away, chosen, days, paused, told
from tests.mentoring.pages import a_day
from tests.reminders.outbox import reminders, sweep
from wellbeing.confidential import retention
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as
from wellbeing.web.templatetags.components import day

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

DUE = "mentoring.one_to_one"


def manager_reads(client) -> str:
    return client.get("/mentoring/").content.decode()


def started(client, subject, *, first_day: int = 0, expected_back: int | None = 30, **more) -> dict:
    sent = {"id": uuid.uuid4(), **a_day("first_day", days(first_day)), **more}
    return sent | (a_day("expected_back", days(expected_back)) if expected_back else {})


def test_a_line_manager_says_that_somebody_is_away_by_dates_alone(browse_as, asha, ben):
    client, page = browse_as(ben), f"/mentoring/absences/new/{asha.pk}/"
    assert "No reason is asked" in client.get(page).content.decode()
    sent = started(client, asha)
    assert client.post(page, sent).url == "/mentoring/"
    assert client.post(page, sent).url == "/mentoring/", "a second click"

    shown = manager_reads(client)
    assert f"Away from {day(days(0))}. Expected back on {day(days(30))}." in shown
    assert "You keep contact: first contact due between" in shown
    again = client.post(page, started(client, asha)).content.decode()
    assert "They are away already: change those dates instead." in again
    with acting_as(asha):
        assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("first_day", "expected_back", "sentence"),
    [(0, 0, "This day must be after the first day away."), (900, 901, "Choose a day within the last two years")],
)
def test_dates_that_cannot_be_are_refused_in_a_sentence(browse_as, asha, ben, first_day, expected_back, sentence):
    sent = started(None, asha, first_day=first_day) | a_day("expected_back", days(expected_back))
    answer = browse_as(ben).post(f"/mentoring/absences/new/{asha.pk}/", sent)
    assert sentence in answer.content.decode()
    assert f'value="{days(first_day).year}"' in answer.content.decode(), "what was typed is kept"


def test_nobody_else_says_so_and_a_stranger_finds_no_such_page(browse_as, asha, ben, chidi, welfare_mentor):
    absence = away(asha, by=ben)
    for person in (chidi, welfare_mentor):
        client = browse_as(person)
        pages = (f"new/{asha.pk}/", f"{absence.pk}/dates/", f"{absence.pk}/told/")
        assert {client.get(f"/mentoring/absences/{page}").status_code for page in pages} == {404}
        refused = pytest.raises(ValidationError, match="Only the person themselves")
        with refused, acting_as(person):
            values = {"first_day": days(-9), "expected_back": None, "back_on": days(1)}
            actions.change(by=person, absence=absence, **values)


def test_hr_and_its_feed_say_it_of_others(asha, ben, hr):
    away(asha, by=hr)
    with the_worker():
        values = {"first_day": days(1), "expected_back": None, "key": uuid.uuid4()}
        assert actions.start(by=None, subject=ben, **values) == actions.STARTED
        assert actions.start(by=None, subject=ben, **values) == actions.AGAIN


def test_the_person_says_it_themselves_and_coming_back_ends_it(browse_as, asha, ben):
    client = browse_as(asha)
    assert "Nothing is planned." in client.get("/my-plan/").content.decode()
    assert client.post("/my-plan/start/", started(client, asha, first_day=3)).url == "/my-plan/"
    assert f"From {day(days(3))}." in client.get("/my-plan/").content.decode()
    assert f"Away from {day(days(3))}." in manager_reads(browse_as(ben))

    dates = a_day("first_day", days(-3)) | a_day("back_on", days(0))
    assert client.post("/my-plan/dates/", dates).url == "/my-plan/"
    assert f"Back since {day(days(0))}." in client.get("/my-plan/").content.decode()
    assert "Away" not in manager_reads(browse_as(ben))


def test_the_manager_reads_the_same_words_after_a_pause_and_after_another_choice(browse_as, asha, ben, chidi):
    others = [PersonFactory(known_as="Asha", last_name="Patel", line_manager=ben) for _ in range(2)]
    for person in (asha, *others):
        away(person, by=ben)
    paused(browse_as(others[0]), 7)
    chosen(browse_as(others[1]), chidi)

    shown = manager_reads(browse_as(ben))
    keeps, *in_hand = [_card(shown, person) for person in (asha, *others)]
    assert "You keep contact" in keeps
    assert in_hand[0] == in_hand[1], "and nothing else differs"
    assert "Contact is in hand." in in_hand[0]
    for person in others:
        with acting_as(person):
            absence = Absence.objects.get()
        for page in ("", "new/", "plan/", "told/"):
            assert browse_as(ben).get(f"/mentoring/contacts/{absence.pk}/{page}").status_code == 404
    assert _list_of(browse_as(ben)) == [asha.pk]


def _card(page: str, person) -> str:
    """What stands about somebody away, without what names their own pages."""
    card = page.partition(f'id="away-{person.pk}"')[2].partition("</li>")[0]
    return " ".join(part.partition(">")[2] for part in card.split("<")).strip()


def _list_of(client) -> list[int]:
    page = client.get("/mentoring/contacts/").content.decode()
    return [int(part.partition('"')[0]) for part in page.split('id="person-')[1:]]


def test_the_manager_reads_what_colleagues_may_be_told_and_it_is_written_down(browse_as, asha, ben, chidi):
    absence = away(asha, by=ben)
    client, page = browse_as(ben), f"/mentoring/absences/{absence.pk}/told/"
    assert "Nothing is agreed yet." in client.get(page).content.decode()
    person = browse_as(asha)
    chosen(person, chidi)
    assert told(person, "Away until spring, <b>cards</b> welcome").url == "/my-plan/"

    assert "Away until spring, &lt;b&gt;cards&lt;/b&gt; welcome" in client.get(page).content.decode()
    assert browse_as(ben, confirmed=False).get(page).url == "/account/confirm/"
    assert "reading what colleagues may be told" in person.get("/my-data/").content.decode()


def test_the_managers_page_asks_no_more_for_three_away_than_for_one(
    browse_as, asha, ben, django_assert_max_num_queries, django_assert_num_queries
):
    away(asha, by=ben)
    client = browse_as(ben)
    client.get("/mentoring/")
    with django_assert_max_num_queries(60) as first:
        client.get("/mentoring/")
    with django_assert_max_num_queries(60) as listed:
        client.get("/mentoring/contacts/")
    for _ in range(2):
        away(PersonFactory(line_manager=ben), by=ben)

    with django_assert_num_queries(len(first)):
        client.get("/mentoring/")
    with django_assert_num_queries(len(listed)):
        client.get("/mentoring/contacts/")


# --- 1-1s rest --------------------------------------------------------------------------------------


def plan_with(ben):
    with acting_as(ben):
        (plan,) = due.plans_for(ben)
    return plan


def test_1_1s_rest_while_somebody_is_away_and_begin_again_when_they_are_back(browse_as, asha, ben):
    with acting_as(ben):
        schedules.set_schedule(by=ben, subject=asha, every_weeks=None, next_due=days(-20), rests_until=None)
    assert [one.person_id for one in reminders(kind=DUE, state="open")] == [ben.pk]

    absence = away(asha, by=ben)
    assert plan_with(ben).group == "away"
    assert reminders(kind=DUE, state="open") == [], "at once"
    sweep()
    assert reminders(kind=DUE, state="open") == []
    assert "Log the" not in manager_reads(browse_as(ben))

    with acting_as(asha):
        values = {"first_day": days(-9), "expected_back": None, "back_on": days(0)}
        assert actions.change(by=asha, absence=absence, **values) == actions.CHANGED
    plan = plan_with(ben)
    assert plan.group != "away"
    assert plan.due >= days(0), "nobody is overdue for the time they were away"
    sweep()
    (told_of,) = reminders(kind=DUE, state="open")
    assert told_of.due == days(0)


def test_1_1s_go_on_until_somebody_is_away(asha, ben):
    away(asha, by=ben, first_day=5)
    assert plan_with(ben).group != "away"


# --- What the roster changes, and what goes ----------------------------------------------------------


def test_a_new_line_manager_keeps_contact_with_a_clean_page(browse_as, asha, ben, hr):
    absence = away(asha, by=ben)
    nora = PersonFactory(known_as="Nora", station=asha.station)
    with acting_as(hr):
        people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, line_manager_id=nora.pk)

    assert "You keep contact" in manager_reads(browse_as(nora))
    assert _list_of(browse_as(ben)) == []
    assert browse_as(ben).get(f"/mentoring/contacts/{absence.pk}/").status_code == 404


@pytest.mark.usefixtures("every_day_works")
def test_whoever_leaves_keeps_contact_with_nobody_and_the_person_is_told(browse_as, asha, ben, chidi, hr):
    away(asha, by=ben)
    chosen(browse_as(asha), chidi)
    with acting_as(hr):
        people.change_person(person=Person.objects.get(pk=chidi.pk), by=hr, left=days(0))
    sweep()

    assert [one.kind for one in reminders(person=asha, state="open")] == ["mentoring.kept_by_nobody"]
    assert "Nobody at the moment." in browse_as(asha).get("/my-plan/").content.decode()
    browse_as(asha).post("/my-plan/who/", {"kept_by": "line_manager"})
    assert reminders(person=asha, state="open") == []


def test_what_the_roster_did_not_find_is_found_within_the_hour(browse_as, asha, ben, as_owner):
    from mentoring.tasks import sync_contact

    away(asha, by=ben)
    as_owner.execute("update confidential_carelink set ends = now() where why = 'keeps_contact'")
    assert _list_of(browse_as(ben)) == []
    with the_worker():
        sync_contact.apply(throw=True)
    assert _list_of(browse_as(ben)) == [asha.pk]


def test_contact_ends_four_weeks_after_somebody_is_back_whoever_keeps_it_by_then(browse_as, asha, ben, chidi, as_owner):
    absence = away(asha, by=ben)
    with acting_as(asha):
        values = {"first_day": days(-9), "expected_back": None, "back_on": days(1)}
        actions.change(by=asha, absence=absence, **values)
    chosen(browse_as(asha), chidi)

    as_owner.execute("select ends::date from confidential_carelink where why = 'keeps_contact' and ends > now()")
    assert [ends for (ends,) in as_owner.fetchall()] == [days(1) + timedelta(days=28)]


def test_absences_go_once_no_record_is_left_of_them_and_not_under_legal_hold(asha, ben, chidi, as_owner):
    with acting_as(asha):
        asha_only = Person.objects.get(pk=asha.pk)
    held = PersonFactory(line_manager=ben, legal_hold=True)
    for person in (asha_only, held):
        absence = away(person, by=ben, first_day=-600)
        with acting_as(person):
            values = {"first_day": days(-600), "expected_back": None, "back_on": days(-500)}
            actions.change(by=person, absence=absence, **values)
    with acting_as(None):
        retention.set_periods(by=None, records_months=6)
    with the_worker():
        assert retention.purge()["absences without a record"] == 1
    as_owner.execute("select subject_id from mentoring_absence")
    assert as_owner.fetchall() == [(held.pk,)]


def test_who_is_not_on_the_roster_with_a_manager_is_told_so(browse_as, ben):
    away(ben, by=ben)
    answer = browse_as(ben).post("/my-plan/who/", {"kept_by": "line_manager"})
    assert "The roster has no line manager for you." in answer.content.decode()
