"""Passkeys at this door: those made here, which count nowhere else, and those of the portal's own sign-in.

On django-allauth's ceremony (`allauth.mfa.webauthn`). A passkey of this door is made for another user handle, so that
on the same device it does not take the place of the portal's.
"""

import struct
from contextlib import contextmanager

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode
from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

from . import actions
from .models import Passkey

HANDLE = "my-plan-"
_REFUSED = ValidationError("This passkey does not open My plan. Try again, or come in another way.")


def begin_adding(person: Person) -> dict:
    """What the browser needs to make a passkey: kept on the device, with its own check of who holds it."""
    options, state = auth.get_server().register_begin(
        user=PublicKeyCredentialUserEntity(
            id=f"{HANDLE}{person.pk}".encode(), name="My plan", display_name="My plan, from outside"
        ),
        credentials=[_data_of(passkey) for passkey in _passkeys_of(person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions=auth.EXTENSIONS,
    )
    auth.set_state(state)
    return dict(options)


def check_new(credential: dict) -> None:
    """Raises ValidationError unless it answers what was just begun, with the device's own check."""
    with _refusing():
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise _REFUSED


def begin_showing(person: Person | None = None) -> dict:
    """What the browser needs to show a passkey: any that it has, or one of `person`."""
    options, state = auth.get_server().authenticate_begin(
        credentials=[_data_of(known) for known in _known_to(person)] if person else [],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    auth.set_state(state)
    return dict(options)


def check_shown(credential: dict, *, of: Person | None = None) -> tuple[Person, Passkey | Authenticator]:
    """Whose passkey it is, and which; with `of`, one of theirs. Raises ValidationError for any that is not known, or
    that answers something else than what was just begun; each beginning is answered once."""
    state = auth.get_state()
    auth.clear_state()
    with _refusing():
        auth.parse_authentication_response(credential)
        person, known = (of, _known_to(of)) if of else _holder(credential)
        if person is None or not state:
            raise _REFUSED
        shown = auth.get_server().authenticate_complete(state, [_data_of(one) for one in known], credential)
    used = next(one for one in known if _data_of(one).credential_id == shown.credential_id)
    return person, used


def note_use(request, person: Person, used: Passkey | Authenticator) -> None:
    """Write down that it was used. One of the portal's sign-in confirms a changed identity, if held before."""
    if isinstance(used, Passkey):
        actions.used_passkey(by=person, passkey=used)
    else:
        post_authentication(request, used, passwordless=True)


def has_any(person: Person) -> bool:
    """Whether they hold a passkey that opens this door."""
    return bool(_known_to(person))


@contextmanager
def _refusing():
    """Whatever a browser sends that is no passkey, or not the right one, is refused in the same words."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, InvalidSignature) as error:
        raise _REFUSED from error


def _holder(credential: dict) -> tuple[Person | None, list]:
    """Whom the credential says it is of, and what is known of theirs; it proves nothing yet."""
    try:
        handle = websafe_decode(credential["response"]["userHandle"]).decode()
        key = int(handle.removeprefix(HANDLE))
    except (KeyError, TypeError, ValueError):
        return None, []
    person = Person.objects.current().filter(pk=key).first() if 0 < key < 2**63 else None
    if person is None:
        return None, []
    own = handle.startswith(HANDLE)
    return person, _passkeys_of(person) if own else _authenticators_of(person)


def _known_to(person: Person) -> list:
    return [*_passkeys_of(person), *_authenticators_of(person)]


def _passkeys_of(person: Person) -> list[Passkey]:
    with acting_as(person):
        return list(Passkey.objects.filter(person=person))


def _authenticators_of(person: Person) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN))


def _data_of(known: Passkey | Authenticator):
    credential = known.credential if isinstance(known, Passkey) else known.data["credential"]
    return auth.parse_registration_response(credential).response.attestation_object.auth_data.credential_data
