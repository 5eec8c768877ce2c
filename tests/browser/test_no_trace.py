"""Promise 1 over the whole stack: a walk through the portal is told by nothing here, and by nothing in the browser.

Not by the database, the cache, the broker, the log of gunicorn and Django, nor a session; and no Referer, no address
and no title in the browser's history, says what was typed or what it was about.
"""

import re
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from tests.factories.guidance import a_page
from tests.factories.people import PersonFactory, the_force
from tests.factories.spocs import listed_spoc
from tests.factories.stories import published
from tests.traces import changed, everything_cached, everything_stored
from wellbeing.support import actions as support
from wellbeing.support.models import Service, Topic

TYPED, SEARCHED, NAMED = "lying awake", "debts and sorrow", "pearc"
TITLE = "The nights that would not end"


@pytest.fixture
def world(chidi, coordinator, champion):
    """What there is to look at; each by what a trace would name it by."""
    the_force()
    support.load_shipped_topics()
    support.load_shipped_services()
    sleep = Topic.objects.get(name="Not sleeping")
    service = Service.objects.filter(topics=sleep).first()
    quilla = listed_spoc(person=PersonFactory(known_as="Quilla"), topics=[sleep], rank_band="supervisor")
    story = published(chidi, coordinator, title=TITLE, topics=[sleep])
    page = a_page("When nights are long")
    page.topics.add(sleep)
    return {"topic": sleep, "spoc": quilla, "story": story, "service": service, "guidance": page, "champion": champion}


@pytest.fixture
def words(world) -> list[str]:
    """What no trace may hold: all that was typed, topics' names, and whom and what was looked at."""
    keys = [world["topic"].pk, world["spoc"].pk, world["story"].story_id, world["champion"].champion.pk]
    keys = [str(key) for key in (*keys, world["guidance"].address)]
    return [*secrets(world), *keys, f"services/{world['service'].pk}/"]


def page_of(topic) -> str:
    return reverse("spocs:topic", args=[topic.pk])


def secrets(world) -> list[str]:
    """What no address and no title may hold either, where a key that says nothing by itself may stand."""
    names = list(Topic.objects.values_list("name", flat=True))
    titles = [TITLE, world["service"].name, world["guidance"].title, world["spoc"].shown_name, "Pearce"]
    titles.append(world["guidance"].slug)
    return [TYPED, SEARCHED, NAMED, *names, *(slugify(name) for name in names), *titles]


def found_in(text: str, words) -> list[str]:
    """Which of the words stand in the text, however it is written in an address."""
    text = unquote_plus(text).lower()
    return [word for word in words if re.search(rf"\b{re.escape(word.lower())}", text)]


class Tab:
    """Asha's browser, and what it sent: works with JavaScript and without."""

    def __init__(self, context):
        self.page, self.requests = context.new_page(), []
        context.on("request", lambda request: self.requests.append(request))

    def go(self, address: str) -> None:
        self.page.goto(address)

    def follow(self, address: str) -> None:
        """Click the first link that leads there."""
        with self.page.expect_navigation():
            self.page.locator(f'main a[href="{address}"]').first.click()

    def submit(self, form: str, **typed) -> None:
        """Type into that form, and send it by its button."""
        for name, text in typed.items():
            self.page.locator(f'{form} [name="{name}"]').fill(text)
        with self.page.expect_navigation():
            self.page.locator(f'{form} button[type="submit"]').first.click()

    @property
    def history(self) -> list[dict]:
        """What the browser itself remembers of this tab: address and title."""
        return self.page.context.new_cdp_session(self.page).send("Page.getNavigationHistory")["entries"]

    @property
    def referers(self) -> list[str]:
        return [request.all_headers().get("referer", "") for request in self.requests]


@pytest.fixture
def open_tab(browser, base_url, context, sign_in, asha):
    """`open_tab(javascript)`: a tab in which Asha is signed in."""
    opened = []

    def tab(javascript: bool) -> Tab:
        sign_in(asha)
        state = context.storage_state()
        opened.append(browser.new_context(base_url=base_url, java_script_enabled=javascript, storage_state=state))
        return Tab(opened[-1])

    yield tab
    for other in opened:
        other.close()


def walk(tab: Tab, world, javascript: bool) -> None:
    """From home to the list, by what was typed to a topic, filtered, to a profile; to read; and a search."""
    topic, spoc = page_of(world["topic"]), world["spoc"].get_absolute_url()
    tab.go("/")
    tab.follow("/spocs/")
    _type_words(tab, javascript)
    tab.follow(topic)
    _narrow(tab, javascript)
    tab.follow(spoc)
    tab.go(topic)
    tab.follow(world["story"].get_absolute_url())
    tab.follow(topic)
    tab.follow(f"/services/{world['service'].pk}/")
    tab.go(topic)
    tab.follow(world["guidance"].get_absolute_url())
    tab.go("/champions/")
    _look_for_a_champion(tab, javascript)
    tab.follow(world["champion"].champion.get_absolute_url())
    tab.go("/search/")
    tab.submit('form[aria-label="Whole portal"]', text=SEARCHED)
    tab.submit('form[aria-label="Whole portal"]', text=NAMED)
    tab.follow(world["champion"].champion.get_absolute_url())


def _type_words(tab, javascript) -> None:
    if javascript:
        with tab.page.expect_response("**/spocs/find/"):
            tab.page.locator("#words").press_sequentially(TYPED)
        tab.page.wait_for_timeout(500)
    else:
        tab.submit('form[aria-label="Topics"]', text=TYPED)


def _narrow(tab, javascript) -> None:
    form = 'form[aria-label="Who you would rather talk to"]'
    tab.page.locator("details.govuk-details > summary").first.click()
    chosen = tab.page.locator(f'{form} [name="when"]')
    if javascript:
        with tab.page.expect_response(lambda answer: answer.request.method == "POST"):
            chosen.select_option("by_day")
    else:
        chosen.select_option("by_day")
        tab.submit(form)


def _look_for_a_champion(tab, javascript) -> None:
    if javascript:
        with tab.page.expect_response(lambda answer: answer.request.method == "POST"):
            tab.page.locator("form.search input[name=text]").fill(NAMED)
    else:
        tab.submit("form.search", text=NAMED)


def sessions() -> str:
    return str([session.get_decoded() for session in Session.objects.all()])


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_walk_leaves_nothing_here_and_nothing_in_the_browser(
    page, open_tab, world, words, as_owner, base_url, javascript
):
    log, tab = Path(settings.VAR_DIR, "web.log"), open_tab(javascript)
    tab.go("/")
    stored, cached, logged = everything_stored(as_owner), everything_cached(), log.stat().st_size

    walk(tab, world, javascript)

    assert changed(stored, everything_stored(as_owner)) == set()
    assert changed(cached, everything_cached()) == set()
    assert log.read_text()[logged:] == ""
    assert "_auth_user_id" in sessions()
    assert found_in(sessions(), words) == []
    said = secrets(world)
    assert len(tab.history) > 10
    for entry in tab.history:
        assert found_in(f"{entry['url']} {entry['title']}", said) == [], entry
        assert "?" not in entry["url"]
    assert f"{base_url}/" in tab.referers
    for referer in tab.referers:
        assert found_in(referer, words) == []
        assert urlsplit(referer).path in ("", "/") or "/static/" in referer, referer


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_saying_that_it_helped_is_a_number_and_leaves_nothing_else(page, open_tab, world, words, as_owner, javascript):
    log, tab = Path(settings.VAR_DIR, "web.log"), open_tab(javascript)
    tab.go("/")
    stored, cached, logged = everything_stored(as_owner), everything_cached(), log.stat().st_size
    pages = (page_of(world["topic"]), world["story"].get_absolute_url(), world["guidance"].get_absolute_url())
    for address in pages:
        tab.go(address)
        with tab.page.expect_navigation():
            tab.page.locator("#did-this-help button").first.click()
        tab.page.get_by_text("Your answer is added to a number").wait_for()
        assert urlsplit(tab.page.url).path == address
    assert changed(stored, everything_stored(as_owner)) == {"support_feedback"}
    assert changed(cached, everything_cached()) == set()
    assert log.read_text()[logged:] == ""
    assert found_in(sessions(), words) == []
    for referer in tab.referers:
        assert found_in(referer, words) == []


def test_the_comparisons_would_see_a_trace(page, open_tab, world, words, as_owner, asha):
    log, tab = Path(settings.VAR_DIR, "web.log"), open_tab(False)
    stored, cached, logged = everything_stored(as_owner), everything_cached(), log.stat().st_size
    tab.go(f"/search/?{TYPED.replace(' ', '+')}")
    assert found_in(tab.history[-1]["url"], words) == [TYPED]
    tab.page.locator("main").wait_for()
    remembered = Client()
    session = remembered.session
    session["text"] = f"Somebody was {TYPED.upper()}"
    session.save()
    assert changed(stored, everything_stored(as_owner)) == {"django_session"}
    assert found_in(sessions(), words) == [TYPED]
    cache.set(f"seen-{uuid4()}", TYPED)
    assert changed(cached, everything_cached())
    assert tab.page.request.post("/search/", form={"text": TYPED}).status == 403
    told = log.read_text()[logged:]
    assert "POST" in told  # the line of a refused form stands there, and what was typed does not
    assert found_in(told, words) == []
