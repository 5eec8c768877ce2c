"""How contact is kept with somebody away, and that it was, as far as whoever asks may see it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from mentoring.models import Absence, By, Contact, ContactPlan, Cover, HalfPay
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import HOLDERS, CareLink, Kind, Record, Why
from wellbeing.people.models import Person

from .absences import Window, absences_kept, first_contact, the_rules

LATELY = timedelta(days=28)
KIND_OF = {"plan": Kind.PLAN, "told": Kind.TOLD}


@dataclass(frozen=True)
class Kept:
    """Contact that somebody keeps: with whom, and when it is due."""

    absence: Absence
    plan: ContactPlan
    first_contact: Window
    since: date | None = None

    @property
    def is_paused(self) -> bool:
        return is_paused(self.plan)

    @property
    def due(self) -> date:
        """The day agreed; before any contact was tried, the last day of the first one."""
        return self.plan.next_contact or self.first_contact.last

    @property
    def is_late(self) -> bool:
        return not self.is_paused and self.due < timezone.localdate()


def kept_by(person: Person) -> list[Kept]:
    """The contact that `person` keeps now, overdue first, paused last; three queries for any number."""
    absences = {absence.subject_id: absence for absence in absences_kept(person).order_by("first_day")}
    plans = ContactPlan.objects.in_bulk([absence.pk for absence in absences.values()])
    rules = the_rules()
    found = [
        Kept(absence, plans[absence.pk], first_contact(absence, rules))
        for absence in absences.values()
        if absence.pk in plans
    ]
    return sorted(found, key=lambda kept: (kept.is_paused, kept.due, kept.absence.subject.last_name))


def contact_kept(person: Person, absence: Absence) -> Kept:
    """The contact that `person` keeps in this absence now, with `since`: the first day of their turn. Whoever keeps it
    from the beginning, a line manager, does so from the first day away, also where that was put down later."""
    plan, link = plan_of(absence), policy.links_of(person).filter(why__in=HOLDERS, subject=absence.subject_id).first()
    since = None
    if link:
        # after a pause it goes on: `opens_from` has stayed; with earlier text handed over, it says nothing
        goes_on = link.opens_from.year > 1 and link.opens_from < link.starts
        since = timezone.localdate(link.opens_from if goes_on else link.starts)
        if plan.kept_by == By.LINE_MANAGER and since <= timezone.localdate(absence.made_at):
            since = min(since, absence.first_day)
    return Kept(absence, plan, first_contact(absence), since)


def plan_of(absence: Absence) -> ContactPlan | None:
    """How contact is kept during an absence, for the person and whoever keeps it; None for anybody else."""
    return ContactPlan.objects.filter(pk=absence.pk).first()


def contacts_of(absence: Absence, *, to: Person):
    """The contacts of an absence that `to` may see: their own, and those since they keep contact; newest first."""
    link = policy.links_of(to).filter(why__in=HOLDERS, subject=OuterRef("subject"), opens_from__lte=OuterRef("made_at"))
    contacts = Contact.objects.filter(Q(subject=to) | Exists(link), absence=absence)
    return contacts.select_related("made_by")


def is_written_down(key: uuid.UUID | None) -> bool:
    """Whether there is a contact of that key, as far as whoever asks may see."""
    return Contact.objects.filter(pk=key).exists()


def is_paused(plan: ContactPlan) -> bool:
    """Whether contact rests today."""
    return plan.paused_until is not None and plan.paused_until >= timezone.localdate()


def text_of(absence: Absence, what: str, *, to: Person) -> Record | None:
    """The text of an absence about the `plan`, or about what colleagues may be `told`, not yet opened; None where there
    is none that `to` may open. Who does not see the plan, as a line manager, finds what may be told by its time."""
    records = vault.visible_to(to).filter(kind=KIND_OF[what], subject=absence.subject_id)
    plan = plan_of(absence)
    if plan is None:
        return records.filter(made_at__gte=absence.made_at).order_by("-made_at").first()
    return records.filter(pk=getattr(plan, f"{what}_record")).first()


def opened(record: Record | None, *, by: Person, why: str) -> vault.Text | None:
    """The text of a record as it stands, opened, and so written down; None where there is no record."""
    return vault.open_record(record, by=by, why=why).latest if record else None


def texts_of(contacts, *, by: Person, why: str) -> dict:
    """The short texts of these contacts by their key: opens, and so writes down, each."""
    keys = [contact.pk for contact in contacts if contact.has_text]
    records = vault.visible_to(by).filter(pk__in=keys, kind=Kind.CONTACT)
    return {record.pk: opened(record, by=by, why=why) for record in records}


# --- What there is to be told -------------------------------------------------------------------------


class _Plus(Func):
    """A date some days later, as Postgres adds them."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


def first_contacts_due():
    """Plans in whose absence no contact was answered yet, from the first day on which it may be made, each with
    `holder` and `due_on`, the last day for it."""
    rules, today = the_rules(), timezone.localdate()
    last = _Plus(F("absence__first_day"), Value(rules.contact_by_day - 1))
    after_a_pause = _Plus(F("paused_until"), Value(1))
    begun = today - timedelta(days=rules.contact_from_day - 1)
    plans = _plans_kept().filter(first_contact_on__isnull=True, absence__first_day__lte=begun)
    return plans.annotate(due_on=Greatest(last, after_a_pause))


def contacts_due():
    """Plans with a day for the next contact, each with `holder`."""
    return _plans_kept().filter(next_contact__isnull=False)


def contacts_failing():
    """Plans in which nobody has answered twice in a row, each with `holder`."""
    return contacts_due().filter(unanswered__gte=2)


def pauses_ending():
    """Plans that are paused today, or will be."""
    return ContactPlan.objects.filter(_is_on("absence__"), paused_until__gte=timezone.localdate())


def half_pay_coming():
    """From when those away are on half pay, as far ahead as the force tells them of it."""
    ahead = timezone.localdate() + timedelta(days=the_rules().half_pay_days)
    return HalfPay.objects.filter(_is_on("absence__"), starts__lte=ahead)


def newly_kept():
    """The links of four weeks of those who keep contact as the person away has chosen, each with its day (`since`)."""
    now = timezone.now()
    links = CareLink.objects.live().filter(why=Why.KEEPS_CONTACT, starts__gt=now - LATELY)
    absence = Absence.objects.filter(_is_on(), subject=OuterRef("subject"))
    manages = CareLink.objects.live().filter(why=Why.LINE_MANAGER, subject=OuterRef("subject"), carer=OuterRef("carer"))
    covers = Cover.objects.filter(subject=OuterRef("subject"), carer=OuterRef("carer"))  # told in other words
    chosen = links.filter(Exists(absence), ~Exists(manages), ~Exists(covers))
    return chosen.annotate(since=TruncDate("starts", tzinfo=timezone.get_default_timezone()))


def kept_by_nobody():
    """Plans of absences in which nobody keeps contact, nor will, each with `since`, the day from which."""
    links = CareLink.objects.filter(subject=OuterRef("subject"), why__in=HOLDERS, approved_at__isnull=False)
    ahead = links.filter(Q(ends__isnull=True) | Q(ends__gt=timezone.now()))
    ended = TruncDate(Subquery(links.order_by("-ends").values("ends")[:1]), tzinfo=timezone.get_default_timezone())
    plans = ContactPlan.objects.filter(_is_on("absence__")).filter(~Exists(ahead))
    return plans.annotate(since=Coalesce(ended, F("absence__first_day")))


def _plans_kept():
    """Plans of running absences without a pause, each with `holder`: the key of whoever keeps contact now."""
    today = timezone.localdate()
    links = CareLink.objects.live().filter(why__in=HOLDERS, subject=OuterRef("subject"))
    holder = Subquery(links.order_by("-starts").values("carer_id")[:1])
    unpaused = Q(paused_until__isnull=True) | Q(paused_until__lt=today)
    plans = ContactPlan.objects.filter(_is_on("absence__"), unpaused)
    return plans.annotate(holder=holder).filter(holder__isnull=False)


def _is_on(prefix: str = "") -> Q:
    """As `AbsenceQuerySet.running`, for a row that belongs to an absence."""
    return Q(**{f"{prefix}back_on__isnull": True}) | Q(**{f"{prefix}back_on__gt": timezone.localdate()})
