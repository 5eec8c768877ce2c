"""The one box for the whole portal, as it looks: empty, refused, found, urgent, and nothing found."""

from tests.databases import the_worker
from tests.factories.guidance import a_page
from tests.factories.people import the_force
from tests.factories.spocs import topic
from tests.factories.stories import published
from wellbeing.search import tasks
from wellbeing.support import actions as support


def test_the_box_and_all_that_it_can_answer_look_right(
    page, sign_in, check_page, asha, chidi, coordinator, champion, spoc
):
    the_force()
    support.load_shipped_topics()
    support.load_shipped_services()
    published(chidi, coordinator, topics=[topic("Not sleeping")])
    a_page("Nights", text="What helps when you cannot sleep.")
    with the_worker():
        tasks.learn.apply(throw=True)
    sign_in(asha)

    def search(text: str) -> None:
        page.get_by_role("searchbox", name="What are you looking for?").fill(text)
        with page.expect_navigation():
            page.get_by_role("search", name="Whole portal").get_by_role("button", name="Search").click()
        assert page.url.endswith("/search/")

    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("link", name="Search").first.click()
    check_page(page)
    for text, heading in [
        ("", "What are you looking for?"),
        ("can't sleep", "To talk about"),
        ("pearse", "Champions"),
        ("I want to die", "You can talk to somebody now"),
        ("zzyzx qqq", "Nothing found"),
    ]:
        search(text)
        page.get_by_role("main").get_by_text(heading, exact=True).first.wait_for()
        check_page(page)
    assert page.title().startswith("Search")
