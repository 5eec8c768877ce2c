"""Who may sign in, and as whom: what the portal asks of django-allauth differently.

People come from the roster. Nobody signs up; nobody who has left or died signs in; the address
somebody signs in with is the roster's and is changed there.
"""

import base64
import logging
import time
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.functional import cached_property

from wellbeing.web import assurance, sign_in_first, step_up

from . import actions
from .models import Force, Person

logger = logging.getLogger(__name__)


class PersonBackend(AuthenticationBackend):
    """Signs in people of the roster who are still here; permissions are the roles' alone."""

    def get_user(self, user_id):
        person = Person.objects.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    get_group_permissions = get_user_permissions

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def has_module_perms(self, user_obj, app_label):
        return False


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_redirect_url(self, request) -> str:
        """Where somebody was going before they were asked to sign in, else the home page."""
        address = request.session.pop(sign_in_first.KEY, None)
        return address if address and self.is_safe_url(address) else super().get_login_redirect_url(request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Whoever holds a second factor confirms with one; their password alone changes no factor."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != "reauthenticate"] or ways

    def logout(self, request) -> None:
        """Whoever confirms at the identity provider is signed out and in again: where they were going stays known."""
        back = request.resolver_match is not None and request.resolver_match.url_name == "openid_connect_callback"
        kept = request.session.get(step_up.GO_ON_TO) if back else None
        super().logout(request)
        if kept:
            request.session[step_up.GO_ON_TO] = kept

    def post_login(self, request, user, *, signal_kwargs=None, **kwargs):
        sociallogin = (signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and _is_linked(request, sociallogin, user) and vouches(sociallogin.account):
            request.session[assurance.KEY] = assurance.PROVIDER
            request.session[assurance.PROVIDER_AT] = _asked_at(sociallogin.account)
            actions.confirm_with_factor(person=user, held_since=sociallogin.account.date_joined)
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)

    def send_mail(self, template_prefix, email, context) -> None:
        """Mail about one's own account, in the force's name. A mail server that is away breaks no page: it is said."""
        more = {"force": Force.objects.first(), "portal_url": settings.PORTAL_URL}
        try:
            super().send_mail(template_prefix, email, context | more)
        except (OSError, SMTPException):
            logger.exception("Could not send %s", template_prefix)
            messages.error(
                self.request, "The mail could not be sent just now. Try again in a few minutes, or sign in another way."
            )


class StaffIdentityAdapter(DefaultSocialAccountAdapter):
    """Links a sign-in at the force's identity provider to the person who has that staff number.

    The staff number comes in a claim that only the force's directory writes (OIDC_STAFF_NUMBER_CLAIM).
    An e-mail address is no staff identity: several providers let an account holder set it without
    proof, and addresses are handed on when people leave. Nobody is created, and a person who is
    linked already is not linked a second time. Whoever holds a second factor here is linked only once
    they have shown it: the link is a factor too.
    """

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        sociallogin.email_addresses = []
        if sociallogin.is_existing:
            return
        person = self.person_of(sociallogin)
        if person is None or sociallogin.state.get("process") == "connect":
            logger.warning("A sign-in at the identity provider matched nobody on the roster.")
            raise ImmediateHttpResponse(render(request, "socialaccount/not_on_the_roster.html", status=403))
        if assurance.has_second_factor(person):
            sociallogin.user = person  # linked after the second step, in `_is_linked`
        else:
            sociallogin.connect(request, person)

    def person_of(self, sociallogin) -> Person | None:
        """The person this identity belongs to; None where there is none, another identity has them, or
        their staff number or address was changed and nobody has confirmed that yet."""
        number = str(_claims(sociallogin.account).get(settings.OIDC_STAFF_NUMBER_CLAIM) or "").strip().upper()
        person = Person.objects.current().filter(staff_number=number).first() if number else None
        if person is None or assurance.is_unconfirmed(person):
            return None
        linked = SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider).exists()
        return None if linked else person

    def validate_disconnect(self, account, accounts) -> None:
        raise ValidationError("The link to your force account is kept by the portal's administrators.")


class FactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted in the database.

    The key is derived from FACTOR_KEY, or from SECRET_KEY where none is set; changing it means that
    everybody enrols again.
    """

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet.decrypt(encrypted_text.encode()).decode()

    @cached_property
    def _fernet(self) -> Fernet:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wellbeing second factors")
        return Fernet(base64.urlsafe_b64encode(key.derive(settings.FACTOR_KEY.encode())))

    def get_totp_label(self, user) -> str:
        return user.email

    def generate_authenticator_name(self, user, type) -> str:  # noqa: A002 - the library's name
        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return "Wellbeing portal"


def confirm(sender, user, authenticator, **kwargs) -> None:
    """Receiver of `authenticator_used`: a factor held before confirms a changed identity."""
    actions.confirm_with_factor(person=user, held_since=authenticator.created_at)


def vouches(account: SocialAccount) -> bool:
    """Whether the identity provider said, last time, that it asked for more than one factor (RFC 8176, `amr`)."""
    return "mfa" in (_claims(account).get("amr") or [])


def _is_linked(request, sociallogin, person: Person) -> bool:
    """Whether this identity is linked to this person; links it now, where that waited for their second step."""
    account = sociallogin.account
    if account.pk is None and StaffIdentityAdapter(request).person_of(sociallogin) == person:
        sociallogin.connect(request, Person.objects.get(pk=person.pk))
    return account.pk is not None and account.user_id == person.pk


def _claims(account: SocialAccount) -> dict:
    """What the provider said; the signed token goes before the answer of its userinfo page."""
    data = account.extra_data
    return {**(data.get("userinfo") or {}), **(data.get("id_token") or {})}


def _asked_at(account: SocialAccount) -> float:
    """When the provider last asked them to sign in (OpenID Connect Core, `auth_time`); 0 where it does not say."""
    at = _claims(account).get("auth_time")
    return min(float(at), time.time()) if isinstance(at, int | float) else 0.0
