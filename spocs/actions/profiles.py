"""The only writes to SPOCs' profiles. Each is atomic and takes who did it.

They write no history (see the model): the profile's own dates are all that is kept.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

from .. import policy
from ..models import Spoc, State
from . import withdrawal
from .rows import keep_topics, reminded, write


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
    if again := _ask("select spocs_invite_again(%s)", person.pk):
        return Spoc(pk=again, person=person)
    try:
        with transaction.atomic():
            return Spoc.objects.create(person=person)
    except IntegrityError as refusal:
        raise ValidationError("This person has been invited already.") from refusal


@transaction.atomic
def consent(*, spoc: Spoc, by: Person, topics: Iterable[Topic] = (), **profile) -> Spoc:
    """The SPOC agrees to be listed, as `profile` says, and to each of `topics`; the coordinator reads it first."""
    spoc = _own(spoc, by)
    if spoc.state != State.INVITED:
        raise ValidationError("This profile has been agreed to already.")
    today = timezone.localdate()
    unread = {"sent_back": "", "reviewed_by": None, "reviewed_on": None}
    spoc = write(spoc, state=State.REVIEW, consented_on=today, confirmed_on=today, **unread, **profile)
    keep_topics(spoc, topics)
    return reminded(spoc)


@transaction.atomic
def change_profile(*, spoc: Spoc, by: Person, topics: Iterable[Topic] | None = None, **profile) -> Spoc:
    """The SPOC changes what their profile shows, effective at once; by it they say as well that it is right.

    `topics`: those they agree to from now on; None leaves them as they are.
    """
    spoc = _own(spoc, by)
    if spoc.state == State.INVITED:
        raise ValidationError("This profile has not been agreed to yet.")
    spoc = write(spoc, confirmed_on=timezone.localdate(), **profile)
    if topics is not None:
        keep_topics(spoc, topics)
    return reminded(spoc)


@transaction.atomic
def confirm(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC says that their profile is still right, for another year."""
    return _move(spoc, State.ACTIVE, State.ACTIVE, by=by, confirmed_on=timezone.localdate())


@transaction.atomic
def pause(*, spoc: Spoc, by: Person, ring_me: bool = False) -> Spoc:
    """The SPOC takes a break: off the list until `resume`. Nobody is told, but the coordinator where `ring_me`.

    Without it, an earlier wish to be rung is taken back. Raises ValidationError where nobody else coordinates.
    """
    if ring_me and not policy.coordinators_for(by).exists():
        raise ValidationError(
            "There is no coordinator who could ring you at the moment. You can take a break all the same."
        )
    return _move(spoc, State.ACTIVE, State.PAUSED, by=by, ring_asked_on=timezone.localdate() if ring_me else None)


@transaction.atomic
def resume(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC is back on the list, as before, which by this they say is right."""
    return _move(spoc, State.PAUSED, State.ACTIVE, by=by, confirmed_on=timezone.localdate(), ring_asked_on=None)


@transaction.atomic
def withdraw(*, spoc: Spoc, by: Person) -> Spoc:
    """The SPOC takes everything back, also an invitation: what they entered is deleted, two dates remain."""
    spoc = _own(spoc, by)
    withdrawal.forget_all(person=spoc.person, by=by)
    write(spoc, state=State.WITHDRAWN, withdrawn_on=timezone.localdate())
    spoc.refresh_from_db()
    return spoc


@transaction.atomic
def withdraw_returned(*, people) -> None:
    """Consent given before somebody left is no consent for when they come back."""
    _ask("select spocs_withdraw_returned(%s)", [person.pk for person in people])


@transaction.atomic
def withdraw_left(*, before: datetime) -> int:
    """As the worker: whoever's leaving was carried out before then, and can no longer be undone, keeps no profile;
    returns how many had one. Under legal hold it stays, and no list shows it."""
    left = Spoc.objects.filter(person__gone_at__lt=before, person__legal_hold=False).exclude(state=State.WITHDRAWN)
    return left.update(state=State.WITHDRAWN)


@transaction.atomic
def list_many(*, profiles: list[tuple[Person, dict]], by: Person) -> list[Spoc]:
    """For demonstrations: profiles of invented people, who consented today, read by the coordinator `by`; returns them.

    A profile may have its `id`, and `topics`.
    """
    today = timezone.localdate()
    keys = [{"id": profile["id"]} if "id" in profile else {} for _, profile in profiles]
    with acting_as(None):
        invited = [Spoc(person=person, **key) for (person, _), key in zip(profiles, keys, strict=True)]
        made = Spoc.objects.bulk_create(invited)
    for spoc, (person, profile) in zip(made, profiles, strict=True):
        said = {name: value for name, value in profile.items() if name not in ("id", "topics")}
        with acting_as(person):
            write(spoc, **{"state": State.REVIEW, "consented_on": today, "confirmed_on": today} | said)
            keep_topics(spoc, profile.get("topics", ()), at=_noon(spoc.consented_on))
    with acting_as(by):
        to_review = Spoc.objects.filter(pk__in=[spoc.pk for spoc in made])
        to_review.update(state=State.ACTIVE, reviewed_by=by, reviewed_on=today)
    return made


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _own(spoc: Spoc, by: Person) -> Spoc:
    """Raises PermissionDenied for everybody but the SPOC: nobody keeps another's profile."""
    own = Spoc.objects.select_for_update(of=["self"]).select_related("person").filter(person=by, pk=spoc.pk)
    found = own.exclude(state=State.WITHDRAWN).first()
    if found is None:
        raise PermissionDenied
    return found


def _move(spoc: Spoc, before: str, after: str, *, by: Person, **values) -> Spoc:
    spoc = _own(spoc, by)
    if spoc.state == State.REVIEW:
        raise ValidationError("The coordinator reads this profile first.")
    if spoc.state not in (before, after):
        raise ValidationError("This profile has not been agreed to yet.")
    return reminded(write(spoc, state=after, **values))


def _ask(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
