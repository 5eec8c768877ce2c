"""Who sees what of the outbox: a reader their own, the technical admin what could not be sent, nobody else anything."""

import pytest
from django.db import ProgrammingError, connection

from tests.databases import the_worker
from tests.reminders.outbox import send, sweep, the_mail, the_reminder
from wellbeing.people.models import Person
from wellbeing.reminders import actions
from wellbeing.reminders.models import Mail, Preferences, Reminder, Run
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

EVERYBODY = ("chidi", "ben", "hr", "coordinator", "lead", "guardian", "dpo", "technical_admin", "superuser")
OURS = ("reminders_reminder", "reminders_mail", "reminders_preferences", "reminders_feed")


@pytest.fixture
def asha_was_told(technical_admin, asha_is_due, asha, mail_server):
    """A reminder, its mail, preferences and a calendar, all of them Asha's."""
    sweep()
    send()
    with acting_as(asha):
        actions.set_paused(by=asha, paused=True)
        actions.open_calendar(by=asha)


@pytest.fixture
def one_failed(asha_was_told, as_owner):
    as_owner.execute("update reminders_mail set state = 'failed', attempts = 10, trouble = 'SMTPDataError 550'")


def seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_nobody_sees_another_s_rows_not_even_by_raw_sql(asha_was_told, request):
    for who in EVERYBODY:
        with acting_as(request.getfixturevalue(who)):
            assert [seen(table) for table in OURS] == [0, 0, 0, 0], who


def test_without_an_identity_there_is_nothing(asha_was_told):
    assert [seen(table) for table in OURS] == [0, 0, 0, 0]


def test_the_reader_sees_their_own_but_not_the_mails(asha_was_told, asha):
    with acting_as(asha):
        assert [seen(table) for table in OURS] == [1, 0, 1, 1]


def test_the_worker_sees_them_all(asha_was_told):
    with the_worker():
        assert [seen(table) for table in OURS] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into reminders_reminder (id, kind, about, person_id, due, step, state, made_at, tell_from)"
        " values (gen_random_uuid(), 'x', 'x', {asha}, now(), 0, 'open', now(), now())",
        "insert into reminders_mail (id, person_id, state, attempts, made_at, next_attempt_at, trouble)"
        " values (gen_random_uuid(), {asha}, 'waiting', 0, now(), now(), '')",
        "update reminders_mail set state = 'waiting'",
        "update reminders_reminder set person_id = {chidi}",
        "delete from reminders_reminder",
        "update reminders_pattern set days = '0000001'",
        "delete from reminders_pattern",
        "insert into reminders_run (what, day, times, number, last_at, last_seconds, failures, last_failure)"
        " values ('send', now(), 1, 1, now(), 1, 0, '')",
        "delete from reminders_mail",
        "insert into reminders_preferences (person_id, by_mail, hour, muted, paused)"
        " values ({asha}, false, 8, '{{}}', true)",
    ],
)
def test_the_web_writes_no_row_of_the_outbox_by_itself(asha_is_due, asha, chidi, statement):
    with pytest.raises(ProgrammingError), acting_as(chidi), connection.cursor() as cursor:
        cursor.execute(statement.format(asha=asha.pk, chidi=chidi.pk))


def test_a_mail_that_could_not_be_sent_is_shown_to_the_technical_admin_alone(one_failed, browse_as, request):
    opened, rows = set(), set()
    for who in (*EVERYBODY, "asha"):
        person = request.getfixturevalue(who)
        opened |= {who} if browse_as(person).get("/admin/reminders/mail/").status_code == 200 else set()
        with acting_as(person):
            rows |= {(who, Mail.objects.count())}

    assert opened == {"technical_admin", "superuser"}
    assert {(who, number) for who, number in rows if number} == {("technical_admin", 1)}


def test_the_page_says_what_the_server_did_and_neither_of_what_nor_to_whom(
    one_failed, browse_as, technical_admin, asha
):
    page = browse_as(technical_admin).get("/admin/reminders/mail/").content.decode()

    assert str(the_mail().pk) in page
    assert "SMTPDataError 550" in page
    for secret in (asha.last_name, asha.email, asha.staff_number, "refresher", "champion"):
        assert secret not in page


def test_a_mail_has_no_page_of_its_own_and_its_reader_is_in_no_column_that_the_web_may_read(
    one_failed, browse_as, technical_admin
):
    mail = the_mail()
    client = browse_as(technical_admin)
    for page in ("change", "history"):
        assert client.get(f"/admin/reminders/mail/{mail.pk}/{page}/").status_code == 404
    for column in ("person_id", "day"):
        with pytest.raises(ProgrammingError), acting_as(technical_admin):
            seen(f"(select {column} from reminders_mail) as mail")


def test_a_forged_row_takes_nothing_of_another_s_to_its_reader(asha_was_told, asha, chidi):
    """Whoever guesses a thing's key can make its reminder their own, and learns nothing of the one before."""
    before = the_reminder()
    with acting_as(chidi), connection.cursor() as cursor:
        cursor.execute(
            "select reminders_refresh(%s, array[%s], array[%s], array[%s]::bigint[], array[null]::bigint[],"
            " array[%s]::date[], array[60, 30, 0], array[0]::bigint[], array[%s]::date[], %s, %s, now())",
            [before.kind, before.about, before.about, chidi.pk, before.due, before.due, before.due, before.due],
        )
    with acting_as(chidi):
        stolen = Reminder.objects.get()

    assert stolen.pk != before.pk
    assert stolen.made_at != before.made_at
    assert (stolen.told_at, stolen.mail_id) == (None, None)


def try_again(browse_as, person):
    sent = {"action": "try_again", "_selected_action": [str(the_mail().pk)]}
    return browse_as(person).post("/admin/reminders/mail/", sent, follow=True)


def test_the_technical_admin_sends_it_again(one_failed, browse_as, technical_admin, mail_server, asha, client):
    with acting_as(asha):
        actions.set_paused(by=asha, paused=False)
    mail_server.received.clear()

    assert "1 of 1 will be tried again" in try_again(browse_as, technical_admin).content.decode()
    send()
    assert [mail["To"] for mail in mail_server.received] == [asha.email]


@pytest.mark.parametrize("who", ["superuser", "hr", "asha"])
def test_nobody_else_sends_anything_again(one_failed, browse_as, request, who):
    try_again(browse_as, request.getfixturevalue(who))

    assert the_mail().state == "failed"


def test_the_database_refuses_it_as_well(one_failed, chidi):
    mail = the_mail()
    with acting_as(chidi):
        assert actions.try_again(mails=[mail], by=chidi) == 0


# --- What ran, when, how many ---------------------------------------------------------------------------


def test_the_technical_admin_reads_what_ran_when_and_how_many(asha_was_told, browse_as, technical_admin):
    page = browse_as(technical_admin).get("/admin/reminders/run/").content.decode()

    assert "Finding what has fallen due" in page
    assert "Sending mail" in page
    with the_worker():
        assert {run.what: (run.times, run.number, run.failures) for run in Run.objects.all()} == {
            "sweep": (1, 1, 0),
            "send": (1, 1, 0),
        }


def test_a_run_that_went_wrong_is_counted_and_says_how(mid_morning, transactional_db, as_owner):
    as_owner.execute("revoke insert on reminders_reminder from wellbeing_worker")
    with pytest.raises(ProgrammingError):
        sweep()

    with the_worker():
        run = Run.objects.get(what="sweep")
    assert (run.times, run.failures, run.last_failure) == (1, 1, "ProgrammingError")


@pytest.mark.parametrize("who", ["hr", "coordinator", "dpo", "chidi"])
def test_nobody_else_reads_it(browse_as, request, transactional_db, who):
    assert browse_as(request.getfixturevalue(who)).get("/admin/reminders/run/").status_code in (302, 403)


def test_each_list_costs_the_same_for_three_rows_as_for_one(
    one_failed, browse_as, technical_admin, as_owner, chidi, ben
):
    from django.test.utils import CaptureQueriesContext

    client = browse_as(technical_admin)

    def cost() -> list[int]:
        found = []
        for address in ("/admin/reminders/mail/", "/admin/reminders/run/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    one = cost()
    as_owner.execute(
        "insert into reminders_mail (id, person_id, state, attempts, made_at, next_attempt_at, trouble)"
        " select gen_random_uuid(), id, 'failed', 10, now(), now(), '' from people_person where id in (%s, %s)",
        [chidi.pk, ben.pk],
    )
    as_owner.execute(
        "insert into reminders_run (what, day, times, number, last_at, last_seconds, failures, last_failure)"
        " select 'sweep', now()::date - n, 1, 1, now(), 1, 0, '' from generate_series(5, 6) n"
    )

    assert cost() == one


# --- Taken off the roster ---------------------------------------------------------------------------------


def test_everything_of_somebody_goes_with_their_row_whoever_takes_it_away(asha_was_told, asha, as_owner):
    as_owner.execute("delete from champions_coverage; delete from champions_champion")
    as_owner.execute("delete from confidential_carelink; delete from account_emailaddress")
    with acting_as(None):
        Person.objects.filter(pk=asha.pk).delete()

    with the_worker():
        assert [seen(table) for table in OURS] == [0, 0, 0, 0]


# --- How long it is kept -----------------------------------------------------------------------------------


def test_what_is_over_goes_after_its_time_and_what_waits_stays(asha_was_told, as_owner, chidi, make_champion):
    from wellbeing.confidential import retention

    make_champion(chidi, refresher_in=30)
    sweep()
    as_owner.execute(
        "update reminders_reminder set state = 'lapsed', lapsed_at = now() - interval '91 days'"
        " where told_at is not null"
    )
    as_owner.execute("update reminders_mail set made_at = now() - interval '91 days'")
    with the_worker():
        assert retention.purge(dry_run=True)["reminders and mails that are over"] == 2
        assert retention.purge()["reminders and mails that are over"] == 2
        assert retention.purge()["reminders and mails that are over"] == 0
        assert (Reminder.objects.count(), Mail.objects.count(), Preferences.objects.count()) == (1, 0, 1)


def test_what_is_held_stays(asha_was_told, as_owner, asha):
    from wellbeing.confidential import retention

    as_owner.execute("update people_person set legal_hold = true where id = %s", [asha.pk])
    as_owner.execute("update reminders_reminder set state = 'lapsed', lapsed_at = now() - interval '91 days'")
    with the_worker():
        assert retention.purge()["reminders and mails that are over"] == 0


def test_what_a_manager_was_told_of_somebody_whose_records_are_held_stays(mid_morning, asha, ben, as_owner):
    from wellbeing.confidential import retention

    as_owner.execute(
        "insert into reminders_reminder (id, kind, about, person_id, subject_id, due, step, state, made_at, tell_from,"
        " lapsed_at) values (gen_random_uuid(), 'x', 'x', %s, %s, now(), 0, 'lapsed', now(), now(),"
        " now() - interval '91 days')",
        [ben.pk, asha.pk],
    )
    as_owner.execute("update people_person set legal_hold = true where id = %s", [asha.pk])
    with the_worker():
        assert retention.purge()["reminders and mails that are over"] == 0


def test_the_preferences_of_somebody_who_left_go_after_the_period(asha_was_told, asha, as_owner):
    from wellbeing.confidential import retention

    as_owner.execute(
        "update people_person set gone_at = now() - interval '91 days', \"left\" = now() where id = %s", [asha.pk]
    )
    with the_worker():
        retention.purge()
        assert Preferences.objects.count() == 0
