"""The only writes to SPOCs' profiles. Each is atomic and takes who did it.

They write no history (see the model): the profile's own dates are all that is kept.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people.models import Person

from .. import policy
from ..models import Spoc, State

_NOTHING = {
    "first_name_only": True,
    "role_words": "",
    "rank_band": "",
    "gender": "",
    "hr_may_know": False,
    "reviewed_by": None,
    "reviewed_on": None,
    "confirmed_on": None,
    "show_phone": False,
    "show_text": False,
    "show_mail": False,
    "phone": "",
    "by_day": True,
    "by_night": False,
}


@transaction.atomic
def invite(*, person: Person, by: Person | None) -> Spoc:
    """Offer `person` a profile, which shows nowhere until they consent; returns it, new or once withdrawn.

    `by` is the coordinator; None at set-up and in demonstrations. Raises PermissionDenied for anybody
    else, ValidationError for somebody who has a profile, or may not be listed.
    """
    if by is not None and not policy.may_invite(by):
        raise PermissionDenied
    if person.hidden or not person.is_active:
        raise ValidationError("This person cannot be listed.")
    former = Spoc.objects.select_for_update().filter(person=person).first()
    if former is None:
        return Spoc.objects.create(person=person)
    if former.state != State.WITHDRAWN:
        raise ValidationError("This person has been invited already.")
    return _write(former, state=State.INVITED, consented_on=None, confirmed_on=None, withdrawn_on=None)


@transaction.atomic
def consent(*, spoc: Spoc, by: Person, **profile) -> Spoc:
    """The SPOC agrees to be listed, as `profile` says; listed at once."""
    spoc = _own(spoc, by)
    if spoc.state != State.INVITED:
        raise ValidationError("This profile has been agreed to already.")
    today = timezone.localdate()
    return _write(spoc, state=State.ACTIVE, consented_on=today, confirmed_on=today, **profile)


@transaction.atomic
def change_profile(*, spoc: Spoc, by: Person, **profile) -> Spoc:
    """The SPOC changes what their profile shows; effective at once."""
    return _write(_own(spoc, by), **profile)


@transaction.atomic
def pause(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC takes a break: off the list until `resume`. Nobody is told."""
    return _move(spoc, State.ACTIVE, State.PAUSED, by=by)


@transaction.atomic
def resume(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC is back on the list, as before."""
    return _move(spoc, State.PAUSED, State.ACTIVE, by=by)


@transaction.atomic
def withdraw(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC takes everything back, also an invitation: what they entered is deleted, two dates remain."""
    return _write(_own(spoc, by), state=State.WITHDRAWN, withdrawn_on=timezone.localdate(), **_NOTHING)


@transaction.atomic
def withdraw_returned(*, people) -> None:
    """Consent given before somebody left is no consent for when they come back."""
    theirs = Spoc.objects.filter(person__in=people).exclude(state=State.WITHDRAWN)
    theirs.update(state=State.WITHDRAWN, withdrawn_on=timezone.localdate(), **_NOTHING)


@transaction.atomic
def list_many(*, profiles: list[tuple[Person, dict]]) -> list[Spoc]:
    """For demonstrations: profiles of invented people who consented today, in one query; returns them."""
    today = timezone.localdate()
    agreed = {"state": State.ACTIVE, "consented_on": today, "confirmed_on": today}
    return Spoc.objects.bulk_create([Spoc(person=person, **agreed, **profile) for person, profile in profiles])


def _own(spoc: Spoc, by: Person) -> Spoc:
    """Raises PermissionDenied for everybody but the SPOC: nobody keeps another's profile."""
    spoc = Spoc.objects.select_for_update(of=["self"]).select_related("person").get(pk=spoc.pk)
    if spoc.person_id != by.pk or spoc.state == State.WITHDRAWN:
        raise PermissionDenied
    return spoc


def _move(spoc: Spoc, before: str, after: str, *, by: Person) -> Spoc:
    spoc = _own(spoc, by)
    if spoc.state not in (before, after):
        raise ValidationError("This profile has not been agreed to yet.")
    return _write(spoc, state=after)


def _write(spoc: Spoc, **values) -> Spoc:
    for name, value in values.items():
        setattr(spoc, name, value)
    spoc.save(update_fields=list(values))
    return spoc
