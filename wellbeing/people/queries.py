"""What the admin shows of the roster as a whole."""

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.urls import reverse

from .gaps import Gap
from .models import Person, RoleAssignment

# Each kind of gap in the roster: how the admin's filter calls it, which people, and the sentence for one and for many.
GAPS = {
    "no_manager": (
        "No line manager",
        Q(line_manager=None, line_manager_outside=""),
        "{n} person has no line manager",
        "{n} people have no line manager",
    ),
    "manager_left": (
        "Line manager has left",
        Q(line_manager__gone_at__isnull=False),
        "{n} person has a line manager who has left",
        "{n} people have a line manager who has left",
    ),
    "station_closed": (
        "Station is closed",
        Q(station__closed=True),
        "{n} person works at a station that is closed",
        "{n} people work at a station that is closed",
    ),
    "no_station": ("No station", Q(station=None), "{n} person has no station", "{n} people have no station"),
}


def with_gap(people, name: str):
    """Those of `people` who work here today and have that gap in their row; all of them for any other name."""
    return people.current().filter(GAPS[name][1]) if name in GAPS else people


def with_second_step(people):
    """Those of `people` who have set up an authenticator app, a passkey or a key."""
    return people.filter(pk__in=Authenticator.objects.values("user_id"))


def gap_source(name: str):
    """The function that `gaps.register` takes, for one kind of gap in the roster; one query."""

    def found() -> Gap | None:
        number = with_gap(Person.objects.all(), name).count()
        if not number:
            return None
        _, _, one, many = GAPS[name]
        address = f"{reverse('admin:people_person_changelist')}?standing={name}"
        return Gap((one if number == 1 else many).format(n=f"{number:,}"), address=address)

    return found


def roles_waiting() -> Gap | None:
    """Proposals of roles that wait for somebody's approval; one query."""
    number = RoleAssignment.objects.waiting().count()
    if not number:
        return None
    words = "1 role waits for your approval" if number == 1 else f"{number} roles wait for your approval"
    return Gap(words, address=f"{reverse('admin:people_roleassignment_changelist')}?stage=waiting")
