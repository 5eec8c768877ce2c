"""What is shown of services, and what is due. Nothing here notes who looked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from wellbeing.people.models import Division, Person

from .. import hours, snapshot
from ..models import Guidance, Kind, Scope, Service, Topic

_SIGNPOSTS, _LINES = 6, 3
_FOR_A_WORRY = (Kind.SERVICE, Kind.NHS)


@dataclass(frozen=True)
class Wish:
    """What somebody asks of the directory; None and False for whatever is the same to them."""

    need: Topic | None = None
    division: Division | None = None
    open_now: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the directory: its heading, the anchor of it, the services, and what stands there without any."""

    title: str
    anchor: str
    services: list[Service]
    empty: str


def urgent_groups() -> dict[str, list[snapshot.Listed]]:
    """The services of the page for urgent help: urgent ones, others, the force's own; asks no database."""
    services = [service for service in snapshot.services() if service.urgent or service.kind in _FOR_A_WORRY]
    return {
        "urgent": [service for service in services if service.urgent],
        "others": [service for service in services if not (service.urgent or service.internal)],
        "internal": [service for service in services if service.internal and not service.urgent],
    }


def division_of(person) -> Division | None:
    """Where `person` works; None for who is not signed in, and where the roster names no station."""
    station = getattr(person, "station", None)
    return station.division if station else None


def sections(wish: Wish) -> list[Section]:
    """The directory: the lines that always answer, then kind by kind. For one need, all that help with it in one."""
    services = _found(wish)
    if wish.need:
        empty = "No service is listed for this yet. The lines that answer day and night listen to everything."
        return [Section(wish.need.name, "for-this", _lines_first_at_night(services), empty), _always(_lines(wish))]
    rest = [service for service in services if not service.always_open]
    return [
        _always([service for service in services if service.always_open]),
        *(Section(title, anchor, [one for one in rest if of(one)], empty) for title, anchor, of, empty in _PARTS),
    ]


def policies():
    """The policies that everybody may read, by title, with who keeps them."""
    return Guidance.objects.published().filter(is_policy=True).select_related("owner")


def service_page(pk: int):
    """One service with all that its page shows, as a queryset."""
    topics = Prefetch("topics", Topic.objects.shown())
    services = Service.objects.select_related("owner", "verified_by").prefetch_related(topics, "divisions")
    return services.filter(pk=pk)


def signposts(topics: Iterable[Topic], *, division: Division | None = None) -> list[Service]:
    """At most six services for these topics; at night lines that always answer come first, and alone where none is."""
    helping = Service.objects.serving(division).filter(topics__in=list(topics)).distinct()
    found = _lines_first_at_night(list(helping[: 2 * _SIGNPOSTS]))
    if not found or (hours.is_night() and not found[0].always_open):
        found = [*Service.objects.to_point_to().filter(always_open=True, urgent=True)[:_LINES], *found]
    return found[:_SIGNPOSTS]


def services_to_try():
    """The services that somebody keeps right, each to be tried again on its `review_on`."""
    return Service.objects.filter(owner__isnull=False, review_on__isnull=False)


def kept_by(person: Person):
    """The services that `person` keeps right, those to be tried first on top."""
    return Service.objects.filter(owner=person).select_related("owner", "verified_by").order_by("review_on", "name")


def _found(wish: Wish) -> list[Service]:
    services = Service.objects.serving(wish.division).prefetch_related("divisions").distinct()
    if wish.need:
        services = services.filter(topics=wish.need)
    return [service for service in services if service.is_open or not wish.open_now]


def _lines(wish: Wish) -> list[Service]:
    lines = Service.objects.to_point_to().filter(always_open=True).prefetch_related("divisions")
    return list(lines.serving(wish.division).exclude(topics=wish.need).distinct())


def _always(lines: list[Service]) -> Section:
    return Section("Answering day and night", "day-and-night", lines, "No line that always answers is listed yet.")


def _lines_first_at_night(services: list[Service]) -> list[Service]:
    return sorted(services, key=lambda service: not service.always_open) if hours.is_night() else services


def _is_ours(service: Service) -> bool:
    return service.kind == Kind.SERVICE and service.scope == Scope.INTERNAL


def _is_outside(service: Service) -> bool:
    return service.kind == Kind.SERVICE and service.scope == Scope.EXTERNAL


_PARTS = (
    ("In the force", "in-the-force", _is_ours, "No service of the force's own is listed yet."),
    ("Outside the force", "outside-the-force", _is_outside, "No other service outside the force is listed yet."),
    ("The NHS near you", "nhs", lambda one: one.kind == Kind.NHS, "No NHS service is listed yet. Your GP can help."),
    (
        "Staff networks",
        "networks",
        lambda one: one.kind == Kind.NETWORK,
        "No staff network is listed yet. The coordinator can say which there are.",
    ),
    (
        "Associations and unions",
        "associations",
        lambda one: one.kind == Kind.ASSOCIATION,
        "No association is listed yet. Your representative knows how to reach yours.",
    ),
)
