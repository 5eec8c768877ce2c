"""How sure the portal is of who somebody is, and which pages want more than one factor.

Whoever holds a role beyond “any person” must hold a second factor before the pages of that role open;
their ordinary pages stay open meanwhile. A sign-in through the force's own identity provider counts
where the provider says that it asked for a second factor.
"""

from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect

from . import doors

DEMO = "demo"
PROVIDER = "provider"
KEY = "assurance"
PROVIDER_AT = "assurance_at"  # when the provider asked for it, in seconds since 1970
OPEN_WHILE_UNCONFIRMED = {
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}


def is_assured(request) -> bool:
    """Whether this session is good for a privileged page.

    True after a second factor in this session, after a demo sign-in (in the demo alone), or after the
    identity provider vouched for a second factor. False while a changed identity is not confirmed. A session that came
    by a door is good for the pages behind it, which are about its person alone, once it has shown who it is.
    """
    if door := doors.came_by(request):
        is_its_own = door.holds(request.path_info) and bool(doors.proofs(request))
        return is_its_own and not is_unconfirmed(request.user)
    mark = request.session.get(KEY)
    if mark == DEMO and settings.DEMO:
        return True
    if is_unconfirmed(request.user):
        return False
    return has_shown_factor(request)


def lacks_factor_for(request, owner_id) -> bool:
    """Whether somebody who keeps a thing by their role alone, and not as its owner, has shown no second factor."""
    return owner_id != request.user.pk and not is_assured(request)


def has_shown_factor(request) -> bool:
    """Whether a second factor was shown in this session, here or at the identity provider; no demo counts."""
    records = get_authentication_records(request, request.user)
    return request.session.get(KEY) == PROVIDER or any(record["method"] == "mfa" for record in records)


def is_unconfirmed(person) -> bool:
    """Whether what this person signs in with was changed, and it is not yet confirmed that it is still them."""
    return getattr(person, "identity_changed_at", None) is not None


def keep_factors(request):
    """A redirect away from enrolling and removing factors while unconfirmed; None for any other page.

    Whoever took an account over must neither add a factor of theirs nor take away the holder's.
    """
    name = request.resolver_match.url_name or ""
    if is_unconfirmed(request.user) and name.startswith("mfa_") and name not in OPEN_WHILE_UNCONFIRMED:
        return redirect("second_factor_needed")
    return None


def has_second_factor(person) -> bool:
    """Whether this person has enrolled an authenticator app, a passkey or a security key."""
    return is_mfa_enabled(person, ["totp", "webauthn"])


def while_certain(view):
    """Decorator for a page about oneself: closed while a changed identity is not confirmed, open otherwise."""

    @wraps(view)
    @login_required
    def wrapped(request, *args, **kwargs):
        return redirect("second_factor_needed") if is_unconfirmed(request.user) else view(request, *args, **kwargs)

    return wrapped


def assured(view):
    """Decorator for a privileged page: leads to enrolment, or to a sign-in with the factor, where one is missing."""

    @wraps(view)
    @login_required
    def wrapped(request, *args, **kwargs):
        return view(request, *args, **kwargs) if is_assured(request) else redirect("second_factor_needed")

    return wrapped


def for_permission(*names: str):
    """Decorator: a privileged page for whoever has one of these permissions (`wellbeing/roles.py`) through a role.

    404 for everybody else. Not `has_perm()`, which a superuser always has.
    """

    def decorate(view):
        @assured
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if not request.user.get_all_permissions() & set(names):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
