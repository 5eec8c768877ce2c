"""The only writes to mentors. Each is atomic, recorded in the history, and takes who did it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.models import Kind, Mentor
from wellbeing.people import history
from wellbeing.people.models import Person

from .welfare import close_gaps, make_profile


@transaction.atomic
def appoint_mentor(*, person: Person, kind: str, by: Person | None, starts: date | None = None) -> Mentor:
    """Let `person` be a mentor of `kind` from the day `starts` (today unless told); returns the term.

    Raises ValidationError for somebody who is one already, for oneself, and for somebody not on the roster today.
    """
    if person == by:
        raise ValidationError("Nobody appoints themselves.")
    if not person.is_active:
        raise ValidationError(f"{person} does not work here.")
    if Mentor.objects.filter(person=person, kind=kind, ends__isnull=True).exists():
        raise ValidationError(f"{person} is a {Kind(kind).label.lower()} already.")
    mentor = Mentor.objects.create(person=person, kind=kind, starts=starts or timezone.localdate())
    make_profile(mentor)
    history.record(by=by, verb="appointed", about=mentor)
    return mentor


@transaction.atomic
def stand_down(*, mentor: Mentor, by: Person | None, on: date | None = None) -> Mentor:
    """End a mentor's term from the day `on` (today unless told), and return it.

    From that day on somebody else keeps contact with each of those whom a welfare mentor supports.
    """
    mentor.ends = max(on or timezone.localdate(), mentor.starts)
    mentor.save(update_fields=["ends"])
    history.record(by=by, verb="stood down", about=mentor)
    close_gaps()
    return mentor
