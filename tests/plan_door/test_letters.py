"""Who may print a letter, who may read its number out, and that neither alone comes to anything."""

import re
import uuid

import psycopg2
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.databases import as_superuser, undone
from tests.factories.people import PersonFactory
from wellbeing.people import actions as people
from wellbeing.people.models import Change
from wellbeing.plan_door import secrets
from wellbeing.plan_door.models import Entry, Letter
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

from .conftest import AT_HOME, sent, text, try_letter

pytestmark = pytest.mark.django_db
EVERYBODY = ("asha", "ben", "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator", "secretary", "lead",
             "guardian", "dpo", "technical_admin", "superuser")  # fmt: skip
LOCKED_UP = ("plan_door_letter", "plan_door_entry", "plan_door_passkey", "plan_door_mailcode")


# --- The matrix -------------------------------------------------------------------------------------


def test_hr_alone_prints_and_lead_and_guardian_alone_read_out(
    answered_otherwise, request, browse_as, asha, chidi, print_letter
):
    for page, readers in (("/letters/", {"hr"}), ("/letters/number/", {"lead", "guardian"})):
        assert answered_otherwise(200, sorted(readers), [page]) == []
        assert answered_otherwise(404, sorted({*EVERYBODY} - readers), [page]) == []
    printed, read = set(), set()
    for who in EVERYBODY:
        whom, browser = (chidi if who == "asha" else asha), browse_as(request.getfixturevalue(who))
        with undone():
            print_letter(whom)
            letter = browser.post("/letters/", {"key": uuid.uuid4(), "person": whom.staff_number, "sure": "yes"})
            printed |= {who} if re.search(r"([A-Z2-9]{4}-){4}", text(letter)) else set()
            number = browser.post("/letters/number/", {"person": whom.staff_number, "spoke": "on"})
            read |= {who} if re.search(r"\d{4} \d{4}", text(number)) else set()
    assert (printed, read) == ({"hr"}, {"lead", "guardian"})


def test_the_database_says_the_same_to_whoever_asks_it(request, asha, chidi, hr):
    printed, read = set(), set()
    for who in EVERYBODY:
        whom, me = (chidi if who == "asha" else asha), request.getfixturevalue(who)
        with undone():
            with acting_as(hr), connection.cursor() as cursor:
                cursor.execute("select door_print_letter(%s, %s, 'one', 28)", [uuid.uuid4(), whom.pk])
            with acting_as(me), connection.cursor() as cursor:
                cursor.execute("select door_release_letter(%s, 'a number')", [whom.pk])
                read |= {who} if cursor.fetchone()[0] else set()
                cursor.execute("select door_print_letter(%s, %s, 'other', 28)", [uuid.uuid4(), whom.pk])
                printed |= {who} if cursor.fetchone()[0] else set()
    assert (printed, read) == ({"hr"}, {"lead", "guardian"})


def test_without_a_second_factor_nobody_prints_or_reads_out(hr, lead, client, browse_as):
    for person, page in ((hr, "/letters/"), (lead, "/letters/number/")):
        client.force_login(person)
        assert client.get(page).headers["Location"] == "/account/second-factor/"
        unsure = browse_as(person, confirmed=False)
        assert unsure.get(page).headers["Location"] == "/account/confirm/"
        assert unsure.post(page, {"sure": "yes"}).headers["Location"] == "/account/confirm/"
    assert client.get("/").status_code == 200
    assert Client().get("/letters/").headers["Location"] == "/account/login/"


def test_nobody_prints_for_themselves_or_reads_out_to_themselves(hr, lead, guardian, print_letter, read_out, browse_as):
    assert print_letter(hr) is None
    assert "Nobody prints a letter for themselves" in text(
        browse_as(hr).post("/letters/", {"key": uuid.uuid4(), "person": hr.staff_number})
    )
    assert print_letter(lead)
    assert read_out(lead) is None
    assert read_out(lead, by=guardian)


def test_whoever_printed_it_never_reads_it_out_whatever_roles_they_hold(
    asha, hr, lead, superuser, print_letter, read_out
):
    proposed = people.propose_role(person=hr, role="lead", by=superuser, starts=timezone.localdate())
    people.approve_role(assignment=proposed, by=lead)
    hr.refresh_from_db()
    letter = print_letter(asha)

    assert read_out(asha, by=hr) is None
    assert read_out(asha)
    assert letter


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "values",
    [
        "printed_by_id = person_id",
        "released_by_id = person_id, released_at = now()",
        "released_by_id = printed_by_id, released_at = now()",
        "used_at = now()",
    ],
)
def test_the_table_itself_refuses_one_person_for_two_parts(asha, print_letter, values, as_owner):
    print_letter(asha)
    with pytest.raises(psycopg2.errors.CheckViolation):
        as_owner.execute(f"update plan_door_letter set {values}")


@pytest.mark.parametrize("gone", ["left", "dead", "nobody"])
def test_whoever_is_not_here_gets_no_letter(asha, hr, gone, browse_as):
    number = asha.staff_number
    if gone == "left":
        people.change_person(person=asha, by=hr, left=timezone.localdate())
    elif gone == "dead":
        people.record_death(person=asha, by=hr, on=timezone.localdate())
    else:
        number = "404404"
    answer = browse_as(hr).post("/letters/", {"key": uuid.uuid4(), "person": number, "sure": "yes"})

    assert "Nobody on the roster has this staff number" in text(answer)


def test_somebody_in_a_covert_role_gets_one_like_everybody(hr, print_letter):
    assert print_letter(PersonFactory(known_as="Covert", hidden=True))


# --- HR alone ---------------------------------------------------------------------------------------


def test_hr_alone_does_not_come_in_with_what_it_printed(asha, hr, print_letter, read_out, browse_as):
    letter = print_letter(asha)
    for number in ("", "00000000", "12345678", letter):
        assert try_letter(Client(), asha, letter, number).status_code == 200
    people.change_person(person=asha, by=hr, email="read.by.hr@force.example")

    assert read_out(asha) is None, "what they sign in with was changed, and nobody has confirmed it"


@pytest.mark.django_db(transaction=True)
def test_the_person_is_told_by_mail_and_in_the_portal(outside, asha, hr, print_letter, browse_as):
    sent()
    print_letter(asha)

    told = sent()
    assert {tuple(message.to) for message in told} == {(asha.email,), (AT_HOME,)}
    assert {message.subject for message in told} == {"About how you sign in"}
    assert not any(asha.name in message.body or "plan" in message.body for message in told)
    with acting_as(asha):
        assert Reminder.objects.filter(person=asha, kind="plan_door.printed", state="open").exists()
    assert "HR printed a letter" in text(browse_as(asha).get("/reminders/"))


def test_each_letter_and_each_number_is_in_the_history(asha, hr, lead, print_letter, read_out):
    print_letter(asha)
    read_out(asha)
    lines = Change.objects.filter(about_id=str(asha.pk)).values_list("verb", "by_id")

    assert ("printed a letter to come in with for", hr.pk) in lines
    assert ("read out the number of a letter to", lead.pk) in lines


# --- The paper --------------------------------------------------------------------------------------


def test_the_name_is_shown_before_anything_is_printed(asha, hr, browse_as):
    key = uuid.uuid4()
    answer = browse_as(hr).post("/letters/", {"key": key, "person": asha.staff_number})

    assert "Print a letter for Asha Patel?" in text(answer)
    assert str(key) in answer.content.decode()
    with acting_as(hr):
        assert not Letter.objects.exists()


def test_the_letter_says_what_to_do_and_its_address_is_no_hosts(asha, hr, browse_as, settings):
    settings.PORTAL_URL = "https://wellbeing.force.example"
    settings.ALLOWED_HOSTS = ["*"]
    typed = {"key": uuid.uuid4(), "person": asha.staff_number, "sure": "yes"}
    answer = browse_as(hr).post("/letters/", typed, headers={"host": "evil.example"})

    said = text(answer)
    assert "https://wellbeing.force.example/my-plan/" in said
    assert "evil.example" not in answer.content.decode()
    assert "999" in said
    assert "Dear Asha Patel" in said
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_second_click_is_the_same_letter_and_another_form_is_a_new_one(asha, print_letter):
    key = uuid.uuid4()

    assert print_letter(asha, key=key) == print_letter(asha, key=key)
    assert print_letter(asha) != print_letter(asha)


def test_somebody_elses_key_shows_no_code(asha, chidi, superuser, hr, print_letter):
    key = uuid.uuid4()
    first = print_letter(asha, key=key)
    other = PersonFactory(known_as="Other")
    people.approve_role(
        assignment=people.propose_role(person=other, role="hr", by=hr, starts=timezone.localdate()), by=superuser
    )

    assert print_letter(asha, by=other, key=key) is None
    assert print_letter(chidi, key=key) is None
    assert first


@pytest.mark.django_db(transaction=True)
def test_no_table_holds_a_code_a_number_or_a_pin(outside, asha, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    with acting_as(asha):
        rows = [str(row) for row in Entry.objects.values()]
    with as_superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("select number_hash, l::text from plan_door_letter l order by printed_at desc")
        kept = cursor.fetchall()
    rows += [row for _, row in kept]
    assert len(rows) > 2
    assert not secrets.fits(number, kept[0][0]), "without SECRET_KEY no number can be tried against it"

    for secret in (letter, letter.replace("-", ""), number, number.replace(" ", ""), "836194"):
        assert not any(secret in row for row in rows)


# --- Whose rows they are ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chidi", "ben", "hr", "lead", "dpo", "technical_admin", "superuser", None])
def test_with_the_webs_own_login_nobody_sees_anothers_way_in(outside, asha, who, request):
    person = request.getfixturevalue(who) if who else None
    for table in LOCKED_UP:
        if table == "plan_door_letter" and who == "hr":
            continue  # the letters that HR printed, by their hashes
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table} where person_id = %s", [asha.pk])
            assert cursor.fetchone() == (0,), table
    with acting_as(person):
        assert Entry.objects.filter(pk=asha.pk).update(mail="mine@mail.example") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "insert into plan_door_letter (id, person_id, code_hash, printed_by_id, printed_at, expires_at, number_hash, "
        "wrong) values (gen_random_uuid(), {asha}, 'x', {hr}, now(), now() + interval '1 day', '', 0)",
        "update plan_door_letter set number_hash = 'mine', released_by_id = {lead}",
        "update plan_door_letter set person_id = {hr}",
        "insert into plan_door_notice (id, person_id, address, what, made_at) "
        "values (gen_random_uuid(), {asha}, 'a@b.c', 'locked', now())",
        "insert into plan_door_mailcode (id, person_id, address, made_at, wrong) "
        "values (gen_random_uuid(), {asha}, 'hr@b.c', now(), 0)",
        "select * from plan_door_notice",
        "select * from plan_door_try",
        "select number_hash from plan_door_letter",
        "select code_hash from plan_door_letter",
        "delete from plan_door_letter",
    ],
)
def test_hr_writes_nothing_there_by_hand(asha, hr, lead, print_letter, statement):
    print_letter(asha)
    refused = pytest.raises(ProgrammingError, match=r"permission denied|row-level security")
    with refused, transaction.atomic(), acting_as(hr), connection.cursor() as cursor:
        cursor.execute(statement.format(asha=asha.pk, hr=hr.pk, lead=lead.pk))


def test_nobody_closes_the_door_to_somebody_who_is_here(outside, asha, chidi):
    with acting_as(chidi), connection.cursor() as cursor:
        cursor.execute("select door_close(%s)", [[asha.pk]])
    with acting_as(asha):
        assert Entry.objects.filter(pk=asha.pk).exists()
