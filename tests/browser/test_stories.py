"""Stories, as they are read and as somebody writes their own."""

from tests.factories.people import the_force
from tests.factories.spocs import topic
from tests.factories.stories import asked, draft, published


def test_the_pages_of_stories_look_right_and_hints_come_while_somebody_writes(
    page, sign_in, check_page, asha, chidi, coordinator
):
    the_force()
    told = published(asha, coordinator, name_shown="full", leader=True, topics=[topic("Not sleeping")])
    waiting, mine = asked(asha), draft(chidi)
    sign_in(chidi)
    for address in ("/spocs/stories/", told.get_absolute_url(), "/spocs/stories/mine/"):
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
