"""Back and away again, a pause ended early: whoever was chosen keeps contact, and nobody reads what is not theirs."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from mentoring.queries.contacts import plan_of
from tests.confidential.records import at_once, wait_until_somebody_waits
from tests.factories.people import PersonFactory
from tests.mentoring.absent import a_mentor, called, holder, is_away, truth
from tests.mentoring.away import chosen, days, filled, new_contact, paused, planned, recorded
from tests.mentoring.pages import a_day
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

DATES = "mentoring_change_absence(%s, %s, null, %s)"
BEGIN = "mentoring_start_absence(%s, %s, %s, null)"
PLANS = "count(*) from confidential_record where kind = 'contact_plan'"


@pytest.fixture
def absence(asha, chidi, browse_as):
    """Asha is away since sixty days and has chosen Chidi; her plan says what her line manager must not read."""
    key = is_away(asha, since=60)
    chosen(browse_as(asha), chidi)
    planned(browse_as(asha), text="Never let Ben know")
    return key


def ends(subject) -> list:
    """When the contact that is kept with somebody, or will be, ends: None for a link without an end."""
    links = truth(
        """select (ends at time zone 'Europe/London')::date from confidential_carelink where subject_id = %s
           and why in ('keeps_contact', 'welfare_mentor') and (ends is null or ends > now())""",
        subject.pk,
    )
    return [day for (day,) in links]


def dated(client, key, back_on: int | None):
    back = {} if back_on is None else a_day("back_on", days(back_on))
    return client.post(f"/mentoring/absences/{key}/dates/", a_day("first_day", days(-60)) | back)


def test_a_manager_gains_nothing_by_back_since_yesterday_and_away_again(browse_as, asha, ben, chidi, absence):
    manager, again = browse_as(ben), uuid.uuid4()
    dated(manager, absence, -1)
    manager.post(f"/mentoring/absences/new/{asha.pk}/", {"id": again} | a_day("first_day", days(0)))

    assert (holder(asha), ends(asha)) == ((chidi.pk, "keeps_contact"), [None])
    assert truth("select kept_by from mentoring_contactplan where absence_id = %s", again) == [("colleague",)]
    assert called(PLANS, by=ben) == 0
    for key in (absence, again):
        assert manager.get(f"/mentoring/contacts/{key}/").status_code == 404
    friend = browse_as(chidi)
    assert friend.get(f"/mentoring/contacts/{absence}/").status_code == 404, "over"
    assert "Never let" not in friend.get(f"/mentoring/contacts/{again}/").content.decode()


def test_a_manager_gains_nothing_by_two_changes_of_dates(browse_as, asha, ben, chidi, hr, absence):
    manager = browse_as(ben)
    assert "seven days back at most" in dated(manager, absence, -8).content.decode()
    for back_on in (3, None):
        assert dated(manager, absence, back_on).status_code == 302
        assert (holder(asha), ends(asha)) == ((chidi.pk, "keeps_contact"), [days(31) if back_on else None])
    for back_on, end in ((days(-7), days(21)), (None, None)):
        assert called(DATES, absence, days(-60), back_on, by=ben) == "changed"
        assert (holder(asha), ends(asha)) == ((chidi.pk, "keeps_contact"), [end])
    for back_on in (days(-40), None):
        assert called(DATES, absence, days(-60), back_on, by=hr) == "changed"
    assert (holder(asha), ends(asha)) == ((chidi.pk, "keeps_contact"), [None])
    assert called(PLANS, by=ben) == 0


def test_where_contact_is_over_cover_starts_and_what_was_agreed_then_stays_closed(asha, ben, hr, station, absence):
    cover = a_mentor("Tom", station=station)
    called(DATES, absence, days(-60), days(-40), by=hr)
    called(BEGIN, uuid.uuid4(), asha.pk, days(-1), by=hr)
    assert holder(asha) == (cover.pk, "welfare_mentor")
    assert (called(PLANS, by=cover), called("count(*) from mentoring_contactplan", by=cover)) == (0, 1)

    called(DATES, absence, days(-60), days(-30), by=hr)
    assert ends(asha) == [None], "a former absence moves nobody's contact"


def test_where_nobody_can_cover_it_is_still_not_the_line_manager(asha, hr, absence):
    called(DATES, absence, days(-60), days(-40), by=hr)
    called(BEGIN, uuid.uuid4(), asha.pk, days(-1), by=hr)
    assert holder(asha) is None


def test_what_is_agreed_after_the_return_follows_no_longer_than_contact_is_kept(browse_as, asha, absence):
    called(DATES, absence, days(-60), days(-1), by=asha)
    planned(browse_as(asha), text="Still")
    assert truth("select follows_until from confidential_record where kind = 'contact_plan'") == [(days(27),)]
    truth("update confidential_record set follows_until = 'infinity'")
    called("mentoring_sync_contact(null)")
    assert truth("select follows_until from confidential_record where kind = 'contact_plan'") == [(days(27),)]


def test_whoever_is_named_after_the_return_keeps_contact_for_four_weeks(browse_as, chidi):
    alone = PersonFactory(known_as="Alone")
    key = is_away(alone, since=60)
    called(DATES, key, days(-60), days(-2), by=alone)
    chosen(browse_as(alone), chidi)
    assert ends(alone) == [days(-2) + timedelta(days=28)]


def test_a_pause_that_ends_early_leaves_one_holder_and_the_day_that_was_agreed(browse_as, asha, ben, chidi):
    key = is_away(asha, since=60)
    person = browse_as(asha)
    with acting_as(asha):
        absence = asha.absences.select_related("subject").get(pk=key)
    recorded(browse_as(ben), absence, **a_day("next_contact", days(9)))
    agreed = truth("select next_contact from mentoring_contactplan")
    for number in (13, 14):
        paused(person, number)
    person.post("/my-plan/pause/end/")
    assert truth("select next_contact from mentoring_contactplan") == agreed

    chosen(person, chidi)
    assert (holder(asha), ends(asha)) == ((chidi.pk, "keeps_contact"), [None])
    for page in ("/my-plan/", "/my-plan/who/", "/my-plan/swap/"):
        shown = person.get(page).content.decode()
        assert (chidi.name in shown, ben.name in shown) == (True, False), page


# --- The keys of texts, and who sees that there was an absence ---------------------------------------


def test_nobody_takes_the_key_of_a_text_before_it_is_written(browse_as, asha, ben, chidi):
    key = is_away(asha, since=60)
    with acting_as(ben):
        absence = asha.absences.select_related("subject").get(pk=key)
        plan = plan_of(absence)
    client = browse_as(ben)
    for record in (plan.plan_record, plan.told_record):
        sent = filled(client, absence, text="x", despite_day="on") | {"id": str(record)}
        assert client.post(new_contact(absence), sent).status_code == 302
    person = browse_as(asha)
    chosen(person, chidi)
    assert planned(person, text="Mine").status_code == 302
    assert "Mine" in person.get("/my-plan/contact/").content.decode()


def test_a_text_of_another_kind_or_person_is_not_written_into_a_record(asha, ben, chidi, absence):
    (record,) = truth("select id from confidential_record where kind = 'contact_plan'")[0]
    seal = "confidential_seal(%s, gen_random_uuid(), 'text', 2, %s, %s, null, 'k', 'x', 'x')"
    for kind, subject in (("contact", asha), ("contact_plan", ben)):
        assert called(seal, record, kind, subject.pk, by=chidi) == "refused"
    assert called(seal, record, "", None, by=chidi) == "sealed"


def test_a_line_manager_sees_no_absence_from_before_their_time_and_hr_nobody_who_has_died(
    browse_as, asha, ben, chidi, hr
):
    over = is_away(asha, since=900)
    called(DATES, over, days(-900), days(-800), by=hr)
    with acting_as(hr):
        people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, line_manager_id=chidi.pk)
    assert called("count(*) from mentoring_absence", by=chidi) == 0
    is_away(asha, since=30)
    assert called("count(*) from mentoring_absence", by=chidi) == 1

    assert "Asha" in browse_as(hr).get("/mentoring/absences/").content.decode()
    people.record_death(person=Person.objects.get(pk=asha.pk), by=hr, on=days(0))
    assert "Asha" not in browse_as(hr).get("/mentoring/absences/").content.decode()


def test_a_pause_and_a_contact_that_is_written_at_once_wait_and_both_are_kept(asha, ben):
    key, contact, is_sealed = is_away(asha, since=60), uuid.uuid4(), threading.Event()

    def writes() -> None:
        with acting_as(ben), connection.cursor() as cursor:
            seal = "select confidential_seal(%s, gen_random_uuid(), 'text', 1, 'contact', %s, null, 'k', 'x', 'x')"
            cursor.execute(seal, [contact, asha.pk])
            is_sealed.set()
            wait_until_somebody_waits()
            cursor.execute("update mentoring_contactplan set next_contact = london_today() + 9, unanswered = 0")

    def pauses() -> None:
        assert is_sealed.wait(30)
        called("mentoring_pause_contact(%s, %s)", key, days(5), by=asha)

    at_once(2, lambda number: (writes, pauses)[number]())
    assert truth("select next_contact, paused_until from mentoring_contactplan") == [(days(9), days(5))]


# --- What is said of a choice -------------------------------------------------------------------------


def test_what_is_said_after_a_choice_is_who_keeps_in_touch_now(browse_as, asha, ben, chidi):
    is_away(asha, since=60)
    person = browse_as(asha)

    def said(**form) -> str:
        return person.post("/my-plan/who/", form, follow=True).content.decode()

    links = truth("select id from confidential_carelink")
    assert f"Nothing has changed. {ben.name} keeps in touch with you." in said(kept_by="line_manager")
    assert truth("select id from confidential_carelink") == links
    typed = said(kept_by="line_manager", person=chidi.staff_number)
    assert "Leave this empty, or choose" in typed
    assert chidi.staff_number in typed
    chosen(person, chidi)
    shown = person.get("/my-plan/").content.decode()
    assert f"From now on {chidi.name} keeps in touch with you. Your line manager reads" in shown
    shown = said(kept_by="line_manager")
    assert f"From now on {ben.name} keeps in touch with you." in shown
    assert "keeps in touch with you. Your line manager reads" not in shown
