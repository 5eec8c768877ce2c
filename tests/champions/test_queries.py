"""Who is found, in which order, and who is never shown."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions, policy, queries
from champions.models import Champion
from champions.queries import Search
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory
from wellbeing.people.actions import change_person, record_death, remember_spelling

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return DivisionFactory(name="East")


@pytest.fixture
def places(east):
    """Ashford alone in its district of East; Deal and Dover in one district; Dartford in North."""
    north = DivisionFactory(name="North")
    return {
        "Ashford": StationFactory(name="Ashford", division=east, district="Ashford"),
        "Deal": StationFactory(name="Deal", division=east, district="Dover"),
        "Dover": StationFactory(name="Dover", division=east, district="Dover"),
        "Dartford": StationFactory(name="Dartford", division=north, district="Dartford"),
    }


def named(known_as, *stations, last_name="Example", **entry):
    person = PersonFactory(known_as=known_as, last_name=last_name, station=stations[0] if stations else None)
    return champion_at(*stations, person=person, **entry)


def found(**search) -> list[str]:
    return [card.known_as for card in queries.directory(Search(**search)).champions]


def test_a_name_is_found_by_the_beginning_of_its_words(places):
    named("Aaron", places["Deal"], last_name="Pearce")
    named("Paula", places["Deal"], last_name="Aaronson")
    assert found(text="aaron pea") == ["Aaron"]
    assert sorted(found(text="AARON")) == ["Aaron", "Paula"]
    assert found(text="earce") == []


def test_a_station_is_found_by_the_beginning_of_its_name_and_by_a_remembered_spelling(places, hr):
    named("Dee", places["Deal"])
    remember_spelling(spelling="Deel nick", station=places["Deal"], by=hr)
    assert found(text="dea") == found(text="deel  nick") == ["Dee"]


def test_a_name_typed_without_its_accents_is_found(places):
    named("Sinéad", places["Deal"])
    named("Noël", places["Deal"], last_name="Núñez")
    assert [card.known_as for card in queries.directory(Search("sinead")).champions] == ["Sinéad"]
    assert [card.known_as for card in queries.directory(Search("noel nunez")).champions] == ["Noël"]
    assert [card.known_as for card in queries.directory(Search("NÚÑEZ")).champions] == ["Noël"]


def test_a_name_is_looked_up_by_its_index_and_not_in_every_champions_row(places):
    with CaptureQueriesContext(connection) as asked:
        found(text="aaron", near=places["Deal"])
    (statement,) = (query["sql"] for query in asked if "candidate" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of the few people here, all are read more quickly
        cursor.execute(f"EXPLAIN {statement}")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "person_folded_known_as" in plan
    assert "person_folded_last_name" in plan


def test_the_first_few_are_those_of_the_directory(places):
    for number in range(4):
        named("Aaron", places["Deal"], last_name=f"Pearce{number}")
    search = Search(text="pearce", near=places["Dover"])
    assert queries.first(search, 3) == queries.directory(search).champions[:3]


def test_a_station_is_found_with_the_words_police_station_behind_it(places):
    dee = named("Dee", places["Deal"])
    assert [card.id for card in queries.directory(Search("Deal police station")).champions] == [dee.pk]


def test_what_was_typed_is_never_a_pattern(places):
    named("Dee", places["Deal"])
    assert found(text="%") == found(text="_ee") == []


def test_a_division_finds_whoever_covers_a_station_in_it(places, east):
    named("Dee", places["Deal"])
    named("Travis", places["Dartford"], places["Dover"])
    named("Nora", places["Dartford"])
    assert sorted(found(division=east)) == ["Dee", "Travis"]


def test_day_and_night(places):
    named("Daisy", places["Deal"], by_day=True, by_night=False)
    named("Nate", places["Deal"], by_day=False, by_night=True)
    named("Bo", places["Deal"], by_day=True, by_night=True)
    assert sorted(found(when="night")) == ["Bo", "Nate"]
    assert sorted(found(when="day")) == ["Bo", "Daisy"]


def test_the_nearest_stand_first(places):
    named("Far", places["Dartford"])
    named("Division", places["Ashford"])
    named("District", places["Dover"])
    named("Here", places["Deal"])
    assert found(near=places["Deal"]) == ["Here", "District", "Division", "Far"]


def test_among_the_equally_near_nobody_is_always_first(places):
    for name in ("Ann", "Bob", "Cy"):
        named(name, places["Deal"])
    firsts = set()
    for day in range(40):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            assert found() == found()
            firsts.add(found()[0])
    assert firsts == {"Ann", "Bob", "Cy"}


def test_pages_show_everybody_once(places):
    for number in range(queries.PAGE_SIZE + 3):
        named(f"No{number}", places["Deal"])
    search = Search(when="day")
    first, second = (queries.directory(search, page) for page in (1, 2))
    assert (len(first.champions), first.has_next, first.count) == (25, True, 28)
    assert (len(second.champions), second.has_next, second.count) == (3, False, 28)
    assert len({card.id for card in [*first.champions, *second.champions]}) == 28


# --- A station --------------------------------------------------------------------------------------------


def test_at_a_station_the_lead_stands_first_and_whoever_is_away_last(places):
    deal, today = places["Deal"], timezone.localdate()
    away = named("Away", deal)
    actions.go_away(champion=away, first_day=today, last_day=today, by=None)
    named("Plain", deal)
    lead = named("Leader", deal)
    actions.make_lead(champion=lead, station=deal, by=None)
    assert [card.known_as for card in queries.for_station(deal)] == ["Leader", "Plain", "Away"]


def test_a_lead_who_is_away_stands_last_like_everybody_away(places):
    lead, other = named("Lena", places["Ashford"]), named("Otto", places["Ashford"])
    actions.make_lead(champion=lead, station=places["Ashford"], by=None)
    today = timezone.localdate()
    actions.go_away(champion=lead, by=lead.person, first_day=today, last_day=today, cover=other)

    assert [card.known_as for card in queries.for_station(places["Ashford"])] == ["Otto", "Lena"]


def test_at_most_three_unless_told(places):
    for number in range(4):
        named(f"No{number}", places["Deal"])
    assert len(queries.for_station(places["Deal"])) == 3
    assert len(queries.for_station(places["Deal"], limit=None)) == 4


def test_where_nobody_is_the_nearest_are_offered_with_the_reason(places):
    named("Far", places["Dartford"])
    named("Division", places["Ashford"])
    named("District", places["Dover"])
    nearest = [(near.champion.known_as, near.reason) for near in queries.nearest_cover(places["Deal"])]
    assert nearest == [
        ("District", "covers from Dover, same district"),
        ("Division", "covers from Ashford, same division"),
        ("Far", "covers from Dartford, North"),
    ]


def test_the_reason_names_the_nearest_of_several_stations(places):
    named("Travis", places["Dartford"], places["Dover"])
    assert queries.nearest_cover(places["Deal"])[0].reason == "covers from Dover, same district"


def test_stations_without_a_district_are_no_nearer_for_it(east):
    here, there = (StationFactory(name=name, division=east, district="") for name in ("Here", "There"))
    named("Theo", there)
    assert queries.nearest_cover(here)[0].reason == "covers from There, same division"


# --- Who is never shown --------------------------------------------------------------------------------------

TODAY = timezone.localdate


@pytest.mark.parametrize(
    "goes",
    [
        lambda entry: change_person(person=entry.person, by=None, hidden=True),
        lambda entry: change_person(person=entry.person, by=None, left=TODAY()),
        lambda entry: record_death(person=entry.person, by=None, on=TODAY()),
        lambda entry: actions.pause(champion=entry, by=None),
        lambda entry: actions.step_down(champion=entry, by=None),
    ],
    ids=["hidden", "left", "died", "on a break", "stepped down"],
)
def test_nowhere_is_shown_whoever_is(goes, places, asha):
    deal, dover = places["Deal"], places["Dover"]
    entry = named("Gone", deal, last_name="Away")
    other = named("Other", dover)
    actions.go_away(champion=other, first_day=TODAY(), last_day=TODAY(), cover=entry, by=None)
    goes(entry)
    assert found(text="Gone") == found(text="Deal") == []
    assert found() == ["Other"]
    assert queries.for_station(deal) == []
    assert [near.champion.id for near in queries.nearest_cover(deal)] == [other.pk]
    assert list(queries.possible_covers(other)) == []
    assert policy.visible_to(asha).filter(pk=entry.pk).count() == 0
    assert queries.shown(Champion.objects.filter(pk=other.pk)).get().stand_in is None
    assert queries.for_station(dover)[0].stand_in is None


def test_somebody_whose_last_day_has_passed_overnight_is_gone_before_any_task_runs(places):
    entry = named("Gone", places["Deal"])
    change_person(person=entry.person, by=None, left=TODAY() + timedelta(1))
    assert found() == ["Gone"]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert found() == []


def test_nobody_is_visible_without_signing_in(champion):
    assert not policy.visible_to(AnonymousUser()).exists()


# --- What is missing --------------------------------------------------------------------------------------------


def test_gaps_name_stations_without_champion_or_lead_and_champions_without_station(places):
    named("Dee", places["Deal"])
    lead = named("Dora", places["Dover"])
    actions.make_lead(champion=lead, station=places["Dover"], by=None)
    adrift = named("Adrift")
    StationFactory(name="Shut", closed=True)
    assert [station.name for station in queries.stations_without_champion()] == ["Ashford", "Dartford"]
    assert [station.name for station in queries.stations_without_lead()] == ["Deal"]
    assert list(queries.champions_without_station()) == [adrift]


def test_whoever_is_on_a_break_fills_no_gap(champion, station):
    assert list(queries.stations_without_champion()) == []
    actions.pause(champion=champion.champion, by=champion)
    assert list(queries.stations_without_champion()) == [station]
