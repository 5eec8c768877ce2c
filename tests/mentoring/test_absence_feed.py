"""HR's file of absences: dates only, read before it is confirmed, carried out as a whole, nothing of it left over."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring import tasks
from mentoring.absence_file import Line
from mentoring.models import Absence
from mentoring.queries import absence_feed as queries
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.mentoring.feed_files import HEADER, a_file, row
from tests.mentoring.pages import hidden
from tests.reminders.outbox import shown_to, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Change
from wellbeing.web.identity import acting_as
from wellbeing.web.templatetags.components import day

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/mentoring/absences/feed/"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def chosen(client, data: bytes, name: str = "absences.csv"):
    """The page that says what the file would do."""
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)}, follow=True)


def confirmed(client, page):
    address = page.request["PATH_INFO"]
    return client.post(f"{address}confirm/", hidden(page, f"{address}confirm/"), follow=True)


def fed(client, *rows: str, **file) -> str:
    return confirmed(client, chosen(client, a_file(*rows, **file))).content.decode()


def known(person) -> list[tuple]:
    with acting_as(person):
        return list(
            Absence.objects.filter(subject=person).order_by("first_day")
            .values_list("first_day", "expected_back", "back_on")
        )  # fmt: skip


@pytest.fixture
def client(hr, browse_as):
    return browse_as(hr)


def test_a_file_is_read_before_anything_is_changed(asha, client):
    page = chosen(client, a_file(row(asha, ago(9), ago(-20)))).content.decode()

    assert "Starts 1, changes 0, leaves 0 as they are, rejects 0 rows." in page
    assert f"Asha Patel ({asha.staff_number})" in page
    assert known(asha) == []


def test_confirmed_it_starts_and_changes_and_the_same_file_twice_changes_nothing(asha, chidi, client):
    fed(client, row(asha, ago(9)))
    done = fed(client, row(asha, ago(9), ago(-20)), row(chidi, ago(12), "", ago(2)))

    assert "Started 1, changed 1, left 0 as they are, rejected 0 rows." in done
    assert known(asha) == [(ago(9), ago(-20), None)]
    assert known(chidi) == [(ago(12), None, ago(2))]
    again = chosen(client, a_file(row(asha, ago(9), ago(-20)), row(chidi, ago(12), "", ago(2)))).content.decode()
    assert "Starts 0, changes 0, leaves 2 as they are, rejects 0 rows." in again
    assert "There is nothing to confirm." in again


def test_a_second_click_on_confirm_does_nothing_more(asha, client):
    page = chosen(client, a_file(row(asha, ago(9))))
    confirmed(client, page)

    assert "Started 1," in confirmed(client, page).content.decode()
    assert len(known(asha)) == 1
    assert Change.objects.filter(about_type="mentoring.absencefeed").count() == 1


def test_what_has_changed_meanwhile_is_shown_anew_and_not_carried_out(asha, ben, client):
    page = chosen(client, a_file(row(asha, ago(9))))
    with acting_as(ben), connection.cursor() as cursor:
        cursor.execute("select mentoring_start_absence(%s, %s, %s, null)", [uuid.uuid4(), asha.pk, ago(5)])

    answer = confirmed(client, page).content.decode()
    assert "Something has changed since you looked" in answer
    assert "They are away already from" in answer
    assert known(asha) == [(ago(5), None, None)]


@pytest.mark.usefixtures("every_day_works")
def test_a_day_that_the_person_or_their_manager_said_is_named_before_it_is_overwritten(asha, ben, client):
    with acting_as(ben), connection.cursor() as cursor:
        values = [uuid.uuid4(), asha.pk, ago(5), ago(-9)]
        cursor.execute("select mentoring_start_absence(%s, %s, %s, %s)", values)
    page = chosen(client, a_file(row(asha, ago(5), ago(-20))))
    assert f"<strong>Their line manager has {day(ago(-9))}.</strong>" in page.content.decode()

    assert confirmed(client, page).content.decode().count("Started 0, changed 1") == 1
    sweep()
    told = f"The dates of your absence were changed on {day(timezone.localdate())}. Are they right?"
    assert told in shown_to(asha)
    page = chosen(client, a_file(row(asha, ago(5), ago(-21)))).content.decode()
    assert "Their line manager has" not in page, "HR said it last"
    with acting_as(asha), connection.cursor() as cursor:
        cursor.execute("select mentoring_change_absence(id, first_day, %s, null) from mentoring_absence", [ago(-9)])
    sweep()
    assert told not in shown_to(asha), "she has said so herself since"
    page = chosen(client, a_file(row(asha, ago(5), ago(-20)))).content.decode()
    assert f"<strong>Asha Patel has {day(ago(-9))}.</strong>" in page


def test_what_a_file_leaves_blank_stays_as_somebody_has_entered_it(asha, client):
    fed(client, row(asha, ago(9), "", ago(1)))
    fed(client, row(asha, ago(9), ago(-3)))

    assert known(asha) == [(ago(9), ago(-3), ago(1))]


def test_each_row_that_is_not_taken_says_why(asha, chidi, ben, hr, client):
    gone = PersonFactory(left=ago(3))
    dead = PersonFactory()
    people.record_death(person=dead, on=ago(2), by=None)
    fed(client, row(chidi, ago(40), "", ago(30)), row(chidi, ago(20)))
    rows = {
        row("", ago(9)): "There is no staff number in this row.",
        row("??", ago(9)): "This is no staff number.",
        row("424242", ago(9)): "Nobody on the roster has this staff number.",
        row(gone, ago(9)): "This person is no longer on the roster.",
        row(dead, ago(9)): "This person is no longer on the roster.",
        row(hr, ago(9)): "This is your own row: a colleague in HR enters it.",
        row(asha, ""): "There is no first day in this row.",
        row(asha, "31/02/2026"): "The first day is no date.",
        row(ben, ago(9), "soon"): "The day expected back is no date.",
        row(ben, ago(-400)): "The first day is more than three months ahead.",
        row(ben, "1/1/2001"): "The first day is more than ten years ago.",
        row(ben, ago(8), "", ago(9)): "The day back is not after the first day.",
        row(ben, ago(7), ago(9)): "The day expected back is not after the first day.",
        row(ben, ago(6), "1/1/2099"): "The day back is more than three years ahead.",
        row(chidi, ago(15)): "They are away already from",
        row(chidi, ago(60), "", ago(55)): "",  # over for long: passed over
    }
    page = chosen(client, a_file(*rows)).content.decode()

    for reason in rows.values():
        assert reason in page
    assert "passes over 1 that ended more than four weeks ago, rejects 15 rows." in page


def test_two_rows_about_one_absence_that_differ_are_both_refused_and_one_said_twice_is_read_once(asha, chidi, client):
    page = chosen(client, a_file(
        row(asha, ago(9)), row(asha, ago(9), ago(-9)), row(chidi, ago(9)), row(chidi, ago(9)),
        row(chidi, ago(12)))).content.decode()  # fmt: skip

    assert page.count("Another row has other dates for the same absence.") == 2
    assert "Starts 1, changes 0, leaves 0 as they are, rejects 4 rows." in page


def test_a_column_that_says_why_is_refused_by_its_name_and_nothing_of_it_is_kept(asha, client, as_owner):
    header = f"{HEADER},Reason,Team"
    page = chosen(client, a_file(row(asha, ago(9)) + ",Broken heart,Blue", header=header)).content.decode()

    assert "Column “Reason” is not taken: dates only." in page
    assert "Not needed, and not read: Team." in page
    assert "Broken heart" not in page
    as_owner.execute("select sealed from mentoring_absencefeed")
    assert b"Broken" not in bytes(as_owner.fetchone()[0])


def test_a_workbook_is_read_as_well(asha, client):
    from openpyxl import Workbook

    book, written = Workbook(), io.BytesIO()
    book.active.append(["Staff number", "First day", "Expected back", "Back on"])
    book.active.append([int(asha.staff_number), ago(9), None, None])
    book.save(written)

    assert "Starts 1," in chosen(client, written.getvalue(), "absences.xlsx").content.decode()


def test_the_rejected_rows_come_as_a_file_without_formulas_before_and_after(asha, client):
    page = chosen(client, a_file(row("=1+1", ago(9)), row(asha, ago(9))))
    address = f"{page.request['PATH_INFO']}rejected.csv"
    before = client.get(address).content
    confirmed(client, page)

    assert client.get(address).content == before
    cells = list(csv.reader(io.StringIO(before.decode("utf-8-sig"))))
    assert cells[1] == ["'=1+1", str(ago(9)), "", "", "2", "This is no staff number."]
    assert len(cells) == 2


# --- What is kept, and for whom -------------------------------------------------------------------


def test_nothing_of_a_file_stands_in_the_open_and_it_goes_after_a_day(asha, client, as_owner):
    page = chosen(client, a_file(row(asha, "3 Nov 2026")))
    as_owner.execute("select row_to_json(f)::text, encode(sealed, 'escape') from mentoring_absencefeed f")
    assert not [text for text in as_owner.fetchone() if asha.staff_number in text or "Nov" in text]

    as_owner.execute("update mentoring_absencefeed set made_at = now() - interval '25 hours'")
    assert client.get(page.request["PATH_INFO"]).status_code == 404
    with the_worker():
        tasks.purge_absence_feeds()
    as_owner.execute("select count(*) from mentoring_absencefeed")
    assert as_owner.fetchone() == (0,)


def test_it_can_be_dropped_at_once(asha, client, as_owner):
    page = chosen(client, a_file(row(asha, ago(9))))
    client.post(f"{page.request['PATH_INFO']}drop/")

    as_owner.execute("select count(*) from mentoring_absencefeed")
    assert as_owner.fetchone() == (0,)


OTHERS = ("asha", "ben", "coordinator", "secretary", "lead", "guardian", "dpo", "technical_admin", "superuser")
FEED = """
select mentoring_feed_absences(array[true], array[gen_random_uuid()], array[%s], array[%s::date], array[null]::date[],
                               array[null]::date[])
"""


def feeds_by_sql(by, subject) -> bool:
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute(FEED, [subject.pk, ago(9)])
        return cursor.fetchone()[0] != ["refused"]


def test_nobody_but_hr_has_these_pages_nor_sees_the_rows(request, client, chidi, browse_as):
    page = chosen(client, a_file(row(chidi, ago(9))))
    address = page.request["PATH_INFO"]
    reads = (PAGE, address, f"{address}rejected.csv")
    writes = (PAGE, f"{address}confirm/", f"{address}drop/")
    for who in OTHERS:
        person = request.getfixturevalue(who)
        other = browse_as(person)
        assert {other.get(a).status_code for a in reads} == {404}, who
        assert {other.post(a, {"seen": "x"}).status_code for a in writes} == {404}, who
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("select count(*) from mentoring_absencefeed")
            assert cursor.fetchone() == (0,), who
        assert not feeds_by_sql(person, chidi), who
    assert known(chidi) == []


def test_hr_cannot_feed_their_own_absence_by_raw_sql_either(hr):
    assert not feeds_by_sql(hr, hr)


def test_a_colleague_in_hr_does_not_see_another_s_file(asha, client, station, browse_as, hr, lead):
    page = chosen(client, a_file(row(asha, ago(9))))
    second = PersonFactory(known_as="Harriet", station=station)
    proposed = people.propose_role(person=second, role="hr", by=hr, starts=timezone.localdate())
    people.approve_role(assignment=proposed, by=lead)

    assert browse_as(second).get(page.request["PATH_INFO"]).status_code == 404


# --- The nightly job ------------------------------------------------------------------------------


@pytest.fixture
def nightly(tmp_path, monkeypatch, settings):
    """`nightly(data, …)`: what the job says, run with the worker's login."""

    def run(data: bytes, *options: str) -> str:
        file, said = tmp_path / "absences.csv", io.StringIO()
        file.write_bytes(data)
        settings.DB_LOGIN = "worker"
        with the_worker():
            call_command("import_absences", str(file), *options, stdout=said)
        settings.DB_LOGIN = "app"
        return said.getvalue()

    return run


def test_the_nightly_job_does_the_same_and_names_nobody(asha, chidi, nightly):
    data = a_file(row(asha, ago(9)) + ",flu", row("424242", ago(9)) + ",", header=f"{HEADER},Reason")

    assert "Starts 1," in nightly(data, "--dry-run")
    assert known(asha) == []
    said = nightly(data)
    assert said.splitlines() == [
        "Column “Reason” is not taken: dates only.",
        "Started 1, changed 0, left 0 as they are, rejected 1 row.",
        "  row 3: Nobody on the roster has this staff number.",
    ]
    assert known(asha) == [(ago(9), None, None)]
    assert "Started 0, changed 0, left 1 as it is," in nightly(data)


def test_the_nightly_job_says_what_is_wrong_with_a_file(nightly):
    with pytest.raises(CommandError, match="The file is empty"):
        nightly(b"")
    with pytest.raises(CommandError, match="cannot be opened"), the_worker():
        call_command("import_absences", "/nowhere/at/all.csv")


def test_ten_thousand_rows_are_a_handful_of_statements(asha, hr, django_assert_max_num_queries):
    lines = [Line(number, asha.staff_number, str(ago(3000 - 2 * number % 2900)), "", "") for number in range(10_000)]
    with acting_as(hr), django_assert_max_num_queries(2):
        queries.plan(lines, by=hr)


def test_reading_and_confirming_take_the_same_number_of_statements_for_any_number_of_rows(station, client):
    asked = []
    for number in (1, 1, 3):  # the first time warms the caches
        persons = [PersonFactory(station=station) for _ in range(number)]
        with CaptureQueriesContext(connection) as statements:
            confirmed(client, chosen(client, a_file(*(row(person, ago(9)) for person in persons))))
        asked.append(len(statements))

    assert asked[1] == asked[2]
