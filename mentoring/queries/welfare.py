"""Welfare mentors in dates and numbers: for themselves, and for the coordinator. Whom they support is not here."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from mentoring.models import Mentor, Supervision, WelfareProfile
from mentoring.models.mentor import Kind
from wellbeing.confidential import policy
from wellbeing.confidential.models import Why
from wellbeing.people.models import Person, RoleAssignment

COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Welfare:
    """One welfare mentor as the coordinator sees them."""

    profile: WelfareProfile
    supports: int

    @property
    def person(self) -> Person:
        return self.profile.person

    @property
    def free(self) -> int:
        """Places that are free; 0 where they support as many as they can, or more."""
        return max(self.profile.capacity - self.supports, 0)

    @property
    def is_overloaded(self) -> bool:
        return self.supports > self.profile.capacity

    @property
    def is_trained(self) -> bool:
        return bool(self.profile.trained_on) and not _past(self.profile.training_due)

    @property
    def training_is_late(self) -> bool:
        return _past(self.profile.training_due)

    @property
    def supervision_is_late(self) -> bool:
        return _past(self.profile.supervision_due)


def coordinates(person: Person) -> bool:
    """Whether `person` is a coordinator today."""
    return COORDINATOR in person.assigned_roles


def profiles():
    """The profiles of welfare mentors whose term runs today: the coordinator sees all, others their own."""
    return WelfareProfile.objects.filter(mentor__in=_live_terms()).select_related("person", "mentor")


def own_profile(person: Person) -> WelfareProfile | None:
    """The profile of a welfare mentor; None for everybody else."""
    return profiles().filter(person=person).first()


def supports(person: Person) -> int:
    """With how many people `person` keeps contact as a welfare mentor."""
    return policy.links_of(person).filter(why=Why.WELFARE_MENTOR).count()


def mentors() -> list[Welfare]:
    """Every welfare mentor whom a list may show, by name; two queries."""
    loads = dict(_rows("select person_id, supports from mentoring_loads()"))
    shown = profiles().filter(person__hidden=False).order_by("person__last_name", "person__known_as", "pk")
    return [Welfare(profile, loads.get(profile.person_id, 0)) for profile in shown]


def mentor(pk: int) -> WelfareProfile | None:
    """One of them, by the key of their term."""
    return profiles().filter(pk=pk, person__hidden=False).first()


def supervisions_of(profile: WelfareProfile):
    """When a mentor had supervision, and with whom, newest first."""
    return Supervision.objects.filter(mentor=profile.pk).select_related("with_whom")


# --- What somebody is reminded of, as the worker sees it ---------------------------------------------


def supervisions_due():
    """Profiles with a day for supervision, of terms that run."""
    return _told_of("supervision_due")


def trainings_due():
    """Profiles with a day for training."""
    return _told_of("training_due")


def exits():
    """Profiles with a last day, each with a coordinator (`coordinator`): who has been it longest and is not them."""
    held = RoleAssignment.objects.live().filter(role=COORDINATOR).exclude(person=OuterRef("person_id"))
    return _told_of("last_day").annotate(coordinator=Subquery(held.order_by("starts", "pk").values("person_id")[:1]))


def exits_for_coordinators():
    """The same, where there is a coordinator to tell."""
    return exits().filter(coordinator__isnull=False)


def no_new_people_from(last_day: date) -> date:
    """From when on somebody with an exit plan is offered to nobody new."""
    return last_day - timedelta(days=28)


def _told_of(day: str):
    return WelfareProfile.objects.filter(mentor__in=_live_terms()).exclude(**{day: None}).annotate(day=F(day))


def _live_terms():
    today = timezone.localdate()
    running = Q(ends__isnull=True) | Q(ends__gt=today)
    return Mentor.objects.filter(running, kind=Kind.WELFARE, starts__lte=today).order_by().values("pk")


def _past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _rows(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
