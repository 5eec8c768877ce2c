"""When the 1-1s of a line manager's people are due: dates and counts; nothing is opened."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import DateField, Exists, F, Func, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from mentoring.models import Absence, Action, OneToOne, Rules, Schedule
from wellbeing.confidential import policy
from wellbeing.confidential.models import CareLink, Kind, Part, Why
from wellbeing.people.models import Person
from wellbeing.reminders import working_days

SOON = 5  # working days


@dataclass(frozen=True)
class Plan:
    """When one person's next 1-1 is due, and what there is of earlier ones, in numbers."""

    person: Person
    due: date
    every_weeks: int
    resting_until: date | None = None
    last: OneToOne | None = None
    with_text: int = 0
    open_actions: int = 0
    asked: int = 0
    commented: int = 0
    is_away: bool = False
    button: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def days_late(self) -> int:
        """Working days since it was due; 0 where it is not overdue."""
        return working_days.between(self.due, timezone.localdate())

    @property
    def group(self) -> str:
        if self.is_away:
            return "away"
        if self.resting_until:
            return "resting"
        if self.days_late:
            return "overdue"
        return "soon" if working_days.between(timezone.localdate(), self.due) <= SOON else "later"


def plans_for(manager: Person) -> list[Plan]:
    """Each person whom `manager` manages by a live link, the most overdue first; seven queries for any number."""
    links = policy.links_of(manager).filter(why=Why.LINE_MANAGER).select_related("subject")
    since = {link.subject: link.starts for link in links}
    keys = [person.pk for person in since]
    schedules = Schedule.objects.in_bulk(keys)
    weeks = force_weeks()
    last, with_text = {}, Counter()
    for meeting in OneToOne.objects.filter(subject__in=keys).order_by("held_on", "made_at"):
        last[meeting.subject_id] = meeting
        with_text[meeting.subject_id] += meeting.has_text
    actions = Action.objects.filter(subject__in=keys, done_on__isnull=True)
    open_actions = Counter(actions.values_list("subject_id", flat=True))
    asked, commented = _said_since(manager, keys)
    away, back = _absences(keys)
    plans = []
    for person, start in since.items():
        schedule = schedules.get(person.pk) or Schedule(subject=person)
        every = schedule.every_weeks or weeks
        plans.append(
            Plan(
                person=person,
                due=_due(schedule, timezone.localdate(start) + timedelta(weeks=every), back.get(person.pk)),
                every_weeks=every,
                resting_until=_resting(schedule),
                last=last.get(person.pk),
                with_text=with_text[person.pk],
                open_actions=open_actions[person.pk],
                asked=asked[person.pk],
                commented=commented[person.pk],
                is_away=person.pk in away,
            )
        )
    return sorted(plans, key=lambda plan: (plan.due, plan.person.last_name, plan.person.known_as, plan.person.pk))


class _Sum(Func):
    """A date some days later, as Postgres adds them."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


def due_by_link():
    """The live links of line managers, each with `due_on`: when the 1-1 is due, before it moves to a working day;
    without those to people who are away.

    The same day as `plans_for` shows, reckoned by the database for all at once.
    """
    absences = Absence.objects.filter(subject=OuterRef("subject"))
    away = absences.running().filter(first_day__lte=timezone.localdate())
    back = absences.filter(back_on__lte=timezone.localdate()).order_by("-back_on").values("back_on")[:1]
    schedule = "subject__one_to_one_schedule__"
    began = TruncDate("starts", tzinfo=timezone.get_default_timezone())
    days = Coalesce(F(f"{schedule}every_weeks"), force_weeks()) * 7
    rested = _Sum(F(f"{schedule}rests_until"), 1)
    due_on = Greatest(Coalesce(F(f"{schedule}next_due"), _Sum(began, days)), rested, Subquery(back))
    return CareLink.objects.live().filter(~Exists(away), why=Why.LINE_MANAGER).annotate(due_on=due_on)


@dataclass(frozen=True)
class Acting:
    """Whose dates somebody sees who acts for a line manager."""

    manager: Person | None
    until: date
    dates: list[tuple[Person, date | None]]


def acted_for(person: Person) -> list[Acting]:
    """The line managers for whom `person` acts now, each with their people's names and dates and nothing else."""
    links = policy.links_of(person).filter(why=Why.ACTING_MANAGER)
    links = list(links.select_related("subject__line_manager").order_by("subject__last_name", "subject__known_as"))
    schedules = Schedule.objects.in_bulk([link.subject_id for link in links])
    found: dict[int | None, Acting] = {}
    for link in links:
        manager = link.subject.line_manager
        until = last_day_of(link)
        acting = found.setdefault(link.subject.line_manager_id, Acting(manager, until, []))
        schedule = schedules.get(link.subject_id)
        acting.dates.append((link.subject, schedule and schedule.next_due))
    return list(found.values())


def acting_links(manager: Person):
    """The links by which somebody acts, or will act, for `manager`."""
    return policy.links_proposed_by(manager).filter(why=Why.ACTING_MANAGER, ends__gt=timezone.now())


def last_day_of(link) -> date:
    """The last day of a link that ends at a midnight."""
    return timezone.localdate(link.ends - timedelta(seconds=1))


def schedule_of(person: Person) -> Schedule | None:
    """When the next 1-1 of `person` is due, where a day is set."""
    return Schedule.objects.filter(subject=person).first()


def next_due(subject: Person) -> date:
    """The day on which the 1-1 after one of today is due: an interval later, on a working day."""
    schedule = schedule_of(subject)
    weeks = (schedule and schedule.every_weeks) or force_weeks()
    return working_days.on_or_after(timezone.localdate() + timedelta(weeks=weeks))


def force_weeks() -> int:
    """How many weeks the force has decided on."""
    return (Rules.objects.first() or Rules()).every_weeks


def _due(schedule: Schedule, otherwise: date, back_on: date | None) -> date:
    """The day set, or `otherwise`; after a rest or an absence, the first working day that follows it. Always a working
    day."""
    due = max(schedule.next_due or otherwise, back_on or date.min)
    if schedule.rests_until:
        due = max(due, schedule.rests_until + timedelta(days=1))
    return working_days.on_or_after(due)


def _absences(keys: list[int]) -> tuple[set[int], dict[int, date]]:
    """Who of these people is away today; and since when the others are back."""
    today = timezone.localdate()
    away, back = set(), {}
    for absence in Absence.objects.filter(subject__in=keys, first_day__lte=today).order_by("first_day"):
        if absence.back_on is None or absence.back_on > today:
            away.add(absence.subject_id)
        else:
            back[absence.subject_id] = absence.back_on
    return away, back


def _resting(schedule: Schedule) -> date | None:
    rests = schedule.rests_until
    return rests if rests and rests >= timezone.localdate() else None


def _said_since(manager: Person, keys: list[int]) -> tuple[Counter, Counter]:
    """By person, the 1-1s with a correction asked for, and those commented on, since the text was last written."""
    records = policy.visible_to(manager).filter(kind=Kind.ONE_TO_ONE, subject__in=keys)
    rows = records.values_list("subject_id", "pk", "versions__part").annotate(at=Max("versions__made_at"))
    latest: dict[tuple, dict] = {}
    for subject, record, part, at in rows.order_by():
        latest.setdefault((subject, record), {})[part] = at
    counted = {Part.REQUEST: Counter(), Part.COMMENT: Counter()}
    for (subject, _), parts in latest.items():
        for part, counter in counted.items():
            counter[subject] += part in parts and parts[part] > parts[Part.TEXT]
    return counted[Part.REQUEST], counted[Part.COMMENT]
