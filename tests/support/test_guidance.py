"""Pages of guidance: reading them, saying that they are still right, and those that ship with the portal."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories.guidance import a_page, overdue
from wellbeing.people import history
from wellbeing.people.actions import change_person
from wellbeing.reminders import working_days
from wellbeing.support import actions, markdown, queries, shipped_guidance
from wellbeing.support.models import Guidance, Topic

LIST = "/guidance/"
MINE = "/guidance/mine/"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


# --- Reading ------------------------------------------------------------------------------------------


def test_the_list_shows_published_pages_by_title_with_their_summaries(browse_as, asha):
    a_page("Small talk")
    a_page("boundaries", summary="Where your part ends.")
    a_page("Not ready", published=False)

    page = text_of(browse_as(asha).get(LIST))

    assert page.index("boundaries") < page.index("Where your part ends.") < page.index("Small talk")
    assert "Not ready" not in page
    assert "Pages you look after" not in page


def test_without_guidance_the_list_says_so_and_where_else_to_look(browse_as, asha):
    page = text_of(browse_as(asha).get(LIST))

    assert "No guidance is here yet" in page
    assert 'href="/worried/"' in page


def test_nobody_reads_guidance_without_signing_in(client, db):
    for address in (LIST, MINE, a_page().get_absolute_url()):
        assert client.get(address).headers["Location"] == "/account/login/"


def test_the_foot_of_every_page_leads_to_it_for_whoever_is_signed_in(client, browse_as, asha):
    assert LIST in text_of(browse_as(asha).get("/worried/"))
    assert LIST not in text_of(client.get("/worried/"))


def test_a_page_says_who_keeps_it_right_and_until_when_it_is(browse_as, asha, champion):
    page = a_page(owner_id=champion.pk, text="## Why\n\nIt **helps**.", review_on=date(2031, 3, 3))

    shown = browse_as(asha).get(page.get_absolute_url()).content.decode()

    assert '<h2 class="govuk-heading-m">Why</h2>' in shown
    assert "It <strong>helps</strong>." in shown
    assert "Aaron Pearce keeps this page up to date." in shown
    assert "To be checked again by Monday 3 March 2031." in shown
    assert "Last checked on" not in shown


def test_a_page_that_was_checked_says_when(browse_as, asha):
    page = a_page(owner_id=asha.pk)
    Guidance.objects.filter(pk=page.pk).update(reviewed_on=date(2020, 3, 2))

    assert "Last checked on Monday 2 March 2020." in text_of(browse_as(asha).get(page.get_absolute_url()))


def test_a_page_past_its_day_says_so_kindly_and_names_whom_to_ask(browse_as, asha, champion):
    page = a_page(owner_id=champion.pk)
    overdue(page)

    shown = text_of(browse_as(asha).get(page.get_absolute_url()))

    assert "has not got round to it yet" in shown
    assert "please ask Aaron Pearce before you rely on it" in shown
    assert "To be checked again by" not in shown


def test_on_its_very_day_a_page_is_not_overdue(browse_as, asha):
    page = a_page(review_on=timezone.localdate())

    assert "got round to it" not in text_of(browse_as(asha).get(page.get_absolute_url()))


@pytest.mark.parametrize("change", [{"hidden": True}, {"left": date(2026, 1, 1)}], ids=["hidden", "left"])
def test_an_owner_who_is_hidden_or_has_left_is_not_named(browse_as, asha, champion, change):
    page = a_page(owner_id=champion.pk)
    overdue(page)
    change_person(person=champion, by=None, **change)

    for address in (LIST, page.get_absolute_url()):
        assert "Pearce" not in text_of(browse_as(asha).get(address))


def test_a_page_that_is_not_published_is_not_there_whoever_asks(browse_as, asha, coordinator):
    page = a_page(published=False, owner_id=asha.pk)

    for person in (asha, coordinator):
        assert browse_as(person).get(page.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", [LIST, MINE])
def test_a_list_asks_the_database_as_often_for_three_pages_as_for_one(
    browse_as, asha, address, django_assert_max_num_queries
):
    client, asked = browse_as(asha), []
    client.get(address)
    for titles in (("One",), ("Two", "Three")):
        for title in titles:
            a_page(title, owner_id=asha.pk)
        with django_assert_max_num_queries(20) as captured:
            assert client.get(address).status_code == 200
        asked.append(len(captured))

    assert asked[0] == asked[1]


# --- Still right --------------------------------------------------------------------------------------


def test_an_owner_sees_their_pages_the_most_urgent_first_and_overdue_ones_marked(browse_as, asha, ben):
    late, later = a_page("Late", owner_id=asha.pk), a_page("Later", owner_id=asha.pk, published=False)
    a_page("Somebody else's", owner_id=ben.pk)
    overdue(late)

    page = text_of(browse_as(asha).get(MINE))

    assert page.index(late.title) < page.index("Overdue") < page.index(later.title) < page.index("Not published yet.")
    assert page.count("Overdue") == 1
    assert "Somebody else's" not in page
    assert "Pages you look after" in text_of(browse_as(asha).get(LIST))


def test_whoever_looks_after_no_page_is_told_so(browse_as, asha):
    assert "You do not look after a page just now." in text_of(browse_as(asha).get(MINE))


def test_whoever_edits_the_pages_is_led_there_and_everybody_else_to_the_coordinator(browse_as, asha, coordinator):
    pages = {owner: a_page(f"Page of {owner.known_as}", owner_id=owner.pk) for owner in (asha, coordinator)}
    edit = reverse("admin:support_guidance_change", args=[pages[coordinator].pk])
    own = browse_as(coordinator)
    listed = own.get(MINE)
    assert f'href="{edit}"' in listed.content.decode()
    assert "tell the coordinator" not in text_of(listed)
    assert own.get(edit).status_code == 200
    assert "tell the coordinator, who edits the pages" in text_of(browse_as(asha).get(MINE))
    assert "Change its words" not in text_of(browse_as(asha).get(MINE))


def test_an_owner_says_that_a_page_is_still_right_and_it_is_checked_again_in_a_year(browse_as, asha):
    page = a_page(owner_id=asha.pk)
    overdue(page)

    answer = browse_as(asha).post(reverse("guidance_reviewed", args=[page.address]), follow=True)

    page.refresh_from_db()
    assert page.reviewed_on == timezone.localdate()
    assert page.review_on == actions.in_a_year()
    assert "Thank you. “Small talk” is to be checked again by" in text_of(answer)
    assert "Overdue" not in text_of(answer)
    assert (history.of(page)[0].verb, history.of(page)[0].by) == ("checked and found right", asha)


@pytest.mark.parametrize(
    ("today", "again"),
    [
        (date(2026, 11, 25), date(2027, 11, 25)),
        (date(2026, 2, 13), date(2027, 2, 12)),  # a Saturday
        (date(2026, 12, 28), date(2027, 12, 24)),  # a bank holiday, after a weekend
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_year_later_is_a_working_day(monkeypatch, today, again):
    monkeypatch.setattr(timezone, "localdate", lambda: today)

    assert actions.in_a_year() == again
    assert working_days.is_working_day(again)


def test_nobody_else_says_that_a_page_is_still_right(browse_as, asha, ben, chidi, hr, lead, superuser):
    page = a_page(owner_id=asha.pk)

    for person in (ben, chidi, hr, lead, superuser):
        assert browse_as(person).post(reverse("guidance_reviewed", args=[page.address])).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.reviewed(guidance=page, by=person)
    page.refresh_from_db()
    assert page.reviewed_on is None


def test_an_owner_who_has_left_says_nothing_more(asha):
    page = a_page(owner_id=asha.pk)
    change_person(person=asha, by=None, left=date(2026, 1, 1))

    with pytest.raises(PermissionDenied):
        actions.reviewed(guidance=page, by=asha)


def test_the_coordinator_says_so_for_any_page_with_a_second_factor(browse_as, client, asha, coordinator):
    page = a_page(owner_id=asha.pk)
    address = reverse("guidance_reviewed", args=[page.address])
    client.force_login(coordinator)

    assert client.post(address).url == reverse("second_factor_needed")
    page.refresh_from_db()
    assert page.reviewed_on is None

    assert browse_as(coordinator).post(address).url == MINE
    page.refresh_from_db()
    assert page.reviewed_on == timezone.localdate()


def test_an_owner_needs_no_second_factor(client, asha):
    page = a_page(owner_id=asha.pk)
    client.force_login(asha)

    assert client.post(reverse("guidance_reviewed", args=[page.address])).url == MINE


def test_looking_at_the_address_of_the_button_changes_nothing(browse_as, asha):
    page = a_page(owner_id=asha.pk)

    assert browse_as(asha).get(reverse("guidance_reviewed", args=[page.address])).status_code == 405


def test_published_pages_with_an_owner_are_there_to_review(asha):
    page = a_page(owner_id=asha.pk)
    a_page("Nobody's")
    a_page("Not ready", owner_id=asha.pk, published=False)

    assert list(queries.guidance_to_review()) == [page]


# --- What the database and the actions refuse ---------------------------------------------------------


def refuses(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("guidance_title_once", {"title": "OTHER"}),
        ("guidance_slug_once", {"slug": "other"}),
        ("published_guidance_has_text", {"text": ""}),
        ("guidance_looked_at_again_later", {"reviewed_on": date(2031, 3, 3), "review_on": date(2031, 3, 3)}),
    ],
)
def test_a_row_that_cannot_be(db, constraint, values):
    a_page("Other")
    page = a_page()

    with refuses(constraint), transaction.atomic():
        Guidance.objects.filter(pk=page.pk).update(**values)


def test_a_title_makes_the_name_for_code_once_and_two_that_make_the_same_get_two(db):
    page = a_page("Small talk")
    actions.save_guidance(guidance=page, by=None, title="A chat")

    assert page.slug == "small-talk"
    assert a_page("Small talk!").slug == "small-talk-2"
    assert a_page("Mine").slug == "mine-2"
    assert len(a_page("a long word " * 8).slug) <= 92


def test_the_address_says_nothing_of_what_a_page_is_about_and_where_it_stood_before_leads_there(browse_as, asha):
    page, draft = a_page("Small talk", text="As [here](/guidance/small-talk/)."), a_page("Not yet", published=False)
    client = browse_as(asha)

    assert page.get_absolute_url() == f"/guidance/{page.address}/"
    assert client.get("/guidance/small-talk/").url == page.get_absolute_url()
    shown = client.get(page.get_absolute_url()).content.decode()
    assert f'href="{page.get_absolute_url()}"' in shown
    assert "small-talk" not in shown
    gone = client.get(f"/guidance/{draft.slug}/"), client.get(draft.get_absolute_url())
    assert [answer.status_code for answer in gone] == [404, 404]


def test_a_title_without_a_letter_is_refused(db):
    with pytest.raises(ValidationError, match="letter or digit"):
        a_page("…")


def test_the_history_says_that_the_text_changed_and_not_what_it_was(coordinator):
    page = a_page()
    actions.save_guidance(guidance=page, by=coordinator, text="Something else.", summary="Other.")

    assert history.of(page)[0].details == {"text": None, "summary": ["Why it helps.", "Other."]}


# --- The pages that ship with the portal --------------------------------------------------------------


def test_the_pages_ship_published_to_be_checked_in_a_year_and_each_reads_well(browse_as, asha):
    assert actions.load_shipped_guidance() == 19

    assert set(Guidance.objects.published().values_list("title", flat=True)) == {
        "After you have listened: where help is",
        "Asking twice",
        "Boundaries for volunteers",
        "Coming back to work",
        "Driving, firearms and your health",
        "For families",
        "Holding a 1-1",
        "Looking after your body",
        "The right words",
        "Looking after yourself as a volunteer",
        "Medicines and work",
        "Mindfulness and a quieter head",
        "Money, housing and time off",
        "Noticing that somebody is struggling",
        "Shifts when you come back",
        "Supporting somebody at home",
        "What confidentiality means here",
        "What getting treatment is like",
        "Working with a condition",
    }
    assert set(Guidance.objects.values_list("review_on", "owner")) == {(actions.in_a_year(), None)}
    for page in Guidance.objects.all():
        page.full_clean()
        shown = browse_as(asha).get(page.get_absolute_url())
        assert '<h2 class="govuk-heading-m">' in shown.content.decode()
        assert not set("*#[") & set(markdown.rendered(page.text))
        assert "In our own words" in page.text.rpartition("---")[2], "says whom it learnt from"


def test_the_shipped_pages_are_about_topics_of_the_vocabulary_and_lead_to_pages_that_are_there(browse_as, asha):
    actions.load_shipped_topics()
    actions.load_shipped_guidance()

    names = set(Topic.objects.values_list("name", flat=True))
    assert {name for page in shipped_guidance.pages() for name in page.topics} <= names
    body = Guidance.objects.get(slug="looking-after-your-body")
    assert body.topics.filter(name="Menopause").exists()
    client, texts = browse_as(asha), " ".join(page.text for page in Guidance.objects.all())
    for address in set(re.findall(r"\]\((/[^)]*)\)", texts)):
        assert client.get(address, follow=True).status_code == 200, address


def test_loading_them_again_adds_nothing_also_when_one_has_another_title_by_now(coordinator):
    actions.load_shipped_guidance()
    page = Guidance.objects.get(slug="the-right-words")
    actions.save_guidance(guidance=page, by=coordinator, title="Finding words", text="Ours.")

    assert actions.load_shipped_guidance() == 0
    page.refresh_from_db()
    assert page.text == "Ours."


def test_a_page_of_the_forces_own_with_the_same_title_is_not_added_again(db):
    page = a_page("Words")
    actions.save_guidance(guidance=page, by=None, title="The RIGHT words")

    assert actions.load_shipped_guidance() == 18
