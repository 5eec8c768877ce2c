"""Return-to-work meetings: when they are due, whether they were held, the hours; nothing here is opened."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from mentoring.models import Absence, Adjustment, PhasedWeek, ReturnMeeting, ReturnPlan, Rules
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import HOLDERS, CareLink, Kind, Record, Version, Why
from wellbeing.people.models import Person
from wellbeing.reminders import working_days

SHOWN_FOR = 183  # days after the return date: 26 phased weeks
LEAST_DAYS = 3  # working days of the week of the return date, for it to be the first of phased hours
TOLD_FOR = 14  # days in which the person is told that their plan was written in
CHOSEN_FOR = 28  # days after it in which the person is still asked with whom they meet
_DUE = Coalesce(F("absence__back_on"), F("absence__expected_back"))


@dataclass(frozen=True)
class Week:
    """One week of phased hours, with its Monday where the return date is known."""

    number: int
    hours: Decimal
    days: list[int] = field(default_factory=list)
    monday: date | None = None


@dataclass(frozen=True)
class Return:
    """Somebody's coming back from one absence, as far as whoever asked sees it."""

    absence: Absence
    meeting: ReturnMeeting | None = None
    plan: ReturnPlan | None = None
    holder: Person | None = None
    late_days: int = 2

    @property
    def subject(self) -> Person:
        return self.absence.subject

    @property
    def back(self) -> date | None:
        """The return date; None while it is not known."""
        return self.absence.back_on or self.absence.expected_back

    @property
    def due(self) -> date | None:
        """When the meeting is due: on the return date, or the next working day."""
        return self.back and working_days.on_or_after(self.back)

    @property
    def first_monday(self) -> date | None:
        """When week 1 of the phased hours begins: with the week of the return date, or with the next one where fewer
        than three of its working days are left."""
        if self.back is None:
            return None
        monday = self.back - timedelta(days=self.back.weekday())
        left = [
            day for day in range(self.back.weekday(), 7) if working_days.is_working_day(monday + timedelta(days=day))
        ]
        return monday if len(left) >= LEAST_DAYS else monday + timedelta(weeks=1)

    @property
    def days_late(self) -> int:
        """Working days since it was due, once these are more than the force allows; else 0."""
        if self.due is None or (self.meeting and self.meeting.held_on):
            return 0
        days = working_days.between(self.due, timezone.localdate())
        return days if days > self.late_days else 0

    @property
    def group(self) -> str:
        if self.meeting and self.meeting.held_on:
            return "held"
        if self.days_late:
            return "overdue"
        if self.due is None:
            return "undated"
        return "due" if self.due <= timezone.localdate() else "coming"


def visible_to(person: Person):
    """The meetings whose dates and hours `person` sees: their own, of the people they manage, and those they hold."""
    manages = policy.links_of(person).filter(why=Why.LINE_MANAGER, subject=OuterRef("subject"))
    whose = Q(subject=person) | Exists(manages) | Exists(links_to_hold(person))
    return ReturnMeeting.objects.filter(whose).select_related("absence", "subject")


def links_to_hold(person: Person, plan: str = "plan"):
    """The live link by which `person` holds the meeting of the outer row, whose plan is found by that name."""
    return policy.links_of(person).filter(why=Why.RETURN, pk=OuterRef(f"{plan}__link"))


def held_by(person: Person) -> list[Return]:
    """The meetings that `person` is chosen to hold, or has held, the most urgent first; two queries for any number."""
    meetings = ReturnMeeting.objects.filter(Exists(links_to_hold(person))).select_related("absence__subject", "plan")
    latest = {one.subject_id: one for one in meetings.order_by("made_at")}
    late = late_days()
    found = [Return(one.absence, one, one.plan, person, late) for one in latest.values()]
    return sorted(found, key=lambda one: (one.due or date.max, one.subject.last_name, one.subject.pk))


def one_held_by(person: Person, pk) -> Return | None:
    """The meeting of this key, where `person` holds it."""
    return next((one for one in held_by(person) if one.meeting.pk == pk), None)


def among(manager: Person) -> list[Return]:
    """Who of the people of `manager` is about to come back, or has lately: whether the meeting is arranged and held,
    and not with whom. Three queries for any number."""
    lately = timezone.localdate() - timedelta(days=SHOWN_FOR)
    absences = Absence.objects.filter(
        Q(back_on__gte=lately) | Q(back_on__isnull=True, expected_back__isnull=False),
        subject__in=policy.people_managed(manager),
    )
    meetings = {one.absence_id: one for one in ReturnMeeting.objects.filter(absence__in=absences.order_by())}
    late = late_days()
    found = [Return(one, meetings.get(one.pk), late_days=late) for one in absences.select_related("subject")]
    return sorted(found, key=lambda one: (one.back, one.subject.last_name, one.subject.pk))


def own(person: Person) -> Return | None:
    """The coming back of `person` from their latest absence; None where there is none, or it is half a year ago."""
    absence = Absence.objects.filter(subject=person).select_related("subject").first()
    lately = timezone.localdate() - timedelta(days=SHOWN_FOR)
    if absence is None or (absence.back_on and absence.back_on < lately):
        return None
    meeting = ReturnMeeting.objects.filter(absence=absence).select_related("plan").first()
    return Return(absence, meeting, meeting and meeting.plan, _chosen_for(meeting), late_days())


def weeks_of(coming_back: Return) -> list[Week]:
    """The phased hours, week by week, from the Monday with which week 1 begins."""
    first = coming_back.first_monday
    return [
        Week(one.number, one.hours, one.days, first and first + timedelta(weeks=one.number - 1))
        for one in PhasedWeek.objects.filter(meeting=coming_back.meeting)
    ]


def text_of(coming_back: Return, *, to: Person) -> Record | None:
    """The record of what was written in the plan, not yet opened; None while nothing is, or it is closed to `to`."""
    if coming_back.plan is None:
        return None
    return vault.visible_to(to).filter(kind=Kind.RETURN, pk=coming_back.plan.text).first()


def earlier_texts_of(coming_back: Return):
    """What the person wrote with somebody else before they chose again: for themselves alone."""
    own_plans = vault.visible_to(coming_back.subject).filter(kind=Kind.RETURN, subject=coming_back.subject)
    since = own_plans.filter(made_at__gte=coming_back.meeting.made_at) if coming_back.meeting else own_plans.none()
    return since.exclude(pk=coming_back.plan.text) if coming_back.plan else since


def line_manager_of(person: Person) -> Person | None:
    """Whoever manages `person` by a live link, asked by themselves."""
    return _carer(person, [Why.LINE_MANAGER])


def contact_of(person: Person) -> Person | None:
    """Whoever keeps contact with `person` now, asked by themselves."""
    return _carer(person, HOLDERS)


def late_days() -> int:
    """After how many working days a meeting is overdue, as the force has decided."""
    return (Rules.objects.first() or Rules()).return_late_days


def due_with_holder():
    """The meetings that are to be held by somebody, each with `due_on`, `holder`, the key of who holds it, and
    `late_on`, the first day on which it is overdue. Bank holidays are left to the reminder's step."""
    meetings = ReturnMeeting.objects.filter(held_on__isnull=True)
    known = meetings.annotate(holder=holder_by("plan"), due_on=_DUE).filter(holder__isnull=False, due_on__isnull=False)
    overdue = Func("due_on", late_days() + 1, function="mentoring_working_days_after", output_field=DateField())
    return known.annotate(late_on=overdue)


def written_in():
    """The meetings whose plan somebody else wrote in lately, each with `written_on`, the day: its words, an adjustment
    put in or decided, or that they have met."""
    words = Version.objects.filter(record=OuterRef("plan__text")).exclude(author=OuterRef("subject"))
    day = TruncDate(Subquery(words.order_by("-made_at").values("made_at")[:1]), tzinfo=timezone.get_default_timezone())
    adjusted = Adjustment.objects.filter(meeting=OuterRef("pk")).order_by("-agreed_on").values("agreed_on")[:1]
    meetings = ReturnMeeting.objects.annotate(written_on=Greatest(day, Subquery(adjusted), F("held_on")))
    return meetings.filter(written_on__gte=timezone.localdate() - timedelta(days=TOLD_FOR))


def with_nobody_chosen():
    """The absences with a return date, each with `due_on`, whose person has yet to choose with whom they meet."""
    held = ReturnMeeting.objects.filter(absence=OuterRef("pk"), held_on__isnull=False)
    lately = timezone.localdate() - timedelta(days=CHOSEN_FOR)
    absences = Absence.objects.annotate(due_on=Coalesce(F("back_on"), F("expected_back")))
    return absences.filter(~Exists(held), ~Exists(_given("return_meeting__plan")), due_on__gte=lately)


def holder_by(plan: str) -> Subquery:
    """The key of whoever holds the meeting of the outer row, whose plan is found by that name."""
    return Subquery(_given(plan).values("carer_id")[:1])


def _given(plan: str):
    """The link to whoever was chosen: also in the transaction that gives it."""
    links = CareLink.objects.filter(why=Why.RETURN, pk=OuterRef(f"{plan}__link"))
    return links.filter(Q(ends__isnull=True) | Q(ends__gt=timezone.now()), approved_at__isnull=False)


def _chosen_for(meeting: ReturnMeeting | None) -> Person | None:
    if meeting is None:
        return None
    links = policy.links_about(meeting.subject).live().filter(why=Why.RETURN, pk=meeting.plan.link)
    link = links.select_related("carer").first()
    return link and link.carer


def _carer(person: Person, whys) -> Person | None:
    link = policy.links_about(person).live().filter(why__in=whys).select_related("carer").order_by("-starts").first()
    return link and link.carer
