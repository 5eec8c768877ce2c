"""The three doors: what is sealed comes back to whom it should, each opening is written down, and no other is there."""

import uuid

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from tests.confidential.records import ANSWERS, at_once, log_of, opened_by, sealed_by
from tests.databases import as_superuser
from wellbeing.confidential import vault
from wellbeing.confidential.models import ReadLog
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.mark.parametrize("reader", ["ben", "asha"])
def test_what_the_line_manager_wrote_opens_to_them_and_to_whom_it_is_about(request, asha, ben, reader, as_owner):
    key = sealed_by(ben, asha)

    assert opened_by(request.getfixturevalue(reader), key).latest.answers == ANSWERS
    via = "self" if reader == "asha" else "line_manager"
    assert log_of(as_owner, asha) == [(request.getfixturevalue(reader).pk, "opened", via)]


def test_a_stranger_finds_nothing_and_the_attempt_is_written_down(asha, ben, chidi, as_owner):
    key = sealed_by(ben, asha)

    with pytest.raises(vault.Refused):
        opened_by(chidi, key)
    assert log_of(as_owner, asha) == [(chidi.pk, "refused", "")]


def test_the_vault_itself_refuses_a_record_that_a_view_should_not_have_found(asha, ben, chidi, as_owner):
    key = sealed_by(ben, asha)
    with acting_as(ben):
        record = vault.find(key, by=ben)

    with acting_as(chidi), pytest.raises(vault.Refused):
        vault.open_record(record, by=chidi, why="reading")
    assert log_of(as_owner, asha) == [(chidi.pk, "refused", "")]


def test_nobody_opens_in_the_request_that_seals(asha, ben):
    with acting_as(ben):
        key = uuid.uuid4()
        vault.seal(record=key, by=ben, kind="one_to_one", subject=asha, answers=ANSWERS)
        with pytest.raises(RuntimeError, match="redirect"):
            vault.open_record(vault.find(key, by=ben), by=ben, why="reading")


def test_whoever_is_not_the_line_manager_writes_nothing(asha, chidi):
    with acting_as(chidi), pytest.raises(vault.CannotSeal):
        vault.seal(record=uuid.uuid4(), by=chidi, kind="one_to_one", subject=asha, answers=ANSWERS)


def test_nobody_writes_as_somebody_else(asha, ben, chidi):
    with acting_as(chidi), pytest.raises(vault.CannotSeal):
        vault.seal(record=uuid.uuid4(), by=ben, kind="one_to_one", subject=asha, answers=ANSWERS)


def test_a_second_click_makes_one_record_and_another_text_is_not_lost_silently(asha, ben):
    key, version = uuid.uuid4(), uuid.uuid4()
    for answers, outcome in ((ANSWERS, "sealed"), (ANSWERS, "same"), ({"how": "Other"}, "stale")):
        with acting_as(ben):
            found = vault.seal(record=key, version=version, by=ben, kind="one_to_one", subject=asha, answers=answers)
        assert found == outcome


def test_a_correction_is_a_version_and_a_stale_one_is_told(asha, ben):
    key = sealed_by(ben, asha)
    with acting_as(ben):
        assert vault.seal(record=key, by=ben, answers={"how": "Second"}, replaces=1) == "sealed"
    with acting_as(ben):
        assert vault.seal(record=key, by=ben, answers={"how": "Late"}, replaces=1) == "stale"

    assert [text.answers["how"] for text in opened_by(asha, key).texts] == [ANSWERS["how"], "Second"]


def test_the_subject_comments_and_asks_for_a_correction_and_cannot_change_the_text(asha, ben):
    key = sealed_by(ben, asha)
    for part in ("comment", "request"):
        with acting_as(asha):
            assert vault.seal(record=key, by=asha, part=part, answers={"text": part}) == "sealed"
    with acting_as(asha), pytest.raises(vault.CannotSeal):
        vault.seal(record=key, by=asha, answers={"how": "Mine"}, replaces=1)

    assert [text.part for text in opened_by(ben, key).texts] == ["text", "comment", "request"]


def test_an_account_whose_identity_was_changed_opens_nothing(asha, ben, hr):
    key = sealed_by(ben, asha)
    with acting_as(hr):
        actions.change_person(person=ben, by=hr, email="elsewhere@force.example")

    with pytest.raises(vault.Refused):
        opened_by(ben, key)


def test_the_line_in_the_log_stays_when_an_error_follows(asha, ben, as_owner):
    key = sealed_by(ben, asha)

    def page_that_fails():
        with acting_as(ben):
            vault.open_record(vault.find(key, by=ben), by=ben, why="reading")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page_that_fails()

    assert log_of(as_owner, asha) == [(ben.pk, "opened", "line_manager")]


def test_the_subject_sees_who_read_and_a_stranger_does_not(asha, ben, chidi):
    opened_by(ben, sealed_by(ben, asha))

    for person, lines in ((asha, 1), (ben, 1), (chidi, 0)):
        with acting_as(person):
            assert ReadLog.objects.count() == lines


@pytest.mark.parametrize(
    "statement",
    [
        "select * from confidential_body",
        "insert into confidential_carelink (id) values (gen_random_uuid())",
        "update confidential_carelink set ends = null",
        "insert into confidential_readlog (id) values (1)",
        "delete from confidential_readlog",
        "update confidential_record set author_id = 1",
        "select * from confidential_open(gen_random_uuid(), 'x')",
        "select confidential_log(gen_random_uuid(), 'opened', '', '', null)",
        "select purge_read_log(now())",
    ],
)
def test_the_web_login_is_denied(asha, statement):
    with pytest.raises(ProgrammingError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["confidential_record", "confidential_body", "people_person", "confidential_readlog"])
def test_the_vaults_login_reads_no_table(db, table):
    with pytest.raises(ProgrammingError, match="denied"), connections["vault"].cursor() as cursor:
        cursor.execute(f"select * from {table}")


@pytest.mark.parametrize("statement", ["update confidential_readlog set why = ''", "delete from confidential_readlog",
                                       "truncate confidential_readlog"])  # fmt: skip
def test_the_owner_does_not_change_the_log(asha, ben, as_owner, statement):
    import psycopg2

    opened_by(ben, sealed_by(ben, asha))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_owner.execute(statement)


def test_the_owner_sees_the_row_that_a_stranger_does_not(asha, ben, chidi, as_owner):
    sealed_by(ben, asha)
    as_owner.execute("select count(*) from confidential_record")
    assert as_owner.fetchone() == (1,)
    with acting_as(chidi), connection.cursor() as cursor:
        cursor.execute("select count(*) from confidential_record")
        assert cursor.fetchone() == (0,)


def test_a_text_is_handed_out_only_once_its_line_stands(asha, ben, as_owner):
    """Whoever holds the vault's own login and takes back what it did gets no text for it."""
    key = sealed_by(ben, asha)
    vault_connection = connections["vault"]
    with transaction.atomic(using="vault"), vault_connection.cursor() as cursor:
        cursor.execute("select set_config('app.person', %s, true)", [str(ben.pk)])
        with transaction.atomic(using="vault"):  # a savepoint makes no difference
            cursor.execute("select confidential_open(%s, 'reading')", [key])
            assert cursor.fetchone() == (True,)
        cursor.execute("select * from confidential_texts(%s)", [key])
        assert cursor.fetchall() == []
        transaction.set_rollback(True, using="vault")
    with vault_connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.person', %s, true); select * from confidential_texts(%s)", [str(ben.pk), key]
        )
        assert cursor.fetchall() == []
    assert log_of(as_owner, asha) == []


def test_a_line_of_long_ago_or_of_somebody_else_hands_out_nothing(asha, ben, chidi, as_owner):
    key = sealed_by(ben, asha)
    opened_by(ben, key)
    for person, seconds in ((chidi, 0), (asha, 0), (ben, 11)):
        as_owner.execute("set role wellbeing_keeper")
        with as_superuser(settings.DATABASES["default"]["NAME"]) as superuser:
            superuser.execute("set session_replication_role = replica")
            superuser.execute("update confidential_readlog set at = at - make_interval(secs => %s)", [seconds])
        with connections["vault"].cursor() as cursor:
            cursor.execute(
                "select set_config('app.person', %s, true); select * from confidential_texts(%s)", [str(person.pk), key]
            )
            assert cursor.fetchall() == []


def test_asking_in_vain_again_and_again_buries_no_other_line(asha, ben, chidi, as_owner):
    key = sealed_by(ben, asha)
    for _ in range(3):
        with pytest.raises(vault.Refused):
            opened_by(chidi, key)
    opened_by(ben, key)
    assert log_of(as_owner, asha) == [(chidi.pk, "refused", ""), (ben.pk, "opened", "line_manager")]


def test_comments_that_meet_are_all_kept(asha, ben):
    key = sealed_by(ben, asha)

    def comment(number):
        with acting_as(asha):
            return vault.seal(record=key, by=asha, part="comment", answers={"text": str(number)})

    assert at_once(8, comment) == ["sealed"] * 8
    said = {text.answers["text"] for text in opened_by(ben, key).of("comment")}
    assert said == set(map(str, range(8)))
