"""Who holds what they must hold, in numbers for those who answer for it, by name for whoever keeps the roster."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.people import DivisionFactory, PersonFactory, StationFactory
from tests.factories.training import course, requirement, session_of
from tests.training.standing import booked, completed, supervisor
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.training.actions import requirements
from wellbeing.training.models import Requirement, Standing

pytestmark = pytest.mark.django_db(transaction=True)

PAGE, PEOPLE, FILE = "/training/compliance/", "/training/compliance/people/", "/training/compliance/people.csv"
ADD = "/admin/training/requirement/add/"
OTHERS = ("asha", "ben", "champion", "spoc", "secretary", "guardian", "dpo", "technical_admin", "superuser")


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def table(answer) -> dict[str, list[int]]:
    """The numbers of the page's table, by the name of the line."""
    rows = re.findall(r'<tr role="row"[^>]*>(.*?)</tr>', answer.content.decode(), re.S)
    cells = [[" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
             for row in rows]  # fmt: skip
    return {row[0].partition(",")[0]: [int(cell) for cell in row[1:]] for row in cells[1:]}


@pytest.fixture
def required(db):
    return requirement(
        course("Mental health training", valid_months=24), line_managers=False, ranks=["Insp"], within_days=90
    )


@pytest.fixture
def force(required, as_owner, station):
    """Supervisors at three stations of two divisions, and one without a station; one of them under cover."""
    session = session_of(required.course)
    south = StationFactory(name="Deal", division=DivisionFactory(name="South"))
    dover = StationFactory(name="Dover", division=south.division)
    plan = {
        station: [Standing.DONE] * 3 + [Standing.DUE, Standing.EXPIRED],
        south: [Standing.DONE, Standing.BOOKED, Standing.OVERDUE, Standing.OVERDUE],
        dover: [Standing.EXPIRED],
        None: [Standing.DUE],
    }
    for number, (where, standings) in enumerate(plan.items()):
        for place, how in enumerate(standings):
            supervisor(as_owner, session, how, station=where, known_as=f"{how.label}{number}{place}")
    hidden = supervisor(as_owner, session, Standing.EXPIRED, station=dover, known_as="Covert")
    people.change_person(person=Person.objects.get(pk=hidden.pk), by=None, hidden=True)
    return required


# --- Numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["hr", "coordinator", "lead"])
def test_the_numbers_are_what_a_hand_would_count(who, force, browse_as, request):
    browser = browse_as(request.getfixturevalue(who))

    # done, booked, due, overdue, expired, all
    assert table(browser.get(PAGE)) == {
        "North": [3, 0, 1, 0, 1, 5],
        "South": [1, 1, 0, 2, 1, 5],
        "No station": [0, 0, 1, 0, 0, 1],
        "Together": [4, 1, 2, 2, 2, 11],
    }
    assert table(browser.get(PAGE, {"division": "south"})) == {
        "Deal": [1, 1, 0, 2, 0, 4],
        "Dover": [0, 0, 0, 0, 1, 1],
        "Together": [1, 1, 0, 2, 1, 5],
    }


def test_the_chart_says_the_same_as_the_table_in_words_and_in_widths(force, browse_as, lead):
    page = browse_as(lead).get(PAGE).content.decode()

    assert 'aria-label="South: 1 done, 1 booked, 2 overdue, 1 expired"' in page
    bar = page.partition('aria-label="South: ')[2].partition("</svg>")[0]
    assert re.findall(r'width="([\d.]+)".*?#bar-(\w+)', bar) == [
        ("71.6", "done"), ("71.6", "booked"), ("143.2", "overdue"), ("71.6", "expired"),
    ]  # fmt: skip
    assert "36% hold it: 4 of 11 people." in text(browse_as(lead).get(PAGE))


def test_the_page_says_what_its_words_mean_and_what_it_is_never_used_for(force, browse_as, coordinator):
    page = text(browse_as(coordinator).get(PAGE))

    assert "They have done it once, it holds no longer, and they have no place." in page
    assert "It says nothing about anybody’s health" in page
    assert "It is never used to judge how somebody does their work." in page


def test_each_required_course_has_its_own_numbers(force, browse_as, lead, asha, ben):
    other = requirement(course("First aid for minds"))
    requirements.sync()
    page = browse_as(lead).get(PAGE, {"course": other.course_id})

    assert table(page)["Together"] == [0, 0, 1, 0, 0, 1]
    assert f"?course={force.course_id}" in page.content.decode()


def test_while_nothing_is_required_the_page_says_how_to_begin(browse_as, hr, lead):
    assert "Nothing is required of anybody yet" in text(browse_as(lead).get(PAGE))
    assert ADD not in browse_as(lead).get(PAGE).content.decode()
    assert ADD in browse_as(hr).get(PAGE).content.decode()


def test_where_it_concerns_nobody_the_page_says_so(required, browse_as, lead):
    assert "It concerns nobody yet" in text(browse_as(lead).get(PAGE))


# --- Names --------------------------------------------------------------------------------------------


def test_hr_reads_names_by_station_and_state_those_who_do_not_hold_it_first(force, browse_as, hr):
    page = text(browse_as(hr).get(PEOPLE, {"course": force.course_id, "station": "ashford"}))

    assert "5 people." in page
    assert page.index("Expired04") < page.index("Due03") < page.index("Done00")
    assert "Deal" not in page

    only = text(browse_as(hr).get(PEOPLE, {"division": "south", "standing": "overdue"}))
    assert "2 people." in only
    assert "Done10" not in only


def test_people_under_cover_are_named_to_whoever_keeps_the_roster_and_counted_nowhere(force, browse_as, hr):
    assert "Covert role: counted nowhere" in text(browse_as(hr).get(PEOPLE, {"station": "dover"}))
    assert table(browse_as(hr).get(PAGE, {"division": "south"}))["Dover"] == [0, 0, 0, 0, 1, 1]


def test_people_without_a_station_have_their_own_list(force, browse_as, hr):
    assert "1 person." in text(browse_as(hr).get(PEOPLE, {"nowhere": "on"}))


def test_the_file_has_the_same_people_and_no_formula(force, browse_as, hr, as_owner):
    supervisor(as_owner, None, Standing.DUE, known_as="=cmd|1", station=StationFactory(name="Dover"))
    answer = browse_as(hr).get(FILE, {"station": "dover"})

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Name"], row["State"]) for row in rows] == [
        ("Covert Example", "Expired"), ("Expired20 Example", "Expired"), ("'=cmd|1 Example", "Due"),
    ]  # fmt: skip
    assert all(row["Required since"] and row["Due by"] for row in rows)


def test_more_than_a_page_of_people_is_read_page_by_page(required, browse_as, hr, station):
    for number in range(51):
        PersonFactory(rank_or_grade="Insp", station=station, known_as=f"N{number:02}")
    first = text(browse_as(hr).get(PEOPLE, {"station": "ashford"}))
    second = text(browse_as(hr).get(PEOPLE, {"station": "ashford", "page": 2}))

    assert "Page 1 of 2" in first
    assert ("N50" in first, "N50" in second) == (False, True)


# --- Who may --------------------------------------------------------------------------------------------


def test_who_may_open_which(force, asha, answered_otherwise):
    assert answered_otherwise(200, ["hr"], [PAGE, PEOPLE, FILE]) == []
    assert answered_otherwise(200, ["coordinator", "lead"], [PAGE]) == []
    assert answered_otherwise(404, ["coordinator", "lead"], [PEOPLE, FILE]) == []
    assert answered_otherwise(404, OTHERS, [PAGE, PEOPLE, FILE]) == []


def test_lead_and_coordinator_find_no_way_to_names(force, browse_as, lead, coordinator):
    for reader in (lead, coordinator):
        page = browse_as(reader).get(PAGE, {"division": "south"}).content.decode()
        assert PEOPLE not in page
        assert "Example" not in page.partition("<main")[2]


@pytest.mark.parametrize("asked", ["?course=no", "?division=atlantis", "?station=atlantis", "?standing=odd"])
def test_an_address_that_means_nothing_is_not_found(asked, force, browse_as, hr):
    assert browse_as(hr).get(PEOPLE + asked).status_code == 404


@pytest.mark.parametrize("address", [PAGE, PAGE + "?division=north", PEOPLE, FILE])
def test_the_number_of_queries_does_not_grow(address, required, browse_as, hr, as_owner):
    browser, counts = browse_as(hr), []
    browser.get("/guidance/")  # the first page of a session costs more
    for number in (1, 3):
        for _ in range(number):
            division = DivisionFactory(name="North") if number == 1 else DivisionFactory()
            supervisor(as_owner, None, Standing.DUE, station=StationFactory(division=division))
            supervisor(as_owner, session_of(required.course), Standing.EXPIRED)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- HR's part --------------------------------------------------------------------------------------------


def typed(of, **values) -> dict:
    return {"course": of.pk, "line_managers": "on", "ranks": "", "within_days": "60", "is_in_force": "on"} | values


def test_hr_says_who_must_hold_a_course_and_it_concerns_them_at_once(browse_as, hr, asha, ben):
    of = course("Mental health training")
    page = text(browse_as(hr).get(ADD))
    assert "On the roster now: PC, Sgt." in page

    answer = browse_as(hr).post(ADD, typed(of, ranks="  Sgt \n\nsgt\nChief  Insp"), follow=True)

    assert Requirement.objects.get().ranks == ["sgt", "Chief Insp"]
    assert "Nobody on the roster has the rank or grade “Chief Insp” now." in text(answer)
    assert table(browse_as(hr).get(PAGE))["Together"] == [0, 0, 1, 0, 0, 1]


def test_whom_it_concerns_must_be_said_and_what_was_typed_is_kept(browse_as, hr):
    of = course("Mental health training")
    values = typed(of, within_days="7")
    del values["line_managers"]

    page = browse_as(hr).post(ADD, values)

    assert "Say whom it concerns: line managers, some ranks, or both." in text(page)
    assert 'value="7"' in page.content.decode()
    assert not Requirement.objects.exists()


def test_hr_changes_and_ends_a_requirement(browse_as, hr, asha, ben, required):
    address = f"/admin/training/requirement/{required.pk}/change/"
    browse_as(hr).post(address, typed(required.course, ranks="Sgt"))
    assert table(browse_as(hr).get(PAGE))["Together"][-1] == 1
    values = typed(required.course)
    del values["is_in_force"]
    browse_as(hr).post(address, values)
    assert "Nothing is required of anybody yet" in text(browse_as(hr).get(PAGE))


def test_nobody_else_says_who_must_hold_what(browse_as, request):
    of = course("Mental health training")
    for who in sorted({*OTHERS, "coordinator", "lead"} - {"superuser"}):
        browse_as(request.getfixturevalue(who)).post(ADD, typed(of))
        assert not Requirement.objects.exists(), who
    browse_as(request.getfixturevalue("superuser")).post(ADD, typed(of))
    assert Requirement.objects.exists()


def test_the_first_page_of_the_admin_points_out_what_has_run_out(force, browse_as, hr, lead, dpo):
    for reader in (hr, lead):
        page = browse_as(reader).get("/admin/")
        assert "Required training of 2 people has run out and of 2 people is overdue" in text(page)
        assert "Mental health training: 4" in text(page)
        assert PAGE in page.content.decode()
    assert "Required training" not in text(browse_as(dpo).get("/admin/"))


def test_where_everybody_holds_it_nothing_is_pointed_out(required, browse_as, hr, as_owner):
    somebody = PersonFactory(rank_or_grade="Insp")
    completed(as_owner, somebody, required.course)
    booked(as_owner, PersonFactory(rank_or_grade="Insp"), session_of(required.course))

    assert "has run out" not in text(browse_as(hr).get("/admin/"))
