"""What is shared with other forces, and what is taken in from them."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forum.actions import plan as plan_actions
from forum.actions.publishing import hash_of
from forum.models import Commitment, Elsewhere, Measurement, Meeting, Outcome, Rules, Sponsor, Strand
from tests.factories import forum
from tests.factories.forum_plan import a_sponsor, counted, measured
from tests.factories.guidance import a_page
from tests.factories.people import the_force
from tests.pages import text_of
from wellbeing.people.models import Change, Force
from wellbeing.personal_data import COLUMNS
from wellbeing.sharing import columns, files, queries
from wellbeing.support.models import Guidance
from wellbeing.web.identity import acting_as

CAST = (
    *("asha", "ben", "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator", "secretary", "lead"),
    *("guardian", "dpo", "technical_admin", "superuser"),
)
SHARES = ("secretary", "lead")


def an_outcome(**values) -> Outcome:
    """A published one, of a meeting of its own."""
    hours = Meeting.objects.count()
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=40, hours=2 * hours)
    state = {"state": "published", "published_at": timezone.now(), "edition": 1, "place": "Room 1"}
    values = {
        "text": "Plans stand eight weeks ahead.",
        "owner_office": "Head of Duties",
        "area": "environment",
    } | values
    due = timezone.localdate() + timedelta(days=30)
    with forum.as_secretary():
        meeting = Meeting.objects.create(starts_at=starts, ends_at=starts + timedelta(hours=1), **state)
        outcome = Outcome(meeting=meeting, due=due, published_at=timezone.now(), **values)
        outcome.checked = hash_of(outcome)
        outcome.save()
    return outcome


@pytest.fixture
def learnt(secretary, asha, station):
    """Something of every kind, each with a person behind it who must stay out of the file."""
    the_force()
    strand = Strand.objects.get(name="UNISON")
    an_outcome(said="Too late.", next="Again in spring.", strand=strand)
    own = Strand.objects.get(division=station.division)
    an_outcome(text="Owned by a person.", owner=asha, owner_office="", strand=own, division=station.division)
    row = counted(owner=asha, sponsor=a_sponsor(), evidence="The survey.")
    measured(row, timezone.localdate() - timedelta(days=100), value=Decimal("41.5"), note="Going up.", by=asha)
    a_page(title="Small talk", owner=asha)
    a_page(title="Not yet", published=False)


def shared(client, **posted) -> dict:
    answer = client.post("/sharing/share/", posted)
    assert "attachment" in answer.headers["Content-Disposition"]
    return json.loads(answer.content)


def upload(client, learning):
    content = learning if isinstance(learning, bytes) else json.dumps(learning).encode()
    return client.post("/sharing/take-in/", {"file": SimpleUploadedFile("learning.json", content)})


def take(client, learning, ticks):
    return client.post("/sharing/take-in/ticked/", {"learning": json.dumps(learning), "take": ticks}, follow=True)


def from_elsewhere(**more) -> dict:
    """A small file of another force."""
    outcome = {"month": "2026-03", "said": "", "text": "A card in every locker.", "next": "", "area": "absence"}
    commitment = {"area": "leadership", "origin": "new", "text": "Sergeants are trained.", "unit": "%"}
    commitment |= {"baseline": "", "baseline_value": 12.5, "baseline_on": "2025-01-01", "target": "All."}
    commitment |= {"target_value": 100, "due": "2027-06-30", "measure_months": 3}
    point = {"day": "2026-01-01", "value": 40, "word": "on", "note": ""}
    return {
        "format": "wellbeing-portal/learning",
        "version": 1,
        "force": "Mercia Vale Police",
        "outcomes": [outcome | {"status": "open", "strand": "UNISON"}],
        "plan": [commitment | {"measurements": [point]}],
        "guidance": [{"title": "Sleep on nights", "summary": "How to rest.", "text": "## Rest\n\nDark and cool."}],
        "settings": {"forum": {"quorum_share": 60}, "champions": {"offer_days": 9}},
    } | more


EVERYTHING = ["outcomes.0", "plan.0", "guidance.0", "settings.forum.quorum_share", "settings.champions.offer_days"]


def test_two_share_and_take_in(answered_otherwise, learnt):
    pages = ["/sharing/", "/sharing/share/", "/sharing/take-in/"]
    posted = ["/sharing/share/", "/sharing/take-in/", "/sharing/take-in/ticked/", "/forum/elsewhere/forget/"]
    assert answered_otherwise(200, SHARES, pages) == []
    others = [who for who in CAST if who not in SHARES]
    assert answered_otherwise(404, others, [*pages, *(f"post {page}" for page in posted)]) == []


def test_without_a_second_factor_nothing_is_shared(client, lead, learnt):
    client.force_login(lead)
    assert client.get("/sharing/share/").status_code == 302
    assert client.post("/sharing/share/").status_code == 302


def test_every_column_that_leaves_is_called_nothing_about_anybody():
    for model, names in columns.SHARED.items():
        kinds = COLUMNS[model._meta.label_lower]
        harmless = set(kinds["none"].split())
        if model in columns.RULES.values():
            assert "duty_welfare_phone" not in names
        assert set(names) <= harmless, model


def test_nothing_of_a_person_is_among_the_columns():
    for model, names in columns.SHARED.items():
        fields = [apps.get_model(model._meta.label)._meta.get_field(name) for name in names]
        assert [field.name for field in fields if field.is_relation] == [], model


def test_the_file_holds_what_is_published_and_about_nobody(browse_as, secretary, learnt, asha):
    learning = shared(browse_as(secretary))
    assert [one["text"] for one in learning["outcomes"]] == ["Owned by a person.", "Plans stand eight weeks ahead."]
    assert [one["strand"] for one in learning["outcomes"]] == ["", "UNISON"]
    assert "division" not in learning["outcomes"][0]
    assert learning["plan"][0]["target_value"] == 80
    assert learning["plan"][0]["measurements"][0]["value"] == 41.5
    assert [page["title"] for page in learning["guidance"]] == ["Small talk"]
    assert learning["settings"]["forum"]["quorum_share"] == 50
    whole = json.dumps(learning)
    for word in ("Asha", "Patel", asha.staff_number, "Achterberg", "Head of", "survey", "duty_welfare_phone"):
        assert word not in whole, word
    assert Change.objects.filter(verb="shared what was learnt", by=secretary).count() == 1


def test_it_is_the_same_each_time_and_is_read_by_people(browse_as, lead, learnt):
    client = browse_as(lead)
    first, second = (client.post("/sharing/share/").content for _ in range(2))
    assert first == second
    assert b'\n  "force": "Invented Police",\n' in first


def test_divisions_are_named_only_where_that_is_chosen(browse_as, lead, learnt, station):
    client = browse_as(lead)
    assert station.division.name not in [one.get("division") for one in shared(client)["outcomes"]]
    assert shared(client, divisions="on")["outcomes"][0]["division"] == station.division.name
    assert "are in it" in text_of(client.get("/sharing/share/?divisions=on"))


def test_everything_is_shown_before_the_file_is_made(browse_as, lead, learnt):
    page = text_of(browse_as(lead).get("/sharing/share/"))
    for words in ("Plans stand eight weeks ahead.", "Again in spring.", "Going up.", "Why it helps.", "41.5"):
        assert words in page, words


def test_what_looks_personal_stays_out_until_somebody_has_looked_at_just_that(browse_as, lead, learnt, chidi):
    text = f"Ask Chidi Stranger, {chidi.staff_number} or {chidi.email}."
    an_outcome(text=text)
    row = measured(Commitment.objects.get())
    Measurement.objects.filter(pk=row.pk).update(note="Chidi Stranger counted.")  # before it was refused, say
    a_page(title="Whom to ask", text="Chidi Stranger knows. Medication helps.")
    client = browse_as(lead)
    page = client.get("/sharing/share/")
    assert "“Chidi Stranger”: the name of somebody on the roster" in text_of(page)
    learning = shared(client)
    assert "Stranger" not in json.dumps(learning)
    assert chidi.staff_number not in json.dumps(learning)
    assert len(learning["outcomes"]) == 2
    marks = {entry.title: entry.mark for entry in queries.entries(divisions=False) if entry.findings}
    assert set(marks) == {text, "Every line manager is trained.", "Whom to ask"}
    looked = shared(client, looked=[marks[text]])
    assert text in [one["text"] for one in looked["outcomes"]]
    assert looked["plan"] == []
    looked = [marks["Whom to ask"]]
    assert "Whom to ask" in [page["title"] for page in shared(client, looked=looked)["guidance"]]
    Guidance.objects.filter(title="Whom to ask").update(summary="Chidi Stranger again.")
    assert "Whom to ask" not in [page["title"] for page in shared(client, looked=looked)["guidance"]]


def test_words_of_health_are_no_finding_in_guidance(browse_as, lead, learnt):
    a_page(title="Low mood", text="Medication helps, and so does counselling.")
    assert "Low mood" in [page["title"] for page in shared(browse_as(lead))["guidance"]]


def test_another_force_takes_in_what_is_ticked_and_a_second_time_nothing_is_new(browse_as, secretary):
    the_force()
    client, learning = browse_as(secretary), from_elsewhere()
    page = text_of(upload(client, learning))
    for words in (
        "New: A card in every locker.",
        "New: Sergeants are trained.",
        "New: Sleep on nights",
        "here 50, there 60",
    ):
        assert words in page, words
    assert not Elsewhere.objects.exists()
    assert "1 new decision of another force, 1 draft of a commitment" in text_of(take(client, learning, EVERYTHING))
    commitment, page = Commitment.objects.get(), Guidance.objects.get()
    assert (commitment.is_published, commitment.baseline_value, commitment.owned_by) == (False, Decimal("12.5"), "")
    assert not Measurement.objects.exists()
    assert (page.title, page.published, page.owner) == ("Sleep on nights", False, None)
    assert Rules.objects.get().quorum_share == 60
    assert "Nothing of it was new." in text_of(take(client, learning, EVERYTHING))
    assert (Elsewhere.objects.count(), Commitment.objects.count(), Guidance.objects.count()) == (1, 1, 1)
    again = text_of(upload(client, learning))
    assert "Here already: Sergeants are trained." in again
    assert "The rules in this file" not in again  # those for champions are for others to decide
    assert Change.objects.filter(verb="took in what another force learnt", by=secretary).count() == 1


def test_what_is_not_ticked_stays_out(browse_as, lead):
    take(browse_as(lead), from_elsewhere(), ["guidance.0"])
    assert not Elsewhere.objects.exists()
    assert not Commitment.objects.exists()
    assert Guidance.objects.count() == 1


def test_rules_are_changed_by_whoever_may_change_them_and_shown_to_all_others(browse_as, lead, secretary, coordinator):
    page = text_of(upload(browse_as(lead), from_elsewhere()))
    assert "For the forum’s secretary to decide." in page
    assert "For HR or the coordinator to decide." in page
    take(browse_as(lead), from_elsewhere(), EVERYTHING)
    assert queries.settings()["forum"]["quorum_share"] == 50
    take(browse_as(secretary), from_elsewhere(), EVERYTHING)
    assert queries.settings()["forum"]["quorum_share"] == 60
    assert queries.settings()["champions"]["offer_days"] == 7


def test_rules_that_do_not_go_together_are_refused_and_nothing_is_taken_in(browse_as, secretary):
    rules = {"forum": {"agenda_opens_days": 5, "agenda_closes_days": 3}}
    learning = from_elsewhere(settings=rules)
    page = take(browse_as(secretary), learning, ["outcomes.0", "settings.forum.agenda_opens_days"])
    assert "Nothing was taken in." in text_of(page)
    assert not Elsewhere.objects.exists()


def test_what_others_decided_stands_under_their_name_follows_their_next_file_and_is_taken_away(browse_as, lead, asha):
    take(browse_as(lead), from_elsewhere(), ["outcomes.0"])
    page = text_of(browse_as(asha).get("/forum/elsewhere/?area=absence"))
    assert "Mercia Vale Police did, or decided: A card in every locker." in page
    assert "Take away" not in page
    assert "Nothing from other forces stands here yet about this area." in text_of(
        browse_as(asha).get("/forum/elsewhere/?area=leadership")
    )
    later = from_elsewhere()
    later["outcomes"][0]["status"] = "done"
    assert "Changed since: A card in every locker." in text_of(upload(browse_as(lead), later))
    take(browse_as(lead), later, ["outcomes.0"])
    assert [row.status for row in Elsewhere.objects.all()] == ["done"]
    browse_as(lead).post("/forum/elsewhere/forget/", {"force": "Mercia Vale Police"})
    assert not Elsewhere.objects.exists()


def test_out_of_one_portal_into_an_empty_one_and_out_again_it_is_the_same(browse_as, secretary, learnt):
    client = browse_as(secretary)
    first = shared(client)
    with acting_as(secretary):
        for model in (Commitment, Outcome, Meeting, Guidance, Sponsor):
            model.objects.all().delete()
    Force.objects.update(name="Another Police")
    ticks = [f"{kind}.{place}" for kind in queries.KINDS for place in range(len(first[kind]))]
    take(client, first, ticks)
    decided = [
        {name: getattr(row, name) for name in ("said", "text", "next", "area", "status", "strand")}
        | {"month": f"{row.month:%Y-%m}"}
        for row in Elsewhere.objects.all()
    ]
    assert sorted(decided, key=lambda one: one["text"]) == sorted(first["outcomes"], key=lambda one: one["text"])
    for row in Commitment.objects.all():
        plan_actions.change(commitment=row, by=secretary, owner_office="Head of Learning")
        plan_actions.publish(commitment=row, by=secretary)
    Guidance.objects.update(published=True)
    again = shared(client)
    assert again["guidance"] == first["guidance"]
    assert again["settings"] == first["settings"]
    assert again["plan"] == [one | {"measurements": []} for one in first["plan"]]


def test_a_force_does_not_learn_from_itself(browse_as, lead, learnt):
    client = browse_as(lead)
    assert "is from Invented Police itself" in text_of(upload(client, shared(client)))


def test_what_is_written_is_read_as_it_was(learnt):
    said = queries.learning(queries.entries(divisions=True))
    read = files.read(files.written(said).encode())
    assert files.written(read) == files.written(said)
    assert files.read(files.carried(read).encode()) == read


def changed(path: str, value) -> dict:
    """A file in which one thing is another: `changed("plan.0.text", …)`."""
    learning = from_elsewhere()
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner = learning
    for part in way:
        inner = inner[part]
    inner[last] = value
    return learning


def test_a_file_that_is_not_as_it_should_be_is_refused_and_says_why(browse_as, lead):
    client, not_said = browse_as(lead), []
    for learning, sentence in [
        (b"", "The file"),
        (b"\xff\xfe\x00", "no JSON file"),
        (b"[" * 200_000, "no JSON file"),
        (b'{"format": 1, "format": 2}', "no JSON file"),
        (b'{"version": NaN}', "no JSON file"),
        (b"9" * 10_000, "no JSON file"),
        (b"[]", "not one in which a portal"),
        (b'"text"', "not one in which a portal"),
        (b" " * (files.MOST_BYTES + 1), "larger than 1 MB"),
        (changed("version", 2), "reads version 1"),
        (changed("people", []), "does not know: people"),
        (changed("\ud800", []), "does not know: ?"),
        (changed("outcomes", {}), "must be a list"),
        (changed("outcomes", [1]), "must be an object"),
        (changed("outcomes.0.owner", "Asha"), "does not know: owner"),
        (changed("outcomes.0.text", ""), "is empty"),
        (changed("outcomes.0.text", "a" * 501), "longer than 500"),
        (changed("outcomes.0.text", 5), "must be text"),
        (changed("outcomes.0.text", "a\x00b"), "holds a character"),
        (changed("outcomes.0.text", "a\ud800b"), "holds a character"),
        (changed("outcomes.0.month", "2026-13"), "does not exist"),
        (changed("outcomes.0.month", "March"), "must be a month"),
        (changed("outcomes.0.status", "secret"), "is none of"),
        (changed("outcomes.0.status", []), "is none of"),
        (changed("outcomes", from_elsewhere()["outcomes"] * 2), "twice"),
        (changed("outcomes", from_elsewhere()["outcomes"] * 401), "more than 400"),
        (changed("plan.0.due", "2026-02-30"), "does not exist"),
        (changed("plan.0.due", "9999-01-01"), "in a year"),
        (changed("plan.0.target_value", "80"), "must be a number"),
        (changed("plan.0.target_value", True), "must be a number"),
        (changed("plan.0.target_value", 1e300), "must be a number below"),
        (changed("plan.0.target_value", 1.234), "one decimal"),
        (changed("plan.0.unit", ""), "what it counts"),
        (changed("plan.0.baseline_on", None), "without its day"),
        (changed("plan.0.measure_months", 0), "whole number"),
        (changed("plan.0.measurements.0.value", -1), "must be a number"),
        (changed("plan.0.measurements.0.by", "Asha"), "does not know: by"),
        (changed("guidance", [*from_elsewhere()["guidance"], {"title": "SLEEP ON NIGHTS", "summary": "a", "text": ""}]),
         "twice"),
        (changed("settings", {"people": {}}), "must be the rules of"),
        (changed("settings.forum", {"secret": 1}), "does not know: secret"),
        (changed("settings.forum.quorum_share", 300), "cannot be"),
        (changed("settings.forum.quorum_share", True), "not the kind of thing"),
        (changed("settings.champions.waiting_order", "me_first"), "cannot be"),
        (changed("settings.mentoring", {"duty_welfare_phone": "999"}), "does not know: duty_welfare_phone"),
    ]:  # fmt: skip
        page = upload(client, learning)
        if page.status_code != 200 or sentence not in text_of(page):
            not_said.append((str(learning)[:200], sentence, text_of(page)[:300]))
    assert not_said == []


def test_what_the_page_carried_is_believed_no_more_than_the_file(browse_as, lead):
    for learning in (changed("outcomes.0.owner", "Asha"), [], "x"):
        assert "did not come through whole" in text_of(take(browse_as(lead), learning, EVERYTHING))
    assert not Elsewhere.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(browse_as, lead):
    page = upload(browse_as(lead), b'{"format": "' + b"a" * 50 * 1024 * 1024 + b'"}')
    assert "larger than 1 MB" in text_of(page)


def test_markup_in_a_file_is_shown_as_text(browse_as, lead, asha):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)"> =cmd|"/c calc"!A1'
    learning = changed("outcomes.0.text", hostile)
    learning["guidance"][0]["text"] = f"{hostile}\n\n[words](javascript:alert(1))"
    learning["force"] = "Mercia <b>Vale</b>"
    client = browse_as(lead)
    shown = upload(client, learning).content.decode()
    take(client, learning, EVERYTHING)
    Guidance.objects.update(published=True)
    read = browse_as(asha).get("/forum/elsewhere/").content.decode()
    guidance = browse_as(asha).get(Guidance.objects.get().get_absolute_url()).content.decode()
    for page in (shown, read, guidance):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    assert "Mercia &lt;b&gt;Vale" in read


def test_a_title_of_which_no_address_can_be_made_takes_nothing_in(browse_as, lead):
    learning = changed("guidance.0.title", "…")
    page = take(browse_as(lead), learning, EVERYTHING)
    assert "Nothing was taken in." in text_of(page)
    assert not Elsewhere.objects.exists()
