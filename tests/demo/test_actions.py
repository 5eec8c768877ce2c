"""What the demonstration holds. Loaded once as `make demo-data` does, with the fewest people there can be."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F

from champions.models import Champion, Coverage
from champions.models import State as ChampionState
from mentoring.models import Mentor
from mentoring.queries.absences import away_reports
from spocs.models import Spoc
from spocs.queries import stories
from tests.demo.fixtures import roster
from wellbeing.demo import network, workforce
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person, Station
from wellbeing.sharing import files
from wellbeing.sharing import queries as sharing
from wellbeing.support import shipped_guidance
from wellbeing.support.models import Guidance, Service
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def test_there_are_as_many_people_as_were_asked_for_with_numbers_from_500000_up(demo):
    numbers = [int(number) for number in Person.objects.values_list("staff_number", flat=True)]

    assert sorted(numbers) == list(range(500_000, 500_000 + workforce.SMALLEST))


def test_everybody_but_the_chief_has_a_line_manager_and_nobody_too_many_reports(demo):
    assert [person.rank_or_grade for person in Person.objects.filter(line_manager=None)] == ["CC"]
    reports = Counter(Person.objects.exclude(line_manager=None).values_list("line_manager", flat=True))
    assert max(reports.values()) <= 10


def test_officers_are_managed_by_the_next_ranks_up(demo):
    pairs = set(Person.objects.values_list("rank_or_grade", "line_manager__rank_or_grade"))

    assert {("PC", "Sgt"), ("Sgt", "Insp"), ("Insp", "Ch Insp"), ("Ch Insp", "Supt")} <= pairs
    assert {("Supt", "Ch Supt"), ("Ch Supt", "ACC"), ("ACC", "CC"), ("Grade F", "Grade H")} <= pairs
    assert {above for rank, above in pairs if rank == "PC"} == {"Sgt"}


def test_sergeants_work_where_their_constables_do(demo):
    constables = Person.objects.filter(rank_or_grade="PC")

    assert not constables.exclude(station=F("line_manager__station")).exists()


def test_exactly_two_stations_have_no_champion_and_every_other_has_a_lead(demo):
    covered = Coverage.objects.live().filter(champion__in=Champion.objects.listed())
    without = set(Station.objects.exclude(coverage__in=covered).values_list("name", flat=True))
    assert without == set(network.UNCOVERED)
    led = set(Coverage.objects.live().filter(is_lead=True).values_list("station__name", flat=True))
    assert len(led) >= Station.objects.count() - len(without) - 5


def test_champions_are_in_every_state_those_away_with_cover_and_some_there_at_night(demo):
    states = Champion.objects.values_list("state", flat=True)

    assert set(states) == set(ChampionState.values)
    assert not Champion.objects.filter(state=ChampionState.AWAY, cover=None).exists()
    assert 0 < Champion.objects.listed().filter(by_night=True).count() < Champion.objects.listed().count()


def test_there_are_45_spocs_one_of_them_on_a_break_and_mentors_of_both_kinds(demo):
    assert Spoc.objects.listed().count() == 44
    assert not Spoc.objects.listed().filter(consents=None).exists()
    assert Counter(Mentor.objects.values_list("kind", flat=True)) == {"career": 12, "welfare": 12}


def test_four_stories_are_published_one_without_a_name_and_a_fifth_waits_for_the_coordinator(demo):
    coordinator = Person.objects.get(staff_number=CAST["coordinator"].staff_number)
    with acting_as(coordinator):
        told, waiting = list(stories.published()), list(stories.to_review(coordinator))
    assert sorted(story.name_shown for story in told) == ["first", "full", "full", "none"]
    assert all(story.topics.all() for story in [*told, *waiting])
    assert [story.shown_name for story in waiting] == ["Asha"]


def test_nobody_invented_can_be_rung_or_written_to(demo):
    for number, email in Person.objects.values_list("work_phone", "email"):
        assert number.startswith(("01632 960", "07700 900"))  # Ofcom keeps these for drama
        assert email.endswith("@force.example")


def test_the_manager_of_the_cast_manages_the_officer_of_the_cast(demo):
    asha = Person.objects.get(staff_number=CAST["staff"].staff_number)

    assert asha.line_manager.name == CAST["manager"].name


def test_some_of_their_people_are_away_and_contact_with_one_is_in_hand(demo):
    manager = Person.objects.get(staff_number=CAST["manager"].staff_number)
    with acting_as(manager):
        away = away_reports(manager)

    assert CAST["away"].name in [one.absence.subject.name for one in away if one.plan]
    assert [one.plan for one in away].count(None) == 1


def test_the_champion_of_the_cast_leads_a_station_and_has_a_refresher_falling_due(demo, today):
    champion = Champion.objects.get(person__staff_number=CAST["champion"].staff_number)

    assert champion.coverage.get().is_lead
    assert 0 < (champion.refresher_due - today).days <= 30


def test_every_service_with_a_number_is_verified_but_one_and_one_waits_too_long(demo, today):
    numbers = Service.objects.exclude(phone="", text_number="")

    assert [service.name for service in numbers.filter(verified_on=None)] == ["National Gambling Helpline"]
    assert [service.name for service in Service.objects.filter(review_on__lt=today)] == ["StepChange"]
    assert Service.objects.filter(divisions__slug="east").count() == 1
    assert {service.kind for service in Service.objects.all()} == {"service", "nhs", "network", "association"}


def test_every_role_has_a_holder(demo):
    for member in CAST.values():
        held = Person.objects.get(staff_number=member.staff_number).assigned_roles
        assert held == ({member.role} if member.role else set())


def test_the_coordinator_of_the_cast_looks_after_two_pages_one_to_be_checked_in_ten_days(demo, today):
    theirs = Guidance.objects.published().filter(owner__staff_number=CAST["coordinator"].staff_number)

    assert Guidance.objects.published().filter(is_policy=False).count() == len(shipped_guidance.pages())
    assert Guidance.objects.published().filter(is_policy=True).count() == 2
    assert sorted((page.review_on - today).days for page in theirs)[0] == 10
    assert theirs.count() == 2


def test_loading_a_second_time_changes_nothing(demo, capsys):
    before = roster()

    call_command("demo_data")

    assert "Demo data stand: 400 people" in capsys.readouterr().out
    assert roster() == before


def test_another_number_of_people_is_refused_with_what_to_do(demo):
    with pytest.raises(CommandError, match="There are 400 demo people here, not 500"):
        call_command("demo_data", people=500)
    assert Person.objects.count() == 400


@pytest.mark.parametrize("number", [400, 437, 1000, 7000])
def test_the_tree_has_exactly_as_many_jobs_as_asked_for(number):
    stations = [f"Station {each}" for each in range(25)]

    levels = workforce.jobs(number, stations)

    assert sum(map(len, levels)) == number
    for upper, lower in pairwise(levels):
        assert all(any(job.above is above for above in upper) for job in lower[:20])


def test_what_is_shared_with_other_forces_names_nobody_on_the_roster(demo):
    """Whoever is on it: by name, number or mail; the plan has an owner among them."""
    shared = [entry for entry in sharing.entries(divisions=True) if not entry.findings]
    words = files.written(sharing.learning(shared))
    people = Person.objects.values_list("known_as", "last_name", "staff_number", "email")
    named = [one for one in people if f"{one[0]} {one[1]}" in words or one[2] in words or one[3] in words]
    assert named == []
    assert len([entry for entry in shared if entry.kind == "plan"]) == 8
    assert len([entry for entry in shared if entry.kind == "guidance"]) > 5


def test_the_cast_is_told_on_the_terminal(demo, capsys):
    call_command("demo_cast")

    said = capsys.readouterr().out
    assert "http://localhost" in said
    for member in CAST.values():
        assert member.key in said
        assert member.name in said


def test_too_few_people_are_refused_in_a_sentence(client):
    with pytest.raises(ValueError, match="at least 400 people"):
        workforce.jobs(399, ["Ashford"])


def test_the_token_is_for_its_owners_eyes(demo):
    assert Path(settings.VAR_DIR, "demo-token").stat().st_mode & 0o077 == 0
