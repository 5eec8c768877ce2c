"""Whoever keeps the roster could invent a line manager: the wellbeing lead confirms those who are new on it."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.mentoring.pages import log_page, logged
from tests.people.conftest import as_csv, line
from wellbeing.confidential import links
from wellbeing.confidential.models import CareLink
from wellbeing.people import actions, tasks
from wellbeing.people.models import Person
from wellbeing.people.roster import imports
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/new-managers/"


def put_on_the_roster(by, name="Gus", **more) -> Person:
    values = {"staff_number": f"9{len(name)}{ord(name[0])}", "known_as": name, "last_name": "Ghost", **more}
    with acting_as(by):
        return actions.add_person(by=by, email=f"{name.lower()}@force.example", rank_or_grade="Sgt", **values)


def give(by, subject, manager) -> None:
    with acting_as(by):
        actions.change_person(person=Person.objects.get(pk=subject.pk), by=by, line_manager_id=manager.pk)


def opens(browse_as, manager, key, subject) -> list[int]:
    """What the pages answer to somebody who tries to read and to write as the line manager."""
    client = browse_as(manager)
    return [client.get(page).status_code for page in (f"/mentoring/1-1s/{key}/", log_page(subject))]


def answer(client, manager, what="approve"):
    return client.post(PAGE, {"manager": getattr(manager, "pk", manager), "answer": what})


@pytest.fixture
def key(browse_as, asha, ben):
    return logged(browse_as(ben), asha, how="Words", adjustment="Starts at ten", adjustment_until_day=1,
                  adjustment_until_month=1, adjustment_until_year=2030)  # fmt: skip


@pytest.fixture
def ghost(hr, asha, key):
    """Somebody whom HR has put on the roster and made Asha's line manager."""
    person = put_on_the_roster(hr)
    give(hr, asha, person)
    return person


def test_hr_alone_reads_nothing_through_somebody_they_invented(browse_as, asha, ghost, key):
    assert opens(browse_as, ghost, key, asha) == [404, 404]
    assert browse_as(ghost).get(f"/mentoring/adjustments/of/{asha.pk}/").status_code == 404
    assert "the wellbeing lead confirms this first" in browse_as(ghost).get("/mentoring/1-1s/").content.decode()
    who_may = browse_as(asha).get("/my-data/").content.decode().partition(">Who may<")[2]
    assert "Ghost" not in who_may


def test_the_lead_sees_whose_hand_it_was_and_from_then_on_it_opens(browse_as, asha, ghost, hr, lead, key):
    page = browse_as(lead).get(PAGE).content.decode()
    for words in ("Gus Ghost", "gus@force.example", "Line manager of 1 person", f"by Hana Hr ({hr.staff_number})"):
        assert words in page
    assert answer(browse_as(lead), ghost).status_code == 302

    assert opens(browse_as, ghost, key, asha) == [404, 200]  # what Ben wrote stays closed
    assert "Starts at ten" in browse_as(ghost).get(f"/mentoring/adjustments/of/{asha.pk}/").content.decode()
    assert "Gus Ghost" in browse_as(asha).get("/my-data/").content.decode()
    assert "Nobody waits for you." in browse_as(lead).get(PAGE).content.decode()


def test_what_is_not_confirmed_opens_nothing(browse_as, asha, ghost, lead, key):
    answer(browse_as(lead), ghost, "no")
    assert opens(browse_as, ghost, key, asha) == [404, 404]
    with acting_as(lead):
        assert not CareLink.objects.filter(approved_at=None, ends=None).exists()


def test_another_hand_in_hr_makes_no_difference(browse_as, asha, hr, lead, key):
    second = PersonFactory(known_as="Hugo")
    proposed = actions.propose_role(person=second, role="hr", by=hr, starts=timezone.localdate())
    actions.approve_role(assignment=proposed, by=lead)
    ghost = put_on_the_roster(second)
    give(hr, asha, ghost)
    assert opens(browse_as, ghost, key, asha) == [404, 404]


def test_once_confirmed_they_are_given_more_people_without_asking_again(browse_as, asha, chidi, ghost, hr, lead, key):
    answer(browse_as(lead), ghost)
    give(hr, chidi, ghost)
    assert browse_as(ghost).get(log_page(chidi)).status_code == 200


def test_whoever_left_and_is_back_is_confirmed_too(browse_as, asha, ben, hr, lead, key):
    old = PersonFactory(known_as="Olga", left=date(2020, 1, 1), joined=date(2010, 1, 1))
    with acting_as(hr):
        actions.change_person(person=old, by=hr, left=None)
    give(hr, asha, old)
    assert opens(browse_as, old, key, asha) == [404, 404]
    answer(browse_as(lead), old)
    assert browse_as(old).get(log_page(asha)).status_code == 200


def test_whoever_was_on_the_roster_all_along_is_a_line_manager_at_once(browse_as, asha, chidi, hr, key):
    give(hr, asha, chidi)
    assert browse_as(chidi).get(log_page(asha)).status_code == 200


def test_a_first_roster_is_confirmed_in_one_step(browse_as, hr, lead):
    managers = [put_on_the_roster(hr, name) for name in ("Anna", "Bo", "Cem-Ali")]
    people = [PersonFactory() for _ in managers]
    for person, manager in zip(people, managers, strict=True):
        give(hr, person, manager)
    page = browse_as(lead).get(PAGE).content.decode()
    assert "Confirm all 3" in page
    answer(browse_as(lead), "all")
    for person, manager in zip(people, managers, strict=True):
        assert browse_as(manager).get(log_page(person)).status_code == 200


def test_an_import_waits_as_well(browse_as, hr, lead):
    rows = [line(1), line(2, line_manager="1")]
    row = imports.receive(data=as_csv(rows), name="roster.csv", full=False, by=hr)
    tasks.carry_on_import(row.pk)
    row.refresh_from_db()
    imports.confirm(row=row, by=hr, seen=row.preview["fingerprint"])
    tasks.carry_on_import(row.pk)
    manager, report = (Person.objects.get(staff_number=number) for number in ("1", "2"))
    assert report.line_manager == manager
    assert browse_as(manager).get(log_page(report)).status_code == 404
    answer(browse_as(lead), manager)
    assert browse_as(manager).get(log_page(report)).status_code == 200


def test_the_lead_confirms_nobody_as_their_own_line_manager(browse_as, hr, lead, key):
    ghost = put_on_the_roster(hr)
    give(hr, lead, ghost)
    client = browse_as(lead)
    answer(client, ghost)
    assert "is not yours to answer" in client.get(PAGE).content.decode()
    with acting_as(ghost):
        assert not CareLink.objects.live().exists()


def test_it_takes_a_fresh_confirmation(browse_as, asha, ghost, lead, key):
    assert answer(browse_as(lead, confirmed=False), ghost).url == "/account/confirm/"
    assert opens(browse_as, ghost, key, asha) == [404, 404]


def test_nobody_else_confirms_anybody(request, browse_as, asha, ghost, key):
    for name in ("asha", "ben", "hr", "coordinator", "guardian", "dpo", "technical_admin", "superuser"):
        by = request.getfixturevalue(name)
        client = browse_as(by)
        assert client.get(PAGE).status_code == 404, name
        assert answer(client, ghost).status_code == 404, name
        with acting_as(by):
            assert links.answer_new_managers(by=by, managers=[str(ghost.pk)], approve=True) == 0, name


def test_the_lead_is_told_on_the_first_page_of_the_admin(browse_as, ghost, lead, hr, key):
    assert "1 new line manager waits for your confirmation" in browse_as(lead).get("/admin/").content.decode()
    assert "waits for your confirmation" not in browse_as(hr).get("/admin/").content.decode()


def test_hr_making_themselves_a_manager_is_told_so_in_a_sentence(browse_as, asha, hr):
    page = f"/admin/people/person/{asha.pk}/change/"
    form = browse_as(hr).get(page).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields} | {"line_manager": hr.staff_number}
    answered = browse_as(hr).post(page, values)
    assert answered.status_code == 200
    assert "You would become their line manager" in answered.content.decode()
