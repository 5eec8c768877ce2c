"""Forms that were forged or filled in oddly, pages that were overtaken, and lines that are too long."""

import uuid

import pytest
from django import forms as django_forms
from django.utils import timezone

from forum.actions import minutes as minutes_actions
from forum.meanwhile import marks_of
from forum.models import Meeting, MeetingState, Outcome, Paper
from tests.factories import forum
from tests.factories.forum_plan import a_commitment, a_sponsor
from tests.factories.people import the_force
from tests.pages import text_of
from wellbeing.web.identity import acting_as

NUL = "a\0b"


@pytest.fixture
def held(secretary, representative):
    return forum.over(forum.meeting(by=secretary), by=secretary, came=[representative])


def boxes_of(form: django_forms.Form) -> list[str]:
    """The names of all boxes of a form, as a browser sends them."""
    names = []
    for field in form:
        parts = getattr(field.field.widget, "widgets_names", [""])
        names += [field.html_name + part for part in parts]
    return names


# --- Forged ---------------------------------------------------------------------------------------------------------


def test_no_box_of_the_forum_takes_a_sign_that_the_database_cannot_hold(browse_as, secretary, held, representative):
    the_force()
    planned, strand = forum.meeting(by=secretary, in_days=20), forum.strand()
    published = forum.over(forum.meeting(by=secretary, in_days=40), by=secretary)
    outcome = forum.outcome(published)
    forum.published(published)
    commitment, sponsor, (term,) = a_commitment(by=secretary), a_sponsor(by=secretary), strand.seats.all()
    with acting_as(secretary):
        minutes_actions.save(meeting=held, text="Tea", seen=0, by=secretary)
        minutes_actions.share(meeting=held, by=secretary)
    pages = [
        *("meetings/plan/", f"meetings/{planned.pk}/change/", f"meetings/{planned.pk}/cancel/", "screens/", "rules/"),
        *(f"meetings/{planned.pk}/guests/", f"meetings/{planned.pk}/papers/add/", f"meetings/{held.pk}/hold/"),
        *(f"meetings/{held.pk}/outcomes/paste/", f"meetings/{held.pk}/minutes/", f"meetings/{held.pk}/minutes/write/"),
        *(f"outcomes/{outcome.pk}/correct/", f"outcomes/{outcome.pk}/progress/", "outcomes/", "raise/"),
        *("plan/keep/add/", f"plan/keep/{commitment.pk}/", f"plan/keep/{commitment.pk}/close/"),
        *(f"plan/{commitment.pk}/measure/", "plan/sponsors/add/", f"plan/sponsors/{sponsor.pk}/"),
        *("strands/add/", f"strands/{strand.pk}/", f"strands/{strand.pk}/change/", f"terms/{term.pk}/"),
    ]
    client = browse_as(secretary)
    for page in pages:
        form = client.get(f"/forum/{page}").context["form"]
        answer = client.post(f"/forum/{page}", dict.fromkeys(boxes_of(form), NUL))
        assert answer.status_code == 200, page
        assert answer.context["form"].errors, page
    assert client.post("/forum/elsewhere/forget/", {"force": NUL}).status_code == 404
    for address in ("outcomes/?division=a%00b&strand=%00&area=%00&page=%00", "elsewhere/?area=%00&page=%00", "plan/"):
        assert client.get(f"/forum/{address}").status_code == 200
    assert client.get("/forum/plan/?division=%00").status_code == 404


def test_what_a_form_carries_unseen_may_be_anything(browse_as, secretary, held, representative):
    other = forum.over(forum.meeting(by=secretary, in_days=20), by=secretary)
    foreign, own = forum.outcome(other, "Desks at Ashford"), forum.outcome(held)
    with acting_as(secretary):
        paper = Paper.objects.create(meeting=other, title="Numbers", text="Many.")
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/"
    empty = ("due_day", "due_month", "due_year", "said", "next", "strand", "division", "area", "seen")
    row = {"text": "Ours", "owned_by": "Estates"} | dict.fromkeys(empty, "")

    def drafts(*keys, **more) -> dict:
        form = {"form-TOTAL_FORMS": len(keys), "form-INITIAL_FORMS": 0} | more
        for number, key in enumerate(keys):
            form |= {f"form-{number}-{name}": value for name, value in (row | {"id": key}).items()}
        return form

    new = uuid.uuid4()
    posts = [
        ("minutes/write/", {"seen": 7, "text": "Tea"}),
        ("minutes/write/", {"seen": "9" * 5000, "text": "Tea"}),
        ("outcomes/", drafts(foreign.pk)),
        ("outcomes/", drafts(new, new)),
        ("outcomes/", drafts("no key")),
        ("outcomes/", drafts(new) | {"form-0-seen": "x" * 300}),
        ("outcomes/", {"form-TOTAL_FORMS": "many"}),
        ("papers/add/", {"key": paper.pk, "title": "Ours", "text": "Few.", "position": 1}),
    ]
    for page, form in posts:
        answer = client.post(f"{address}{page}", form)
        assert answer.status_code == 200, (page, form)
        assert [one.text for one in forum.outcomes(held)] == [own.text]
    with acting_as(secretary):
        assert [(one.title, one.meeting) for one in Paper.objects.all()] == [("Numbers", other)]
        assert [one.text for one in forum.outcomes(other)] == [foreign.text]
    forum.published(held)
    own.refresh_from_db()
    form = row | {
        "text": "Ours",
        "due_day": 1,
        "due_month": 2,
        "due_year": timezone.localdate().year + 1,
        "why": "Slip",
    }
    for odd in ({"looked": "x" * 65, "seen": marks_of(own)}, {"seen": "x y z"}, {"seen": NUL}):
        answer = client.post(f"/forum/outcomes/{own.pk}/correct/", form | odd)
        assert answer.status_code == 200
        assert "There is a problem" in text_of(answer)
    assert Outcome.objects.get(pk=own.pk).text == own.text


# --- Overtaken ------------------------------------------------------------------------------------------------------


def test_a_form_for_which_it_is_too_late_is_not_shown(browse_as, secretary, representative):
    planned, client = forum.meeting(by=secretary), browse_as(secretary)
    over = {"published_at": timezone.now(), "edition": 1}
    expected = [
        ("planned", {}, "hold/", "This meeting has not begun yet."),
        ("held", {}, "cancel/", "This meeting was held or cancelled already."),
        ("cancelled", {}, "cancel/", "This meeting was held or cancelled already."),
        ("cancelled", {}, "hold/", "This meeting was cancelled, or its outcomes are published."),
        ("published", over, "hold/", "This meeting was cancelled, or its outcomes are published."),
        ("published", over, "cancel/", "This meeting was held or cancelled already."),
    ]
    for state, more, page, sentence in expected:
        forum.put(planned, state=MeetingState(state), **more)
        shown = client.get(f"/forum/meetings/{planned.pk}/{page}", follow=True)
        assert shown.redirect_chain[-1][0] == planned.get_absolute_url(), (state, page)
        assert sentence in shown.content.decode(), (state, page)


# --- Too long -------------------------------------------------------------------------------------------------------


def test_a_line_that_is_too_long_is_kept_whole_until_it_is_shortened(browse_as, secretary, held):
    words = " ".join(f"word{number}" for number in range(100))
    client, address = browse_as(secretary), f"/forum/meetings/{held.pk}/"
    notes = {"notes": f"Action: {words}. Owner: Estates. Due: 12 January"}
    assert "longer than 500 characters: you shorten it" in text_of(client.post(f"{address}outcomes/paste/", notes))
    client.post(f"{address}outcomes/paste/", notes | {"take": ["0"]})
    (draft,) = forum.outcomes(held)
    assert draft.text == f"W{words[1:]}."
    form = client.get(f"{address}outcomes/").context["forms"].forms[0]
    sent = {name: value or "" for name, value in ((name, form[name].value()) for name in form.fields if name != "due")}
    sent = {f"form-0-{name}": value for name, value in sent.items() if name != "gone"}
    sent |= {"form-0-due_day": 12, "form-0-due_month": 1, "form-0-due_year": draft.due.year}
    page = client.post(f"{address}outcomes/", sent | {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1})
    assert "at most 500 characters" in text_of(page)
    assert "word99" in text_of(page)
    assert "Lacks a shorter text (at most 500 characters)" in text_of(client.get(f"{address}publish/"))
    assert "lacks a shorter text" in text_of(client.post(f"{address}publish/", follow=True))
    assert Meeting.objects.get(pk=held.pk).state == MeetingState.HELD
