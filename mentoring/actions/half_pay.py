"""From which day somebody away is on half pay: HR enters it, and they alone are told."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from mentoring.models import Absence, HalfPay
from mentoring.reminders import HALF_PAY
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh


@transaction.atomic
def set_half_pay(*, by: Person, absence: Absence, starts: date | None) -> None:
    """Half pay begins on `starts` during this absence; None: it does not.

    The person is told beforehand (`Rules.half_pay_days`). Raises PermissionDenied for anybody but HR, and for one's
    own absence; ValidationError for a day outside the absence.
    """
    if "hr" not in by.assigned_roles or absence.subject_id == by.pk:
        raise PermissionDenied
    if starts and (starts <= absence.first_day or (absence.back_on and starts >= absence.back_on)):
        raise ValidationError("Choose a day after the first day away and before the day back.")
    if starts:
        row = HalfPay(absence=absence, subject_id=absence.subject_id, starts=starts)
        HalfPay.objects.bulk_create([row], update_conflicts=True, unique_fields=["absence"], update_fields=["starts"])
    else:
        HalfPay.objects.filter(absence=absence).delete()
    refresh(HALF_PAY, absence.pk)
