"""Whoever keeps the roster decides where a sign-in goes: that must not make them somebody else.

The thief in these tests keeps the roster, and reads the address or holds the staff number they enter.
"""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from wellbeing.people import tasks
from wellbeing.people.models import Change, Person
from wellbeing.people.sign_in import AccountAdapter, FactorAdapter, StaffIdentityAdapter

from .conftest import line, person
from .test_admin import PEOPLE, change, propose, text
from .test_sign_in import claims

CONFIRM = f"{PEOPLE}confirm-identity/"
STOLEN = "read.by.hr@force.example"


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def by_mailed_code(mailoutbox, email: str) -> Client:
    """A browser that signs in with the code sent to this address; a second factor is still asked for."""
    browser = Client()
    before = len(mailoutbox)
    browser.post("/account/login/code/", {"email": email}, follow=True)
    code = re.search(r"^\d{8}$", mailoutbox[before].body, re.MULTILINE)[0]
    browser.post("/account/login/code/confirm/", {"code": code})
    return browser


def is_signed_in(browser) -> bool:
    return browser.get("/account/").status_code == 200


def opens_the_admin(browser) -> bool:
    return browser.get("/admin/").status_code == 200


def enrol(browser) -> str | None:
    """Set up an authenticator app in this browser; its secret, None where the page is closed."""
    found = re.search(r"[A-Z2-7]{32}", browser.get("/account/2fa/totp/activate/").content.decode())
    if found:
        browser.post("/account/2fa/totp/activate/", {"code": code_of_app(found[0])})
    return found and found[0]


def vouch(browser, whom: Person, email: str, typed: dict | None = None):
    said = {"staff_number": whom.staff_number, "email": email, "spoke": "on", **(typed or {})}
    return browser.post(CONFIRM, said, follow=True)


@pytest.fixture
def stolen(hr, lead, browse_as):
    """The lead's address is now one that HR reads."""
    assert change(browse_as(hr), lead, email=STOLEN).status_code == 302
    return lead


# --- The account that was taken over ---------------------------------------------------------------


def test_hr_alone_does_not_become_the_lead(stolen, hr, asha, browse_as, mailoutbox):
    propose(browse_as(hr), asha, "secretary")
    thief = by_mailed_code(mailoutbox, STOLEN)
    assert is_signed_in(thief), "ordinary pages stay open"

    assert enrol(thief) is None
    answer = thief.get("/admin/", follow=True)

    assert "Until it is certain that you are still you" in text(answer)
    assert "with two of these" in text(answer)
    thief.post(f"/admin/people/roleassignment/{asha.role_assignments.get().pk}/approve/")
    assert asha.role_assignments.get().approved_at is None


def test_putting_the_address_back_leaves_the_thief_nothing(stolen, hr, lead, browse_as, mailoutbox):
    thief = by_mailed_code(mailoutbox, STOLEN)
    thief.post("/account/password/set/", {"password1": "seven warm mugs of tea", "password2": "seven warm mugs of tea"})
    assert is_signed_in(thief)

    change(browse_as(hr), stolen, email=lead.email)

    assert not is_signed_in(thief)
    thief.post("/account/login/", {"login": lead.email, "password": "seven warm mugs of tea"})
    assert not is_signed_in(thief)


def test_a_factor_from_between_two_changes_never_counts(stolen, hr, lead, browse_as, mailoutbox):
    secret = generate_totp_secret()
    TOTP.activate(stolen, secret)  # should it ever be got round that enrolling is closed
    change(browse_as(hr), stolen, email=lead.email)

    browser = by_mailed_code(mailoutbox, lead.email)
    browser.post("/account/2fa/authenticate/", {"code": code_of_app(secret)})

    assert is_signed_in(browser)
    assert not opens_the_admin(browser)


def test_every_session_ends_with_the_change(hr, lead, browse_as):
    leads = browse_as(lead)
    assert opens_the_admin(leads)

    change(browse_as(hr), lead, email="new@force.example")

    assert not is_signed_in(leads)


@pytest.mark.parametrize("typed", [{"rank_or_grade": "Insp"}, {"last_name": "Else"}])
def test_other_changes_end_no_session(hr, lead, browse_as, typed):
    leads = browse_as(lead)
    change(browse_as(hr), lead, **typed)
    assert opens_the_admin(leads)


def test_an_import_closes_too(import_roster, browse_as):
    import_roster([line(1), line(2)], "--confirm")
    first = browse_as(person(1))

    import_roster([line(1, email=STOLEN), line(2)], "--confirm")

    assert not is_signed_in(first)
    assert person(1).identity_changed_at
    assert person(2).identity_changed_at is None


@pytest.mark.parametrize(
    "way", ["totp/deactivate/", "recovery-codes/generate/", "webauthn/add/", "webauthn/keys/1/remove/"]
)
def test_while_unconfirmed_factors_are_neither_made_nor_removed(hr, lead, browse_as, mailoutbox, way):
    TOTP.activate(lead, generate_totp_secret())
    change(browse_as(hr), lead, email=STOLEN)
    browser = Client()
    browser.force_login(Person.objects.get(pk=lead.pk))

    for answer in (browser.get(f"/account/2fa/{way}"), browser.post(f"/account/2fa/{way}")):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/second-factor/")
    assert Authenticator.objects.filter(user=lead).count() == 1


# --- The force's own sign-in ------------------------------------------------------------------------


def test_a_changed_staff_number_closes_as_well(hr, lead, browse_as):
    leads = browse_as(lead)

    change(browse_as(hr), lead, staff_number="777777")

    assert not is_signed_in(leads)
    assert Person.objects.get(pk=lead.pk).identity_changed_at


def test_no_identity_is_linked_by_a_staff_number_that_was_just_changed(hr, lead, browse_as):
    change(browse_as(hr), lead, staff_number="777777")

    assert StaffIdentityAdapter().person_of(claims(employeeid="777777")) is None


def test_a_provider_vouching_opens_nothing_on_a_link_from_after_the_change(stolen):
    browser = Client()
    browser.force_login(Person.objects.get(pk=stolen.pk))
    session = browser.session
    session["assurance"] = "provider"
    session.save()

    assert not opens_the_admin(browser)


def test_a_changed_staff_number_is_told_to_its_holder(hr, lead, browse_as, mailoutbox):
    SocialAccount.objects.create(user=lead, provider="force", uid="subject-1")
    change(browse_as(hr), lead, staff_number="777777")

    tasks.tell_old_addresses()

    assert [mail.to for mail in mailoutbox] == [[lead.email]]
    assert "staff number" in mailoutbox[0].body
    assert "777777" not in mailoutbox[0].body


def test_a_link_from_before_the_change_confirms_where_the_provider_vouches(hr, lead, browse_as, rf):
    """And one from after it, should there be one, does not."""
    SocialAccount.objects.create(user=lead, provider="force", uid="before")
    change(browse_as(hr), lead, email="new@force.example")
    SocialAccount.objects.create(user=lead, provider="force", uid="after")

    assert [vouched_for(rf, lead, uid) for uid in ("after", "before")] == [False, True]
    assert [link.uid for link in SocialAccount.objects.filter(user=lead)] == ["before"]


def vouched_for(rf, whom, uid: str) -> bool:
    """Sign in at the provider, with a second factor there; whether that leaves them confirmed."""
    sociallogin = claims(uid=uid, amr=["pwd", "mfa"])
    sociallogin.account = SocialAccount.objects.filter(user=whom, uid=uid).first() or sociallogin.account
    sociallogin.account.extra_data = {"id_token": {"amr": ["pwd", "mfa"]}}
    request = rf.get("/account/oidc/force/login/callback/")
    request.session = {}
    stored = Person.objects.get(pk=whom.pk)
    AccountAdapter(request).post_login(
        request,
        stored,
        email_verification="none",
        signal_kwargs={"sociallogin": sociallogin},
        email=None,
        signup=False,
        redirect_url="/",
    )
    return Person.objects.get(pk=whom.pk).identity_changed_at is None


# --- Confirming -------------------------------------------------------------------------------------


def test_a_factor_held_before_confirms(hr, lead, browse_as, mailoutbox):
    secret = generate_totp_secret()
    TOTP.activate(lead, secret)
    change(browse_as(hr), lead, email="new@force.example")

    browser = by_mailed_code(mailoutbox, "new@force.example")
    assert not is_signed_in(browser)
    browser.post("/account/2fa/authenticate/", {"code": code_of_app(secret)})

    assert opens_the_admin(browser)
    assert Change.objects.filter(about_id=str(lead.pk), by=lead, verb="confirmed the identity of").exists()


@pytest.mark.parametrize(
    ("first", "second"), [("technical_admin", "lead"), ("lead", "guardian"), ("guardian", "technical_admin")]
)
def test_two_people_confirm_and_the_holder_starts_afresh(first, second, request, hr, dpo, browse_as, mailoutbox):
    change(browse_as(hr), dpo, email="new@force.example")
    between = by_mailed_code(mailoutbox, "new@force.example")

    answers = [vouch(browse_as(request.getfixturevalue(who)), dpo, "new@force.example") for who in (first, second)]

    assert "One of two has confirmed." in text(answers[0])
    assert "Two have confirmed, and it is open." in text(answers[1])
    assert not is_signed_in(between)
    again = by_mailed_code(mailoutbox, "new@force.example")
    assert not opens_the_admin(again)
    assert enrol(again)
    again.post("/account/2fa/reauthenticate/", {"code": code_of_app(secret_of(dpo))})
    assert opens_the_admin(again)


def secret_of(whom) -> str:
    return FactorAdapter().decrypt(Authenticator.objects.get(user=whom, type="totp").data["secret"])


def test_what_was_enrolled_in_between_goes_with_the_confirmation(stolen, technical_admin, guardian, browse_as):
    TOTP.activate(stolen, generate_totp_secret())

    vouch(browse_as(technical_admin), stolen, STOLEN)
    vouch(browse_as(guardian), stolen, STOLEN)

    assert Person.objects.get(pk=stolen.pk).identity_changed_at is None
    assert not Authenticator.objects.filter(user=stolen).exists()


def test_the_same_person_twice_is_not_two(stolen, technical_admin, browse_as):
    browser = browse_as(technical_admin)
    vouch(browser, stolen, STOLEN)

    assert "It takes a second person." in text(vouch(browser, stolen, STOLEN))
    assert Person.objects.get(pk=stolen.pk).identity_changed_at


def test_half_a_confirmation_is_gone_with_the_next_change(stolen, hr, technical_admin, guardian, browse_as):
    vouch(browse_as(technical_admin), stolen, STOLEN)
    change(browse_as(hr), stolen, email="other@force.example")

    vouch(browse_as(guardian), stolen, "other@force.example")

    assert Person.objects.get(pk=stolen.pk).identity_changed_at


def test_on_the_roster_it_stands_how_far_the_confirming_is(stolen, hr, technical_admin, browse_as):
    page = f"{PEOPLE}{stolen.pk}/change/"
    assert "Neither has confirmed yet." in text(browse_as(hr).get(page))

    vouch(browse_as(technical_admin), stolen, STOLEN)

    assert "One of two has confirmed." in text(browse_as(hr).get(page))


def test_whoever_changed_it_does_not_confirm_it(superuser, hr, lead, browse_as):
    change(browse_as(superuser), lead, email=STOLEN)
    change(browse_as(hr), lead, email="other@force.example")

    answer = vouch(browse_as(superuser), lead, "other@force.example")

    assert "neither they themselves nor whoever made the change" in text(answer)
    assert Person.objects.get(pk=lead.pk).identity_changed_at


def test_nobody_confirms_themselves(stolen, browse_as):
    themselves = browse_as(Person.objects.get(pk=stolen.pk))

    assert "neither they themselves" in text(vouch(themselves, stolen, STOLEN))


@pytest.mark.parametrize("who", ["hr", "coordinator", "secretary", "asha"])
def test_nobody_else_confirms(who, request, stolen, browse_as):
    assert vouch(browse_as(request.getfixturevalue(who)), stolen, STOLEN).status_code == 403


@pytest.mark.parametrize("typed", [{"email": "lead@force.example"}, {"staff_number": "1"}, {"spoke": ""}])
def test_what_the_person_says_must_be_what_the_roster_says(stolen, technical_admin, browse_as, typed):
    vouch(browse_as(technical_admin), stolen, STOLEN, typed)

    assert Person.objects.get(pk=stolen.pk).identity_changed_at


def test_those_who_confirm_are_led_to_the_page(technical_admin, browse_as):
    browser = browse_as(technical_admin)

    assert CONFIRM in text(browser.get("/admin/"))
    assert "Speak with them first" in text(browser.get(CONFIRM))


def test_a_session_from_before_the_change_does_not_come_back(hr, lead, browse_as, time_machine):
    """The address there and back again: the old session was open on somebody's desk all the while."""
    leads = browse_as(lead)
    change(browse_as(hr), lead, email=STOLEN)
    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    change(browse_as(hr), lead, email=lead.email)

    assert not is_signed_in(leads)
