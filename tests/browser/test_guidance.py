"""Guidance: read by anybody, kept right by its owner, written by the coordinator."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.guidance import a_page, overdue
from tests.factories.people import the_force
from wellbeing.support import actions, queries
from wellbeing.support.models import Guidance, Statement


@pytest.fixture
def shipped(asha):
    """The pages that ship, one of them Asha's and overdue, and one of hers that is not published."""
    the_force()
    actions.load_shipped_guidance()
    page = Guidance.objects.get(slug="the-right-words")
    actions.save_guidance(guidance=page, by=None, owner_id=asha.pk)
    overdue(page)
    soon = timezone.localdate() + timedelta(days=10)
    a_page("Mindfulness on nights", owner_id=asha.pk, published=False, review_on=soon)


def test_the_list_and_each_page_that_ships(page, check_page, sign_in, chidi, shipped):
    sign_in(chidi)
    page.goto("/worried/")
    with page.expect_navigation():
        page.get_by_role("link", name="Guidance for when you want to help").click()
    check_page(page)
    for title in ("Holding a 1-1", "The right words", "Looking after yourself as a volunteer"):
        page.goto("/guidance/")
        page.get_by_role("link", name=title).click()
        page.get_by_role("heading", level=1, name=title).wait_for()
        check_page(page)


def test_the_list_without_guidance_and_without_pages_of_ones_own(page, check_page, sign_in, chidi):
    sign_in(chidi)
    for address in ("/guidance/", "/guidance/mine/"):
        page.goto(address)
        check_page(page)


def test_an_owner_says_that_a_page_is_still_right(page, check_page, sign_in, asha, shipped):
    sign_in(asha)
    page.goto("/guidance/")
    page.get_by_role("link", name="Pages you look after").click()
    page.get_by_role("heading", level=1, name="Pages you look after").wait_for()
    check_page(page)
    page.get_by_role("button", name="The right words").click()
    page.get_by_text("Thank you. “The right words” is to be checked again by").wait_for()
    check_page(page)
    page.get_by_role("link", name="The right words", exact=True).click()
    page.get_by_text("Last checked on").wait_for()
    check_page(page)


def test_all_that_markdown_can_make_fits_a_narrow_screen(page, check_page, sign_in, chidi):
    text = "# One\n\n## Two\n\n### Three\n\n> Said by **somebody**\n\n1. first\n   - within\n2. second\n\n---\n\n"
    text += f"{'long' * 40}\n\n- {'word' * 40}\n- [https://{'a' * 60}.example](https://www.example.org/)\n\n"
    text += "```\nas typed\n```"
    sign_in(chidi)
    page.goto(a_page(text=text).get_absolute_url())
    check_page(page)


def test_guidance_in_the_admin(page, check_page, sign_in, coordinator, shipped):
    sign_in(coordinator)
    key = Guidance.objects.get(slug="the-right-words").pk
    for address in ("", "add/", f"{key}/change/", f"{key}/history/", f"{key}/earlier/"):
        assert page.goto(f"/admin/support/guidance/{address}").ok
        check_page(page)
    page.goto(f"/admin/support/guidance/{key}/change/")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    opened.value.get_by_text("This is a preview: nothing is saved.").wait_for()
    check_page(opened.value)


def test_what_is_signed_and_whether_a_page_helped(page, check_page, sign_in, asha, coordinator, dpo, shipped):
    draft = Statement(
        **queries.to_start_from("limits"), in_force_from=timezone.localdate(), signed_by="Q. Example, Chief"
    )
    actions.approve_statement(statement=actions.draft_statement(statement=draft, by=coordinator), by=dpo)
    for address in ("/limits/", "/never-used-for/", "/privacy/"):
        page.goto(address)
        check_page(page)
    sign_in(asha)
    page.goto("/guidance/the-right-words/")
    with page.expect_navigation():
        page.get_by_role("button", name="Partly").click()
    page.get_by_text("Thank you. Your answer is added to a number").wait_for()
    check_page(page)
    page.goto(f"{page.url}handouts/")
    page.get_by_label("What it is").fill("Slides")
    with page.expect_navigation():
        page.get_by_role("button", name="Add this file").click()
    page.get_by_text("Choose a file.").first.wait_for()
    check_page(page)
    sign_in(coordinator)
    for address in (
        "/did-this-help/figures/",
        f"/admin/support/statement/{draft.pk}/change/",
        "/admin/support/statement/add/",
    ):
        page.goto(address)
        check_page(page)
