"""The action plan: what everybody reads, who keeps it, how it is measured, and who is reminded."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from forum import plan_gaps
from forum.actions import plan as actions
from forum.models import Area, Commitment, Measurement, Sponsor, Word
from forum.queries import plan as queries
from tests.factories.forum_plan import a_commitment, a_draft, a_sponsor, counted, measured
from tests.factories.people import DivisionFactory, PersonFactory, the_force
from tests.pages import text_of
from wellbeing.people import actions as people
from wellbeing.people.models import Change
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate
CAST = (
    *("asha", "ben", "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator", "secretary", "lead"),
    *("guardian", "dpo", "technical_admin", "superuser"),
)
KEEPERS = ("secretary", "lead")
KEPT = (
    *("plan/keep/", "plan/keep/add/", "plan/keep/{row}/", "plan/keep/{row}/close/", "plan/{row}/measure/"),
    *("plan/sponsors/", "plan/sponsors/add/", "plan/sponsors/{sponsor}/"),
)
POSTED = (
    *("plan/keep/{draft}/publish/", "plan/keep/{draft}/drop/", "plan/keep/{row}/reopen/"),
    *("plan/sponsors/{sponsor}/remove/", "plan/measurements/{measurement}/take-back/"),
)


def parts(name: str, day) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(**more) -> dict:
    words = {"area": "leadership", "origin": "new", "text": "Every line manager is trained.", "target": "All of them."}
    words |= {"owner_office": "Head of Learning", "measure_months": 3, "key": uuid.uuid4()}
    return words | parts("due", TODAY() + timedelta(days=400)) | more


def said(**more) -> dict:
    return {"key": uuid.uuid4(), "word": "on", "note": "", **parts("day", TODAY())} | more


def about(person, kind: str) -> int:
    with acting_as(person):
        return Reminder.objects.filter(kind=kind, person=person, state="open").count()


@pytest.fixture
def addresses(db):
    row = a_commitment()
    keys = {"row": row.pk, "draft": a_draft(text="A draft.").pk, "sponsor": a_sponsor().pk}
    return keys | {"measurement": measured(row).pk}


def test_whoever_is_signed_in_reads_the_plan_and_two_keep_it(answered_otherwise, addresses):
    def at(pages, before: str = "") -> list[str]:
        return [f"{before}/forum/{page}".format(**addresses) for page in pages]

    others = [who for who in CAST if who not in KEEPERS]
    assert answered_otherwise(200, CAST, at(("plan/", "plan/{row}/", "elsewhere/"))) == []
    assert answered_otherwise(404, CAST, at(["plan/{draft}/"])) == []
    assert answered_otherwise(200, KEEPERS, at(KEPT)) == []
    assert answered_otherwise(404, others, [*at(KEPT), *at(POSTED, "post ")]) == []


def test_without_a_second_factor_nobody_keeps_the_plan(client, lead, addresses):
    client.force_login(lead)
    for page in KEPT:
        assert client.get("/forum/" + page.format(**addresses)).status_code == 302, page


def test_nobody_reads_it_without_signing_in(client, db):
    assert client.get("/forum/plan/").status_code == 302


def test_while_nothing_is_published_the_page_says_so(browse_as, asha):
    a_draft()
    page = text_of(browse_as(asha).get("/forum/plan/"))
    assert "No commitment is published yet." in page
    assert "Every line manager" not in page


def test_a_commitment_is_drafted_published_measured_and_closed(browse_as, lead, asha):
    client, form = browse_as(lead), typed()
    client.post("/forum/plan/keep/add/", form)
    client.post("/forum/plan/keep/add/", form)
    row = Commitment.objects.get()
    assert "No commitment is published yet." in text_of(browse_as(asha).get("/forum/plan/"))
    client.post(f"/forum/plan/keep/{row.pk}/publish/")
    assert "No measurement yet" in text_of(browse_as(asha).get("/forum/plan/"))
    twice = said(word="behind", note="It is slow.")
    client.post(f"/forum/plan/{row.pk}/measure/", twice)
    client.post(f"/forum/plan/{row.pk}/measure/", twice)
    assert row.measurements.count() == 1
    page = text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))
    assert "Behind" in page
    assert "It is slow." in page
    client.post(f"/forum/plan/keep/{row.pk}/close/", {"closed_as": "stopped", "because": "Another law came."})
    page = text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))
    assert "Will not be done" in page
    assert "Another law came." in page
    client.post(f"/forum/plan/keep/{row.pk}/reopen/")
    assert "Will not be done" not in text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))
    verbs = set(Change.objects.filter(about_type="forum.commitment", by=lead).values_list("verb", flat=True))
    assert verbs == {"drafted", "published", "closed", "goes on"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ""}, "Say what the force commits to."),
        ({"owner": "404404", "owner_office": ""}, "Nobody on the roster has this staff number."),
        ({"target_value": "80"}, "Say what the numbers count."),
        ({"baseline_value": "20", "unit": "%"}, "Enter the day of the number."),
        ({"baseline_value": "-3", "unit": "%"}, "greater than or equal to 0"),
        ({"baseline_value": "lots", "unit": "%"}, "Enter a number."),
        ({"due_day": "31", "due_month": "2"}, "Enter a date that exists"),
        ({"measure_months": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_stands_beside_the_field_and_nothing_is_lost(browse_as, lead, change, sentence):
    page = browse_as(lead).post("/forum/plan/keep/add/", typed(evidence="The survey.") | change)
    assert sentence in text_of(page)
    assert "The survey." in page.content.decode()
    assert not Commitment.objects.exists()


def test_an_owner_is_a_person_or_an_office_and_nobody_in_a_covert_role(browse_as, lead, chidi):
    client, hidden = browse_as(lead), PersonFactory(hidden=True)
    both = client.post("/forum/plan/keep/add/", typed(owner=chidi.staff_number))
    assert "Give one owner" in text_of(both)
    refused = client.post("/forum/plan/keep/add/", typed(owner=hidden.staff_number, owner_office=""))
    assert "Nobody on the roster has this staff number." in text_of(refused)


@pytest.mark.parametrize("missing", [{"target": ""}, {"due": None}, {"owner_office": ""}])
def test_a_draft_that_lacks_something_is_not_published(browse_as, lead, missing):
    row = a_draft(**missing)
    page = browse_as(lead).post(f"/forum/plan/keep/{row.pk}/publish/", follow=True)
    assert any(words in text_of(page) for words in ("how it is to be", "the target date", "who owns it"))
    row.refresh_from_db()
    assert not row.is_published


def test_what_changes_after_publishing_is_told_to_everybody(browse_as, lead, asha):
    row = a_commitment()
    assert "What was changed" not in text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))
    browse_as(lead).post(f"/forum/plan/keep/{row.pk}/", typed(target="Half of them."))
    page = text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))
    assert re.search(r"Changed on \w+ \d+ \w+( \d+)?: how it is to be", page)


def test_what_is_published_is_closed_and_not_taken_away(browse_as, lead):
    row, draft = a_commitment(), a_draft(text="A draft.")
    page = browse_as(lead).post(f"/forum/plan/keep/{row.pk}/drop/", follow=True)
    assert "close it instead" in text_of(page)
    browse_as(lead).post(f"/forum/plan/keep/{draft.pk}/drop/")
    assert list(Commitment.objects.all()) == [row]


@pytest.mark.parametrize(
    ("word", "days", "standing"),
    [
        (None, 10, "none"),
        (None, -1, "behind"),
        (Word.ON, 10, "on"),
        (Word.ON, 0, "on"),
        (Word.ON, -1, "behind"),
        (Word.BEHIND, 10, "behind"),
        (Word.DONE, -1, "done"),
    ],
)
def test_how_it_stands_follows_from_the_last_word_and_the_target_date(db, word, days, standing):
    row = a_commitment(due=TODAY() + timedelta(days=days))
    if word:
        measured(row, TODAY() - timedelta(days=100), word=Word.BEHIND)
        measured(row, word=word)
    assert queries.plan()[0].standing == standing


def test_of_a_division_stands_what_concerns_it(browse_as, asha):
    north, south = DivisionFactory(name="North"), DivisionFactory(name="South")
    a_commitment(text="For everybody.")
    a_commitment(text="For the north.", division=north)
    a_commitment(text="For the south.", division=south)
    page = text_of(browse_as(asha).get("/forum/plan/?division=south"))
    assert "For everybody." in page
    assert "For the south." in page
    assert "For the north." not in page
    assert browse_as(asha).get("/forum/plan/?division=nowhere").status_code == 404


def test_the_chart_says_what_the_table_says(browse_as, asha):
    row = counted()
    measured(row, TODAY() - timedelta(days=200), value=Decimal(35))
    measured(row, TODAY(), value=Decimal("62.5"), word=Word.BEHIND)
    page = browse_as(asha).get(f"/forum/plan/{row.pk}/")
    html = page.content.decode()
    assert html.count("<circle") == 3  # the baseline and two measurements
    assert re.search(r'aria-label="From 20% of line managers in \w+ \d+ to 62.5 in \w+ \d+; the target is 80 by', html)
    assert "Target 80" in html
    assert "Baseline 20" in html
    assert "% of line managers How it stood" in text_of(page)
    assert "62.5 Behind" in text_of(page)
    ys = [int(y) for y in re.findall(r'<circle[^>]* cy="(\d+)"', html)]
    assert ys == [160, 128, 71]  # 20 stands lowest, 80 highest: 126 units for 60 points


def test_without_numbers_the_chart_is_of_words(db):
    row = a_commitment()
    measured(row, TODAY() - timedelta(days=90), word=Word.BEHIND)
    measured(row, word=Word.DONE)
    chart = queries.plan()[0].chart
    assert [level.label for level in chart.levels] == ["On course", "Behind", "Done"]
    assert [point.y for point in chart.points] == [160, 34]
    assert chart.words.startswith("Measured 2 times; the latest")


def test_a_single_measurement_that_is_all_there_is_can_be_drawn(db):
    row = a_commitment(unit="rooms", target_value=Decimal(5), due=TODAY() + timedelta(days=1))
    measured(row, value=Decimal(5))
    assert "Target 5" in queries.plan()[0].chart.svg


def test_chief_officers_stand_with_their_words_and_what_they_sponsor(browse_as, asha, chidi, hr):
    sponsor = a_sponsor(person=chidi)
    row = a_commitment(sponsor=sponsor)
    page = text_of(browse_as(asha).get("/forum/plan/"))
    assert "I read it." in page
    assert "Rosalind Achterberg sponsors: Every line manager is trained." in page
    people.change_person(person=chidi, by=hr, hidden=True)
    assert "Rosalind Achterberg" not in text_of(browse_as(asha).get("/forum/plan/"))
    assert "Rosalind Achterberg" not in text_of(browse_as(asha).get(f"/forum/plan/{row.pk}/"))


def test_the_secretary_keeps_the_chief_officers(browse_as, secretary):
    client = browse_as(secretary)
    words = {"name": "Idris Fanshawe", "title": "ACC", "words": "Ask me.", "person": "", "order": 3}
    client.post("/forum/plan/sponsors/add/", words)
    twice = client.post("/forum/plan/sponsors/add/", words)
    assert "A chief officer of this name stands there already." in text_of(twice)
    sponsor = Sponsor.objects.get()
    client.post(f"/forum/plan/sponsors/{sponsor.pk}/", words | {"title": "DCC"})
    assert "Idris Fanshawe , DCC" in text_of(client.get("/forum/plan/sponsors/"))
    refused = client.post("/forum/plan/sponsors/add/", words | {"person": PersonFactory(hidden=True).staff_number})
    assert "Nobody on the roster has this staff number." in text_of(refused)
    client.post(f"/forum/plan/sponsors/{sponsor.pk}/remove/")
    assert not Sponsor.objects.exists()


def test_its_owner_measures_it_and_nobody_elses(browse_as, chidi):
    mine, other = a_commitment(owner=chidi), a_commitment(text="Not mine.")
    client = browse_as(chidi)
    assert client.get(f"/forum/plan/{other.pk}/measure/").status_code == 404
    client.post(f"/forum/plan/{mine.pk}/measure/", said())
    assert mine.measurements.get().by == chidi


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"word": ""}, "Choose how it stands."),
        ({"day_year": str(TODAY().year + 1)}, "Choose today or a day before"),
        ({"value": "1e9"}, "no more than"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(browse_as, lead, change, sentence):
    row = counted()
    page = browse_as(lead).post(f"/forum/plan/{row.pk}/measure/", said(note="Kept.") | change)
    assert sentence in text_of(page)
    assert "Kept." in page.content.decode()
    assert not row.measurements.exists()


def test_a_day_is_measured_once_and_what_was_wrong_is_taken_back(browse_as, lead):
    row, client = a_commitment(), browse_as(lead)
    client.post(f"/forum/plan/{row.pk}/measure/", said())
    again = client.post(f"/forum/plan/{row.pk}/measure/", said())
    assert "It was measured on this day already." in text_of(again)
    client.post(f"/forum/plan/measurements/{Measurement.objects.get().pk}/take-back/")
    assert not Measurement.objects.exists()


def test_the_form_asks_for_no_figures_about_few_people(browse_as, lead):
    page = text_of(browse_as(lead).get(f"/forum/plan/{counted().pk}/measure/"))
    assert "Never a number about fewer than five people" in page


def test_an_owner_is_told_each_quarter_until_it_is_measured(chidi):
    row = a_commitment(owner=chidi, measure_months=1)
    Commitment.objects.filter(pk=row.pk).update(published_at=timezone.now() - timedelta(days=40))
    actions.change(commitment=row, by=None, target="Nearly all of them.")
    assert about(chidi, "forum.measure") > 0
    measured(row)
    assert about(chidi, "forum.measure") == 0


def test_the_secretary_is_told_when_a_target_date_comes_and_until_it_is_closed(secretary, every_day_works):
    row = a_commitment(due=TODAY())
    assert about(secretary, "forum.target") == 1
    actions.close(commitment=row, closed_as="done", because="", by=None)
    assert about(secretary, "forum.target") == 0


def test_an_owner_who_leaves_leaves_a_gap_and_the_secretary_is_told(browse_as, asha, chidi, secretary, hr):
    row = a_commitment(owner=chidi)
    assert plan_gaps.commitments_without_owner() is None
    people.change_person(person=chidi, by=hr, left=TODAY())
    assert "1 commitment has no owner" in plan_gaps.commitments_without_owner().sentence
    assert about(secretary, "forum.plan_owner") == 1
    assert "Chidi" not in text_of(browse_as(asha).get("/forum/plan/"))
    people.change_person(person=chidi, by=hr, left=None)
    actions.change(commitment=row, by=secretary, owner=asha)
    assert plan_gaps.commitments_without_owner() is None
    assert about(secretary, "forum.plan_owner") == 0


def test_what_has_passed_its_target_is_a_gap(db):
    a_commitment(due=TODAY() - timedelta(days=1))
    assert "1 commitment has passed its target date" in plan_gaps.commitments_past_target().sentence


@pytest.mark.parametrize("page", ["/forum/plan/", "/forum/plan/keep/"])
def test_lists_of_commitments_ask_the_same_number_of_questions(browse_as, lead, django_assert_num_queries, page):
    client = browse_as(lead)
    for place in range(3):
        if place == 1:
            client.get(page)
            with CaptureQueriesContext(connection) as one:
                client.get(page)
        row = a_commitment(text=f"Number {place}.", area=Area.values[place], sponsor=a_sponsor(name=f"Officer {place}"))
        measured(row)
    with django_assert_num_queries(len(one)):
        client.get(page)


def test_evidence_is_shown_as_markdown_and_nothing_in_it_runs(browse_as, asha):
    row = a_commitment(evidence="- **Counted** <script>alert(1)</script>")
    html = browse_as(asha).get(f"/forum/plan/{row.pk}/").content.decode()
    assert "<strong>Counted</strong>" in html
    assert "<script>alert" not in html


def test_the_report_is_a_pdf_that_a_screen_reader_reads(browse_as, asha):
    the_force()
    row = counted(text='Overdue #eval("1") *bold*', due=TODAY() - timedelta(days=3), sponsor=a_sponsor())
    measured(row, TODAY() - timedelta(days=100), value=Decimal(41), note="Going up.")
    a_commitment(text="On its way.", area=Area.ABSENCE)
    response = browse_as(asha).get("/forum/plan/report/")
    pdf = PdfReader(BytesIO(response.content))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata.title == "Wellbeing action plan"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    first = " ".join(pdf.pages[0].extract_text().split())
    assert 'Overdue #eval("1") *bold*' in first
    assert first.index("In short") < first.index("Past their target date") < first.index("Overdue #eval")
    assert "On its way." not in first
    assert "Absence management" in words
    assert "Going up." in words
    assert "Rosalind Achterberg" in words


def test_the_report_of_nothing_is_a_page(browse_as, asha):
    response = browse_as(asha).get("/forum/plan/report/")
    assert "No commitment is published yet." in PdfReader(BytesIO(response.content)).pages[0].extract_text()


def test_nobody_on_the_roster_is_named_in_it(browse_as, lead, ben, asha):
    row, drafted = a_commitment(owner=ben), a_draft(evidence="Ben Okafor, signed off, was the first.")
    client = browse_as(lead)
    client.post(f"/forum/plan/keep/{drafted.pk}/publish/")
    client.post(f"/forum/plan/keep/{row.pk}/close/", {"closed_as": "done", "because": "Asha Patel did it."})
    page = browse_as(ben).post(f"/forum/plan/{row.pk}/measure/", said(note="Asha Patel is off sick."))
    assert "it looks personal: “Asha Patel”, “off sick”. Say it without." in text_of(page)
    assert list(Commitment.objects.running()) == [row]
    assert not row.measurements.exists()
