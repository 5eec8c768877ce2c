"""HR at work in the admin, in a real browser: the list, a person, an import from its file to its undoing."""

import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.factories.champions import champion_at
from tests.people.conftest import DATA, STATIONS, as_csv, line
from wellbeing.people import actions, tasks
from wellbeing.people.models import Person, RosterImport, StationSpelling


@pytest.fixture
def hr_signed_in(page, sign_in, hr):
    actions.add_places(by=None, places=[("East", "District", name) for name in STATIONS])
    sign_in(hr)
    return page


def let_the_worker_work() -> None:
    """As Celery would, beside the browser."""

    def work():
        try:
            tasks.carry_on_imports()
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join(timeout=60)


def upload(page, file, *, full=False) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Import a roster").click()
    page.get_by_label("Roster file").set_input_files(file)
    if full:
        page.get_by_label("The file names everybody").check()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Being checked.")).to_be_visible()


def worked_on(page, heading: str) -> None:
    """Wait until the page, which asks every two seconds, shows what the worker has done."""
    let_the_worker_work()
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=10_000)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/people/person/",
        "/admin/people/person/?standing=no_manager",
        "/admin/people/person/add/",
        "/admin/people/station/",
        "/admin/people/station/add/",
        "/admin/people/stationspelling/add/",
        "/admin/people/roleassignment/",
        "/admin/people/roleassignment/add/",
        "/admin/people/rosterimport/",
        "/admin/people/rosterimport/add/",
    ],
)
def test_a_page_of_the_admin_holds_what_every_page_must(hr_signed_in, check_page, address, asha):
    hr_signed_in.goto(address)
    check_page(hr_signed_in)


def test_a_persons_pages_hold_it_too(hr_signed_in, check_page, asha, ben):
    page = hr_signed_in
    page.goto(f"/admin/people/person/{asha.pk}/change/")
    check_page(page)
    page.get_by_label("Line manager:", exact=True).fill("nobody")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nobody on the roster has this staff number.")).to_be_visible()
    check_page(page)
    page.goto(f"/admin/people/person/{ben.pk}/change/")
    page.get_by_label("Line manager:", exact=True).fill(asha.staff_number)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("the line would go round in a circle")).to_be_visible()
    page.goto(f"/admin/people/person/{asha.pk}/history/")
    check_page(page)
    page.goto(f"/admin/people/person/{asha.pk}/died/")
    check_page(page)


def test_a_proposed_role_is_approved_by_somebody_else(page, check_page, sign_in, hr, lead, asha):
    role = actions.propose_role(person=asha, role="secretary", by=hr, starts="2026-01-01")
    sign_in(lead)
    page.goto(f"/admin/people/roleassignment/{role.pk}/change/")
    check_page(page)
    page.get_by_role("button", name="Approve Asha Patel as Forum secretary").click()
    expect(page.get_by_text("In force.")).to_be_visible()


def test_the_messy_file_from_the_choice_to_the_undoing(hr_signed_in, check_page):
    page = hr_signed_in
    upload(page, DATA / "roster_messy.csv")
    check_page(page)
    worked_on(page, "What this file would do")
    expect(page.get_by_text("18 new.")).to_be_visible()
    check_page(page)

    page.get_by_label("Ashford", exact=True).check()
    page.get_by_role("button", name="Remember and check again").click()
    worked_on(page, "What this file would do")
    expect(page.get_by_text("19 new.")).to_be_visible()
    assert StationSpelling.objects.get().spelling == "ashfrod"

    with page.expect_navigation():
        page.get_by_role("link", name="Rejected rows (5)").click()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rejected rows").click()
    assert "invalid email" in download.value.path().read_text()

    page.get_by_role("button", name="Import the roster").click()
    worked_on(page, "Imported")
    assert Person.objects.filter(staff_number__startswith="1100").count() == 19
    check_page(page)

    page.get_by_role("button", name="Undo this import").click()
    worked_on(page, "Undone")
    assert not Person.objects.filter(staff_number__startswith="1100").exists()
    check_page(page)


def test_a_file_cut_short_asks_twice(hr_signed_in, check_page, tmp_path, hr):
    page = hr_signed_in
    for _ in range(4):
        champion_at(hr.station)
    file = tmp_path / "roster.csv"
    file.write_bytes(as_csv([line(n) for n in range(1, 4)]))
    upload(page, file, full=True)
    worked_on(page, "What this file would do")
    check_page(page)

    page.get_by_role("button", name="Import the roster").click()
    expect(page.get_by_text("Tick the box if that is so.")).to_be_visible()
    check_page(page)
    page.get_by_label("people have left").check()
    page.get_by_role("button", name="Import the roster").click()
    worked_on(page, "Imported")


def test_a_file_that_is_none_gets_its_sentence(hr_signed_in, check_page, tmp_path):
    page = hr_signed_in
    file = tmp_path / "roster.pdf"
    file.write_bytes(b"%PDF-1.7")
    upload(page, file)
    let_the_worker_work()
    expect(page.get_by_text("This is a PDF.")).to_be_visible(timeout=10_000)
    check_page(page)

    page.goto("/admin/people/rosterimport/add/")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Choose a file.")).to_be_visible()
    check_page(page)


def test_while_no_worker_answers_the_page_says_so(hr_signed_in, check_page, tmp_path):
    page = hr_signed_in
    file = tmp_path / "roster.csv"
    file.write_bytes(as_csv([line(1)]))
    upload(page, file)
    RosterImport.objects.update(asked_at="2020-01-01T00:00Z")
    expect(page.get_by_text("background worker does not answer")).to_be_visible(timeout=10_000)
    check_page(page)


def test_without_javascript_the_page_goes_on_by_itself(
    browser, base_url, hr, transactional_db, tmp_path, sign_in, context
):
    actions.add_places(by=None, places=[("East", "District", "Ashford")])
    sign_in(hr)
    plain = browser.new_context(base_url=base_url, java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    file = tmp_path / "roster.csv"
    file.write_bytes(as_csv([line(1)]))
    upload(page, file)
    worked_on(page, "What this file would do")
    page.get_by_role("button", name="Import the roster").click()
    worked_on(page, "Imported")
    plain.close()
