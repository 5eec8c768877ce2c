"""Before confidential text is opened the portal asks once more who it is, and is not talked out of it."""

import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from wellbeing.people.sign_in import AccountAdapter
from wellbeing.web import assurance, step_up

pytestmark = pytest.mark.urls("tests.web.confidential_page")
LETTER = f"/letters/{uuid.uuid4()}/"
OTHER = f"/letters/{uuid.uuid4()}/"
CONFIRM = "/account/confirm/"
PASSWORD = "four quiet kitchen chairs"


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def secret(asha):
    """Asha has set up an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(asha, secret)
    return secret


@pytest.fixture
def signed_in(asha, clock):
    """Asha's browser, signed in without any second factor."""
    browser = Client()
    browser.force_login(asha)
    return browser


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def opens(browser, address: str = LETTER) -> bool:
    answer = browser.get(address)
    if answer.status_code == 302:
        assert answer.headers["Location"] == CONFIRM
        return False
    return answer.content == b"Dear diary"


def confirm(browser, secret):
    return browser.post(CONFIRM, {"code": code_of_app(secret)}, follow=True)


# --- Asking, and how long it holds -------------------------------------------------------------------


def test_a_code_confirms_and_leads_on_to_the_page_that_was_asked_for(signed_in, secret):
    asked = signed_in.get(LETTER, follow=True)
    assert "Before it opens we ask again" in text(asked)

    answer = confirm(signed_in, secret)

    assert (answer.request["PATH_INFO"], answer.content) == (LETTER, b"Dear diary")
    assert LETTER not in str(signed_in.session.items())


def test_a_wrong_code_opens_nothing(signed_in, secret):
    signed_in.get(LETTER)
    wrong = str(int(code_of_app(secret)) + 1).zfill(6)[-6:]

    answer = signed_in.post(CONFIRM, {"code": wrong}, follow=True)

    assert "There is a problem" in text(answer)
    assert not opens(signed_in)


def test_guessing_codes_comes_to_an_end(signed_in, secret):
    for _ in range(6):
        signed_in.post(CONFIRM, {"code": "000000"})
    assert "Too many" in text(confirm(signed_in, secret))
    assert not opens(signed_in)


def test_it_holds_for_fifteen_minutes_after_the_last_such_page(signed_in, secret, clock):
    confirm(signed_in, secret)
    for _ in range(5):
        assert opens(signed_in)
        clock.shift(timedelta(minutes=14, seconds=59))
    assert opens(signed_in, OTHER), "a confirmation is for the session, not for one page"
    clock.shift(timedelta(minutes=15))
    assert not opens(signed_in)


def test_other_pages_do_not_keep_it_alive(signed_in, secret, clock):
    confirm(signed_in, secret)
    assert opens(signed_in)
    for _ in range(4):
        clock.shift(timedelta(minutes=4))
        assert signed_in.get("/account/").status_code == 200
    assert not opens(signed_in)


def test_a_refused_page_does_not_keep_it_alive(signed_in, secret, clock):
    confirm(signed_in, secret)
    opens(signed_in)
    clock.shift(timedelta(minutes=15))
    assert not opens(signed_in)
    clock.shift(timedelta(minutes=1))
    assert not opens(signed_in)


def test_the_fifteen_minutes_are_a_setting(signed_in, secret, clock, settings):
    settings.STEP_UP_IDLE_SECONDS = 60
    confirm(signed_in, secret)
    opens(signed_in)
    clock.shift(timedelta(minutes=6))
    assert not opens(signed_in)


@pytest.mark.parametrize(("minutes", "asked_again"), [(4, False), (6, True)])
def test_signing_in_with_the_factor_counts_for_five_minutes(asha, secret, clock, minutes, asked_again):
    asha.set_password(PASSWORD)
    asha.save()
    browser = Client()
    browser.post("/account/login/", {"login": asha.email, "password": PASSWORD})
    browser.post("/account/2fa/authenticate/", {"code": code_of_app(secret)})

    clock.shift(timedelta(minutes=minutes))

    assert opens(browser) is not asked_again


def test_a_clock_that_was_put_back_opens_nothing(signed_in, secret, clock):
    confirm(signed_in, secret)
    opens(signed_in)
    clock.shift(timedelta(hours=-1))
    assert not opens(signed_in)


# --- Nobody is let through without a factor ---------------------------------------------------------


def test_without_a_factor_one_is_led_to_setting_one_up_and_told_why(signed_in):
    answer = signed_in.get(LETTER, follow=True)

    assert "You have no second step yet" in text(answer)
    assert "/account/2fa/totp/activate/" in text(answer)
    assert not opens(signed_in)


@pytest.mark.parametrize("posted", [{}, {"code": ""}, {"code": "000000"}])
def test_without_a_factor_nothing_that_is_posted_opens_it(signed_in, posted):
    signed_in.post(CONFIRM, posted)
    assert not opens(signed_in)


def test_a_factor_that_is_gone_counts_no_more(signed_in, secret, asha):
    confirm(signed_in, secret)
    assert opens(signed_in)

    Authenticator.objects.filter(user=asha).delete()

    assert not opens(signed_in)


def test_somebody_elses_factor_in_the_session_counts_for_nothing(signed_in, chidi):
    TOTP.activate(chidi, generate_totp_secret())
    theirs = Authenticator.objects.get(user=chidi)
    session = signed_in.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "id": theirs.pk}]
    session["account_authentication_methods_user"] = str(signed_in.session["_auth_user_id"])
    session[step_up.KEY] = time.time()
    session.save()

    assert not opens(signed_in)


def test_a_changed_identity_opens_nothing_however_lately_confirmed(signed_in, secret, asha):
    confirm(signed_in, secret)
    assert opens(signed_in)

    asha.identity_changed_at = timezone.now() - timedelta(hours=1)
    asha.save()
    Authenticator.objects.update(created_at=timezone.now())

    assert not opens(signed_in)
    assert "What you sign in with was changed" in text(signed_in.get(CONFIRM))


@pytest.mark.parametrize(
    ("mark", "minutes_ago", "is_open"),
    [("provider", 4, True), ("provider", 6, False), ("provider", None, False), ("demo", 4, False), (None, 4, False)],
)
def test_the_providers_word_counts_from_when_it_asked(signed_in, mark, minutes_ago, is_open):
    session = signed_in.session
    session[assurance.KEY] = mark
    session[assurance.PROVIDER_AT] = 0 if minutes_ago is None else time.time() - 60 * minutes_ago
    session.save()

    assert opens(signed_in) is is_open


# --- What is kept of where one was going ------------------------------------------------------------


def test_an_address_from_long_ago_leads_nowhere(signed_in, secret, clock):
    signed_in.get(LETTER)
    clock.shift(timedelta(minutes=10))

    assert confirm(signed_in, secret).request["PATH_INFO"] == "/"
    assert LETTER not in str(signed_in.session.items())


def test_whoever_has_confirmed_already_is_not_asked_twice(signed_in, secret):
    confirm(signed_in, secret)
    assert signed_in.get(CONFIRM).headers["Location"] == "/"


def test_what_was_read_is_not_kept_in_the_session(signed_in, secret):
    confirm(signed_in, secret)
    opens(signed_in)
    assert LETTER not in str(signed_in.session.items())
    assert type(signed_in.session[step_up.KEY]) is float


def test_no_form_is_sent_to_such_a_page_and_none_is_kept(signed_in, secret):
    answer = signed_in.post(LETTER, {"body": "what was typed"})

    assert answer.status_code == 405
    assert "what was typed" not in str(signed_in.session.items())


def test_nobody_signed_in_is_asked_to_sign_in_first(client, db):
    assert client.get(LETTER).headers["Location"] == "/account/login/"
    assert client.get(CONFIRM).headers["Location"] == "/account/login/"


def test_whoever_confirms_at_the_provider_still_comes_back_and_nobody_else_does(signed_in, secret, asha, chidi, rf):
    signed_in.get(LETTER)
    request = rf.get("/account/oidc/force/login/callback/")
    request.resolver_match = resolve(request.path)
    request.session, request.user = signed_in.session, asha

    AccountAdapter(request).logout(request)  # as django-allauth does before it signs in whoever the provider names

    kept = dict(request.session)
    request.user = chidi
    assert (list(kept), step_up.take_address(request)) == ([step_up.GO_ON_TO], None)
    request.user, request.session[step_up.GO_ON_TO] = asha, kept[step_up.GO_ON_TO]
    assert step_up.take_address(request) == LETTER


def test_signing_out_keeps_no_address(signed_in, secret):
    signed_in.get(LETTER)
    signed_in.post("/account/logout/")
    assert step_up.GO_ON_TO not in signed_in.session


# --- The demonstration ------------------------------------------------------------------------------


def test_in_the_demonstration_a_button_stands_in_and_says_so(asha, browse_as):
    browser = browse_as(asha, confirmed=False)
    assert "A real portal asks here for your second step" in text(browser.get(LETTER, follow=True))

    assert browser.post(CONFIRM, follow=True).content == b"Dear diary"


def test_the_button_is_the_demonstrations_alone(asha, browse_as, settings):
    browser = browse_as(asha, confirmed=False)
    settings.DEMO = False

    browser.post(CONFIRM)

    assert not opens(browser)
    assert "A real portal asks" not in text(browser.get(CONFIRM))


def test_a_confirmed_session_of_the_demonstration_opens_nothing_in_a_real_portal(asha, browse_as, settings):
    browser = browse_as(asha)
    assert opens(browser)
    settings.DEMO = False
    assert not opens(browser)


def test_whoever_signed_in_otherwise_has_no_button_in_the_demonstration(signed_in):
    signed_in.post(CONFIRM)
    assert not opens(signed_in)
