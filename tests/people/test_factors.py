"""A second factor is changed by whoever shows one held before, and taken away by nobody alone."""

import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from wellbeing.people import tasks
from wellbeing.people.models import Change, OldAddress, Person
from wellbeing.people.sign_in import AccountAdapter, StaffIdentityAdapter

from .test_admin import PEOPLE, text
from .test_changed_identity import by_mailed_code, code_of_app, enrol, is_signed_in, secret_of, vouch
from .test_sign_in import claims

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "four quiet kitchen chairs"
TAKE_AWAY = f"{PEOPLE}take-away-factors/"


def is_closed(person) -> bool:
    return Person.objects.get(pk=person.pk).identity_changed_at is not None


def factors(person) -> list[str]:
    return sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def take_away(browser, whom, **typed):
    said = {"staff_number": whom.staff_number, "email": whom.email, "spoke": "on", **typed}
    return browser.post(TAKE_AWAY, said, follow=True)


@pytest.fixture
def asha(asha):
    asha.set_password(PASSWORD)
    asha.save()
    return asha


@pytest.fixture
def at_the_desk(asha):
    """A session in which the password was given, before any factor was set up in another."""
    browser = Client()
    browser.post("/account/login/", {"login": asha.email, "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


# --- Their holder changes them ----------------------------------------------------------------------


def test_the_first_factor_of_an_account_closes_nothing_and_is_told(at_the_desk, asha, mailoutbox):
    assert enrol(at_the_desk)

    assert factors(asha) == ["recovery_codes", "totp"]
    assert not is_closed(asha)
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("An authenticator app was set up", [asha.email])]


@pytest.mark.parametrize("way", ["recovery-codes/generate/", "totp/deactivate/"])
def test_the_password_alone_changes_no_factor(asha, way):
    TOTP.activate(asha, generate_totp_secret())
    browser = Client()
    browser.force_login(asha)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})

    answer = browser.post(f"/account/2fa/{way}")

    assert "/account/2fa/reauthenticate/" in answer.headers["Location"]
    assert factors(asha) == ["totp"]


@pytest.mark.parametrize(
    ("way", "left"), [("recovery-codes/generate/", ["recovery_codes", "totp"]), ("totp/deactivate/", [])]
)
def test_a_session_that_never_showed_one_closes_the_account_by_changing_them(at_the_desk, asha, way, left, mailoutbox):
    TOTP.activate(asha, generate_totp_secret())  # by Asha, at home, a minute later

    at_the_desk.post(f"/account/2fa/{way}")

    assert factors(asha) == left
    assert is_closed(asha)
    assert not is_signed_in(at_the_desk)
    tasks.tell_old_addresses()
    assert ("How you sign in was changed", [asha.email]) in [(mail.subject, mail.to) for mail in mailoutbox]


def test_an_app_added_by_such_a_session_does_not_count_as_held_before(asha):
    """The person is linked to the force's own sign-in, which asks for two factors; the mailbox alone adds a third."""
    said = {"id_token": {"amr": ["pwd", "mfa"]}}
    SocialAccount.objects.create(user=asha, provider="force", uid="hers", extra_data=said)
    thief = Client()
    thief.post("/account/login/", {"login": asha.email, "password": PASSWORD})
    thief.post("/account/reauthenticate/", {"password": PASSWORD})

    secret = enrol(thief)
    assert is_closed(asha)
    again = Client()
    again.force_login(Person.objects.get(pk=asha.pk))
    again.post("/account/confirm/", {"code": code_of_app(secret)})

    assert is_closed(asha)


@pytest.mark.parametrize("way", ["recovery-codes/generate/", "totp/deactivate/"])
def test_a_session_that_showed_one_changes_them_and_stays(asha, way):
    secret = generate_totp_secret()
    TOTP.activate(asha, secret)
    browser = Client()
    browser.force_login(asha)
    browser.post("/account/2fa/reauthenticate/", {"code": code_of_app(secret)})

    browser.post(f"/account/2fa/{way}")

    assert factors(asha) == (["recovery_codes", "totp"] if "generate" in way else [])
    assert not is_closed(asha)
    assert is_signed_in(browser)


def test_a_factor_held_before_opens_it_again(at_the_desk, asha, mailoutbox):
    secret = generate_totp_secret()
    TOTP.activate(asha, secret)
    at_the_desk.post("/account/2fa/recovery-codes/generate/")
    assert is_closed(asha)

    home = by_mailed_code(mailoutbox, asha.email)
    home.post("/account/2fa/authenticate/", {"code": code_of_app(secret)})

    assert not is_closed(asha)
    assert factors(asha) == ["totp"], "the codes that were made in between are gone"


# --- Somebody has lost theirs -----------------------------------------------------------------------


@pytest.fixture
def lost(asha):
    TOTP.activate(asha, generate_totp_secret())
    return asha


def test_what_was_lost_is_taken_away_told_and_closes_until_two_others_confirm(
    lost, technical_admin, lead, guardian, browse_as, mailoutbox
):
    session = Client()
    session.force_login(lost)

    answer = take_away(browse_as(technical_admin), lost)

    assert "Two others must now confirm" in text(answer)
    assert factors(lost) == []
    assert not is_signed_in(session)
    tasks.tell_old_addresses()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("How you sign in was changed", [lost.email])]
    assert "neither they themselves nor" in text(vouch(browse_as(technical_admin), lost, lost.email))
    vouch(browse_as(lead), lost, lost.email)
    assert is_closed(lost)
    vouch(browse_as(guardian), lost, lost.email)
    assert not is_closed(lost)
    assert Change.objects.filter(about_id=str(lost.pk), by=technical_admin, verb__startswith="took away").exists()


def test_afterwards_a_new_one_is_set_up_and_opens(lost, technical_admin, lead, guardian, browse_as, mailoutbox):
    take_away(browse_as(technical_admin), lost)
    for colleague in (lead, guardian):
        vouch(browse_as(colleague), lost, lost.email)

    browser = by_mailed_code(mailoutbox, lost.email)

    assert enrol(browser) == secret_of(lost)
    assert not is_closed(lost)


def test_taking_it_away_undoes_half_a_confirmation(lost, hr, technical_admin, lead, guardian, dpo, browse_as):
    take_away(browse_as(technical_admin), lost)
    vouch(browse_as(lead), lost, lost.email)
    TOTP.activate(lost, generate_totp_secret())

    take_away(browse_as(technical_admin), lost)
    vouch(browse_as(guardian), lost, lost.email)

    assert is_closed(lost)
    vouch(browse_as(dpo), lost, lost.email)
    assert not is_closed(lost)


def test_nobody_takes_away_their_own(technical_admin, browse_as):
    TOTP.activate(technical_admin, generate_totp_secret())

    assert "nobody takes away their own" in text(take_away(browse_as(technical_admin), technical_admin))
    assert factors(technical_admin) == ["totp"]


@pytest.mark.parametrize("who", ["hr", "lead", "coordinator", "dpo", "guardian", "secretary", "chidi"])
def test_nobody_but_the_technical_admin_takes_one_away(who, request, lost, browse_as):
    assert take_away(browse_as(request.getfixturevalue(who)), lost).status_code == 403
    assert factors(lost) == ["totp"]


@pytest.mark.parametrize("typed", [{"email": "asha@force.example"}, {"staff_number": "1"}, {"spoke": ""}])
def test_what_they_say_must_be_what_the_roster_says(lost, technical_admin, browse_as, typed):
    take_away(browse_as(technical_admin), lost, **typed)
    assert factors(lost) == ["totp"]


def test_where_there_is_none_nothing_is_taken_and_nothing_closes(asha, technical_admin, browse_as):
    assert "has a second step" in text(take_away(browse_as(technical_admin), asha))
    assert not is_closed(asha)
    assert not OldAddress.objects.exists()


def test_the_technical_admin_is_led_to_the_page(technical_admin, hr, browse_as):
    assert TAKE_AWAY in text(browse_as(technical_admin).get("/admin/"))
    assert "It opens nothing" in text(browse_as(technical_admin).get(TAKE_AWAY))
    assert TAKE_AWAY not in text(browse_as(hr).get("/admin/"))


# --- A link to the force's own sign-in is a factor too ------------------------------------------------


@pytest.fixture
def at_the_door(rf, settings):
    app = {"provider_id": "force", "name": "your force account", "client_id": "portal", "secret": "x"}
    app["settings"] = {"server_url": "https://issuer.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    request = rf.get("/account/oidc/force/login/callback/")
    request.session, request.user = {}, AnonymousUser()
    with context.request_context(request):
        yield request


def signing_in(person, **said):
    sociallogin = claims(employeeid=person.staff_number, amr=["pwd", "mfa"], auth_time=int(time.time()), **said)
    sociallogin.state = {"process": AuthProcess.LOGIN}
    return sociallogin


def finish(request, person, sociallogin):
    AccountAdapter(request).post_login(
        request,
        Person.objects.get(pk=person.pk),
        email_verification="none",
        signal_kwargs={"sociallogin": sociallogin},
        email=None,
        signup=False,
        redirect_url="/",
    )


def test_whoever_holds_a_factor_is_linked_only_after_showing_it(asha, at_the_door):
    TOTP.activate(asha, generate_totp_secret())
    sociallogin = signing_in(asha)

    StaffIdentityAdapter(at_the_door).pre_social_login(at_the_door, sociallogin)

    assert sociallogin.user == asha, "who is then asked for the second step"
    assert not SocialAccount.objects.exists()
    finish(at_the_door, asha, sociallogin)
    assert SocialAccount.objects.get().user == asha
    assert not is_closed(asha)


def test_whoever_holds_none_is_linked_at_once_and_told(asha, at_the_door, mailoutbox):
    StaffIdentityAdapter(at_the_door).pre_social_login(at_the_door, signing_in(asha))

    assert SocialAccount.objects.get().user == asha
    assert [mail.to for mail in mailoutbox] == [[asha.email]]


def test_a_link_that_waited_is_not_made_once_the_identity_was_changed(asha, at_the_door):
    TOTP.activate(asha, generate_totp_secret())
    sociallogin = signing_in(asha)
    StaffIdentityAdapter(at_the_door).pre_social_login(at_the_door, sociallogin)
    Person.objects.filter(pk=asha.pk).update(staff_number="777777")

    finish(at_the_door, asha, sociallogin)

    assert not SocialAccount.objects.exists()
    assert "assurance" not in at_the_door.session


@pytest.mark.parametrize(
    ("said", "noted"), [({}, True), ({"auth_time": "yesterday"}, False), ({"auth_time": None}, False)]
)
def test_when_the_provider_asked_is_noted_where_it_says_so(asha, at_the_door, said, noted):
    sociallogin = claims(**({"employeeid": asha.staff_number, "amr": ["mfa"], "auth_time": int(time.time())} | said))
    StaffIdentityAdapter(at_the_door).pre_social_login(at_the_door, sociallogin)

    finish(at_the_door, asha, sociallogin)

    assert bool(at_the_door.session["assurance_at"]) is noted
    assert at_the_door.session["assurance"] == "provider"
