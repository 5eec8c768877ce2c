"""A session that came from outside reaches the person's own pages, and nothing else of the portal."""

import re
import time
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.factories.guidance import a_page
from tests.mentoring.away import away, planned
from tests.mentoring.pages import hidden
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.support.actions import load_shipped_services
from wellbeing.support.models import Guidance
from wellbeing.web import assurance, step_up

from .conftest import asked_for, come_in, is_in, text, try_letter

pytestmark = pytest.mark.django_db
INSIDE = ("/my-plan/", "/static/")
LINK = re.compile(r"""<(a|form|img|script|link|iframe|source)\b[^>]*?\s(?:href|src|action)=["']([^"'#]*)""")
VALUES = {"uuid": "5b1f9e1a-6a0c-4a4e-8a39-0a5f0c5b7e11", "slug": "any", "int": "1", "str": "any", "path": "any/thing"}


def links(answer, page: str) -> set[tuple[str, str]]:
    """(tag, address) of everything that a page leads to within the portal's own host, also inside its scripts' data."""
    html = answer.content.decode()
    found = {(tag, urljoin(page, address)) for tag, address in LINK.findall(html) if address}
    found |= {("data", address) for address in re.findall(r"""data-[\w-]+=["'](/[^"']*)""", html)}
    return {(tag, to) for tag, to in found if not urlsplit(to).scheme and not urlsplit(to).netloc}


def crawl(browser, *starts: str) -> dict[str, int]:
    """The status of every page that can be reached by following what pages lead to; forms are not sent."""
    statuses, waiting = {}, list(starts)
    while waiting:
        page = waiting.pop(0)
        if page in statuses or page.startswith("/static/"):
            continue
        answer = browser.get(page)
        statuses[page] = answer.status_code
        if answer.status_code == 302:
            waiting.append(urljoin(page, answer.headers["Location"]))
        for tag, address in links(answer, page) if answer.get("Content-Type", "").startswith("text/html") else ():
            assert address.startswith(INSIDE), f"{page} leads to {address}"
            if tag == "a":
                waiting.append(address)
    return statuses


def every_address() -> list[str]:
    """An address for every pattern of the portal."""

    def below(patterns, before=""):
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                plain = re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES[found[1] or "str"], route)
                yield "/" + re.sub(r"\(\?P<\w+>[^)]*\)|\\|[\^$]", "x", plain)
            else:
                yield from below(one.url_patterns, route)

    return sorted(set(below(get_resolver().url_patterns)))


@pytest.fixture
def guided(outside, asha, lead):
    """Asha from outside, with guidance that links to other pages of the portal."""
    load_shipped_services()
    a_page(
        title="Right words",
        text="[Urgent](/urgent/), [a page](/guidance/right-words/), [champions](/champions/), [worried](/worried/), "
        "[outside](https://www.nhs.uk/), [two slashes](//evil.example/)",
    )
    return outside


def test_every_page_inside_leads_to_pages_inside_that_answer(guided):
    pages = crawl(guided, "/my-plan/enter/done/", "/my-plan/who-looked/", "/my-plan/nothing-here/")

    assert pages.pop("/my-plan/nothing-here/") == 404
    assert {status for page, status in pages.items() if page != "/my-plan/"} <= {200, 302}
    guidance = f"/my-plan{Guidance.objects.get(slug='right-words').get_absolute_url()}"
    assert {guidance, "/my-plan/urgent/", "/my-plan/my-entry/", "/my-plan/who-looked/"} <= set(pages)


def test_also_for_whoever_is_not_signed_in_or_has_only_a_letter(asha, print_letter, read_out):
    assert "/my-plan/enter/letter/" in crawl(
        Client(), "/my-plan/enter/done/", "/my-plan/nothing-here/", "/my-plan/urgent/"
    )

    browser = Client()
    try_letter(browser, asha, print_letter(asha), read_out(asha))
    assert "/my-plan/my-entry/passkeys/add/" in crawl(
        browser, "/my-plan/enter/done/", "/my-plan/my-entry/address/code/"
    )


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_plan_return_and_passport_can_be_read_and_written_and_lead_inside_too(outside, asha):
    away(asha, by=asha)
    assert planned(outside, text="After ten, please").headers["Location"] == "/my-plan/"

    pages = crawl(outside, "/my-plan/")

    assert {"/my-plan/contact/", "/my-plan/pause/", "/my-plan/passport/", "/my-plan/return/"} <= set(pages)
    assert set(pages.values()) <= {200, 302}
    assert "After ten, please" in text(outside.get("/my-plan/contact/"))
    assert "You : " in text(outside.get("/my-plan/who-looked/"))


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_what_was_being_typed_when_the_session_ended_is_there_again(outside, asha):
    away(asha, by=asha)
    form = hidden(outside.get("/my-plan/contact/"), "/my-plan/contact/")
    outside.post("/my-plan/sign-out/")
    answer = outside.post("/my-plan/contact/", form | {"channels": ["phone"], "text": "Half a sentence"})
    assert answer.headers["Location"] == "/my-plan/enter/"

    come_in(asha, browser=outside)

    assert "Half a sentence" in text(outside.get("/my-plan/contact/"))


def test_links_in_guidance_stay_inside_or_are_no_links(guided):
    page = guided.get("/my-plan/guidance/right-words/", follow=True).content.decode()

    assert 'href="/my-plan/urgent/"' in page
    assert 'href="https://www.nhs.uk/"' in page
    assert "/champions/" not in page
    assert "/worried/" not in page
    assert "evil.example" in page, "is another host, and was so before"


def test_nothing_else_of_the_portal_is_there(outside):
    addresses = [one for one in every_address() if not one.startswith(("/my-plan/", "/urgent/", "/livez/"))]
    assert len(addresses) > 150
    assert {"/account/login/", "/admin/", "/healthz/", "/", "/letters/", "/my-data/"} <= set(addresses)

    for method in ("get", "post"):
        found = {one: getattr(outside, method)(one).status_code for one in addresses
                 if not one.startswith("/demo/mailbox/")}  # fmt: skip
        assert {one: status for one, status in found.items() if status != 404} == {}
    assert is_in(outside)


@pytest.mark.parametrize(
    "address",
    ["/account", "/my-planner/", "/my-plan/../account/", "//account/login/", "/my-plan/%2e%2e/admin/",
     "/urgent/../admin/", "/MY-PLAN/who-looked/", "/static/../admin/", "/admin/login/?next=/my-plan/"],
)  # fmt: skip
def test_no_spelling_of_an_address_gets_out(outside, address):
    answer = outside.get(address)

    assert answer.status_code == 404


def test_the_page_for_what_is_not_there_stays_inside(outside):
    answer = outside.get("/champions/")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(address.startswith(INSIDE) for _, address in links(answer, "/champions/"))


def test_no_form_of_the_sign_in_makes_it_a_full_session(outside, asha):
    asha.set_password("four quiet kitchen chairs")
    for address, typed in (
        ("/account/login/", {"login": asha.email, "password": "four quiet kitchen chairs"}),
        ("/account/login/code/", {"email": asha.email}),
        ("/account/2fa/totp/activate/", {"code": "123456"}),
        ("/account/password/set/", {"password1": "seven warm mugs of tea", "password2": "seven warm mugs of tea"}),
        ("/account/confirm/", {}),
        ("/demo/sign-in/", {"as": "hr"}),
    ):
        assert outside.post(address, typed).status_code == 404, address
    assert outside.get("/").status_code == 404


def test_it_is_good_for_no_privileged_page_whatever_its_session_says(outside, hr):
    session = outside.session
    session[assurance.KEY] = assurance.DEMO
    session.save()
    request = outside.get("/my-plan/who-looked/").wsgi_request

    assert assurance.is_assured(request), "the pages about oneself"
    request.path_info = "/letters/"
    assert not assurance.is_assured(request)
    assert outside.get("/letters/").status_code == 404


def test_next_leads_nowhere(outside, asha):
    outside.post("/my-plan/sign-out/")
    for where in ("/admin/", "https://evil.example/"):
        browser = Client()
        browser.post(f"/my-plan/enter/?next={where}", {"staff_number": asha.staff_number, "next": where})
        answer = browser.post(f"/my-plan/enter/code/?next={where}", {"code": asked_for(browser), "pin": "836194"})
        assert answer.headers["Location"] == "/my-plan/enter/done/"


# --- Signing in, out, and the end of time -----------------------------------------------------------


def test_whoever_is_not_signed_in_is_led_to_the_door(client, db):
    answer = client.get("/my-plan/who-looked/")

    assert answer.headers["Location"] == "/my-plan/enter/"
    assert not re.search(r'(href|action)="/account/', client.get("/my-plan/enter/").content.decode())


@pytest.mark.parametrize("passed", ["seen", "started"])
def test_a_session_that_is_over_ends_at_the_door(outside, passed):
    session = outside.session
    session[passed] = time.time() - settings.SESSION_COOKIE_AGE
    session.save()

    answer = outside.get("/my-plan/who-looked/")

    assert answer.headers["Location"] == "/my-plan/enter/"
    assert outside.get("/").status_code == 200, "nobody is signed in any longer: this is the portal's front door"


def test_signing_out_leads_to_the_door_and_clears_the_browser(outside):
    answer = outside.post("/my-plan/sign-out/")

    assert answer.headers["Location"] == "/my-plan/enter/"
    assert "cache" in answer.headers["Clear-Site-Data"]


def test_staying_signed_in_and_the_warning_stay_inside(outside):
    page = outside.get("/my-plan/who-looked/").content.decode()
    assert 'data-sign-in="/my-plan/enter/"' in page
    assert 'action="/my-plan/stay-signed-in/"' in page

    assert outside.post("/my-plan/stay-signed-in/").headers["Location"] == "/my-plan/enter/done/"
    answer = outside.post("/my-plan/stay-signed-in/", headers={"accept": "application/json"})
    assert answer.json()["idle_seconds"] > 0


def test_a_form_that_is_too_old_is_answered_inside(outside, asha):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = outside.cookies
    answer = strict.post("/my-plan/my-entry/end-others/")

    assert answer.status_code == 403
    assert all(address.startswith(INSIDE) for _, address in links(answer, "/my-plan/"))


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_pages_for_what_broke_stay_inside(template, rf):
    from django.template.loader import render_to_string

    from wellbeing.web import doors

    request = rf.get("/my-plan/who-looked/")
    html = render_to_string(template, {"door": doors.of_address(request)})

    assert 'href="/my-plan/urgent/"' in html
    assert not re.search(r'href="/(?!my-plan/|static/)', html)


# --- Confirming that it is you ----------------------------------------------------------------------


@pytest.fixture
def unsure(outside):
    """Asha from outside, half an hour after she last showed who she is."""
    session = outside.session
    session[step_up.KEY] = time.time() - 1800
    session["door"] = session["door"] | {"proved_at": time.time() - 1800}
    session.save()
    return outside


def test_confirming_is_asked_inside_and_leads_on(unsure):
    assert unsure.get("/my-plan/my-entry/").headers["Location"] == "/my-plan/confirm/"
    assert "not your PIN" in text(unsure.post("/my-plan/confirm/", {"pin": "836195"}))
    assert unsure.get("/my-plan/my-entry/").status_code == 302

    answer = unsure.post("/my-plan/confirm/", {"pin": "836194"}, follow=True)
    assert answer.request["PATH_INFO"] == "/my-plan/my-entry/"
    assert "asha.at.home@mail.example" in text(answer)


def test_five_wrong_pins_there_end_the_session(unsure):
    for _ in range(5):
        unsure.post("/my-plan/confirm/", {"pin": "836195"})

    assert not is_in(unsure)


def test_a_session_without_a_code_by_mail_does_not_confirm_by_the_pin_alone(unsure):
    session = unsure.session
    session["door"] = session["door"] | {"by_mail": False}
    session.save()
    unsure.post("/my-plan/confirm/", {"pin": "836194"})

    assert unsure.get("/my-plan/my-entry/").status_code == 302


def test_a_forged_mark_for_somebody_else_ends_the_session(outside, chidi):
    session = outside.session
    session["door"] = session["door"] | {"person": chidi.pk}
    session.save()

    assert not is_in(outside)


def test_an_ordinary_session_confirms_where_it_always_has(asha, browse_as):
    browser = browse_as(asha, confirmed=False)

    assert browser.get("/my-plan/my-entry/").headers["Location"] == "/account/confirm/"
    assert browser.get("/my-plan/confirm/").headers["Location"] == "/account/confirm/"


def test_an_ordinary_session_keeps_the_ordinary_frame(asha, browse_as):
    page = browse_as(asha).get("/my-plan/who-looked/").content.decode()

    assert 'href="/champions/"' in page
    assert 'href="/my-plan/my-entry/"' in page
    assert 'action="/account/logout/"' in page


# --- A changed identity -----------------------------------------------------------------------------


def test_while_a_changed_identity_is_not_confirmed_nothing_opens_here_either(outside, asha, hr):
    people.change_person(person=asha, by=hr, email="read.by.hr@force.example")
    assert not is_in(outside), "every session has ended"

    browser = come_in(Person.objects.get(pk=asha.pk))
    assert browser.get("/my-plan/guidance/").status_code == 200
    for page in ("who-looked/", "my-entry/"):
        assert browser.get(f"/my-plan/{page}").headers["Location"] == "/my-plan/confirm/", page
    assert "Until it is certain" in text(browser.get("/my-plan/confirm/"))
    browser.post("/my-plan/confirm/", {"pin": "836194"})
    assert not is_in(browser)


def test_urgent_numbers_stand_without_a_session(client, outside, django_assert_num_queries):
    with django_assert_num_queries(0):
        for browser in (client, outside):
            answer = browser.get("/my-plan/urgent/")
            assert answer.status_code == 200
            assert "tel:999" in answer.content.decode()
            assert not answer.cookies


def test_who_has_looked_asks_as_often_for_one_as_for_many(outside, asha, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        assert "No one has opened your records" in text(outside.get("/my-plan/who-looked/"))
