"""Published outcomes: corrected, followed until they are done, looked for, and in a feed."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions import publishing
from forum.meanwhile import marks_of
from forum.models import Correction, Meeting, Outcome
from tests.factories import forum
from tests.pages import text_of
from wellbeing.people import actions as people
from wellbeing.people.models import Change
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate
EVERYBODY = ["asha", "ben", "champion", "spoc", "hr", "coordinator", "lead", "guardian", "dpo", "technical_admin"]
EVERYBODY += ["superuser", "representative", "deputy", "former"]


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


def due(day: date) -> dict:
    return {"due_day": day.day, "due_month": day.month, "due_year": day.year}


# --- Corrections ------------------------------------------------------------------------------------------


def correction(outcome, **more) -> dict:
    kept = {"text": outcome.text, "said": outcome.said, "next": outcome.next, "owned_by": outcome.owned_by}
    rest = {"strand": "", "division": "", "area": "", "why": "The day was wrong.", "looked": ""}
    rest["seen"] = marks_of(outcome)
    return kept | rest | due(outcome.due) | more


@pytest.mark.parametrize("change", [{"hidden": True}, {"left": date(2020, 2, 1)}])
def test_an_owner_whom_no_list_shows_stands_in_no_form(browse_as, secretary, published, hr, change):
    type(hr).objects.filter(pk=hr.pk).update(**change)
    page = browse_as(secretary).get(f"/forum/outcomes/{published.pk}/correct/")
    assert page.context["form"]["owned_by"].value() == ""
    assert "Hana Hr" not in text_of(page)


def test_a_correction_is_marked_with_what_it_said(browse_as, secretary, published, asha):
    client = browse_as(secretary)
    client.post(
        f"/forum/outcomes/{published.pk}/correct/", correction(published, text="Hot food from ten", reprint="on")
    )
    page = text_of(browse_as(asha).get(f"/forum/outcomes/{published.pk}/"))
    assert "Hot food from ten" in page
    assert "The day was wrong. It said: “Hot food at night”" in page
    assert Meeting.objects.get(pk=published.meeting_id).edition == 2


def test_what_was_personal_is_kept_nowhere(browse_as, secretary, published, asha):
    client, address = browse_as(secretary), f"/forum/outcomes/{published.pk}/correct/"
    client.post(address, correction(published, text="Secret words here"))
    published.refresh_from_db()
    client.post(address, correction(published, text="Plainer words"))
    published.refresh_from_db()
    client.post(address, correction(published, text="Other words", was_personal="on", why="It was personal."))
    said = (
        str(list(Correction.objects.values()))
        + str(list(Change.objects.values("details")))
        + str(Outcome.objects.values())
    )
    assert "Secret words" not in said
    assert "Secret words" not in text_of(browse_as(asha).get(f"/forum/outcomes/{published.pk}/"))


def test_a_correction_that_looks_personal_is_shown_first(browse_as, secretary, published, ben):
    client, address = browse_as(secretary), f"/forum/outcomes/{published.pk}/correct/"
    form = correction(published, text="Ben Okafor cooks at night")
    page = client.post(address, form)
    assert "“Ben Okafor” (the name of somebody on the roster)" in text_of(page)
    published.refresh_from_db()
    assert published.text == "Hot food at night"
    client.post(address, form | {"looked": page.context["form"]["looked"].value()})
    published.refresh_from_db()
    assert published.text == "Ben Okafor cooks at night"


def test_why_it_was_corrected_is_read_by_everybody_and_so_names_nobody(browse_as, secretary, published, ben):
    form = correction(published, text="Hot food from ten", why="Ben Okafor was named.")
    page = browse_as(secretary).post(f"/forum/outcomes/{published.pk}/correct/", form)
    assert "it looks personal: “Ben Okafor”" in text_of(page)
    assert not Correction.objects.exists()
    assert Outcome.objects.get(pk=published.pk).text == "Hot food at night"


def test_a_day_that_was_set_meanwhile_is_not_put_back(browse_as, secretary, published):
    client, address = browse_as(secretary), f"/forum/outcomes/{published.pk}/"
    form = correction(published, text="Hot food from ten")
    later, third = published.due + timedelta(days=30), published.due + timedelta(days=60)
    client.post(f"{address}progress/", {"status": "under_way", "note": "", **due(later)})
    page = client.post(f"{address}correct/", form)
    assert "Somebody changed this meanwhile: this is how it stands now." in text_of(page)
    assert "Hot food from ten" in text_of(page)
    assert (Outcome.objects.get().text, Outcome.objects.get().due) == ("Hot food at night", later)
    shown = {name: page.context["form"][name].value() for name in ("seen", "text")}
    assert page.context["form"]["due"].value() == [str(later.day), str(later.month), str(later.year)]
    both = client.post(f"{address}correct/", form | due(third))
    assert f"meanwhile, to “{later:%-d %B %Y}”. Send yours again" in text_of(both)
    client.post(f"{address}correct/", form | shown | due(later))
    corrected = Outcome.objects.get()
    assert (corrected.text, corrected.due, corrected.status) == ("Hot food from ten", later, "under_way")


def test_how_it_stands_is_not_put_back_by_a_page_that_was_opened_before(browse_as, secretary, hr, published):
    address = f"/forum/outcomes/{published.pk}/progress/"
    opened = browse_as(secretary).get(address).context["form"]["seen"].value()
    browse_as(hr).post(address, {"status": "done", "note": "It is there."})
    form = {"seen": opened, "status": "open", "note": "Asked Estates.", **due(published.due)}
    page = browse_as(secretary).post(address, form)
    assert "Somebody changed this meanwhile: Done, due" in text_of(page)
    assert "Asked Estates." in page.content.decode()
    published.refresh_from_db()
    assert published.status == "done"
    browse_as(secretary).post(address, form | {"seen": page.context["form"]["seen"].value()})
    published.refresh_from_db()
    assert published.status == "open"


# --- How it goes on ---------------------------------------------------------------------------------------


def test_its_owner_says_how_it_goes_and_everybody_reads_it(browse_as, published, hr, asha):
    client, address = browse_as(hr), f"/forum/outcomes/{published.pk}/progress/"
    assert "Hot food at night" in text_of(client.get("/forum/outcomes/mine/"))
    client.post(address, {"status": "under_way", "note": "The kitchen is ordered."})
    page = text_of(browse_as(asha).get(f"/forum/outcomes/{published.pk}/"))
    assert "The kitchen is ordered." in page
    assert "Under way" in page


def test_a_note_that_looks_personal_is_refused_with_what_was_typed(browse_as, published, hr, asha):
    page = browse_as(hr).post(
        f"/forum/outcomes/{published.pk}/progress/", {"status": "done", "note": "Asha Patel cooks."}
    )
    assert "it looks personal: “Asha Patel”" in text_of(page)
    assert "Asha Patel cooks." in page.content.decode()


def test_another_day_is_the_secretarys_to_set(browse_as, secretary, published, hr):
    later = published.due + timedelta(days=30)
    browse_as(hr).post(f"/forum/outcomes/{published.pk}/progress/", {"status": "open", "note": "", **due(later)})
    assert Outcome.objects.get(pk=published.pk).due == published.due
    browse_as(secretary).post(f"/forum/outcomes/{published.pk}/progress/", {"status": "open", "note": "", **due(later)})
    assert Outcome.objects.get(pk=published.pk).due == later


def test_it_is_carried_from_meeting_to_meeting_until_it_is_done(browse_as, secretary, published, representative):
    nexts = forum.over(forum.meeting(by=secretary, in_days=3), by=secretary)
    forum.put(published.meeting, starts_at=timezone.now() - timedelta(days=60))
    client = browse_as(secretary)
    assert "Hot food at night" in text_of(client.get(f"/forum/meetings/{nexts.pk}/outcomes/"))
    client.post(f"/forum/outcomes/{published.pk}/progress/", {"status": "done", "note": "", **due(published.due)})
    page = text_of(client.get(f"/forum/meetings/{nexts.pk}/outcomes/"))
    assert "Everything that earlier meetings decided is done." in page


def test_whoever_owns_it_is_reminded_and_no_longer_once_it_is_done(browse_as, held, hr, secretary):
    forum.outcome(held, owner=hr, due=TODAY() + timedelta(days=2))
    with acting_as(secretary):
        publishing.publish(meeting=held, by=secretary)
    with acting_as(hr):
        assert Reminder.objects.filter(kind="forum.owned", state="open").count() == 1
    browse_as(hr).post(f"/forum/outcomes/{Outcome.objects.get().pk}/progress/", {"status": "done", "note": ""})
    with acting_as(hr):
        assert not Reminder.objects.filter(kind="forum.owned", state="open").exists()


@pytest.mark.parametrize("how", ["left", "died", "hidden"])
def test_an_owner_who_is_gone_stands_nowhere_and_the_secretary_names_another(
    browse_as, secretary, published, hr, coordinator, asha, how
):
    if how == "left":
        people.change_person(person=hr, by=coordinator, left=TODAY())
    elif how == "died":
        people.record_death(person=hr, by=coordinator, on=TODAY())
    else:
        type(hr).objects.filter(pk=hr.pk).update(hidden=True)
    page = text_of(browse_as(asha).get(f"/forum/outcomes/{published.pk}/"))
    assert "Owner: to be named" in page
    assert "Hana" not in page
    assert "Name another owner: Hot food at night" in text_of(browse_as(secretary).get("/forum/secretary/"))


# --- The archive and the feed -----------------------------------------------------------------------------


def test_the_archive_is_searched_by_words_that_stand_in_no_address(browse_as, published, held, asha):
    client = browse_as(asha)
    page = client.post("/forum/outcomes/", {"text": "cooking OR foods"})
    assert "1 outcome found." in text_of(page)
    assert 'href="?text' not in page.content.decode()
    assert "Nothing fits." in text_of(client.post("/forum/outcomes/", {"text": "helicopter"}))
    redirected = client.post("/forum/outcomes/", {"text": "", "status": "open", "area": "nonsense"})
    assert redirected.url == "/forum/outcomes/?status=open"


@pytest.mark.parametrize("text", ["'\"\\", "food & | ! ( :*", "\N{CROSS MARK}", "a" * 100])
def test_whatever_is_typed_the_archive_answers(browse_as, published, asha, text):
    assert browse_as(asha).post("/forum/outcomes/", {"text": text}).status_code == 200


@pytest.mark.parametrize("text", ["a" * 101, "food\0"])
def test_words_that_cannot_be_looked_for_stay_in_the_box_and_it_is_said(browse_as, published, asha, text):
    page = browse_as(asha).post("/forum/outcomes/", {"text": text})
    assert "There is a problem" in text_of(page)
    assert text in page.content.decode()


def test_a_sign_that_xml_does_not_know_breaks_no_feed(browse_as, client, held, asha):
    forum.outcome(held, "Hot \uffff\ufffe\x0bfood \N{CROSS MARK}")
    forum.published(held)
    address = browse_as(asha).post("/forum/outcomes/feed/").context["address"]
    feed = ElementTree.fromstring(client.get("/" + address.split("/", 3)[3]).content)  # noqa: S314 - made by the portal
    assert "Hot food \N{CROSS MARK}" in "".join(feed.itertext())


def test_the_feed_has_an_address_of_ones_own_that_can_be_taken_back(browse_as, client, published, asha):
    own = browse_as(asha)
    address = own.post("/forum/outcomes/feed/").context["address"]
    path = "/" + address.split("/", 3)[3]
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert b"Hot food at night" in answer.content
    assert asha.email.encode() not in answer.content
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert not client.cookies
    own.post("/forum/outcomes/feed/close/")
    assert client.get(path).status_code == 404
    assert client.get("/forum/feed/guessed.atom").status_code == 404


def test_whoever_has_left_has_no_feed(browse_as, client, published, asha):
    address = browse_as(asha).post("/forum/outcomes/feed/").context["address"]
    type(asha).objects.filter(pk=asha.pk).update(left=date(2020, 2, 1))
    assert client.get("/" + address.split("/", 3)[3]).status_code == 404


def test_the_feed_is_valid_and_says_what_was_corrected(browse_as, secretary, client, published, asha):
    browse_as(secretary).post(
        f"/forum/outcomes/{published.pk}/correct/", correction(published, text="Hot & <cold> food")
    )
    address = browse_as(asha).post("/forum/outcomes/feed/").context["address"]
    feed = ElementTree.fromstring(client.get("/" + address.split("/", 3)[3]).content)  # noqa: S314 - made by the portal
    atom = "{http://www.w3.org/2005/Atom}"
    for part in (feed, *feed.findall(f"{atom}entry")):  # what RFC 4287 asks of each, once: 4.1.1 and 4.1.2
        assert [len(part.findall(f"{atom}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert datetime.fromisoformat(part.find(f"{atom}updated").text).tzinfo
    assert feed.find(f"{atom}author/{atom}name").text  # which stands for every entry's
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{atom}link")}
    assert links == {"self": address, "alternate": feed.find(f"{atom}id").text}
    entry = feed.find(f"{atom}entry")
    assert entry.find(f"{atom}title").text == "Hot & <cold> food"
    assert entry.find(f"{atom}id").text == f"urn:uuid:{published.pk}"
    assert entry.find(f"{atom}updated").text > entry.find(f"{atom}published").text
    assert "Corrected since it was first published." in entry.find(f"{atom}summary").text


@pytest.mark.parametrize("address", ["/forum/outcomes/", "/forum/outcomes/mine/", "{meeting}", "/forum/secretary/"])
def test_lists_of_outcomes_ask_the_same_number_of_questions(
    browse_as, secretary, held, published, django_assert_num_queries, address
):
    client, address = browse_as(secretary), address.format(meeting=held.get_absolute_url())
    with acting_as(secretary):
        Outcome.objects.filter(pk=published.pk).update(owner=secretary, due=TODAY() - timedelta(days=1))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(3):
        more = forum.outcome(held, f"More {number}", owner=secretary, due=TODAY() - timedelta(days=1))
        with acting_as(secretary):
            Correction.objects.create(outcome=more, why="A slip")
    forum.published(held)
    with django_assert_num_queries(len(one)):
        client.get(address)
