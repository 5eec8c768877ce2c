"""Absences as far as whoever asks reckons with them: dates, and whether they keep contact; nothing is opened."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring.models import Absence, ContactPlan, HalfPay, Rules
from wellbeing.confidential import policy
from wellbeing.confidential.models import HOLDERS, CareLink, Why
from wellbeing.people.models import Person
from wellbeing.reminders import working_days

GOES_ON = timedelta(days=28)  # after somebody is back, contact and what was agreed about it


@dataclass(frozen=True)
class Window:
    """The days between which the first contact is due; both working days."""

    first: date
    last: date


@dataclass(frozen=True)
class Away:
    """Somebody who is, or will be, away, as their line manager sees it. `plan` is there where contact is theirs to keep
    now; after a pause, a swap or any other choice it is not, and nothing says which."""

    absence: Absence
    plan: ContactPlan | None
    first_contact: Window

    @property
    def days_late(self) -> int:
        """Working days since contact was due that is theirs to keep; 0 in a pause, and where it is somebody else's."""
        if self.plan is None or (self.plan.paused_until and self.plan.paused_until >= timezone.localdate()):
            return 0
        due = self.plan.next_contact or self.first_contact.last
        return working_days.between(due, timezone.localdate())


def current_of(person: Person) -> Absence | None:
    """The absence of `person` that runs, is to come, or was over less than four weeks ago."""
    return _current().filter(subject=person).first()


def absences_managed(person: Person):
    """The absences that are not over, of the people whom `person` manages."""
    return Absence.objects.running().filter(subject__in=policy.people_managed(person)).select_related("subject")


def absences_kept(person: Person):
    """The absences in which `person` keeps contact now: of each person the last."""
    holding = policy.links_of(person).filter(why__in=HOLDERS, subject=OuterRef("subject"))
    later = Absence.objects.filter(subject=OuterRef("subject"), first_day__gt=OuterRef("first_day"))
    return _current().filter(Exists(holding), ~Exists(later)).select_related("subject")


def is_back(absence: Absence) -> bool:
    """Whether the first day back is reached; what was agreed about contact goes on for four weeks more."""
    return absence.back_on is not None and absence.back_on <= timezone.localdate()


def is_away(person: Person) -> bool:
    """Whether `person` is away, or will be, and not yet back."""
    return Absence.objects.running().filter(subject=person).exists()


def away_reports(manager: Person) -> list[Away]:
    """Who of the people of `manager` is or will be away, the longest first; four queries for any number."""
    absences = list(absences_managed(manager).order_by("first_day", "subject__last_name", "pk"))
    if not absences:
        return []
    held = policy.links_of(manager).filter(why=Why.KEEPS_CONTACT).values_list("subject_id", flat=True)
    plans = ContactPlan.objects.filter(subject__in=list(held)).in_bulk([absence.pk for absence in absences])
    rules = the_rules()
    return [Away(absence, plans.get(absence.pk), first_contact(absence, rules)) for absence in absences]


def first_contact(absence: Absence, rules: Rules | None = None) -> Window:
    """When the first contact is due: as the force has it, from day 8 and not later than day 28 (NICE QS202)."""
    rules = rules or the_rules()
    first = absence.first_day + timedelta(days=rules.contact_from_day - 1)
    last = absence.first_day + timedelta(days=rules.contact_by_day - 1)
    return Window(working_days.on_or_after(first), working_days.on_or_before(last))


def holder_of(person: Person) -> CareLink | None:
    """The link of whoever keeps contact with `person`, or will after a pause; None where nobody does."""
    links = CareLink.objects.filter(Q(ends__isnull=True) | Q(ends__gt=timezone.now()), subject=person, why__in=HOLDERS)
    return links.select_related("carer").order_by("-starts").first()


def half_pay_of(absence: Absence) -> HalfPay | None:
    """From when half pay is, as far as whoever asks may know: the person and HR."""
    return HalfPay.objects.filter(absence=absence).first()


def the_rules() -> Rules:
    """What the force has decided, or the defaults."""
    return Rules.objects.first() or Rules()


def _current():
    over_since = timezone.localdate() - GOES_ON
    return Absence.objects.filter(Q(back_on__isnull=True) | Q(back_on__gt=over_since))
