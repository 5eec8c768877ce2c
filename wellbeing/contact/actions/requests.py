"""Asking a volunteer to get in touch, their answer, and deleting it for good. No history keeps any of it."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from .. import queries, reminders, sealing
from ..models import KEPT, REPORTS_AT_MOST, REPORTS_KEPT, ContactReport, ContactRequest, State, WeekKey
from ..volunteers import Volunteer

MOST_OPEN = 5  # requests of one person that nobody has answered
_WEEK = timedelta(days=7)


class AskedAlready(ValidationError):
    """There is an open request of this pair: `request`."""

    def __init__(self, request: ContactRequest):
        super().__init__("You have asked them already, and they have not answered yet.")
        self.request = request


@transaction.atomic
def ask(*, by: Person, volunteer: Volunteer, key: UUID, answers: dict, instead_of: UUID | None = None):
    """Ask a volunteer to get in touch; returns the request, which was there before where its `key` comes twice.

    An own request `instead_of` which this one stands is deleted. Raises AskedAlready; ValidationError for somebody who
    has five open ones, asks themselves, or is held off.
    """
    one_at_a_time(by.pk)
    if twice := ContactRequest.objects.filter(pk=key, asker=by).first():
        return twice
    if instead_of:
        ContactRequest.objects.filter(pk=instead_of, asker=by).delete()
    _may_ask(by, volunteer)
    now = timezone.now()
    request = ContactRequest(pk=key, asker=by, volunteer=volunteer.person, kind=volunteer.kind)
    request.week, request.asked_at, request.expires_at = sealing.week_key(), now, now + KEPT
    request.sealed = sealing.seal(request, answers)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as somebody_elses:
        raise ValidationError("This could not be sent. Please start again.") from somebody_elses
    refresh(reminders.ASKED, key)
    return request


@transaction.atomic
def say_in_touch(*, by: Person, key: UUID) -> None:
    """The volunteer has been in touch. Raises ValidationError where the request is gone or answered."""
    _answer(by, key, State.IN_TOUCH)


@transaction.atomic
def say_cannot(*, by: Person, key: UUID) -> None:
    """The volunteer cannot, and is asked no reason; the asker is told that there is news."""
    _answer(by, key, State.CANNOT)


@transaction.atomic
def turn_down(*, by: Person, **which) -> None:
    """The volunteer says no to all that was asked of them by one `asker`, or as one `kind` of volunteer.

    What was answered already is deleted.
    """
    theirs = ContactRequest.objects.filter(volunteer=by, **which)
    theirs.exclude(state=State.OPEN).delete()
    for key in list(theirs.values_list("pk", flat=True)):
        _answer(by, key, State.CANNOT)


@transaction.atomic
def delete(*, by: Person, key: UUID) -> bool:
    """Either of the two deletes the request for good, and what reminds of it; returns whether it was there."""
    number, _ = queries.of_the_two(by).filter(pk=key).delete()
    return bool(number)


@transaction.atomic
def delete_what_is_over() -> None:
    """As the worker: requests after 28 days, keys of weeks of which none is left, and reports.

    Those go 90 days after they closed, or two years after they were sent. Deleting needs no key of the vault. The keys
    go last: what they opened is gone before them.
    """
    now = timezone.now()
    ContactRequest.objects.filter(expires_at__lte=now).delete()
    over = Q(closed_at__lte=now - REPORTS_KEPT) | Q(made_at__lte=now - REPORTS_AT_MOST)
    ContactReport.objects.filter(over).delete()
    past = WeekKey.objects.filter(week__lte=timezone.localdate() - KEPT - _WEEK)
    past.exclude(pk__in=ContactRequest.objects.values("week_id")).delete()


def one_at_a_time(asker: int) -> None:
    """Two sendings at once by one person wait for each other, and so does whoever keeps them away from now on."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('contact.ask'), %s)", [asker % 2**31])


def _answer(by: Person, key: UUID, state: str) -> None:
    request = ContactRequest.objects.select_for_update().filter(pk=key, volunteer=by, state=State.OPEN).first()
    if request is None:
        raise ValidationError("This is no longer here: it was deleted, or you have answered already.")
    request.state, request.answered_at = state, timezone.now()
    request.save(update_fields=["state", "answered_at"])
    for kind in (reminders.ASKED, reminders.ANSWERED, reminders.UNANSWERED):
        refresh(kind, key)


def _may_ask(by: Person, volunteer: Volunteer) -> None:
    unanswered = queries.unanswered_of(by)
    if volunteer.person.pk == by.pk:
        raise ValidationError("That is you. Ask somebody else.")
    if same := unanswered.filter(volunteer=volunteer.person, kind=volunteer.kind).first():
        raise AskedAlready(same)
    if unanswered.count() >= MOST_OPEN:
        raise ValidationError(
            f"You have asked {MOST_OPEN} people who have not answered yet. Delete one of those first, or wait a little."
        )
    if queries.is_held_off(volunteer):
        raise ValidationError("They cannot be asked at the moment. Please ask somebody else.")
    ContactRequest.objects.filter(asker=by, volunteer=volunteer.person, expires_at__lte=timezone.now()).delete()
