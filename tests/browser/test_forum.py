"""The forum, its noticeboards and what is shared: every page as it looks, and one matter from nameless to the wall."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forum import hung_links
from forum.actions import agenda, boards, elsewhere, invitations, meetings, minutes
from forum.models import Area, Item, MinutesVersion, Seat, Status
from tests.factories import forum
from tests.factories.forum_plan import a_draft, a_sponsor, counted, measured
from tests.factories.people import PersonFactory, StationFactory, the_force
from tests.sharing.test_sharing import from_elsewhere
from wellbeing.web.identity import acting_as

LONG = "Reserve days are published eight weeks ahead, for response, custody, the control room and every small office. "


@pytest.fixture
def rita(station, secretary):
    """Rita, who represents UNISON."""
    person = PersonFactory(known_as="Rita", last_name="Featherstonehaugh-Unison", station=station)
    forum.seat(person, by=secretary)
    forum.seat(PersonFactory(known_as="Dan", last_name="Deputy", station=station), by=secretary, deputy=True)
    return person


@pytest.fixture
def over(secretary, rita, champion, hr, station):
    """A meeting of forty days ago with nine published outcomes and shared minutes."""
    the_force()
    StationFactory(name="Walmer", division=station.division)
    held = forum.over(forum.meeting(by=secretary), by=secretary, came=[rita])
    then = timezone.now() - timedelta(days=40)
    forum.put(held, starts_at=then, ends_at=then + timedelta(hours=2))
    late = timezone.localdate() - timedelta(days=3)
    forum.outcome(held, "Quiet rooms stand on every page.", said="Nobody knows where they are.", owner=hr, due=late)
    for number in range(8):
        values = {"said": "Shifts come late.", "next": "From spring.", "area": Area.ENVIRONMENT}
        forum.outcome(held, f"{number + 1}. {LONG}", strand=forum.strand(), **values)
    forum.published(held)
    with acting_as(secretary):
        boards.hang(meeting=held)
        minutes.save(meeting=held, text="## Canteen\n\n- Night food", seen=0, by=secretary)
        minutes.save(meeting=held, text="## Canteen\n\n- Hot night food", seen=1, by=secretary)
        minutes.share(meeting=held, by=secretary)
    with acting_as(rita):
        minutes.comment(key=uuid.uuid4(), meeting=held, text="And tea.", by=rita)
    return held


@pytest.fixture
def coming(secretary, rita, asha, hr):
    """A meeting to come with its agenda open, a guest, a paper, one item on the agenda and three that wait."""
    planned = forum.meeting(by=secretary)
    with acting_as(asha):
        for title, named in (("Lights", True), ("Lockers", False), ("Asha Patel has migraine", False), ("Tea", True)):
            agenda.raise_item(key=uuid.uuid4(), title=title, text=LONG, strand=None, named=named, by=asha)
    with acting_as(secretary):
        meetings.open_agenda(meeting=planned, by=secretary)
        planned.refresh_from_db()
        invitations.invite_guest(meeting=planned, person=hr, by=secretary)
        paper = {"title": "Numbers", "text": "## Nights\n\nMany.", "position": 1}
        invitations.save_paper(key=uuid.uuid4(), meeting=planned, by=secretary, **paper)
        agenda.accept(item=Item.objects.get(title="Lights"), meeting=planned, by=secretary)
    return planned


@pytest.fixture
def plan(lead, secretary, station, asha):
    """A measured commitment, a draft, and what another force decided."""
    row = counted(sponsor=a_sponsor(), owner=asha, evidence="- The survey")
    measured(row, timezone.localdate() - timedelta(days=90), value=41, note="Going up.")
    a_draft(text="A room to sit down in.", division=station.division)
    decided = {"month": date(2026, 3, 1), "said": "", "text": "A card in every locker.", "next": "", "strand": ""}
    elsewhere.take_in(force="Mercia", decided=[decided | {"area": "absence", "status": Status.DONE}], by=secretary)
    return row


@pytest.fixture
def look(page, check_page):
    """`look("/forum/", …)`: each of these pages opens, with one main heading, and holds what every page must."""

    def at(*addresses):
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == 200, address
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            check_page(page)

    return at


def test_every_page_looks_right_to_whoever_may_read_it(
    page, look, sign_in, over, coming, plan, rita, secretary, asha, hr, champion, lead, station
):
    of, to, board = f"/forum/meetings/{over.pk}/", f"/forum/meetings/{coming.pk}/", "/noticeboards/north/"
    first = over.outcomes.get(owner=hr)
    sign_in(asha)
    look("/forum/", "/forum/who/", "/forum/meetings/", of, to, "/forum/outcomes/", f"/forum/outcomes/{first.pk}/")
    look("/forum/raise/", "/forum/raised/", "/forum/raise/mine/", "/noticeboards/")
    look(board, board + "paper/", board + "screen/", "/forum/elsewhere/")
    sign_in(hr)
    look("/forum/outcomes/mine/", f"/forum/outcomes/{first.pk}/progress/")
    sign_in(champion)
    look("/forum/boards/", hung_links.address_on_paper(over.pk, 1, station.division_id))
    with acting_as(secretary):
        paper, version = coming.papers.get(), MinutesVersion.objects.order_by("-number").first()
        matter, lights = (Item.objects.get(title=title) for title in ("Asha Patel has migraine", "Lights"))
    sign_in(rita)
    look("/forum/mine/", of, to, of + "minutes/", to + "agenda/", f"/forum/papers/{paper.pk}/")
    look(f"/forum/minutes/versions/{version.pk}/", f"/forum/items/{lights.pk}/")
    sign_in(secretary)
    look("/forum/secretary/", "/forum/agenda/", "/forum/strands/", f"/forum/strands/{forum.strand().pk}/")
    look("/forum/strands/add/", f"/forum/terms/{Seat.objects.first().pk}/", "/forum/rules/", "/forum/meetings/plan/")
    look(to, *(to + part + "/" for part in ("change", "cancel", "hold", "guests", "papers/add", "agenda")))
    look(*(of + part + "/" for part in ("minutes", "minutes/write", "minutes/approve")))
    look(f"/forum/outcomes/{first.pk}/correct/", f"/forum/items/{matter.pk}/decide/", "/forum/reach/")
    look(f"/forum/items/{matter.pk}/reword/", "/forum/screens/", f"/forum/strands/{forum.strand().pk}/change/")
    sign_in(lead)
    look("/forum/plan/keep/add/", f"/forum/plan/keep/{plan.pk}/close/", "/forum/plan/sponsors/")
    look("/forum/plan/sponsors/add/", "/sharing/", "/sharing/take-in/")


def test_another_forces_file_is_looked_at_before_it_is_taken_in(page, check_page, sign_in, lead, station):
    the_force()
    sign_in(lead)
    page.goto("/sharing/take-in/")
    file = {"name": "learning.json", "mimeType": "application/json", "buffer": json.dumps(from_elsewhere()).encode()}
    page.get_by_label("The file from another force").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it would bring").click()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Take in what is ticked").click()
    expect(page.get_by_text("Taken in: 1 new")).to_be_visible()


def test_from_a_nameless_line_to_the_wall(page, check_page, sign_in, over, asha, secretary):
    sign_in(asha)
    page.goto("/forum/raise/")
    page.get_by_label("In a few words").fill("Hot food at night")
    page.get_by_label("Without my name").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Raise it").click()
    page.goto("/forum/raise/mine/")
    expect(page.get_by_text("Hot food at night")).to_have_count(0)

    held = forum.over(forum.meeting(by=secretary, in_days=20), by=secretary)
    sign_in(secretary)
    page.goto("/forum/agenda/")
    expect(page.get_by_text("Hot food at night")).to_be_visible()
    page.goto(f"/forum/meetings/{held.pk}/outcomes/paste/")
    check_page(page)
    due = timezone.localdate() + timedelta(days=30)
    notes = f"All came.\nAction: hot food at night. Owner: Estates. Due: {due.day} {due:%B %Y}"
    page.get_by_label("Your notes").fill(notes)
    for button in ("Show the lines", "Make these lines outcomes", "Save, and go to the checklist"):
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Publish 1 outcome").click()

    page.goto("/noticeboards/north/")
    expect(page.get_by_text("Hot food at night").first).to_be_visible()
    page.goto("/noticeboards/north/screen/")
    page.get_by_role("button", name="Let it move").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Let it move")).to_be_visible()
