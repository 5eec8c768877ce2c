"""What follows when somebody's second factors change: theirs to do, with a factor that they held before.

django-allauth asks for a factor shown within five minutes (`AccountAdapter.get_reauthentication_methods`) and tells
the person by mail. This is the second lock: where a session got so far without having shown an earlier factor, the
account closes as it does after a changed address, until its holder shows an earlier one or two people vouch for them.
The very first factor of an account is no such change: nothing was held before that could be shown.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from wellbeing.web import assurance

from . import actions, sign_in


def added(sender, request, user, authenticator, **kwargs) -> None:
    """Receiver of `authenticator_added`. Recovery codes come with a factor that was told of just before them."""
    earlier = Authenticator.objects.filter(user=user, created_at__lt=authenticator.created_at)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    if earlier.exists() or _provider_vouches_for(user):
        _close_unless_shown(request, user, since=authenticator.created_at)


def replaced(sender, request, user, authenticator, **kwargs) -> None:
    """Receiver of `authenticator_reset`: recovery codes were made anew."""
    _close_unless_shown(request, user, since=authenticator.created_at)


def removed(sender, request, user, **kwargs) -> None:
    """Receiver of `authenticator_removed`."""
    _close_unless_shown(request, user, since=timezone.now())


def _close_unless_shown(request, person, *, since: datetime) -> None:
    if not assurance.has_shown_factor(request):
        actions.close_changed_factor(person=person, since=since)


def _provider_vouches_for(person) -> bool:
    """Whether the force's own sign-in has vouched for a second factor of theirs: that is one held before."""
    return any(sign_in.vouches(account) for account in SocialAccount.objects.filter(user=person))
