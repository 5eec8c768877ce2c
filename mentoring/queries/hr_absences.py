"""What HR sees of absences: dates, and from when half pay is; never a plan, a contact, or who keeps contact."""

import uuid

from django.db.models import Q

from mentoring.models import Absence
from wellbeing.people.models import Person


def running(by: Person):
    """Everybody's absence but one's own and of those who have died or gone, by name; one query, and one to count."""
    absences = Absence.objects.running().filter(subject__in=Person.objects.current()).exclude(subject=by)
    absences = absences.select_related("subject__station", "half_pay")
    return absences.order_by("subject__last_name", "subject__known_as", "subject_id", "-first_day")


def search(by: Person, text: str):
    """Those whose staff number or name begins with each word of `text`."""
    found = running(by)
    for word in text.split():
        number = Q(subject__staff_number__istartswith=word)
        found = found.filter(number | Q(subject__known_as__istartswith=word) | Q(subject__last_name__istartswith=word))
    return found


def absence_of(by: Person, key: uuid.UUID) -> Absence | None:
    """One absence that HR may date: anybody's but one's own, also when it is over."""
    absences = Absence.objects.exclude(subject=by).select_related("subject__station", "half_pay")
    return absences.filter(pk=key).first()


def is_own(by: Person, key: uuid.UUID) -> bool:
    return Absence.objects.filter(pk=key, subject=by).exists()


def are_known(keys: list[uuid.UUID]) -> bool:
    """Whether HR sees any of these absences."""
    return Absence.objects.filter(pk__in=keys).exists()
