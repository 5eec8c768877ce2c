"""HR imports a roster in the browser: choose, read, confirm, undo."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories.people import PersonFactory
from wellbeing.people import actions, tasks
from wellbeing.people.models import Person, RosterImport, Station, StationSpelling

from .conftest import DATA, as_csv, line, person

IMPORTS = "/admin/people/rosterimport/"


@pytest.fixture
def hrs(places, hr, browse_as):
    """HR's browser."""
    return browse_as(hr)


def upload(browser, source, *, full=False, name="roster.csv") -> str:
    """Choose a file; returns the address of its page."""
    data = source if isinstance(source, bytes) else as_csv(source)
    answer = browser.post(
        IMPORTS + "add/", {"file": SimpleUploadedFile(name, data), **({"full": "on"} if full else {})}
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def text(browser, address: str) -> str:
    return " ".join(browser.get(address).content.decode().split())


def move(browser, page: str, name: str, data=None) -> str:
    """Press a button of an import's page, let the worker work, and read the page."""
    seen = RosterImport.objects.get(pk=page.split("/")[-3]).preview or {}
    answer = browser.post(page.replace("change/", f"{name}/"), {"seen": seen.get("fingerprint", ""), **(data or {})})
    assert answer.status_code == 302
    tasks.carry_on_imports()
    return text(browser, page)


def previewed(browser, source, **options) -> tuple[str, str]:
    page = upload(browser, source, **options)
    tasks.carry_on_imports()
    return page, text(browser, page)


def imported(browser, source, **options) -> str:
    page, _ = previewed(browser, source, **options)
    assert "It can be undone as a whole until" in move(browser, page, "confirm", {"accept_leavers": "on"})
    return page


def test_a_file_is_checked_in_the_background_while_the_page_says_so(hrs):
    page = upload(hrs, [line(1)])

    waiting = text(hrs, page)
    assert "Being checked" in waiting
    assert "<progress" in waiting
    assert '<meta http-equiv="refresh" content="3">' in waiting
    assert hrs.get(page.replace("change/", "progress/")).status_code == 200

    tasks.carry_on_imports()

    assert hrs.get(page.replace("change/", "progress/"))["HX-Refresh"] == "true"
    assert "1 new." in text(hrs, page)
    assert not Person.objects.filter(staff_number="1").exists()


def test_a_file_is_kept_while_no_worker_answers(hrs):
    page = upload(hrs, [line(1)])
    RosterImport.objects.update(asked_at="2020-01-01T00:00Z")

    assert "background worker does not answer" in text(hrs, page)
    tasks.carry_on_imports()
    assert "1 new." in text(hrs, page)


def test_the_preview_says_it_in_words(hrs):
    actions.add_person(by=None, staff_number="700", known_as="Sam", last_name="Old", email="sam@force.example")
    imported(hrs, [line(1), line(2), line(3), line(4)])

    _, preview = previewed(
        hrs,
        [
            line(1, line_manager="2"),
            line(3, line_manager="2"),
            line(4, station="Deal", left="2030-01-01"),
            line(5),
            line(6),
        ],
        full=True,
    )

    assert "2 new, 2 change manager, 1 moves station, 1 is given a leaving date" in preview
    assert "More than a tenth of the roster would leave" in preview


def test_each_row_is_shown_with_what_would_happen(hrs):
    imported(hrs, [line(1), line(2)])
    page, _ = previewed(hrs, [line(1, line_manager="2", known_as="Robin"), line(2, email="nonsense")])

    changed = text(hrs, page + "?show=changed")
    assert "line manager: vacant → 2" in changed
    assert "known as becomes Robin" in changed
    assert "Known1" not in changed
    assert "Invalid email" in text(hrs, page + "?show=rejected")


def test_nothing_is_imported_before_it_is_confirmed_and_all_of_it_after(hrs, hr):
    page, _ = previewed(hrs, (DATA / "roster_messy.csv").read_bytes())
    assert not Person.objects.filter(staff_number="110001").exists()

    after = move(hrs, page, "confirm")

    assert "Imported on" in after
    assert f"by {hr.name}" in after
    assert Person.objects.filter(staff_number__startswith="1100").count() == 18


def test_an_unknown_station_is_matched_once_and_remembered(hrs):
    page, preview = previewed(hrs, (DATA / "roster_messy.csv").read_bytes())
    assert "“Ashfrod” in row 10" in preview
    ashford = Station.objects.get(name="Ashford")

    after = move(hrs, page, "stations", {"spelling_0": str(ashford.pk)})

    assert "19 new." in after
    assert "Ashfrod" not in after
    assert StationSpelling.objects.get().station == ashford
    _, again = previewed(hrs, [line(1, station=" ASHFROD ")])
    assert "1 new." in again


def test_whoever_imports_is_no_leaver_of_their_own_file(hrs, hr):
    page, preview = previewed(hrs, [line(1)], full=True)

    assert "You are not in the file yourself; you stay on the roster." in preview
    move(hrs, page, "confirm")
    assert Person.objects.get(pk=hr.pk).is_active


def test_too_many_leavers_take_a_second_yes(hrs):
    imported(hrs, [line(n) for n in range(1, 9)])
    page, _ = previewed(hrs, [line(1)], full=True)

    refused = move(hrs, page, "confirm")
    assert "More than a tenth of the roster would leave. Tick the box if that is so." in refused
    assert person(2).left is None

    move(hrs, page, "confirm", {"accept_leavers": "on"})
    assert person(2).left is not None


def test_rejected_rows_come_as_a_file_with_the_reasons_beside_them(hrs):
    page, _ = previewed(hrs, [line(1, known_as="=cmd()", email="nonsense"), line(2)])

    file = hrs.get(page.replace("change/", "rejected.csv"))

    assert file["Content-Type"] == "text/csv"
    header, row = file.content.decode("utf-8-sig").splitlines()
    assert header.endswith(",left,Row in the file,Reason")
    assert row.startswith("1,'=cmd(),Example,nonsense,")
    assert row.endswith(",2,invalid email")


def test_a_mended_file_of_rejected_rows_can_be_imported_as_it_is(hrs):
    page, _ = previewed(hrs, [line(1, email="nonsense")])
    file = hrs.get(page.replace("change/", "rejected.csv")).content

    _, again = previewed(hrs, file.replace(b"nonsense", b"one@force.example"))

    assert "1 new." in again


def test_a_roster_that_moved_on_since_the_preview_is_shown_anew_and_not_imported(hrs):
    imported(hrs, [line(1)])
    page, _ = previewed(hrs, [line(1, station="Deal")])
    actions.change_person(person=person(1), by=None, rank_or_grade="Sgt")

    after = move(hrs, page, "confirm")

    assert "The roster has changed since you looked" in after
    assert person(1).station.name == "Ashford"
    move(hrs, page, "confirm")
    assert person(1).station.name == "Deal"


def test_two_people_who_confirm_at_once_import_it_once(hrs, hr, browse_as):
    page, _ = previewed(hrs, [line(1)])
    confirm = page.replace("change/", "confirm/")
    seen = {"seen": RosterImport.objects.get().preview["fingerprint"]}
    hrs.post(confirm, seen)

    answer = browse_as(hr).post(confirm, seen, follow=True)

    assert "Somebody else has just moved this import on" in answer.content.decode()
    assert RosterImport.objects.get().state == "applying"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"x" * (50 * 1024 * 1024), "The file has 50 MB; the most that can be read is 20 MB."),
    ],
    ids=["empty", "50 MB"],
)
def test_a_file_of_impossible_size_is_refused_at_once(hrs, data, sentence):
    answer = hrs.post(IMPORTS + "add/", {"file": SimpleUploadedFile("roster.csv", data)})

    assert sentence in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_a_file_that_cannot_be_read_says_why(hrs):
    _, page = previewed(hrs, b"%PDF-1.7 a roster, printed", name="roster.pdf")

    assert "This is a PDF. Choose a CSV or Excel (.xlsx) file." in page


def test_a_roster_is_nobodys_but_hrs(places, asha, coordinator, lead, dpo, technical_admin, browse_as, hrs):
    page = upload(hrs, [line(1)])

    for somebody in (asha, coordinator, lead, dpo, technical_admin):
        browser = browse_as(somebody)
        for address in (IMPORTS, IMPORTS + "add/", page, page.replace("change/", "progress/")):
            assert browser.get(address).status_code == 403
        for name in ("confirm", "undo", "check-again", "stations"):
            assert browser.post(page.replace("change/", f"{name}/")).status_code == 403


def test_nobody_becomes_a_line_manager_by_their_own_file(hrs, hr):
    _, preview = previewed(hrs, [line(1, line_manager=hr.staff_number)])

    assert "You would become their line manager: a colleague must import this row" in preview


# --- Undo -----------------------------------------------------------------------------------------


def test_undo_puts_the_whole_roster_back(hrs):
    imported(hrs, [line(1), line(2, line_manager="1"), line(3, line_manager="1")])
    before = list(Person.objects.order_by("pk").values())
    page = imported(hrs, [line(1, last_name="Other"), line(2, line_manager="3", station="Deal"), line(4)], full=True)
    assert person(3).left is not None

    after = move(hrs, page, "undo")

    assert "Undone on" in after
    assert list(Person.objects.order_by("pk").values()) == before


def test_undo_gives_a_leaver_their_roles_back(hrs, guardian):
    page = imported(hrs, [line(1)], full=True)
    assert Person.objects.get(pk=guardian.pk).assigned_roles == frozenset()

    move(hrs, page, "undo")

    assert Person.objects.get(pk=guardian.pk).assigned_roles == {"guardian"}


def test_undo_is_refused_once_somebody_has_touched_one_of_its_people(hrs, hr):
    page = imported(hrs, [line(1), line(2)])
    actions.change_person(person=person(2), by=hr, rank_or_grade="Sgt")

    after = move(hrs, page, "undo")

    assert "can no longer be undone as a whole: Known2 Example (2)" in after
    assert person(1).is_active


def test_undo_makes_nobody_a_line_manager_by_their_own_hand(hrs, hr, ben):
    team = PersonFactory(line_manager=hr)
    named = line(1, staff_number=team.staff_number, email=team.email, line_manager=ben.staff_number)
    page = imported(hrs, [named])

    after = move(hrs, page, "undo")

    assert f"would make you the line manager of Known1 Example ({team.staff_number})" in after
    assert Person.objects.get(pk=team.pk).line_manager == ben


def test_undo_of_a_changed_address_opens_no_account_again(hrs, asha):
    page = imported(hrs, [line(1, staff_number=asha.staff_number)])
    closed_at = Person.objects.get(pk=asha.pk).identity_changed_at
    assert closed_at

    move(hrs, page, "undo")

    stored = Person.objects.get(pk=asha.pk)
    assert (stored.email, stored.identity_changed_at) == (asha.email, closed_at)


@pytest.mark.parametrize("how_many", [1, 2])
def test_confirming_who_somebody_is_leaves_the_import_to_be_undone(hrs, asha, technical_admin, guardian, how_many):
    page = imported(hrs, [line(1, staff_number=asha.staff_number)])
    for colleague in (technical_admin, guardian)[:how_many]:
        actions.confirm_identity(person=asha, by=colleague)

    move(hrs, page, "undo")

    assert Person.objects.get(pk=asha.pk).email == asha.email


def test_undo_is_refused_once_somebody_new_has_signed_in(hrs, browse_as):
    page = imported(hrs, [line(1)])
    browse_as(person(1))

    assert "can no longer be undone as a whole" in move(hrs, page, "undo")


def test_undo_is_refused_once_somebody_new_manages_others(hrs):
    page = imported(hrs, [line(1)])
    PersonFactory(line_manager=person(1))

    assert "can no longer be undone as a whole" in move(hrs, page, "undo")


def test_after_a_day_an_import_stays_and_its_way_back_is_dropped(hrs, time_machine):
    imported(hrs, [line(1)])
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    tasks.purge_imports()

    row = RosterImport.objects.get()
    assert row.back is None
    assert not row.can_be_undone
    assert row.file is not None


def test_after_a_month_the_file_and_what_it_said_of_people_are_dropped(hrs, time_machine):
    imported(hrs, [line(1)])
    time_machine.move_to(timezone.now() + timedelta(days=31))
    tasks.purge_imports()

    row = RosterImport.objects.get()
    assert (row.file, row.rows, row.back) == (None, None, None)
    assert row.preview["counts"]["new"] == 1


def test_a_preview_that_nobody_has_seen_is_not_imported(hrs):
    page, _ = previewed(hrs, [line(1)])
    read_earlier = hrs.get(page).context["confirm_form"]["seen"].value()
    assert f'value="{read_earlier}"' in text(hrs, page)
    actions.add_person(by=None, staff_number="1", known_as="Sam", last_name="Old", email="sam@force.example")
    move(hrs, page, "check-again")

    after = move(hrs, page, "confirm", {"seen": read_earlier})

    assert "The roster has changed since you looked" in after
    assert "Import the roster" in after
    assert person(1).known_as == "Sam"
