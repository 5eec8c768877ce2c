"""Outcomes: from the notes to a draft, and through the checklist to everybody."""

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum import notes, plain_words
from forum.actions import publishing
from forum.meanwhile import marks_of
from forum.models import Meeting, MeetingState, Outcome, Progress
from tests.factories import forum
from tests.factories.people import PersonFactory
from tests.pages import text_of
from wellbeing.people.models import Change
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate
EVERYBODY = ["asha", "ben", "champion", "spoc", "hr", "coordinator", "lead", "guardian", "dpo", "technical_admin"]
EVERYBODY += ["superuser", "representative", "deputy", "former"]
NOTES = """Present: all.
- Action: hot food at night. Owner: Estates. Due: 12 January 2027
2) Desks at Ashford [Hana Hr, Tuesday 19 January 2027]
Agreed – quiet rooms stay open
The chair thanked everybody."""


@pytest.fixture
def held(secretary, representative):
    return forum.over(forum.meeting(by=secretary), by=secretary, came=[representative])


@pytest.fixture
def published(held, hr):
    """One published outcome, owned by HR's Hana."""
    outcome = forum.outcome(held, "Hot food at night", said="Nothing is open at night.", owner=hr)
    forum.published(held)
    outcome.refresh_from_db()
    return outcome


def drafts(*rows: dict, **more) -> dict:
    """The form of all drafts, as it is sent."""
    blank = {"text": "", "owned_by": "", "due_day": "", "due_month": "", "due_year": "", "said": "", "next": ""}
    blank |= {"strand": "", "division": "", "area": ""}
    form = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        asked = {"id": uuid.uuid4(), **blank, **row}
        form |= {f"form-{number}-{name}": value for name, value in asked.items()}
    return form | more


def due(day: date) -> dict:
    return {"due_day": day.day, "due_month": day.month, "due_year": day.year}


def whole(text="Hot food at night", owner="Estates", **more) -> dict:
    return {"text": text, "owned_by": owner, **due(TODAY() + timedelta(days=30)), **more}


# --- Who may ----------------------------------------------------------------------------------------------


def test_the_secretary_alone_drafts_and_publishes(answered_otherwise, held):
    pages = [f"/forum/meetings/{held.pk}/{part}" for part in ("outcomes/", "outcomes/paste/", "publish/")]
    assert answered_otherwise(404, EVERYBODY, [*pages, *(f"post {page}" for page in pages)]) == []


def test_drafts_are_seen_by_nobody_and_published_outcomes_by_everybody(answered_otherwise, browse_as, request, held):
    draft = forum.outcome(held, "Hot food at night")
    own, lists = f"/forum/outcomes/{draft.pk}/", (held.get_absolute_url(), "/forum/outcomes/", "/")

    def read() -> list[tuple]:
        clients = [(who, browse_as(request.getfixturevalue(who))) for who in EVERYBODY]
        pages = [(who, page, text_of(client.get(page))) for who, client in clients for page in (*lists, "/forum/", own)]
        return [(who, page) for who, page, words in pages if "Hot food at night" in words]

    assert answered_otherwise(404, EVERYBODY, [own]) == []
    assert read() == []
    forum.published(held)
    assert {(who, page) for who in EVERYBODY for page in (*lists, own)} - set(read()) == set()


def test_only_its_owner_and_the_secretary_say_how_it_goes_on(answered_otherwise, published):
    pages = [f"/forum/outcomes/{published.pk}/{part}" for part in ("progress/", "correct/")]
    assert answered_otherwise(404, [name for name in EVERYBODY if name != "hr"], pages) == []


# --- From the notes ---------------------------------------------------------------------------------------


def test_lines_that_say_so_are_understood_and_the_others_left_alone():
    found = notes.lines_of(NOTES, today=date(2026, 11, 26))
    assert [(line.text, line.owner, line.due, line.looks_like_one) for line in found] == [
        ("Present: all.", "", None, False),
        ("Hot food at night.", "Estates", date(2027, 1, 12), True),
        ("Desks at Ashford", "Hana Hr", date(2027, 1, 19), True),
        ("Quiet rooms stay open", "", None, True),
        ("The chair thanked everybody.", "", None, False),
    ]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("by 12 January", date(2027, 1, 12)),  # the next one of that date
        ("by 3rd Dec", date(2026, 12, 3)),
        ("by 31 February 2027", None),
        ("by 29 February", None),  # there is none in 2027
        ("by Christmas", None),
        ("by 1 Sept 2027", date(2027, 9, 1)),
        ("by 2 separate teams", None),  # no September
        ("by 3 marked officers", None),
    ],
)
def test_a_day_is_understood_or_left_as_it_was_written(said, day):
    (line,) = notes.lines_of(f"Action: food {said}", today=date(2026, 11, 26))
    assert line.due == day
    assert line.text == ("Food" if day else f"Food {said}")


def test_days_in_figures_are_understood_day_first_with_or_without_brackets():
    for said in (
        "(Cora Blake, 5/1/27)",
        "(Cora Blake, 05/01/2027)",
        "[Cora Blake, 5.1.2027]",
        "[Cora Blake, by 5-1-27]",
    ):
        (line,) = notes.lines_of(f"Hot food {said}", today=date(2026, 11, 26))
        assert (line.text, line.owner, line.due) == ("Hot food", "Cora Blake", date(2027, 1, 5)), said
        assert line.looks_like_one
    for said in ("Due 5/1/27", "due: 5/1/2027.", "by Tuesday 5/1/27"):
        (line,) = notes.lines_of(f"Action: food {said}", today=date(2026, 11, 26))
        assert (line.text, line.due) == ("Food", date(2027, 1, 5)), said
    for said in (
        "(Estates, 31/2/27)",
        "by 1/15/27",
        "by 2/3 of staff",
        "(as before, see 3/4)",
        "due 1/1/1999",
        "(a, b)",
    ):
        (line,) = notes.lines_of(f"Food {said}", today=date(2026, 11, 26))
        assert (line.text, line.owner, line.due) == (f"Food {said}", "", None), said


def test_notes_become_drafts_of_the_ticked_lines_alone(browse_as, secretary, held, hr):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/paste/"
    page = client.post(address, {"notes": NOTES})
    assert "Hot food at night. (owner: Estates, due: 12 January 2027)" in text_of(page)
    assert page.content.decode().count(" checked") == 3
    client.post(address, {"notes": NOTES, "take": ["1", "2"]})
    first, second = forum.outcomes(held)
    assert (first.text, first.owner_office, first.due) == ("Hot food at night.", "Estates", date(2027, 1, 12))
    assert (second.text, second.owner, second.due) == ("Desks at Ashford", hr, date(2027, 1, 19))
    client.post(address, {"notes": NOTES, "take": ["1", "2"]})
    assert len(forum.outcomes(held)) == 2
    assert "The chair thanked" not in str(list(Change.objects.values_list("details", flat=True)))


def test_nothing_ticked_is_said_and_the_notes_are_kept(browse_as, secretary, held):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/paste/"
    shown = client.post(address, {"notes": "Action: one line", "save": "Show the lines"}).context["form"]
    hidden = {field.name: field.value() for field in shown.hidden_fields()}
    page = text_of(client.post(address, hidden | {"save": "Make these lines outcomes"}))
    assert "Tick at least one line." in page
    assert "one line" in page
    again = client.post(address, {"notes": "One line", "again": "1"})
    assert "One line</textarea>" in again.content.decode().replace("\n", "")


def test_more_lines_or_outcomes_than_one_form_holds_are_refused_and_none_is_dropped(browse_as, secretary, held):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/"
    lines = "\n".join(f"Action: desk {number}" for number in range(401))
    page = client.post(f"{address}paste/", {"notes": lines})
    assert "These are 401 lines: paste at most 400 at a time." in text_of(page)
    ticked = {"notes": lines[: lines.index("desk 81")], "take": [str(number) for number in range(81)]}
    assert "A meeting has at most 80 outcomes" in text_of(client.post(f"{address}paste/", ticked))
    assert not forum.outcomes(held)
    assert (
        client.post(address, drafts(*[whole(f"Desk {number}", gone="on") for number in range(80)])).status_code == 302
    )
    assert client.post(address, drafts(*[whole(f"Desk {number}") for number in range(80)])).status_code == 302
    assert len(forum.outcomes(held)) == 80


def test_drafts_are_saved_together_in_their_order_and_taken_away(browse_as, secretary, held, hr):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/"
    client.post(address, drafts(whole("Second", owner="hana hr"), whole("First", owner=hr.staff_number), {}))
    assert [(one.text, one.owner) for one in forum.outcomes(held)] == [("Second", hr), ("First", hr)]
    first = forum.outcomes(held)[0]
    client.post(address, drafts(whole("Second", id=first.pk, seen=marks_of(first), gone="on")))
    assert [one.text for one in forum.outcomes(held)] == ["First"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"owned_by": "404404"}, "Nobody on the roster has this staff number."),
        ({"owned_by": "Sam Twin"}, "There are several people of that name"),
        ({"due_day": "31", "due_month": "2"}, "Enter a date that exists"),
        ({"due_year": ""}, "The date must have a year."),
        ({"text": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_it_and_nothing_typed_is_lost(browse_as, secretary, held, row, sentence):
    for number in range(2):
        PersonFactory(known_as="Sam", last_name="Twin", staff_number=f"88000{number}")
    page = browse_as(secretary).post(f"/forum/meetings/{held.pk}/outcomes/", drafts(whole() | row))
    assert sentence in text_of(page)
    assert str(row.get("text") or "Hot food at night") in page.content.decode()
    assert not forum.outcomes(held)


def test_a_draft_may_lack_what_it_needs_until_it_is_published(browse_as, secretary, held):
    client = browse_as(secretary)
    client.post(f"/forum/meetings/{held.pk}/outcomes/", drafts({"text": "Hot food at night"}))
    page = text_of(client.get(f"/forum/meetings/{held.pk}/publish/"))
    assert "Lacks an owner and a day by which it is due" in page
    refused = client.post(f"/forum/meetings/{held.pk}/publish/", follow=True)
    assert "Outcome 1 lacks an owner and a day by which it is due." in text_of(refused)
    assert Meeting.objects.get(pk=held.pk).state == MeetingState.HELD


def test_before_the_meeting_was_held_there_is_nothing_to_draft(browse_as, secretary, representative):
    planned = forum.meeting(by=secretary)
    page = browse_as(secretary).get(f"/forum/meetings/{planned.pk}/outcomes/", follow=True)
    assert "Write down first who came" in text_of(page)


def test_published_in_another_window_nothing_typed_is_lost(browse_as, secretary, held, published):
    page = browse_as(secretary).post(f"/forum/meetings/{held.pk}/outcomes/", drafts(whole("Desks at Ashford")))
    assert "are published: correct them one by one." in text_of(page)
    assert "Desks at Ashford" in text_of(page)
    assert [one.text for one in forum.outcomes(held)] == [published.text]


def test_two_windows_of_drafts_overwrite_and_bring_back_nothing_unseen(browse_as, secretary, held):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/"
    first, second, third = (forum.outcome(held, text, due=None) for text in ("First", "Second", "Third"))
    blank = {"owned_by": "Estates", "due_day": "", "due_month": "", "due_year": ""}

    def row(outcome, **more) -> dict:
        return {"id": outcome.pk, "text": outcome.text, "seen": marks_of(outcome), **blank, **more}

    def texts() -> set[str]:
        return {one.text for one in forum.outcomes(held)}

    rows = [row(first), row(second), row(third)]
    other = [row(first, text="First, elsewhere"), row(second, gone="on"), row(third)]
    assert client.post(address, drafts(*other)).status_code == 302
    assert client.post(address, drafts(*rows, whole("New"))).status_code == 302  # left alone here: as it is there
    assert texts() == {"First, elsewhere", "Third", "New"}
    mine = [row(first, text="First, here"), row(second, text="Second, here"), row(third, said="Said")]
    page = client.post(address, drafts(*mine))
    assert "to “First, elsewhere”. Send yours again" in text_of(page)
    assert "Somebody took this outcome away meanwhile." in text_of(page)
    assert "First, here" in text_of(page)
    assert texts() == {"First, elsewhere", "Third", "New"}
    away = client.post(address, drafts(row(first, gone="on")))
    assert "this is how it stands now" in text_of(away)
    seen = [form["seen"].value() for form in page.context["forms"]]
    again = [asked | {"seen": marks} for asked, marks in zip(mine, seen, strict=True)]
    assert client.post(address, drafts(*again)).status_code == 302
    assert texts() == {"First, here", "Second, here", "Third", "New"}


# --- Publishing -------------------------------------------------------------------------------------------


def test_published_in_one_step_it_is_everywhere(browse_as, secretary, held, asha):
    client = browse_as(secretary)
    client.post(f"/forum/meetings/{held.pk}/outcomes/", drafts(whole()))
    page = client.post(f"/forum/meetings/{held.pk}/publish/", follow=True)
    assert "Published." in text_of(page)
    reader = browse_as(asha)
    for address in (held.get_absolute_url(), "/forum/outcomes/", "/"):
        assert "Hot food at night" in text_of(reader.get(address))
    twice = client.post(f"/forum/meetings/{held.pk}/publish/", follow=True)
    assert twice.redirect_chain[-1][0] == held.get_absolute_url()
    assert Progress.objects.count() == 1


def test_a_personal_matter_is_not_published_unseen(browse_as, secretary, held, asha):
    outcome = forum.outcome(held, "Asha Patel gets a new desk")
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/publish/"
    page = client.get(address)
    assert "“Asha Patel” (the name of somebody on the roster)" in text_of(page)
    refused = client.post(address, follow=True)
    assert "looks like a personal matter (“Asha Patel”): look at it first." in text_of(refused)
    seen = publishing.check(outcome).fingerprint
    client.post(address, {f"looked-{outcome.pk}": seen})
    assert Meeting.objects.get(pk=held.pk).is_published


def test_a_look_counts_for_those_words_alone(browse_as, secretary, held, asha, ben):
    outcome = forum.outcome(held, "Asha Patel gets a new desk")
    seen = publishing.check(outcome).fingerprint
    with acting_as(secretary):
        Outcome.objects.filter(pk=outcome.pk).update(text="Asha Patel and Ben Okafor get new desks")  # elsewhere
    browse_as(secretary).post(f"/forum/meetings/{held.pk}/publish/", {f"looked-{outcome.pk}": seen})
    assert Meeting.objects.get(pk=held.pk).state == MeetingState.HELD


def test_a_colleague_who_has_come_since_the_look_is_seen_as_well(browse_as, secretary, held, asha):
    outcome = forum.outcome(held, "Asha Patel and Max New get new desks")
    seen = publishing.check(outcome).fingerprint
    PersonFactory(known_as="Max", last_name="New")
    address = f"/forum/meetings/{held.pk}/publish/"
    page = browse_as(secretary).post(address, {f"looked-{outcome.pk}": seen}, follow=True)
    assert "“Max New”" in text_of(page)
    assert Meeting.objects.get(pk=held.pk).state == MeetingState.HELD


def test_the_database_publishes_no_words_that_were_not_checked(held, published, secretary):
    draft = forum.outcome(held, "Asha Patel gets a new desk")
    for outcome, change in ((published, {"text": draft.text}), (draft, {"published_at": timezone.now()})):
        with pytest.raises(IntegrityError, match="forum_outcome_published_as_checked"), acting_as(secretary):
            Outcome.objects.filter(pk=outcome.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_publish_once(secretary, held):
    forum.outcome(held)
    ready, trouble = threading.Barrier(2), []

    def publish():
        try:
            with acting_as(secretary):
                ready.wait(10)
                publishing.publish(meeting=held, by=secretary)
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=publish) for _ in range(2)]
    [one.start() for one in both]
    [one.join(30) for one in both]
    assert trouble == []
    assert Progress.objects.count() == 1


def test_advice_on_plain_words_holds_nobody_up(browse_as, secretary, held):
    forum.outcome(held, "SLT will cook at night")
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/publish/"
    assert "In plainer words: “SLT”: perhaps “senior leaders”." in text_of(client.get(address))
    client.post(address)
    assert Meeting.objects.get(pk=held.pk).is_published
    assert plain_words.advice_on("We cook at night.") == []
    assert plain_words.advice_on("SLT will utilise it.") == [
        "“SLT”: perhaps “senior leaders”.",
        "“utilise”: perhaps “use”.",
    ]
    assert plain_words.advice_on(" ".join(["word"] * 26)) == [
        "A sentence has 26 words: two short ones are read sooner."
    ]


@pytest.mark.parametrize("page", ["outcomes/", "publish/"])
def test_the_pages_of_drafts_ask_the_same_number_of_questions(
    browse_as, secretary, held, hr, django_assert_num_queries, page
):
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/{page}"
    forum.outcome(held, "Hana Hr cooks, ring 123456", owner=hr)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    number = len(one)
    for text in ("Asha Patel cooks", "Ring 123456"):
        forum.outcome(held, text, owner=hr)
    with django_assert_num_queries(number):
        client.get(address)
