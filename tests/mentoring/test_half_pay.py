"""HR's page of absences: dates and half pay, of everybody but oneself; half pay is told to the person alone."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.actions import absences as actions
from mentoring.models import Absence
from mentoring.reminders import HALF_PAY
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.mentoring.pages import a_day, hidden
from wellbeing.reminders import actions as reminders
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE, START = "/mentoring/absences/", "/mentoring/absences/start/"
OTHERS = ("asha", "ben", "coordinator", "secretary", "lead", "guardian", "dpo", "technical_admin", "superuser")


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def away(subject, *, since: int = -20, expected: date | None = None) -> uuid.UUID:
    key = uuid.uuid4()
    with acting_as(subject):
        actions.start(by=subject, subject=subject, first_day=in_days(since), expected_back=expected, key=key)
    return key


def dates_of(person, key) -> tuple:
    with acting_as(person):
        absence = Absence.objects.get(pk=key)
        return absence.first_day, absence.expected_back, absence.back_on


@pytest.fixture
def client(hr, browse_as):
    return browse_as(hr)


def half_pay(client, key, day: date | None):
    return client.post(f"{PAGE}{key}/half-pay/", a_day("starts", day) if day else {"starts_day": ""}, follow=True)


# --- Who is away ----------------------------------------------------------------------------------


def test_hr_sees_who_is_away_with_dates_and_half_pay_and_nothing_else(asha, ben, client):
    half_pay(client, away(asha, expected=in_days(30)), in_days(60))

    page = client.get(PAGE).content.decode()
    assert f"{asha.staff_number}, Ashford." in page
    assert "Expected back on" in page
    assert "Half pay from" in page
    assert "Okafor" not in page
    assert "1 person is away." in page


def test_hr_finds_the_page_on_the_admin_s_first_page_and_in_their_account(client):
    for page in ("/admin/", "/account/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode()


def test_where_nobody_is_away_the_page_says_so(client):
    assert "Nobody is away, as far as the portal knows." in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("typed", "found"), [("asha pat", 1), ("{number}", 1), ("PATEL", 1), ("okafor", 0), ("\0", 1)])
def test_a_search_is_posted_and_finds_by_number_or_name(asha, client, typed, found):
    away(asha)

    answer = client.post(PAGE, {"text": typed.format(number=asha.staff_number)})
    assert answer.content.decode().count("Asha Patel</h2>") == found


def test_somebody_is_away_once_their_name_was_seen(asha, client):
    assert "Staff number" in client.get(START).content.decode()
    form = {"id": uuid.uuid4(), "person": asha.staff_number}
    form |= a_day("first_day", in_days(-3)) | a_day("expected_back", in_days(20))
    page = client.post(START, form)
    assert "Is it Asha Patel?" in page.content.decode()
    with acting_as(asha):
        assert not Absence.objects.exists()

    sent = hidden(page, START)
    assert client.post(START, sent).status_code == 302
    client.post(START, sent)  # a second click
    with acting_as(asha):
        assert [absence.expected_back for absence in Absence.objects.all()] == [in_days(20)]


def test_what_cannot_be_is_said_beside_what_is_wrong(asha, hr, client):
    away(asha)
    form = {"id": uuid.uuid4()} | a_day("first_day", in_days(-3))
    told = {
        "424242": "Nobody on the roster has this staff number.",
        hr.staff_number: "That is your own number. A colleague in HR enters your absence",
    }
    for number, words in told.items():
        assert words in client.post(START, form | {"person": number}).content.decode()
    late = form | {"person": asha.staff_number} | a_day("first_day", in_days(400))
    assert "Choose a day within the last two years or the next one." in client.post(START, late).content.decode()
    again = client.post(START, form | {"person": asha.staff_number, "seen": asha.staff_number}).content.decode()
    assert "They are away already: change those dates instead." in again


def test_hr_changes_the_dates_and_says_who_is_back(asha, client):
    key = away(asha)
    sent = a_day("first_day", in_days(-25)) | a_day("back_on", in_days(-1)) | {"expected_back_day": ""}
    client.post(f"{PAGE}{key}/hr/", sent)

    assert dates_of(asha, key) == (in_days(-25), None, in_days(-1))
    assert "Asha Patel</h2>" not in client.get(PAGE).content.decode()
    wrong = sent | a_day("back_on", in_days(-25))
    assert "This day must be after the first day away." in client.post(f"{PAGE}{key}/hr/", wrong).content.decode()


def test_nobody_in_hr_acts_for_themselves(hr, client):
    key = away(hr)

    assert "Hana Hr</h2>" not in client.get(PAGE).content.decode()
    told = client.get(f"{PAGE}{key}/hr/")
    assert told.status_code == 404
    assert "This is your own absence" in told.content.decode()
    assert half_pay(client, key, in_days(60)).status_code == 404
    with pytest.raises(DatabaseError), acting_as(hr), connection.cursor() as cursor:
        cursor.execute("insert into mentoring_halfpay values (%s, %s, %s)", [key, in_days(60), hr.pk])


def test_the_page_takes_the_same_number_of_queries_for_one_and_for_three(station, client):
    asked = []
    for number in (1, 2):
        for _ in range(number):
            half_pay(client, away(PersonFactory(station=station)), in_days(60))
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))

    assert asked[0] == asked[1]


# --- Half pay -------------------------------------------------------------------------------------


def told_of_half_pay() -> list[tuple]:
    with the_worker():
        reminders.sweep()
        return list(Reminder.objects.filter(kind=HALF_PAY).exclude(state="lapsed").values_list("person_id", "due"))


def test_half_pay_is_told_beforehand_to_the_person_alone(asha, ben, client):
    key = away(asha)
    half_pay(client, key, in_days(60))
    assert told_of_half_pay() == []  # more than the 28 days that the force has decided on

    answer = half_pay(client, key, in_days(20)).content.decode()
    assert "Asha Patel is told" in answer
    assert "and nobody else" in answer
    assert told_of_half_pay() == [(asha.pk, in_days(20))]
    half_pay(client, key, None)
    assert told_of_half_pay() == []


def test_half_pay_lies_within_the_absence(asha, client):
    words = "Choose a day after the first day away and before the day back."

    assert words in half_pay(client, away(asha), in_days(-20)).content.decode()


def test_nobody_but_hr_has_these_pages_nor_sees_half_pay(request, asha, chidi, client, browse_as):
    key = away(chidi)
    half_pay(client, key, in_days(20))
    pages = (PAGE, START, f"{PAGE}{key}/hr/", f"{PAGE}{key}/half-pay/")
    for who in OTHERS:
        person = request.getfixturevalue(who)
        other = browse_as(person)
        assert {other.get(page).status_code for page in pages} == {404}, who
        assert {other.post(page, a_day("starts", in_days(9))).status_code for page in pages} == {404}, who
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("select count(*) from mentoring_halfpay")
            assert cursor.fetchone() == (0,), who
            cursor.execute("update mentoring_halfpay set starts = %s", [in_days(9)])
            assert cursor.rowcount == 0, who
