"""Stepping down: handed over in the same step, thanked, and known to nobody whom it does not concern."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from champions import actions
from champions.models import Champion, Coverage, Farewell
from tests.champions.test_life import MINE, TODAY
from tests.champions.test_life_network import text_of
from tests.champions.test_two_at_once import at_once, leads
from tests.databases import as_superuser, the_worker
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.training import course, session_of
from tests.reminders.outbox import reminders, send, shown_to, sweep
from wellbeing.people.models import Change
from wellbeing.reminders.actions import open_calendar
from wellbeing.training.actions import places
from wellbeing.training.models import Place, Purpose
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

STEP_DOWN, THANKS, NEW_LEAD = "/champions/me/step-down/", "/champions/me/thank-you/", "/champions/me/leads/"


@pytest.fixture
def managed(champion, ben):
    """Aaron, whose line manager is Ben."""
    champion.line_manager = ben
    champion.save(update_fields=["line_manager"])
    return champion


@pytest.fixture
def bea(station):
    return champion_at(station, person=PersonFactory(known_as="Bea", last_name="Ward", station=station)).person


def stepped_down(client, **ticked):
    return client.post(STEP_DOWN, ticked, follow=True)


# --- One action -----------------------------------------------------------------------------------------


def test_one_action_hands_the_stations_over_ends_standing_in_and_thanks(browse_as, champion, bea, station):
    deal = StationFactory(name="Deal")
    actions.set_coverage(champion=champion.champion, stations=[station, deal], by=champion)
    actions.make_lead(champion=champion.champion, station=deal, by=champion)
    away = {"first_day": TODAY(), "last_day": TODAY() + timedelta(days=5), "cover": champion.champion}
    actions.go_away(champion=bea.champion, by=bea, **away)
    Champion.objects.filter(person=champion).update(serving_since=TODAY() - timedelta(days=3 * 366 + 62))
    client = browse_as(champion)
    question = client.get(STEP_DOWN)
    assert "Who leads the champions at Ashford after you?" in text_of(question)
    assert "Nobody yet: the coordinator looks for somebody" in text_of(question)
    assert "No other champion covers this station." in text_of(question)
    thanked = stepped_down(client, **{f"lead_{station.pk}": bea.champion.pk})
    assert thanked.redirect_chain == [(THANKS, 302)]
    assert "Thank you for 3 years and 2 months" in text_of(thanked)
    assert leads(station) == [bea.champion]
    assert leads(deal) == []
    entry = Champion.objects.get(person=champion)
    assert (entry.state, entry.term_ends, entry.supervision_due) == ("stepped_down", None, None)
    assert Champion.objects.get(person=bea).cover is None
    assert stepped_down(client).redirect_chain == [(THANKS, 302)]  # pressed twice, it is one


def test_the_new_lead_is_told_and_hands_it_back_in_one_tap(browse_as, champion, bea, station, hr, coordinator):
    stepped_down(browse_as(champion), **{f"lead_{station.pk}": bea.champion.pk})
    assert "You are now the central contact for Ashford." in shown_to(bea)
    client = browse_as(bea)
    for page in (NEW_LEAD, MINE):
        assert "You are now the central contact for Ashford" in text_of(client.get(page))
    coverage = Coverage.objects.live().get(is_lead=True)
    client.post(f"{NEW_LEAD}{coverage.pk}/", {"answer": "back"})
    assert leads(station) == []
    assert "You are now the central contact for Ashford." not in shown_to(bea)
    for keeper in (hr, coordinator):
        for page in ("/", "/champions/network/"):
            assert "1 station has champions and no lead" in text_of(browse_as(keeper).get(page))
    client.post(f"{NEW_LEAD}{coverage.pk}/", {"answer": "back"})  # pressed twice
    assert "Nothing waits for your answer." in text_of(client.get(NEW_LEAD))


def test_the_new_lead_takes_it_on(browse_as, champion, bea, station):
    stepped_down(browse_as(champion), **{f"lead_{station.pk}": bea.champion.pk})
    client = browse_as(bea)
    said = client.post(f"{NEW_LEAD}{Coverage.objects.live().get(is_lead=True).pk}/", {"answer": "keep"}, follow=True)
    assert "You are the central contact for Ashford." in text_of(said)
    assert leads(station) == [bea.champion]
    assert Coverage.objects.live().get(is_lead=True).lead_handed_on is None


def test_nobody_answers_for_another(browse_as, champion, bea, station, asha):
    stepped_down(browse_as(champion), **{f"lead_{station.pk}": bea.champion.pk})
    address = f"{NEW_LEAD}{Coverage.objects.live().get(is_lead=True).pk}/"
    other = champion_at(station).person
    for person in (asha, other, champion):
        assert browse_as(person).post(address, {"answer": "back"}).status_code == 404
    assert leads(station) == [bea.champion]


def test_places_in_a_refresher_are_kept_unless_given_back(browse_as, champion):
    refresher = course("Refresher", purpose=Purpose.REFRESHER)
    sessions = [session_of(refresher, capacity=3, in_days=days) for days in (5, 9)]
    with acting_as(champion):
        kept, given = [places.book(session=session, by=champion) for session in sessions]
    client = browse_as(champion)
    assert text_of(client.get(STEP_DOWN)).count("Refresher,") == 2
    stepped_down(client, give_back=[str(given.pk)])
    with acting_as(champion):
        assert Place.objects.get(pk=kept.pk).state == "booked"
        assert Place.objects.get(pk=given.pk).state == "withdrawn"


def test_somebody_who_no_longer_covers_the_station_is_not_made_its_lead(browse_as, champion, bea, station):
    actions.set_coverage(champion=bea.champion, stations=[], by=bea)
    page = stepped_down(browse_as(champion), **{f"lead_{station.pk}": bea.champion.pk})
    assert "They can no longer lead this station. Choose again." in text_of(page)
    assert leads(station) == [champion.champion]
    with pytest.raises(ValidationError, match="does not cover"):
        actions.step_down(champion=champion.champion, by=champion, leads={station: bea.champion})
    assert Champion.objects.get(person=champion).state == "active"


def test_thanks_are_for_those_who_were_champions(browse_as, asha, champion):
    for person in (asha, champion):
        assert browse_as(person).get(THANKS).status_code == 404


# --- What the manager learns ------------------------------------------------------------------------------


def test_with_the_tick_the_manager_is_told_and_nobody_else(browse_as, managed, ben, chidi, hr):
    stepped_down(browse_as(managed), tell_manager="on")
    assert "Aaron Pearce has stepped down as a champion, and wanted you to know." in shown_to(ben)
    for other in (chidi, hr):
        assert shown_to(other) == []
        with acting_as(other):
            assert not Farewell.objects.exists()


def rows_that_name(person) -> dict[str, int]:
    """In how many rows of which table this person is named."""
    found = {}
    with as_superuser(connection.settings_dict["NAME"]) as cursor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.related_model is type(person):
                    table, column = model._meta.db_table, field.column
                    cursor.execute(f'select count(*) from "{table}" where "{column}" = %s', [person.pk])
                    found[f"{table}.{column}"] = cursor.fetchone()[0]
    return found


def test_without_the_tick_nothing_whatever_reaches_the_manager(browse_as, managed, ben, bea, station, mailoutbox):
    ben.station = None  # the directory shows everybody, him too, who is a champion where he works
    ben.save(update_fields=["station"])
    with acting_as(ben):
        calendar = f"/reminders/calendar/{open_calendar(by=ben)}.ics"
    manager = browse_as(ben)
    pages = ("/", "/mentoring/", f"/mentoring/people/{managed.pk}/", "/reminders/")

    def seen() -> list[str]:
        answers = [text_of(answer) for answer in map(manager.get, pages)]
        return [*answers, manager.get(calendar).content.decode()]

    sweep()
    seen()
    before, lines, reads = rows_that_name(ben), Change.objects.filter(by=ben).count(), seen()
    stepped_down(browse_as(managed), **{f"lead_{station.pk}": bea.champion.pk})
    sweep()
    send()
    assert rows_that_name(ben) == before
    assert Change.objects.filter(by=ben).count() == lines
    assert seen() == reads
    assert not Farewell.objects.exists()
    assert reminders(person=ben) == []
    assert [mail for mail in mailoutbox if ben.email in mail.to] == []


def test_somebody_else_who_ends_their_time_tells_no_manager(managed, hr):
    actions.step_down(champion=managed.champion, by=hr, tell_manager=True)
    with the_worker():
        assert not Farewell.objects.exists()


def test_the_box_is_there_for_those_who_have_a_manager_and_off(browse_as, managed, bea):
    with_one, without = (browse_as(person).get(STEP_DOWN).content.decode() for person in (managed, bea))
    assert 'name="tell_manager"' in with_one
    assert "checked" not in with_one.partition('name="tell_manager"')[2].partition(">")[0]
    assert 'name="tell_manager"' not in without


def test_the_database_takes_a_farewell_from_the_person_to_their_own_manager_alone(managed, ben, chidi, hr):
    for by, told in ((managed, chidi), (hr, ben), (ben, ben)):
        with pytest.raises(Exception, match=r"row-level security|farewell_is_told"), acting_as(by):
            Farewell.objects.create(person=managed if by != ben else ben, manager=told)
    insert = "insert into champions_farewell values (gen_random_uuid(), current_date, %s, %s)"
    with as_superuser(connection.settings_dict["NAME"]) as cursor, pytest.raises(Exception, match="farewell_is_told"):
        cursor.execute(insert, [ben.pk, ben.pk])


def test_what_was_told_and_held_long_ago_is_taken_away(managed, ben, coordinator, lead):
    long_ago = TODAY() - timedelta(days=4000)
    with acting_as(coordinator):
        actions.note_supervision(champion=managed.champion, by=coordinator, held_on=long_ago, with_whom=lead)
        actions.note_supervision(champion=managed.champion, by=coordinator, held_on=TODAY(), with_whom=lead)
    with acting_as(managed):
        actions.step_down(champion=managed.champion, by=managed, tell_manager=True)
    from champions.actions import supervision

    with the_worker():
        assert supervision.purge(before=timezone.now() - timedelta(days=2000)) == 1
        assert supervision.purge_farewells(before=timezone.now() - timedelta(days=1)) == 0
        assert supervision.purge_farewells(before=timezone.now() + timedelta(days=1)) == 1


# --- Two at once --------------------------------------------------------------------------------------------


def test_two_who_step_down_at_once_and_hand_to_each_other_leave_nobody_leading_who_is_gone(champion, station):
    for _ in range(4):
        deal = StationFactory()
        first, second = champion_at(station, deal, leads=[station]), champion_at(station, deal, leads=[deal])
        refused = []

        def step(entry, leads, refused=refused):
            try:
                actions.step_down(champion=Champion.objects.get(pk=entry.pk), by=entry.person, leads=leads)
            except ValidationError as refusal:
                refused.append(refusal)

        at_once(
            lambda first=first, second=second: step(first, {station: Champion.objects.get(pk=second.pk)}),
            lambda first=first, second=second, deal=deal: step(second, {deal: Champion.objects.get(pk=first.pk)}),
        )
        assert len(refused) == 1
        states = sorted(Champion.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True))
        assert states == ["active", "stepped_down"]
        (stays,) = Champion.objects.filter(pk__in=[first.pk, second.pk], state="active")
        assert leads(station) == leads(deal) == [stays]
        actions.step_down(champion=stays, by=stays.person)


# --- Leavers and movers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{"left": timezone.localdate}, {"station_id": lambda: StationFactory().pk}])
def test_a_lead_who_leaves_or_moves_is_a_gap_on_the_first_page_of_hr_and_the_coordinator_at_once(
    browse_as, champion, bea, station, hr, coordinator, asha, values
):
    from wellbeing.people.actions import change_person

    change_person(person=champion, by=hr, **{name: value() for name, value in values.items()})
    assert leads(station) == []
    assert "Aaron Pearce" not in text_of(browse_as(asha).get("/champions/stations/ashford/"))
    for keeper in (hr, coordinator):
        assert "1 station has champions and no lead" in text_of(browse_as(keeper).get("/"))
    assert "no lead" not in text_of(browse_as(asha).get("/"))


# --- The office -------------------------------------------------------------------------------------------------


def test_the_office_gives_no_station_and_no_term_to_somebody_who_only_waits(browse_as, coordinator, asha, station):
    from tests.champions.test_admin import FORM, rows

    entry = Champion.objects.create(person=asha, state="waiting")
    client, page = browse_as(coordinator), f"/admin/champions/champion/{entry.pk}/change/"
    refused = client.post(page, FORM | rows((station, False)))
    assert "is not a champion now" in refused.content.decode()
    refused = client.post(page, FORM | rows() | {"term_ends": "2030-01-01"})
    assert "A term is set for somebody who is a champion now." in refused.content.decode()
    for move in ("take_a_break", "list_again", "step_down"):
        client.post("/admin/champions/champion/", {"action": move, "_selected_action": [entry.pk]})
    entry.refresh_from_db()
    assert (entry.state, entry.term_ends, entry.coverage.count()) == ("waiting", None, 0)
