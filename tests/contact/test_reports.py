"""Reporting something: who reads it, and how long it stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.confidential.test_keys_and_log import NEW
from tests.confidential.test_rotation import OLD_ID, rotate
from tests.contact.asking import asked, held_in, page_of, text_of
from tests.contact.test_walls import seen_by, tasks_as_worker, truth
from tests.factories.spocs import listed_spoc
from tests.reminders.outbox import shown_to, sweep
from wellbeing.confidential import keys

pytestmark = pytest.mark.django_db(transaction=True)

REPORTS, WORDS = "/contact/reports/", "They rang my office."


def reported(client, key) -> None:
    form = client.get(f"{page_of(key)}report/")
    client.post(f"{page_of(key)}report/", {**held_in(form), "words": WORDS})


@pytest.fixture
def key(browse_as, asha, spoc) -> str:
    return asked(browse_as(asha), spoc.spoc)


def one_report() -> str:
    ((key,),) = truth("select id::text from contact_report")
    return f"{REPORTS}{key}/"


def test_the_lead_reads_a_sealed_copy_and_is_said_to_beforehand(browse_as, key, asha, spoc, lead):
    page = text_of(browse_as(asha).get(f"{page_of(key)}report/"))
    assert page.index("The wellbeing lead. They read what you write here") < page.index("What happened?")
    reported(browse_as(asha), key)
    assert not [row for row in truth("select r::text from contact_report r") if WORDS in str(row)]
    sweep()
    assert [one for one in shown_to(lead) if "Asha" not in one and "reported something to you" in one]
    assert "From Asha Patel, about Sasha Winter" in text_of(browse_as(lead).get(REPORTS))
    read = text_of(browse_as(lead).get(one_report()))
    assert WORDS in read
    assert "07700 900555" in read
    unconfirmed = browse_as(lead, confirmed=False)
    for answer in (unconfirmed.get(one_report()), unconfirmed.post(f"{one_report()}close/")):
        assert answer["Location"] == "/account/confirm/"
    assert truth("select closed_at from contact_report") == [(None,)]
    assert "I cannot sleep." in text_of(browse_as(asha).get(page_of(key)))


def test_nobody_else_reads_it_in_a_page_or_with_raw_sql(browse_as, key, asha, spoc, request, lead):
    reported(browse_as(spoc), key)
    for who in ("asha", "spoc", "chidi", "hr", "coordinator", "dpo", "technical_admin", "superuser", "guardian"):
        person = request.getfixturevalue(who)
        assert seen_by(person, "select 1 from contact_report") == [], who
        expected = 200 if who in ("guardian", "dpo") else 404  # they have the page, and on it nothing of the lead's
        assert browse_as(person).get(REPORTS).status_code == expected, who
        assert browse_as(person).get(one_report()).status_code == 404, who
    assert len(seen_by(lead, "select 1 from contact_report")) == 1
    truth("update people_roleassignment set person_id = %s where role = 'lead'", asha.pk)
    assert seen_by(asha, "select 1 from contact_report") == []  # whoever holds that role later, and is one of the two
    truth("update people_roleassignment set person_id = %s where role = 'lead'", lead.pk)
    with pytest.raises(DatabaseError):
        seen_by(lead, "update contact_report set sealed = '' returning 1")


def test_the_list_costs_as_many_queries_for_three_as_for_one(browse_as, key, asha, chidi, lead):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(REPORTS).status_code == 200
        return len(queries)

    reported(browse_as(asha), key)
    browser = browse_as(lead)
    count()
    few = count()
    for _ in range(2):
        reported(browse_as(chidi), asked(browse_as(chidi), listed_spoc()))
    assert count() == few


def test_a_lead_who_is_one_of_the_two_is_not_the_one_who_reads(browse_as, asha, lead, guardian):
    profile = listed_spoc(person=lead)
    key = asked(browse_as(asha), profile)
    assert "The guardian, in place of the wellbeing lead. They read" in text_of(
        browse_as(asha).get(f"{page_of(key)}report/")
    )
    reported(browse_as(asha), key)
    assert "Nothing has been reported to you." in text_of(browse_as(lead).get(REPORTS))
    assert WORDS in text_of(browse_as(guardian).get(one_report()))


@pytest.mark.parametrize("asker", ["lead", "guardian"])
def test_where_lead_and_guardian_are_the_two_the_data_protection_officer_reads(browse_as, lead, guardian, dpo, asker):
    asks, volunteers = (lead, guardian) if asker == "lead" else (guardian, lead)
    key = asked(browse_as(asks), listed_spoc(person=volunteers))
    before = text_of(browse_as(asks).get(f"{page_of(key)}report/"))
    assert "The data protection officer, in place of the wellbeing lead. They read" in before
    assert "Send it to the data protection officer" in before
    reported(browse_as(asks), key)
    for one_of_the_two in (lead, guardian):
        assert seen_by(one_of_the_two, "select 1 from contact_report") == []
        assert "Nothing has been reported to you." in text_of(browse_as(one_of_the_two).get(REPORTS))
    sweep()
    assert [sentence for sentence in shown_to(dpo) if "reported something to you" in sentence]
    assert "Reports about being contacted" in text_of(browse_as(dpo).get("/"))
    assert WORDS in text_of(browse_as(dpo).get(one_report()))
    browse_as(dpo).post(f"{one_report()}close/")
    assert truth("select closed_by_id from contact_report") == [(dpo.pk,)]


def test_while_nobody_is_the_lead_the_guardian_reads(browse_as, key, asha, guardian, dpo):
    assert "The guardian, in place of" in text_of(browse_as(asha).get(f"{page_of(key)}report/"))
    reported(browse_as(asha), key)
    assert WORDS in text_of(browse_as(guardian).get(one_report()))
    assert seen_by(dpo, "select 1 from contact_report") == []


def test_a_report_stays_until_90_days_after_it_is_closed(browse_as, key, asha, lead, time_machine):
    reported(browse_as(asha), key)
    sweep()
    browse_as(lead).post(f"{one_report()}close/")
    assert shown_to(lead) == []
    time_machine.move_to(timezone.now() + timedelta(days=89))
    tasks_as_worker()
    assert one_report()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    tasks_as_worker()
    assert truth("select 1 from contact_report") == []
    assert truth("select 1 from reminders_reminder where kind = 'contact.report'") == []


def test_a_report_that_nobody_closes_goes_after_two_years(browse_as, key, asha, lead, time_machine):
    reported(browse_as(asha), key)
    for days, kept in ((700, 1), (31, 0)):
        time_machine.move_to(timezone.now() + timedelta(days=days))
        tasks_as_worker()
        assert len(truth("select 1 from contact_report")) == kept


def test_with_a_new_key_of_the_vault_what_was_asked_and_reported_opens_still(browse_as, key, asha, lead):
    reported(browse_as(asha), key)
    assert set(truth("select * from confidential_keys_in_use()")) == {(OLD_ID,)}
    rotate()
    assert set(truth("select * from confidential_keys_in_use()")) == {("new",)}
    with override_settings(VAULT_KEYS=keys.parse(NEW)):
        assert "07700 900555" in text_of(browse_as(asha).get(page_of(key)))
        assert WORDS in text_of(browse_as(lead).get(one_report()))


def test_a_report_without_a_word_says_what_is_missing(browse_as, key, asha):
    page = browse_as(asha).post(f"{page_of(key)}report/", {"words": ""})
    assert "Fill in “What happened?”." in text_of(page)
    assert truth("select 1 from contact_report") == []
