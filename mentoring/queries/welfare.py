"""Welfare mentors in dates and numbers: for themselves, and for the coordinator. Whom they support is not here."""

from collections import Counter
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
_OBSTACLES = (  # why, of one, of more
    ("training", "is not trained", "are not trained"),
    ("break", "takes a break", "take a break"),
    ("leaving", "stops within four weeks", "stop within four weeks"),
    ("full", "has no place", "have no place"),
    ("other", "cannot with this person, or is away", "cannot with this person, or are away"),
)


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
    def is_leaving(self) -> bool:
        """Whether they are offered to nobody new, since they stop soon."""
        days = [day for day in (self.profile.last_day, self.profile.mentor.ends) if day]
        return any(no_new_people_from(day) <= timezone.localdate() for day in days)

    @property
    def obstacle(self) -> str:
        """What keeps them from being offered, the first that is to be mended first; "other" for what is not theirs."""
        reasons = {"training": not self.is_trained, "break": self.profile.paused, "leaving": self.is_leaving}
        return next((why for why, holds in (reasons | {"full": not self.free}).items() if holds), "other")

    @property
    def can_begin(self) -> bool:
        return self.obstacle == "other"

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
    """Every welfare mentor whom a list may show, those who can begin with somebody first, then by name; two queries."""
    loads = dict(_rows("select person_id, supports from mentoring_loads()"))
    shown = profiles().filter(person__hidden=False).order_by("person__last_name", "person__known_as", "pk")
    found = [Welfare(profile, loads.get(profile.person_id, 0)) for profile in shown]
    return sorted(found, key=lambda one: not one.can_begin)


def not_suggested(suggested: set[int]) -> list[str]:
    """Why the welfare mentors outside of `suggested` (keys of people) are not, in words with numbers; two queries.

    Empty for whoever is not a coordinator: they see no mentor's profile.
    """
    counts = Counter(one.obstacle for one in mentors() if one.person.pk not in suggested)
    return [f"{counts[why]} {one if counts[why] == 1 else more}" for why, one, more in _OBSTACLES if counts[why]]


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
