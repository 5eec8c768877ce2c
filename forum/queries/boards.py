"""What a division's noticeboard says, and where it hangs. Read anew each time: what is published is on every board."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from forum import hung_links
from forum.models import Keeper, Meeting, Outcome, Posting, Relay, Screen
from wellbeing.people.models import Division, Force, Person, Station
from wellbeing.reminders.feed import hash_of
from wellbeing.support import noticeboards
from wellbeing.support.noticeboards import Listed
from wellbeing.support.printed import Number, number_of, urgent

from . import home


@dataclass(frozen=True)
class AtStation:
    """A station, and who is named there."""

    station: Station
    people: tuple[Listed, ...]


@dataclass(frozen=True)
class Board:
    """A division's noticeboard. `latest` is the last published meeting, `outcomes` its own, `going_on` those of
    earlier meetings that are not over; all of them for the whole force or for this division."""

    division: Division
    force: str
    is_public: bool
    latest: Meeting | None
    next: Meeting | None
    outcomes: tuple[Outcome, ...]
    going_on: tuple[Outcome, ...]
    stations: tuple[AtStation, ...]
    numbers: tuple[Number, ...]

    @property
    def everything(self) -> tuple[Outcome, ...]:
        return self.outcomes + self.going_on

    @property
    def people(self) -> list[tuple[Station, Listed]]:
        """Everybody named, station by station."""
        return [(row.station, one) for row in self.stations for one in row.people]

    @property
    def corrected_on(self) -> date | None:
        """The day of the last correction; None where nothing on it was corrected."""
        found = [one.corrected_at for one in self.everything if one.corrected_at]
        return timezone.localdate(max(found)) if found else None

    @property
    def address(self) -> str:
        """The whole address of the board."""
        return settings.PORTAL_URL + reverse("noticeboard", args=[self.division.slug])

    @property
    def hangs_here(self) -> str:
        """The whole address at which whoever stands before it says where it hangs; empty where nothing is published."""
        if self.latest is None:
            return ""
        said = hung_links.address_on_paper(self.latest.pk, self.latest.edition, self.division.pk)
        return settings.PORTAL_URL + said


def divisions() -> list[Division]:
    """Every division, each of which has a board."""
    return list(Division.objects.all())


def board(division: Division, *, lasting: bool = False) -> Board:
    """The board of a division, now; the same number of queries whatever is on it.

    `lasting`: for paper, which hangs for weeks, so that whoever is away today is on it as everybody else.
    """
    latest = home.latest_published()
    force = Force.objects.first() or Force(name="")
    return Board(
        division=division,
        force=force.name,
        is_public=force.publish_station_contacts,
        latest=latest,
        next=home.next_meeting(),
        outcomes=tuple(_read(latest.outcomes.published(), division)) if latest else (),
        going_on=tuple(_still(latest, division)) if latest else (),
        stations=tuple(_stations(division, lasting)),
        numbers=tuple(number_of(service) for service in urgent()),
    )


def postings_of(person: Person) -> list[Posting]:
    """What hangs, or should hang, on the boards that `person` keeps today, with whether somebody has said so."""
    return list(Posting.objects.current().filter(station__in=kept_by(person)).select_related("station__division"))


def kept_by(person: Person) -> list[Station]:
    """The open stations whose boards `person` keeps today."""
    stations = list(Station.objects.filter(closed=False).select_related("division"))
    mine = {one.station_id for one in noticeboards.keepers_of(stations) if one.person_id == person.pk}
    return [station for station in stations if station.pk in mine]


def keeper(pk) -> Keeper | None:
    """Whoever was asked by mail, with what they were asked; None once they keep that board no longer."""
    row = (
        Keeper.objects.select_related("person", "posting__station__division", "posting__meeting").filter(pk=pk).first()
    )
    if row is None or row.posting.station.closed:
        return None
    keeps = {one.person_id for one in noticeboards.keepers_of([row.posting.station])}
    return row if row.person_id in keeps else None


def is_current(meeting_id, edition: int) -> bool:
    """Whether this edition of this meeting is what should hang now."""
    latest = home.latest_published()
    return latest is not None and (latest.pk, latest.edition) == (meeting_id, edition)


def postings_in(division_id: int) -> list[Posting]:
    """What should hang in a division now, station by station."""
    return list(Posting.objects.current().filter(station__division=division_id).select_related("station"))


def relays_to_tell(person: Person):
    """What `person` is asked to tell their strand."""
    asked = Relay.objects.to_tell().filter(asked=person.pk)
    return asked.select_related("meeting", "strand__division").order_by("strand_id")


@dataclass(frozen=True)
class Reach:
    """How far in a division what was decided has come: its stations' postings."""

    division: Division
    postings: tuple[Posting, ...]

    @property
    def hang(self) -> int:
        return sum(one.posted_at is not None for one in self.postings)

    @property
    def missing(self) -> list[Posting]:
        return [one for one in self.postings if one.posted_at is None]


def reach() -> list[Reach]:
    """Where the outcomes published last hang, division by division; one query."""
    found = defaultdict(list)
    for posting in Posting.objects.current().select_related("station__division", "posted_by"):
        found[posting.station.division].append(posting)
    return [Reach(division, tuple(found[division])) for division in sorted(found, key=lambda one: one.name)]


def relays() -> list[Relay]:
    """Each strand and whether it has been told of the outcomes published last; one query."""
    return list(Relay.objects.current().select_related("strand__division", "relayed_by"))


def screens() -> list[Screen]:
    """The screens on walls."""
    return list(Screen.objects.select_related("division", "made_by"))


def screen_of(token: str) -> Screen | None:
    """The screen with this address; None for one that was revoked or never was."""
    return Screen.objects.select_related("division").filter(token_hash=hash_of(token)).first()


def _read(outcomes, division: Division):
    found = outcomes.for_division(division).select_related("meeting", "owner", "division", "strand__division")
    return found.order_by("meeting__starts_at", "position", "id")


def _still(latest: Meeting, division: Division):
    """Outcomes of earlier meetings that go on."""
    earlier = Outcome.objects.going_on().filter(meeting__state="published", meeting__starts_at__lt=latest.starts_at)
    return _read(earlier, division)


def _stations(division: Division, lasting: bool) -> list[AtStation]:
    stations = list(Station.objects.filter(division=division, closed=False).order_by("name"))
    people = defaultdict(list)
    for one in noticeboards.listed_at(stations):
        if lasting or not one.away:
            people[one.station_id].append(one)
    return [AtStation(station, tuple(people[station.pk])) for station in stations]
