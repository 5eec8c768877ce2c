"""Asking for somebody else: what the person sees, what whoever was told sees, and whom to tell of what."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from mentoring.models import Absence, Cover, Offer, Swap
from mentoring.models.swaps import OPEN, State
from wellbeing.confidential.models import HOLDERS, CareLink
from wellbeing.people import gaps
from wellbeing.people.models import Person
from wellbeing.reminders import working_days

from .absences import absences_kept
from .welfare import mentors

SHOWN_FOR = timedelta(days=28)
UNNAMED = "Somebody whose name is in no list"


@dataclass(frozen=True)
class Offered:
    """A welfare mentor who is offered or suggested: what they say of themselves, whether they have a place."""

    person: Person
    about_me: str
    free: bool


@dataclass(frozen=True)
class Waiting:
    """A swap that its coordinator answers, or an absence in which nobody keeps contact."""

    absence: Absence
    swap: Swap | None = None
    offered_to: tuple[Person, ...] = ()

    @property
    def name(self) -> str:
        """Of hidden people (covert roles) no name."""
        return UNNAMED if self.absence.subject.hidden else self.absence.subject.name

    @property
    def station(self):
        return None if self.absence.subject.hidden else self.absence.subject.station

    @property
    def asked_on(self) -> date:
        return timezone.localdate(self.swap.asked_at)

    @property
    def working_days(self) -> int:
        """Its age."""
        return working_days.between(self.asked_on, timezone.localdate())


# --- The person ---------------------------------------------------------------------------------------


def own_absence(person: Person) -> Absence | None:
    """The absence of `person` that is not over."""
    return Absence.objects.running().filter(subject=person).order_by("-first_day").first()


def own_swap(person: Person) -> Swap | None:
    """The swap of `person` that is not over."""
    return Swap.objects.filter(subject=person, state__in=OPEN).select_related("told").first()


def would_be_told() -> Person | None:
    """Whom the person who asks would be telling; None where there is nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select mentoring_my_coordinator()")
        return Person.objects.select_related("station").filter(pk=cursor.fetchone()[0]).first()


def own_offers() -> list[Offered]:
    """Whom the person who asks has been offered; not `free` is a mentor whose place has just gone."""
    return _people("select person_id, about_me, is_free from mentoring_my_offers()")


def to_choose_from(swap: Swap | None) -> int:
    """How many people the person can choose from now; 0 while they wait, or have asked for nobody."""
    if swap is None or swap.state != State.OFFERED:
        return 0
    return Offer.objects.filter(swap=swap, turned_down=False).count()


# --- Whoever was told ---------------------------------------------------------------------------------


def told_to(person: Person) -> list[Waiting]:
    """The swaps that `person` answers, the oldest first; two queries for any number."""
    swaps = Swap.objects.filter(told=person, state__in=OPEN).select_related("absence__subject__station")
    swaps = list(swaps.prefetch_related("offers__mentor").order_by("asked_at"))
    return [Waiting(swap.absence, swap, _offered_to(swap)) for swap in swaps]


def told_of(person: Person, pk: uuid.UUID) -> Waiting | None:
    """One of them."""
    return next((one for one in told_to(person) if one.swap.pk == pk), None)


def suggested(swap: Swap) -> list[Offered]:
    """Whom whoever was told can offer, in an order that tells nothing; none for anybody else."""
    return _people("select person_id, about_me, true from mentoring_suggested(%s)", swap.pk)


def unkept() -> list[Waiting]:
    """The absences in which nobody keeps contact and nobody offers yet, as the database shows them to a coordinator."""
    rows = Absence.objects.filter(pk__in=_keys("select mentoring_unkept()")).select_related("subject__station")
    asked = set(Swap.objects.filter(absence__in=rows, state__in=OPEN).values_list("absence_id", flat=True))
    return [Waiting(row) for row in rows.order_by("first_day") if row.pk not in asked]


def kept_by(person: Person, absence: uuid.UUID) -> Absence | None:
    """The absence of that key if `person` keeps contact in it."""
    return absences_kept(person).filter(pk=absence).first()


def coordinators_gap() -> gaps.Gap | None:
    """What a coordinator is told on the first page of the admin: in numbers."""
    keys = _keys("select mentoring_unkept()")
    late = [one.person.name for one in mentors() if one.is_overloaded or one.supervision_is_late]
    said = []
    if keys:
        said.append(f"nobody keeps contact with {len(keys)} {'person' if len(keys) == 1 else 'people'} away")
    if late:
        said.append(f"{len(late)} welfare mentor{'s' if len(late) > 1 else ''} overloaded or due for supervision")
    if not said:
        return None
    words = " and ".join(said)
    return gaps.Gap(words[0].upper() + words[1:], late[:5], "/mentoring/coordinator/")


# --- Whom to tell of what, as the worker or whoever acts sees it --------------------------------------


def asked():
    """Swaps that wait for an offer, with the day."""
    return _on(Swap.objects.filter(state=State.ASKED), "asked_at")


def offered():
    """Swaps in which the person has somebody to choose from."""
    return _on(Swap.objects.filter(state=State.OFFERED), "offered_at")


def picked():
    """Swaps of four weeks in which somebody was picked who keeps contact still."""
    lately = Swap.objects.filter(state=State.DONE, over_at__gt=timezone.now() - SHOWN_FOR)
    return _on(lately.filter(_lasts("chosen")), "over_at")


def covers():
    """Cover that has started within four weeks and lasts."""
    lately = Cover.objects.filter(started_at__gt=timezone.now() - SHOWN_FOR)
    return _on(lately.filter(_lasts("carer")), "started_at")


def covers_to_tell_of():
    """The same, but where somebody tells the person, and not the portal."""
    return covers().filter(gently=False)


def covers_for_coordinators():
    """The same, where there is a coordinator to tell."""
    return covers().filter(told__isnull=False).exclude(told=F("carer"))


def _on(rows, moment: str):
    return rows.annotate(day=TruncDate(moment, tzinfo=timezone.get_default_timezone()))


def _lasts(carer: str) -> Exists:
    """That whoever stands in that column keeps contact now."""
    links = CareLink.objects.live().filter(why__in=HOLDERS)
    return Exists(links.filter(subject=OuterRef("subject"), carer=OuterRef(carer)))


def _offered_to(swap: Swap) -> tuple[Person, ...]:
    return tuple(offer.mentor for offer in swap.offers.all() if not offer.turned_down)


def _people(sql: str, *values) -> list[Offered]:
    """Rows of (person, words, whether they have a place) with the people themselves, in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    people = Person.objects.select_related("station__division").in_bulk([row[0] for row in rows])
    return [Offered(people[key], words, free) for key, words, free in rows]


def _keys(sql: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [key for (key,) in cursor.fetchall()]
