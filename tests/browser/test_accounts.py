"""Every page of one's own account, in a browser: axe, both widths, and signing in by hand."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from tests.people.test_sign_in import PASSWORD, code_of_app
from wellbeing.demo import mailbox

OPEN = [
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/signup/",
    "/account/inactive/",
    "/account/3rdparty/login/cancelled/",
    "/account/3rdparty/login/error/",
    "/account/3rdparty/signup/",
]
# In this order: what the first ones do, the later ones show.
OWN = [
    "/account/",
    "/account/email/",
    "/account/logout/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/second-factor/",
    "/account/3rdparty/",
    "/account/2fa/",
]


@pytest.fixture
def asha(asha):
    asha.set_password(PASSWORD)
    asha.save()
    return asha


@pytest.fixture
def app_secret(asha):
    secret = generate_totp_secret()
    TOTP.activate(asha, secret)
    return secret


def latest_code() -> str:
    return re.search(r"^\d{8}$", mailbox.mails()[0].text, re.MULTILINE)[0]


def open_by_password(page, person):
    page.goto("/account/login/")
    page.get_by_text("With a password", exact=True).click()
    page.get_by_label("Work e-mail").last.fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a password").click()


def prove_again(page):
    """What every step about factors asks for first."""
    page.goto("/account/reauthenticate/")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm").click()


@pytest.mark.parametrize("address", OPEN)
def test_pages_before_signing_in(page, check_page, address):
    assert page.goto(address).ok
    check_page(page)


@pytest.mark.parametrize("address", OWN)
def test_pages_of_ones_own_account(page, check_page, sign_in, asha, address):
    sign_in(asha)
    assert page.goto(address).ok
    check_page(page)


def test_setting_a_first_password(page, check_page, sign_in, ben):
    sign_in(ben)
    page.goto("/account/password/set/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Set password").click()
    check_page(page)


def test_signing_in_with_a_code_by_mail(page, check_page, asha):
    page.goto("/account/login/")
    page.get_by_label("Work e-mail").first.fill(asha.email)
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a code").click()
    check_page(page)
    page.get_by_label("Code").fill("00000000")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    check_page(page)
    assert page.title().startswith("Error: ")
    page.get_by_label("Code").fill(latest_code())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello, Asha").wait_for()


def test_the_field_for_a_code_is_filled_by_the_device_and_can_be_pasted_into(page, asha):
    page.goto("/account/login/code/")
    page.get_by_label("Email").fill(asha.email)
    page.get_by_role("button", name="Send me a code").click()
    code = page.get_by_label("Code")
    assert code.get_attribute("autocomplete") == "one-time-code"
    code.focus()
    page.evaluate("document.execCommand('insertText', false, '12345678')")
    assert code.input_value() == "12345678"


def test_following_an_error_puts_the_cursor_in_its_field(page, check_page):
    page.goto("/account/login/code/")
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a code").click()
    check_page(page)
    page.get_by_role("link", name="Fill in “Email”.").click()
    assert page.evaluate("document.activeElement.name") == "email"


def test_a_wrong_password_is_said_above_and_keeps_the_address(page, check_page, asha):
    page.goto("/account/login/")
    page.get_by_text("With a password", exact=True).click()
    page.get_by_label("Work e-mail").last.fill(asha.email)
    page.get_by_label("Password", exact=True).fill("not the password")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a password").click()
    check_page(page)
    assert page.get_by_label("Work e-mail").last.input_value() == asha.email


def test_getting_a_new_password(page, check_page, asha):
    page.goto("/account/password/reset/")
    page.get_by_label("Email").fill(asha.email)
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a code").click()
    check_page(page)
    page.get_by_label("Code").fill(latest_code())
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    check_page(page)
    for field in page.locator("input[type=password]").all():
        field.fill("seven warm mugs of tea")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the new password").click()
    check_page(page)


def test_an_authenticator_app_from_setting_up_to_turning_off(page, check_page, asha):
    open_by_password(page, asha)
    prove_again(page)
    page.goto("/account/2fa/totp/activate/")
    check_page(page)
    page.get_by_label("Authenticator code").fill(code_of_app(page.locator(".app-secret").inner_text()))
    page.get_by_role("button", name="Turn on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    check_page(page)
    page.goto("/account/2fa/")
    check_page(page)
    page.goto("/account/2fa/recovery-codes/generate/")
    check_page(page)
    page.goto("/account/2fa/totp/deactivate/")
    check_page(page)
    page.get_by_role("button", name="Turn off").click()
    page.get_by_text("The authenticator app is off.").wait_for()
    assert not Authenticator.objects.filter(user=asha).exists()


def test_the_second_step_of_signing_in(page, check_page, asha, app_secret):
    open_by_password(page, asha)
    check_page(page)
    page.get_by_label("Code").fill(code_of_app(app_secret))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello, Asha").wait_for()


def test_confirming_with_the_app(page, check_page, sign_in, asha, app_secret):
    sign_in(asha)
    page.goto("/account/2fa/reauthenticate/")
    check_page(page)
    page.goto("/account/second-factor/")
    check_page(page)


@pytest.fixture
def device(page):
    """A device that holds passkeys and always finds the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": True}})


def test_a_passkey_from_adding_to_removing(page, check_page, device, asha):
    open_by_password(page, asha)
    prove_again(page)
    page.goto("/account/2fa/webauthn/add/")
    check_page(page)
    page.get_by_label("A name by which you will know it").fill("My phone")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/account/2fa/webauthn/")
    check_page(page)

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Hello, Asha").wait_for()

    page.goto("/account/2fa/webauthn/reauthenticate/")
    check_page(page)
    page.get_by_role("button", name="Use a passkey or key").click()
    page.wait_for_url(lambda address: "webauthn/reauthenticate" not in address)
    page.goto("/account/2fa/webauthn/")
    with page.expect_navigation():
        page.get_by_role("link", name="Rename My phone").click()
    check_page(page)
    page.goto("/account/2fa/webauthn/")
    with page.expect_navigation():
        page.get_by_role("link", name="Remove My phone").click()
    check_page(page)
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("You have added none yet.").wait_for()


def test_a_passkey_that_is_not_there_is_said_on_the_page(page, device, asha):
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Your browser could not use a passkey or key").wait_for()


def test_a_linked_force_account(page, check_page, sign_in, asha):
    SocialAccount.objects.create(user=asha, provider="force", uid="subject-1")
    sign_in(asha)
    page.goto("/account/3rdparty/")
    check_page(page)
