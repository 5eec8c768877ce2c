"""What is past its period goes, by the worker; nothing of people under legal hold, and nothing still owed."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from tests.databases import as_superuser, manage
from tests.mentoring.pages import a_day, log_page, logged
from tests.production import manage as run
from wellbeing.confidential import drafts, retention
from wellbeing.confidential.models import Draft, Retention
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

ROWS = "1-1s and adjustments without a record"
OTHERS = (
    "absences without a record",
    "career mentoring without a record",
    "drafts of stories",
    "profiles of SPOCs who have left",
    "stories of leavers",
    "supervision of SPOCs",
    "topics that people lacked",
    "what volunteers note for themselves",
    "swaps that are over",
    "letters and codes of the door to My plan",
    "tallies of conversations",
    "supervision check-ins of champions",
    "words to line managers that a champion stepped down",
    "places at events",
    "places that nobody has any more",
    "names of those who raised something for the forum",
    "invitations to meetings of the forum",
)
NOTHING = dict.fromkeys(
    ("records", ROWS, *OTHERS, "reminders and mails that are over", "lines of the read log", "care links", "drafts"), 0
)


def purged(*options: str) -> dict[str, int]:
    """What the worker's command says it took away, in numbers."""
    lines = [line.split(": ") for line in manage("purge_confidential", *options, DB_LOGIN="worker").splitlines()]
    return {name: int(rest.split()[0]) for name, rest in lines}


def years_pass(years: int) -> None:
    """As if everything had been written that long ago; a change that the read log's own hashes would not survive."""
    ago = f"make_interval(years => {years})"
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        for table, columns in {
            "confidential_record": ["made_at"],
            "confidential_version": ["made_at"],
            "confidential_draft": ["saved_at"],
            "mentoring_onetoone": ["made_at"],
            "mentoring_adjustment": ["made_at"],
            "confidential_carelink": ["starts", "ends", "opens_from", "told_from"],
        }.items():
            cursor.execute(f"update {table} set " + ", ".join(f"{name} = {name} - {ago}" for name in columns))


@pytest.fixture
def key(browse_as, asha, ben):
    """A 1-1 with an adjustment that is owed for nine days yet."""
    until = timezone.localdate() + timedelta(days=9)
    return logged(
        browse_as(ben), asha, how="Words", what_1="Ring", adjustment="Starts at ten", **a_day("adjustment_until", until)
    )


def rows(as_owner, table: str) -> int:
    as_owner.execute(f"select count(*) from {table}")
    return as_owner.fetchone()[0]


def test_nothing_goes_before_its_time(key):
    assert purged() == NOTHING
    years_pass(5)
    assert purged() == NOTHING


def test_a_record_goes_with_its_texts_and_rows_and_what_is_still_owed_stays(key, as_owner):
    years_pass(7)
    assert purged("--dry-run") == NOTHING | {"records": 1, ROWS: 1}
    assert rows(as_owner, "confidential_record") == 2
    assert purged() == NOTHING | {"records": 1, ROWS: 1}

    left = {"confidential_record": 1, "confidential_version": 1, "confidential_body": 1, "mentoring_adjustment": 1,
            "mentoring_onetoone": 0, "mentoring_action": 0}  # fmt: skip
    assert {table: rows(as_owner, table) for table in left} == left
    assert purged() == NOTHING


def test_nothing_goes_of_somebody_under_legal_hold(key, asha):
    years_pass(7)
    Person.objects.filter(pk=asha.pk).update(legal_hold=True)
    assert purged() == NOTHING


def test_what_was_written_in_lately_stays_whole(browse_as, asha, key):
    years_pass(7)
    answer = browse_as(asha).post(f"/mentoring/1-1s/{key}/comment/", {"version": uuid.uuid4(), "text": "Thank you"})
    assert answer.status_code == 302
    assert purged() == NOTHING


def test_how_somebody_likes_to_be_supported_stays_while_they_are_here(browse_as, asha, as_owner):
    sent = {"version": uuid.uuid4(), "replaces": 0, "text": "A walk helps"}
    assert browse_as(asha).post("/mentoring/how-i-like-to-be-supported/", sent).status_code == 302
    years_pass(7)
    assert purged() == NOTHING
    Person.objects.filter(pk=asha.pk).update(joined="2000-01-01", left=timezone.localdate() - timedelta(days=2300))
    assert purged()["records"] == 1


def test_the_read_log_goes_from_its_start_and_the_rest_is_still_whole(browse_as, asha, ben, key, as_owner):
    for person in (asha, ben):
        browse_as(person).get(f"/mentoring/1-1s/{key}/")
    assert rows(as_owner, "confidential_readlog") == 4
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        # Eight years pass for the first two lines, and the chain is written as it would have been then.
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update confidential_readlog set at = at - interval '8 years',"
                       " told_from = told_from - interval '8 years' where number <= 2")  # fmt: skip
        for number in range(1, 5):
            cursor.execute(
                "update confidential_readlog line set hash = confidential_log_hash(coalesce((select hash from"
                " confidential_readlog before where before.number = line.number - 1), ''), line) where number = %s",
                [number],
            )
        cursor.execute(
            "update confidential_loghead set hash = (select hash from confidential_readlog where number = 4)"
        )
    assert "is whole: 4 lines" in manage("verify_read_log", DB_LOGIN="backup")
    assert purged() == NOTHING | {"lines of the read log": 2}
    assert "is whole: 2 lines" in manage("verify_read_log", DB_LOGIN="backup")
    assert purged() == NOTHING


def test_a_draft_goes_after_a_month(browse_as, asha, ben):
    with acting_as(ben):
        drafts.keep(author=ben, form=f"log:{asha.pk}", answers={"how": ["Words"]})
    assert "We kept what you typed" in browse_as(ben).get(log_page(asha)).content.decode()
    assert purged() == NOTHING
    years_pass(1)
    assert purged() == NOTHING | {"drafts": 1}
    with acting_as(ben):
        assert not Draft.objects.exists()


def test_a_link_that_ended_long_ago_goes_and_a_live_one_stays(asha, ben, as_owner):
    years_pass(9)
    assert purged() == NOTHING
    as_owner.execute("update confidential_carelink set ends = now() - interval '8 years'")
    assert purged() == NOTHING | {"care links": 1}


@pytest.mark.parametrize("function", ["purge_records", "purge_links", "purge_read_log"])
def test_the_worker_takes_nothing_before_half_a_year_whatever_it_is_told(db, function, as_owner):
    as_owner.execute("set role wellbeing_owner")
    with pytest.raises(Exception, match="at least"):
        as_owner.execute(f"select {function}(now())")


def test_nobody_but_the_worker_may(db):
    for login in ("app", "backup"):
        assert run("purge_confidential", DB_LOGIN=login).returncode == 1


def test_the_dpo_sets_the_periods_and_nobody_else(browse_as, dpo, hr, lead, technical_admin):
    page = "/admin/confidential/retention/add/"
    values = {"records_months": 24, "read_log_months": 36, "drafts_days": 7, "reminders_days": 30}
    values |= {"forum_names_months": 6, "forum_invitations_months": 9}
    for person in (hr, lead, technical_admin):
        assert browse_as(person).post(page, values).status_code == 403
    short = browse_as(dpo).post(page, values | {"read_log_months": 12}).content.decode()
    assert "Keep it at least as long as the records." in short
    assert browse_as(dpo).post(page, values | {"records_months": 3}).status_code == 200
    assert browse_as(dpo).post(page, values).status_code == 302
    kept = retention.periods()
    assert {name: getattr(kept, name) for name in values} == values


def test_the_database_refuses_a_log_that_goes_before_its_records(db):
    with pytest.raises(DatabaseError, match="log_outlives_records"):
        Retention.objects.create(records_months=100)
