"""Stories, as they are read and as somebody writes their own."""

from tests.factories.people import the_force
from tests.factories.spocs import topic
from tests.factories.stories import asked, draft, published


def test_the_pages_of_stories_look_right_and_hints_come_while_somebody_writes(
    page, sign_in, check_page, asha, chidi, coordinator
):
    the_force()
    sleep = topic("Not sleeping")
    told = published(asha, coordinator, name_shown="full", leader=True, topics=[sleep])
    waiting, mine = asked(asha, title="long" * 25), draft(chidi, title="long" * 25)
    sign_in(chidi)
    for address in (
        "/spocs/stories/",
        f"/spocs/stories/about/{sleep.pk}/",
        told.get_absolute_url(),
        "/spocs/stories/mine/",
    ):
        page.goto(address)
        check_page(page)
    for step in ("", "ask/", "write/"):
        page.goto(f"/spocs/stories/mine/{mine.story_id}/{step}")
        check_page(page)
    page.get_by_label("Your story", exact=True).fill("I rang Sgt Miller, and it helped.")
    page.get_by_text("Say “my sergeant”").wait_for()
    check_page(page)
    sign_in(coordinator)
    for address in ("", f"{waiting.pk}/"):
        page.goto(f"/spocs/stories/to-read/{address}")
        check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Pass this story").click()
    check_page(page)


def test_where_a_story_is_printed_and_how_it_is_taken_off_look_right(page, sign_in, check_page, asha, ben, coordinator):
    told = published(asha, coordinator, name_shown="full")
    sign_in(asha)
    page.goto(f"{told.get_absolute_url()}printed/")
    with page.expect_navigation():
        page.get_by_role("button", name="Note it").click()  # with nothing filled in
    check_page(page)
    page.get_by_label("where").fill("Newsletter of November, page 3")
    page.get_by_label("Who keeps it there").fill(ben.staff_number)
    with page.expect_navigation():
        page.get_by_role("button", name="Note it").click()
    check_page(page)
    for address in ("", "remove-name/"):
        page.goto(f"/spocs/stories/mine/{told.story_id}/{address}")
        check_page(page)
    sign_in(coordinator)
    page.goto(f"{told.get_absolute_url()}take-off/")
    check_page(page)
    page.get_by_label("What you tell whoever wrote it").fill("Your neighbour is in it.")
    with page.expect_navigation():
        page.get_by_role("button", name="Take this story off every page").click()
    sign_in(ben)
    page.goto("/spocs/stories/printed/")
    check_page(page)


def test_one_long_word_makes_no_page_wider_than_a_telephone(page, sign_in, check_page, asha, chidi, coordinator):
    the_force()
    words = {"title": "W" * 100, "content_note": "W" * 200, "role_words": "W" * 80, "name_shown": "first"}
    told = published(asha, coordinator, **words)
    waiting, mine = asked(asha, **words), draft(chidi, **words)
    sign_in(chidi)
    for address in (told.get_absolute_url(), f"/spocs/stories/mine/{mine.story_id}/"):
        page.goto(address)
        check_page(page)
    sign_in(coordinator)
    for address in ("", f"{waiting.pk}/"):
        page.goto(f"/spocs/stories/to-read/{address}")
        check_page(page)
