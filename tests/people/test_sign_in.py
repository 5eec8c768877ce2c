"""Who may sign in, by which way, and as whom."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory
from django.utils import timezone

from wellbeing.people import actions
from wellbeing.people.models import Person
from wellbeing.people.sign_in import FactorAdapter, StaffIdentityAdapter
from wellbeing.web import assurance

PASSWORD = "four quiet kitchen chairs"


@pytest.fixture
def asha(asha):
    asha.set_password(PASSWORD)
    asha.save()
    return asha


def is_signed_in(client) -> bool:
    return client.get("/account/").status_code == 200


def ask_for_code(client, email: str):
    return client.post("/account/login/code/", {"email": email}, follow=True)


def code_in(mail) -> str:
    return re.search(r"^\d{8}$", mail.body, re.MULTILINE)[0]


def with_password(client, email: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password}, follow=True)


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def app_secret(asha):
    """Asha has set up an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(asha, secret)
    return secret


# --- Ways to sign in ----------------------------------------------------------------------------


def test_a_code_by_mail_signs_in(client, asha, mailoutbox):
    ask_for_code(client, asha.email)
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert is_signed_in(client)


def test_the_mail_with_the_code_is_plain_and_says_nothing_of_health(client, asha, mailoutbox):
    ask_for_code(client, asha.email)
    mail = mailoutbox[0]
    assert mail.subject == "Your sign-in code"
    assert mail.alternatives == []
    assert mail.to == [asha.email]
    assert "example.com" not in mail.body
    assert "Asha" not in mail.body


def test_a_code_pasted_with_spaces_is_the_same_code(client, asha, mailoutbox):
    ask_for_code(client, asha.email)
    client.post("/account/login/code/confirm/", {"code": f"  {code_in(mailoutbox[0])} "})
    assert is_signed_in(client)


def test_three_wrong_codes_end_the_attempt(client, asha, mailoutbox):
    ask_for_code(client, asha.email)
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "00000000"})
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert not is_signed_in(client)


def test_a_code_is_of_no_use_after_ten_minutes(client, asha, mailoutbox, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    ask_for_code(client, asha.email)
    time_machine.shift(timedelta(minutes=11))
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert not is_signed_in(client)


def test_a_password_signs_in_and_a_wrong_one_does_not(client, asha):
    page = with_password(client, asha.email, "not the password")
    assert "There is a problem" in page.content.decode()
    assert not is_signed_in(client)
    with_password(client, asha.email.upper())
    assert is_signed_in(client)


def test_a_forgotten_password_is_replaced_with_a_code(client, asha, mailoutbox):
    client.post("/account/password/reset/", {"email": asha.email}, follow=True)
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[0])}, follow=True)
    new = "seven warm mugs of tea"
    client.post("/account/password/reset/complete/", {"password1": new, "password2": new}, follow=True)
    client.logout()
    with_password(client, asha.email, new)
    assert is_signed_in(client)
    assert [mail.subject for mail in mailoutbox] == ["Your code for a new password", "Your password was replaced"]


def test_somebody_with_an_authenticator_app_is_asked_for_its_code(client, asha, app_secret):
    with_password(client, asha.email)
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_of_app(app_secret)})
    assert is_signed_in(client)


def test_the_code_by_mail_does_not_get_round_the_app(client, asha, app_secret, mailoutbox):
    ask_for_code(client, asha.email)
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once(client, asha, app_secret):
    client.force_login(asha)
    client.post("/account/2fa/reauthenticate/", {"code": code_of_app(app_secret)})
    client.post("/account/2fa/recovery-codes/generate/", follow=True)
    codes = Authenticator.objects.get(user=asha, type="recovery_codes").wrap().get_unused_codes()
    for works in (True, False):
        client.logout()
        with_password(client, asha.email)
        client.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_signed_in(client) is works


def test_its_owner_is_told_by_mail_when_a_second_factor_is_set_up(transactional_db, client, asha, mailoutbox):
    client.force_login(asha)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page)[0]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of_app(secret)}, follow=True)
    assert "The authenticator app is on." in answer.content.decode()
    assert [mail.subject for mail in mailoutbox] == ["An authenticator app was set up"]
    assert mailoutbox[0].to == [asha.email]


def test_the_secrets_of_second_factors_are_not_readable_in_the_database(asha, app_secret):
    stored = Authenticator.objects.get(user=asha, type="totp").data["secret"]
    assert app_secret not in stored
    assert FactorAdapter().decrypt(stored) == app_secret


def test_a_mail_server_that_is_away_is_said_and_breaks_no_page(client, asha, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1  # nobody answers there
    page = ask_for_code(client, asha.email)
    assert page.status_code == 200
    assert "The mail could not be sent just now." in page.content.decode()


# --- Who may not --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/account/signup/", "/account/3rdparty/signup/"])
def test_nobody_signs_up(client, db, address):
    before = Person.objects.count()
    answer = client.post(
        address, {"email": "new@force.example", "password1": PASSWORD, "password2": PASSWORD}, follow=True
    )
    assert answer.status_code == 200
    assert Person.objects.count() == before


def test_somebody_who_has_left_gets_no_further_than_a_plain_sentence(client, asha, hr):
    actions.change_person(person=asha, by=hr, left=timezone.localdate())
    page = with_password(client, asha.email)
    assert "This account is closed" in page.content.decode()
    assert not is_signed_in(client)


def test_nor_by_a_code(client, asha, hr, mailoutbox):
    actions.change_person(person=asha, by=hr, left=timezone.localdate())
    ask_for_code(client, asha.email)
    for mail in mailoutbox:
        if found := re.search(r"^\d{8}$", mail.body, re.MULTILINE):
            client.post("/account/login/code/confirm/", {"code": found[0]})
    assert not is_signed_in(client)


def test_a_session_ends_with_the_next_page_when_somebody_leaves(client, asha, hr):
    with_password(client, asha.email)
    assert is_signed_in(client)
    actions.change_person(person=asha, by=hr, left=timezone.localdate())
    assert not is_signed_in(client)


def test_an_unknown_address_is_answered_like_a_known_one(client, asha, mailoutbox):
    def shape(email):
        html = ask_for_code(client, email).content.decode().replace(email, "…")
        client.logout()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)

    assert shape(asha.email) == shape("nobody@force.example")
    assert [len(mail.to) for mail in mailoutbox] == [1, 1]


def test_a_new_password_is_asked_for_alike_too(client, asha):
    def shape(email):
        answer = client.post("/account/password/reset/", {"email": email}, follow=True)
        client.logout()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(email, "…"))

    assert shape(asha.email) == shape("nobody@force.example")


def test_guessing_passwords_is_slowed_down(client, asha):
    for _ in range(6):
        with_password(client, asha.email, "not the password")
    with_password(client, asha.email)
    assert not is_signed_in(client)


# --- The roster owns the address ------------------------------------------------------------------


def test_the_address_cannot_be_changed_by_its_owner(client, asha):
    client.force_login(asha)
    page = client.get("/account/email/").content.decode()
    assert asha.email in page
    assert "cannot be changed here" in page
    assert client.post("/account/email/", {"email": "me@elsewhere.example", "action_add": ""}).status_code == 405


def test_no_way_to_sign_in_leaves_an_address_of_its_own_behind(client, asha, mailoutbox):
    """django-allauth looks addresses up in a table of its own first: it must stay empty, or a
    former address would still open the account."""
    ask_for_code(client, asha.email)
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    for address in ("/account/email/", "/account/2fa/", "/account/password/change/", "/account/3rdparty/"):
        client.get(address)
    client.logout()
    client.post("/account/password/reset/", {"email": asha.email}, follow=True)
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[1])}, follow=True)
    assert not EmailAddress.objects.exists()


# --- The force's own sign-in ------------------------------------------------------------------------


def claims(**said) -> SocialLogin:
    account = SocialAccount(provider="force", uid=said.pop("uid", "subject-1"), extra_data={"id_token": said})
    address = EmailAddress(email=said.get("email", ""), verified=True, primary=True)
    return SocialLogin(user=Person(), account=account, email_addresses=[address])


@pytest.fixture
def request_at_the_door(rf: RequestFactory):
    request = rf.get("/account/oidc/force/login/callback/")
    request.session = {}
    return request


def test_where_the_force_has_one_the_sign_in_page_leads_to_it_by_post(client, db, settings):
    app = {"provider_id": "force", "name": "your force account", "client_id": "portal", "secret": "x"}
    app["settings"] = {"server_url": "https://issuer.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    html = client.get("/account/login/").content.decode()
    assert "Sign in with your force account" in html
    assert 'method="post" action="/account/oidc/force/login/' in html


def test_an_identity_belongs_to_the_person_with_its_staff_number(asha):
    assert StaffIdentityAdapter().person_of(claims(employeeid=asha.staff_number)) == asha


def test_an_address_is_no_staff_identity(asha):
    assert StaffIdentityAdapter().person_of(claims(email=asha.email, email_verified=True)) is None


@pytest.mark.parametrize("number", ["", None, "not on the roster"])
def test_without_a_staff_number_of_the_roster_there_is_nobody(asha, number):
    assert StaffIdentityAdapter().person_of(claims(employeeid=number)) is None


def test_nobody_who_has_left_is_found(asha, hr):
    actions.change_person(person=asha, by=hr, left=timezone.localdate())
    assert StaffIdentityAdapter().person_of(claims(employeeid=asha.staff_number)) is None


def test_a_second_identity_does_not_take_over_a_linked_person(asha):
    SocialAccount.objects.create(user=asha, provider="force", uid="subject-1")
    assert StaffIdentityAdapter().person_of(claims(employeeid=asha.staff_number, uid="subject-2")) is None


def test_an_identity_of_nobody_is_turned_away_and_nobody_is_created(asha, request_at_the_door):
    from django.contrib.auth.models import AnonymousUser

    request_at_the_door.user = AnonymousUser()
    with pytest.raises(ImmediateHttpResponse) as refusal:
        StaffIdentityAdapter().pre_social_login(request_at_the_door, claims(employeeid="0"))
    assert refusal.value.response.status_code == 403
    assert not SocialAccount.objects.exists()


# --- Privileged pages want a second factor -------------------------------------------------------------


def test_a_role_alone_does_not_open_the_admin(client, hr):
    client.force_login(hr)
    answer = client.get("/admin/", follow=True)
    assert "One more step before this page" in answer.content.decode()
    assert client.get("/").status_code == 200


def test_with_the_app_set_up_its_code_opens_the_admin(client, hr):
    secret = generate_totp_secret()
    TOTP.activate(hr, secret)
    client.force_login(hr)
    assert "Confirm with a code from your app" in client.get("/admin/", follow=True).content.decode()
    client.post("/account/2fa/reauthenticate/?next=/admin/", {"code": code_of_app(secret)})
    assert client.get("/admin/").status_code == 200


def test_the_demo_counts_in_the_demo_alone(client, hr, settings):
    client.force_login(hr)
    session = client.session
    session[assurance.KEY] = assurance.DEMO
    session.save()
    assert client.get("/admin/").status_code == 200
    settings.DEMO = False
    assert client.get("/admin/").status_code == 302


def test_whoever_has_no_role_is_told_plainly(client, asha):
    client.force_login(asha)
    answer = client.get("/admin/")
    assert answer.status_code == 403
    assert "This page is not open to you" in answer.content.decode()
