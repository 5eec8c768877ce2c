"""A champion's time: begun after training, gone on with, refreshed, supervised; as those concerned meet it."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions
from champions.models import Champion, Coverage, Rules
from champions.queries.life import length
from tests.champions.test_life_network import text_of
from tests.champions.test_policy import CAST, KEEPERS
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.training import course, is_over, session_of
from tests.reminders.outbox import shown_to, sweep
from wellbeing.people.actions import change_person
from wellbeing.training.actions import completions
from wellbeing.training.dates import months_after
from wellbeing.training.models import Purpose
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

TODAY = timezone.localdate
BEGIN, TERM, MINE = "/champions/me/begin/", "/champions/me/term/", "/champions/me/"
ENTRY = {"show_mail": "on", "by_day": "on"}


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def trained(asha):
    """Asha, trained the day before yesterday and vetted, who has not begun."""
    day = TODAY() - timedelta(days=2)
    dates = {"trained_on": day, "refresher_due": months_after(day, 24), "vetting_confirmed_on": day}
    return Champion.objects.create(person=asha, state="training", **dates)


def page_of(entry, what: str = "") -> str:
    return f"/champions/network/{entry.pk}/{what}"


def days(name: str, day: date) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# --- Beginning ----------------------------------------------------------------------------------------


def test_whoever_is_trained_begins_in_one_page_with_their_own_station_ticked(browse_as, trained, asha, station):
    sweep()
    assert any("Say how people may reach you" in line for line in shown_to(asha))
    client = browse_as(asha)
    assert f'href="{BEGIN}"' in client.get(MINE).content.decode()
    page = client.get(BEGIN).content.decode()
    assert re.search(rf'name="stations" value="{station.pk}"[^>]* checked', page)
    deal = StationFactory(name="Deal")
    said = client.post(BEGIN, ENTRY | {"stations": [station.pk, deal.pk]}, follow=True)
    assert "You are listed. Thank you" in text_of(said)
    entry = Champion.objects.get()
    assert (entry.state, entry.serving_since) == ("active", TODAY())
    assert entry.term_ends == months_after(TODAY(), 24)
    assert entry.supervision_due == TODAY() + timedelta(weeks=12)
    assert sorted(entry.coverage.live().values_list("station__name", flat=True)) == ["Ashford", "Deal"]
    assert not any("Say how people may reach you" in line for line in shown_to(asha))
    assert client.get(BEGIN)["Location"] == MINE


def test_what_is_missing_on_the_page_stands_beside_it_and_what_was_typed_stays(browse_as, trained, asha):
    page = browse_as(asha).post(BEGIN, {"by_day": "on", "about_me": "In the canteen at noon."})
    assert "Choose at least one way to reach you." in text_of(page)
    assert "In the canteen at noon." in text_of(page)
    assert Champion.objects.get().state == "training"


def test_while_vetting_is_not_noted_there_is_nothing_for_them_to_do(browse_as, trained, asha, coordinator):
    Champion.objects.update(vetting_confirmed_on=None)
    client = browse_as(asha)
    for page in (client.get(BEGIN), client.post(BEGIN, ENTRY)):
        assert "Your coordinator has still to note your vetting; nothing for you to do." in text_of(page)
    assert Champion.objects.get().state == "training"
    browse_as(coordinator).post(page_of(trained, "vetting/"), days("vetting_confirmed_on", TODAY()))
    sweep()
    assert any("Say how people may reach you" in line for line in shown_to(asha))
    assert "Begin as a champion" in text_of(client.get(BEGIN))


def test_a_force_that_asks_for_no_vetting_and_no_term_waits_for_neither(browse_as, trained, asha):
    actions.set_rules(by=None, needs_vetting=False, term_months=None)
    Champion.objects.update(vetting_confirmed_on=None)
    browse_as(asha).post(BEGIN, ENTRY)
    entry = Champion.objects.get()
    assert (entry.state, entry.term_ends) == ("active", None)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "You are on the waiting list for training."),
        ("offered", "A place in a training is held for you."),
        ("training", "You have a place in a training."),
    ],
)
def test_somebody_on_the_way_reads_how_far_they_are(browse_as, asha, state, words):
    Champion.objects.create(person=asha, state=state)
    client = browse_as(asha)
    page = client.get(MINE)
    assert words in text_of(page)
    assert 'href="/champions/waiting/"' in page.content.decode()
    assert client.get(BEGIN)["Location"] == MINE


# --- Terms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days_left", "told"), [(75, False), (50, True), (1, True)])
def test_a_term_that_ends_is_said_beforehand(champion, days_left, told):
    ends = TODAY() + timedelta(days=days_left)
    Champion.objects.update(term_ends=ends)
    sweep()
    assert any("Your term as a champion ends" in line for line in shown_to(champion)) is told


def test_one_tap_goes_on_for_another_term_and_two_taps_are_one(browse_as, champion):
    ends = TODAY() + timedelta(days=14)
    actions.change_entry(champion=champion.champion, by=None, term_ends=ends)
    client = browse_as(champion)
    assert "I go on for another term" in text_of(client.get(TERM))
    assert "The last day of your term is" in text_of(client.get(MINE))
    assert any("Your term as a champion ends" in line for line in shown_to(champion))
    for _ in range(2):
        page = client.post(TERM, {"term_ends": ends.isoformat()}, follow=True)
        assert "Thank you for going on." in text_of(page)
    assert Champion.objects.get().term_ends == months_after(ends, 24)
    assert not any("Your term as a champion" in line for line in shown_to(champion))
    assert "when it is near" in text_of(client.get(TERM))


def test_a_term_that_is_over_takes_nobody_off_the_directory(browse_as, champion, coordinator, asha):
    over = TODAY() - timedelta(days=3)
    Champion.objects.update(term_ends=over, serving_since=over - timedelta(days=700))
    assert browse_as(asha).get(champion.champion.get_absolute_url()).status_code == 200
    assert "1 term is over" in text_of(browse_as(coordinator).get("/champions/network/"))


def test_nobody_goes_on_long_before_their_term_ends(browse_as, champion):
    ends = TODAY() + timedelta(days=200)
    Champion.objects.update(term_ends=ends)
    page = browse_as(champion).post(TERM, {"term_ends": ends.isoformat()}, follow=True)
    assert "This term has a while to go yet." in text_of(page)
    assert Champion.objects.get().term_ends == ends


# --- Refreshers -----------------------------------------------------------------------------------------


def test_a_refresher_that_was_attended_sets_the_dates_and_taken_back_puts_them_back(champion, coordinator):
    before = TODAY() - timedelta(days=700)
    actions.change_entry(champion=champion.champion, by=None, trained_on=before)
    due = Champion.objects.get().refresher_due
    day = TODAY() - timedelta(days=1)
    with acting_as(coordinator):
        done = completions.record(
            person=champion, course=course("Refresher", purpose=Purpose.REFRESHER), completed_on=day, by=coordinator
        )
    entry = Champion.objects.get()
    assert (entry.trained_on, entry.refresher_due) == (day, months_after(day, 24))
    with acting_as(coordinator), transaction.atomic():
        completions._take_back(type(done).objects.filter(pk=done.pk), by=coordinator)
    entry = Champion.objects.get()
    assert (entry.trained_on, entry.refresher_due) == (before, due)


def test_attendance_at_a_refresher_counts_and_at_any_other_course_does_not(champion, coordinator, browse_as):
    from wellbeing.training.actions import places

    for title, purpose in (("Refresher", Purpose.REFRESHER), ("Listening well", Purpose.COURSE)):
        session = session_of(course(title, purpose=purpose), capacity=4)
        with acting_as(champion):
            place = places.book(session=session, by=champion)
        session = is_over(session)
        with acting_as(coordinator):
            completions.mark_attendance(session=session, came={place.pk}, by=coordinator)
        assert Champion.objects.get().trained_on == session.day
        Champion.objects.update(trained_on=session.day, refresher_due=None)
    page = text_of(browse_as(coordinator).get(page_of(champion.champion)))
    assert page.count("noted their refresher") == 1


# --- Supervision ----------------------------------------------------------------------------------------


def supervised(client, entry, with_whom, *, held_on=None, **more):
    typed = {"with_whom": with_whom.staff_number, **days("held_on", held_on or TODAY()), **more}
    return client.post(page_of(entry, "supervision/"), typed, follow=True)


def test_the_coordinator_notes_that_supervision_was_held_and_when_the_next_is_due(
    browse_as, coordinator, hr, lead, champion
):
    client, key = browse_as(coordinator), "9a3c8f6e-6d0a-4a57-9d6f-0f5e5a0a7c11"
    held = TODAY() - timedelta(days=7)
    for _ in range(2):
        page = text_of(supervised(client, champion.champion, lead, held_on=held, key=key))
    assert f"The supervision of {champion} is noted." in page
    assert page.count(f"with {lead.name}") == 1
    assert Champion.objects.get().supervision_due == held + timedelta(weeks=12)
    assert f"with {lead.name}" in text_of(browse_as(champion).get(MINE))
    office = text_of(browse_as(hr).get(page_of(champion.champion)))
    assert "upervision" not in office
    assert lead.name not in office


def test_what_cannot_be_is_said_beside_it(browse_as, coordinator, champion):
    client = browse_as(coordinator)
    tomorrow = TODAY() + timedelta(days=1)
    page = text_of(supervised(client, champion.champion, champion, held_on=tomorrow, key=""))
    assert "That is their own number: name who held it." in page
    assert "Enter today or an earlier day." in page
    page = client.post(page_of(champion.champion, "term/"), days("term_ends", TODAY() - timedelta(days=1)))
    assert "The term ends after they became a champion." in text_of(page)
    page = client.post(page_of(champion.champion, "vetting/"), days("vetting_confirmed_on", tomorrow))
    assert "Enter today or an earlier day." in text_of(page)


def test_supervision_that_is_two_weeks_late_is_told_to_the_coordinator_and_before_that_to_the_champion_alone(
    champion, coordinator, hr
):
    since = TODAY() - timedelta(days=300)
    for late, told in ((5, False), (25, True)):
        Champion.objects.update(serving_since=since, supervision_due=TODAY() - timedelta(days=late))
        sweep()
        assert any("Your supervision as a champion was due" in line for line in shown_to(champion))
        assert any(f"The supervision of {champion}" in line for line in shown_to(coordinator)) is told
    assert shown_to(hr) == []


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_supervision_is_read_by_the_champion_and_the_coordinator_and_written_by_the_coordinator(
    person, champion, coordinator, lead, request
):
    with acting_as(coordinator):
        actions.note_supervision(champion=champion.champion, by=coordinator, held_on=TODAY(), with_whom=lead)
    name = request.node.callspec.params["person"]
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute("select count(*) from champions_supervisioncheckin")
        assert cursor.fetchone() == (1 if name in ("champion", "coordinator") else 0,)
    if name in ("coordinator", "lead"):
        return
    with pytest.raises(Exception, match=r"row-level security|checkin_noted_by"), acting_as(person):
        actions.note_supervision(
            champion=champion.champion, by=person, held_on=TODAY() - timedelta(days=1), with_whom=lead
        )


def test_no_coordinator_notes_their_own(browse_as, coordinator, station, lead):
    entry = champion_at(station, person=coordinator)
    client = browse_as(coordinator)
    assert "This is your own entry" in text_of(client.get(page_of(entry)))
    for what in ("vetting/", "term/", "supervision/"):
        assert client.post(page_of(entry, what), {}).status_code == 404


# --- The page of one champion -----------------------------------------------------------------------------


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_the_page_of_one_champion_opens_to_the_coordinator_and_hr_alone(person, champion, browse_as, request):
    name = request.node.callspec.params["person"]
    client, entry = browse_as(person), champion.champion
    expected = 200 if name in KEEPERS else 404
    assert client.get(page_of(entry)).status_code == expected
    assert client.post(page_of(entry, "vetting/"), {}).status_code == expected
    assert client.post(page_of(entry, "term/"), {"term_ends_day": "x"}).status_code == expected
    assert client.post(page_of(entry, "supervision/"), {}).status_code == (200 if name == "coordinator" else 404)


def test_the_timeline_says_who_did_what_in_plain_sentences(browse_as, coordinator, hr, champion, station):
    entry, deal = champion.champion, StationFactory(name="Deal")
    actions.set_coverage(champion=entry, stations=[station, deal], by=hr)
    actions.pause(champion=entry, by=champion)
    actions.resume(champion=entry, by=coordinator)
    yesterday = TODAY() - timedelta(days=1)
    actions.change_entry(champion=entry, by=hr, vetting_confirmed_on=yesterday, phone="07700 900111")
    Champion.objects.update(state="away", away_from=yesterday, away_until=yesterday)
    actions.end_absences()
    page = text_of(browse_as(coordinator).get(page_of(entry)))
    for words in (
        f"{hr} changed the stations they cover: began Deal",
        "Aaron Pearce took a break",
        f"{coordinator} listed them again",
        "when vetting was confirmed (",
        "By itself: their last day away was over",
        "Became the central contact for Ashford",
    ):
        assert words.lower() in page.lower(), words
    assert "07700" not in page.partition("Their time as a champion")[2]


def test_hidden_people_are_named_to_nobody(browse_as, coordinator, hr, champion):
    secret = PersonFactory(known_as="Covert", last_name="Role")
    actions.pause(champion=champion.champion, by=secret)
    secret.hidden = True
    secret.save(update_fields=["hidden"])
    for reader in (coordinator, hr):
        page = text_of(browse_as(reader).get(page_of(champion.champion)))
        assert "Somebody took them off the directory for a break" in page
        assert "Covert" not in page


def test_a_hidden_champions_page_opens_to_hr_alone(browse_as, coordinator, hr, champion):
    change_person(person=champion, by=None, hidden=True)
    assert browse_as(coordinator).get(page_of(champion.champion)).status_code == 404
    assert browse_as(hr).get(page_of(champion.champion)).status_code == 200


def test_a_long_life_costs_as_many_queries_as_a_short_one(browse_as, coordinator, champion, station):
    client = browse_as(coordinator)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(champion.champion))
        return len(queries)

    actions.set_coverage(champion=champion.champion, stations=[station, StationFactory()], by=coordinator)
    count()
    short = count()
    for _ in range(3):
        actions.set_coverage(champion=champion.champion, stations=[station, StationFactory()], by=coordinator)
        actions.pause(champion=champion.champion, by=champion)
        actions.resume(champion=champion.champion, by=coordinator)
    assert count() == short


# --- What the database refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("champion_serves_since_a_day", {"serving_since": None}),
        ("champion_term_while_serving", {"state": "waiting", "supervision_due": None, "term_ends": date(2030, 1, 1)}),
        ("champion_term_ends_after_it_began", {"term_ends": date(2020, 1, 1)}),
        ("champion_supervised_while_serving", {"state": "stepped_down"}),
    ],
)
def test_pairs_that_cannot_be(champion, constraint, values):
    with pytest.raises(IntegrityError, match=constraint):
        Champion.objects.update(**values)


def test_only_a_lead_is_handed_over(champion, station):
    other = champion_at(station)
    with pytest.raises(IntegrityError, match="coverage_hands_over_a_lead"):
        Coverage.objects.filter(champion=other).update(lead_handed_on=TODAY())


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2023, 1, 31), date(2026, 3, 31), "3 years and 2 months"),
        (date(2025, 1, 1), date(2026, 1, 1), "1 year"),
        (date(2026, 1, 15), date(2026, 3, 14), "1 month"),
        (date(2026, 1, 15), date(2026, 2, 14), ""),
    ],
)
def test_how_long_somebody_served_in_words(since, until, words):
    assert length(since, until) == words


def test_rules_as_shipped_give_a_term_and_ask_for_vetting():
    assert (Rules().term_months, Rules().needs_vetting, Rules().supervision_weeks) == (24, True, 12)
