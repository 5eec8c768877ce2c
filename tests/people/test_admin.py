"""The roster, its places and roles in the admin: who may do what, and what comes back when it cannot be."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory, the_force
from wellbeing.people import actions
from wellbeing.people.models import Change, Division, Force, Person, RoleAssignment, Station, StationSpelling

PEOPLE = "/admin/people/person/"
ROLES = "/admin/people/roleassignment/"
IMPORT = "/admin/people/rosterimport/add/"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def typed(person, **values) -> dict:
    """What HR's form for this person posts, with `values` typed over."""
    stored = Person.objects.get(pk=person.pk)
    row = {
        "staff_number": stored.staff_number,
        "known_as": stored.known_as,
        "last_name": stored.last_name,
        "email": stored.email,
        "rank_or_grade": stored.rank_or_grade,
        "employment_type": stored.employment_type,
        "station": stored.station_id or "",
        "line_manager": stored.line_manager.staff_number if stored.line_manager else "",
        "line_manager_outside": stored.line_manager_outside,
        "work_phone": stored.work_phone,
        "joined": stored.joined or "",
        "left": stored.left or "",
    }
    return {**row, **values}


def change(browser, person, **values):
    return browser.post(f"{PEOPLE}{person.pk}/change/", typed(person, **values))


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("hr", {"person": 200, "station": 200, "force": 200, "roleassignment": 200, "rosterimport": 200}),
        ("hr", {"change": 403}),
        ("coordinator", {"person": 200, "station": 200, "force": 403, "roleassignment": 200, "rosterimport": 403}),
        ("lead", {"person": 200, "roleassignment": 200, "rosterimport": 403, "change": 403}),
        ("dpo", {"person": 200, "roleassignment": 200, "change": 200, "rosterimport": 403}),
        ("technical_admin", {"person": 403, "roleassignment": 403, "change": 403, "rosterimport": 403}),
        ("asha", {"person": 403, "station": 403, "roleassignment": 403, "change": 403}),
    ],
)
def test_each_role_opens_its_own_pages_and_no_other(who, pages, request, browse_as):
    browser = browse_as(request.getfixturevalue(who))

    assert {page: browser.get(f"/admin/people/{page}/").status_code for page in pages} == pages


@pytest.mark.parametrize("who", ["coordinator", "lead", "dpo"])
def test_whoever_only_reads_the_roster_writes_nothing_there(who, request, asha, browse_as):
    browser = browse_as(request.getfixturevalue(who))

    assert browser.get(f"{PEOPLE}{asha.pk}/change/").status_code == 200
    assert change(browser, asha, known_as="Else").status_code == 403
    assert browser.get(f"{PEOPLE}add/").status_code == 403
    assert browser.post(f"{PEOPLE}{asha.pk}/died/", {"on": "2020-01-01", "sure": "on"}).status_code == 403
    assert Person.objects.get(pk=asha.pk).known_as == "Asha"


@pytest.mark.parametrize("who", ["coordinator", "lead", "dpo"])
def test_hidden_people_are_seen_by_those_alone_who_keep_the_roster(who, request, asha, hr, browse_as):
    actions.change_person(person=asha, by=None, hidden=True)
    browser = browse_as(request.getfixturevalue(who))

    assert "Asha" not in text(browser.get(PEOPLE))
    assert browser.get(f"{PEOPLE}{asha.pk}/change/", follow=True).status_code in (200, 404)
    assert "Asha" not in text(browser.get(f"{PEOPLE}{asha.pk}/change/", follow=True))
    assert browser.get(f"{PEOPLE}{asha.pk}/history/").status_code == 404
    assert "Asha" in text(browse_as(hr).get(PEOPLE))


def test_nobody_deletes_a_person(hr, superuser, asha, browse_as):
    for somebody in (hr, superuser):
        assert browse_as(somebody).post(f"{PEOPLE}{asha.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=asha.pk).exists()


# --- People ---------------------------------------------------------------------------------------


def test_hr_adds_a_person(hr, ben, station, browse_as):
    values = {
        "staff_number": " sc42 ", "known_as": "Nia", "last_name": "Rees", "email": "Nia.Rees@force.example",
        "employment_type": "special", "station": station.pk, "line_manager": ben.staff_number,
        "work_phone": "+44 1622 690690",
    }  # fmt: skip

    answer = browse_as(hr).post(f"{PEOPLE}add/", values)

    assert answer.status_code == 302
    nia = Person.objects.get(staff_number="SC42")
    assert (nia.email, nia.line_manager, nia.work_phone) == ("nia.rees@force.example", ben, "01622 690690")
    assert Change.objects.get(about_type="people.person", about_id=str(nia.pk)).by == hr


def test_a_change_is_in_the_history_with_who_made_it(hr, asha, browse_as):
    browser = browse_as(hr)
    change(browser, asha, rank_or_grade="Sgt", known_as="Aisha")

    history = text(browser.get(f"{PEOPLE}{asha.pk}/history/"))

    assert hr.name in history
    assert "rank or grade: PC → Sgt" in history
    assert "known as: changed" in history
    assert "Asha" not in history


def test_the_stock_log_of_the_admin_keeps_nothing(hr, asha, browse_as):
    change(browse_as(hr), asha, last_name="Else")

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"line_manager": "nobody"}, "Nobody on the roster has this staff number."),
        ({"joined": "2020-01-01", "left": "2019-01-01"}, "The leaving date is before the day they joined."),
        ({"line_manager_outside": "Another force"}, "Give a line manager on the roster or one outside, not both."),
        ({"staff_number": "a b!"}, "Invalid staff number."),
        ({"email": "nonsense"}, "Enter a valid email address."),
        ({"station": ""}, "This field is required."),
        ({"work_phone": "not a phone"}, "Enter a telephone number, like 01622 690690"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(hr, asha, browse_as, values, sentence):
    answer = change(browse_as(hr), asha, **values)

    assert answer.status_code == 200
    assert sentence in text(answer)


def test_two_people_do_not_sign_in_with_one_address(hr, asha, ben, browse_as):
    assert "Somebody else signs in with this address." in text(change(browse_as(hr), asha, email=ben.email.upper()))


def test_a_circle_of_managers_is_refused_beside_the_field(hr, asha, ben, browse_as):
    answer = change(browse_as(hr), ben, line_manager=asha.staff_number)

    assert "the line would go round in a circle" in text(answer)
    assert Person.objects.get(pk=ben.pk).line_manager is None


def test_nobody_becomes_a_line_manager_by_their_own_edit(hr, asha, browse_as):
    answer = change(browse_as(hr), asha, line_manager=hr.staff_number)

    assert "that takes a second person" in text(answer)
    assert Person.objects.get(pk=asha.pk).line_manager != hr


def test_a_leaver_is_signed_out_and_holds_no_role(hr, guardian, browse_as):
    guardians = browse_as(guardian)
    assert guardians.get("/reminders/").status_code == 200

    assert change(browse_as(hr), guardian, left="2020-01-01").status_code == 302

    assert guardians.get("/reminders/").status_code == 302
    assert Person.objects.get(pk=guardian.pk).roles == frozenset()


def test_a_death_is_recorded_once_after_asking(hr, asha, ben, browse_as):
    browser = browse_as(hr)
    address = f"{PEOPLE}{ben.pk}/died/"
    assert "Their colleagues are told by a person" in text(browser.get(address))
    assert browser.post(address, {"on": "2026-01-01"}).status_code == 200
    assert browser.post(address, {"on": "2999-01-01", "sure": "on"}).status_code == 200
    assert Person.objects.get(pk=ben.pk).died_on is None

    browser.post(address, {"on": "2026-01-01", "sure": "on"})

    ben = Person.objects.get(pk=ben.pk)
    assert (ben.died_on.isoformat(), ben.legal_hold, ben.is_active) == ("2026-01-01", True, False)
    assert Person.objects.get(pk=asha.pk).line_manager is None
    assert change(browser, ben, known_as="Else").status_code == 403


def test_the_list_of_people_costs_the_same_for_one_and_for_many(hr, ben, browse_as, django_assert_num_queries):
    browser = browse_as(hr)
    browser.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PEOPLE)
    for _ in range(20):
        PersonFactory(line_manager=ben, station=StationFactory())
    with django_assert_num_queries(len(few)):
        browser.get(PEOPLE)


# --- What is missing -------------------------------------------------------------------------------


def test_hr_sees_what_is_missing_and_goes_there(hr, asha, ben, browse_as):
    browser = browse_as(hr)
    actions.change_person(person=ben, by=None, left=date(2020, 1, 1))
    actions.change_place(by=None, place=ben.station, closed=True)

    first = text(browser.get("/admin/"))

    assert "1 person has a line manager who has left" in first
    assert "people work at a station that is closed" in first
    assert f'href="{IMPORT}"' in first
    listed = text(browser.get(f"{PEOPLE}?standing=manager_left"))
    assert asha.staff_number in listed
    assert hr.staff_number not in listed


def test_hr_with_nothing_to_do_is_told_so(hr, browse_as):
    actions.change_person(person=hr, by=None, line_manager_outside="The board")
    champion_at(hr.station, leads=[hr.station])
    Person.objects.exclude(pk=hr.pk).update(line_manager=hr)

    assert "All stations covered" in text(browse_as(hr).get("/admin/"))


def test_nobody_else_is_shown_hrs_to_do_list(dpo, asha, browse_as):
    first = text(browse_as(dpo).get("/admin/"))

    assert "Import a roster" not in first
    assert "no line manager" not in first


# --- Places ----------------------------------------------------------------------------------------


def test_hr_adds_changes_and_removes_a_station(hr, station, browse_as):
    browser = browse_as(hr)
    values = {"name": "St Mary’s Bay", "division": station.division_id, "district": "Folkestone and Hythe"}
    browser.post("/admin/people/station/add/", values)
    new = Station.objects.get(name="St Mary’s Bay")
    browser.post(f"/admin/people/station/{new.pk}/change/", {**values, "closed": "on"})

    new.refresh_from_db()
    assert (new.slug, new.closed) == ("st-marys-bay", True)
    assert Change.objects.filter(about_type="people.station", about_id=str(new.pk), by=hr).count() == 2

    browser.post(f"/admin/people/station/{new.pk}/delete/", {"post": "yes"})
    assert not Station.objects.filter(pk=new.pk).exists()


def test_a_station_where_people_work_is_not_removed(hr, station, browse_as):
    answer = browse_as(hr).post(f"/admin/people/station/{station.pk}/delete/", {"post": "yes"})

    assert answer.status_code in (200, 403)
    assert Station.objects.filter(pk=station.pk).exists()


@pytest.mark.parametrize("place", ["division", "station"])
def test_a_name_stands_once_whatever_its_case(hr, station, browse_as, place):
    name = station.name if place == "station" else station.division.name
    values = {"name": name.upper(), "division": station.division_id}

    answer = browse_as(hr).post(f"/admin/people/{place}/add/", values)

    assert f"There is a {place} of this name already." in text(answer)


def test_hr_remembers_and_forgets_a_spelling(hr, station, browse_as):
    browser = browse_as(hr)
    browser.post("/admin/people/stationspelling/add/", {"spelling": " ASHFROD  nick ", "station": station.pk})
    row = StationSpelling.objects.get()
    assert (row.spelling, row.added_by) == ("ashfrod nick", hr)
    again = browser.post("/admin/people/stationspelling/add/", {"spelling": "Ashfrod Nick", "station": station.pk})
    assert "This spelling is remembered already." in text(again)

    browser.post(f"/admin/people/stationspelling/{row.pk}/delete/", {"post": "yes"})
    assert not StationSpelling.objects.exists()


def test_the_forces_settings_are_one_page(hr, browse_as):
    the_force()
    browser = browse_as(hr)
    assert browser.get("/admin/people/force/").url == "/admin/people/force/1/change/"
    values = {"name": "Another Police", "division_word": "area", "publish_station_contacts": "on"}

    browser.post("/admin/people/force/1/change/", values)

    force = Force.objects.get()
    assert (force.name, force.division_word, force.publish_station_contacts) == ("Another Police", "area", True)
    assert browser.get("/admin/people/force/add/").status_code == 403


def test_divisions_are_kept(hr, browse_as):
    browse_as(hr).post("/admin/people/division/add/", {"name": "South"})

    assert Division.objects.get(name="South").slug == "south"


# --- Roles -----------------------------------------------------------------------------------------


def propose(browser, person, role, **values):
    return browser.post(f"{ROLES}add/", {"person": person.staff_number, "role": role, "starts": "2026-01-01", **values})


def test_a_role_takes_two_people(hr, lead, asha, browse_as):
    propose(browse_as(hr), asha, "secretary")
    assignment = RoleAssignment.objects.get(person=asha)
    assert Person.objects.get(pk=asha.pk).assigned_roles == frozenset()

    assert "Waiting for approval" in text(browse_as(lead).get(f"{ROLES}?stage=waiting"))
    browse_as(lead).post(f"{ROLES}{assignment.pk}/approve/")
    assert Person.objects.get(pk=asha.pk).assigned_roles == {"secretary"}

    browse_as(lead).post(f"{ROLES}{assignment.pk}/end/")
    assert Person.objects.get(pk=asha.pk).assigned_roles == frozenset()


def test_whoever_proposes_may_not_approve(hr, asha, browse_as):
    propose(browse_as(hr), asha, "secretary")
    assignment = RoleAssignment.objects.get(person=asha)

    assert browse_as(hr).post(f"{ROLES}{assignment.pk}/approve/").status_code == 403
    assert RoleAssignment.objects.get(person=asha).approved_at is None


def test_nobody_proposes_or_approves_a_role_for_themselves(hr, lead, browse_as):
    assert "Nobody proposes a role for themselves" in text(propose(browse_as(hr), hr, "secretary"))

    propose(browse_as(hr), lead, "secretary")
    assignment = RoleAssignment.objects.get(person=lead, role="secretary")
    answer = browse_as(lead).post(f"{ROLES}{assignment.pk}/approve/", follow=True)

    assert "somebody other than its holder and its proposer" in text(answer)
    assert RoleAssignment.objects.get(pk=assignment.pk).approved_at is None


def test_roles_that_exclude_each_other_are_refused_with_a_sentence(hr, dpo, browse_as):
    assert "whoever holds that role cannot be Guardian too" in text(propose(browse_as(hr), dpo, "guardian"))


def test_a_proposal_that_is_turned_down_is_not_approved_afterwards(hr, lead, asha, browse_as):
    propose(browse_as(hr), asha, "secretary", starts="2030-01-01")
    assignment = RoleAssignment.objects.get(person=asha)
    leads = browse_as(lead)
    leads.post(f"{ROLES}{assignment.pk}/end/")

    answer = leads.post(f"{ROLES}{assignment.pk}/approve/", follow=True)

    assert "This proposal was turned down" in text(answer)
    assert "Asha Patel" not in text(leads.get(f"{ROLES}?stage=waiting"))


def test_approving_by_following_a_link_does_nothing(hr, lead, asha, browse_as):
    propose(browse_as(hr), asha, "secretary")
    assignment = RoleAssignment.objects.get(person=asha)

    assert browse_as(lead).get(f"{ROLES}{assignment.pk}/approve/").status_code == 403
    assert RoleAssignment.objects.get(pk=assignment.pk).approved_at is None


# --- History ---------------------------------------------------------------------------------------


def test_the_data_protection_officer_reads_what_was_changed_and_edits_nothing(hr, dpo, asha, browse_as):
    change(browse_as(hr), asha, rank_or_grade="Sgt")
    row = Change.objects.latest("id")
    browser = browse_as(dpo)

    assert "changed" in text(browser.get("/admin/people/change/"))
    assert "Sgt" in text(browser.get(f"/admin/people/change/{row.pk}/change/"))
    assert browser.post(f"/admin/people/change/{row.pk}/change/", {"verb": "nothing"}).status_code == 403
    assert browser.post(f"/admin/people/change/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_lead_is_told_which_roles_wait(hr, lead, asha, browse_as):
    actions.propose_role(person=asha, role="secretary", by=hr, starts=date.today())
    assert f'<a href="{ROLES}?stage=waiting">1 role waits for your approval</a>' in text(browse_as(lead).get("/admin/"))
    assert "waits for your approval" not in text(browse_as(hr).get("/admin/"))


def test_the_technical_admin_sees_which_parts_are_alive_and_nobody_else_does(technical_admin, hr, browse_as):
    assert "<li>Database: ok</li>" in text(browse_as(technical_admin).get("/admin/"))
    assert "Database: ok" not in text(browse_as(hr).get("/admin/"))
