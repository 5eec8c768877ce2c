"""What hangs where once outcomes are published, who is asked for it, and the screens on walls."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum.models import How, Keeper, Meeting, Posting, Relay, Screen, Strand
from forum.queries import home, seats
from forum.queries.boards import kept_by
from forum.reminders import POST, RELAY
from wellbeing.people import history
from wellbeing.people.models import Division, Person, Station
from wellbeing.reminders.actions import refresh
from wellbeing.reminders.feed import hash_of
from wellbeing.support import noticeboards


@transaction.atomic
def hang(*, meeting: Meeting) -> None:
    """The outcomes of this meeting are published, or corrected so that they are to be printed anew: whoever keeps a
    noticeboard or represents a strand is asked. In the transaction of the publishing."""
    _ask_stations(meeting)
    _ask_strands(meeting)
    earlier = Keeper.objects.exclude(posting__in=Posting.objects.current())
    over = list(earlier.values_list("pk", flat=True))
    earlier.delete()
    refresh(POST, *over, *Keeper.objects.to_ask().values_list("pk", flat=True))
    refresh(RELAY, *Relay.objects.filter(relayed_at__isnull=True).values_list("pk", flat=True))


@transaction.atomic
def keep_up() -> int:
    """Champions, stations and strands have changed since: ask whoever keeps a board now, and nobody else, as the
    worker. Returns how many are asked who were not, or no longer."""
    meeting = home.latest_published()
    if meeting is None:
        return 0
    _ask_stations(meeting)
    _ask_strands(meeting)
    stations = list(Station.objects.filter(closed=False))
    keep = {(one.station_id, one.person_id) for one in noticeboards.keepers_of(stations)}
    asked = Keeper.objects.filter(posting__in=Posting.objects.current()).select_related("posting")
    over = [row.pk for row in asked if (row.posting.station_id, row.person_id) not in keep]
    Keeper.objects.filter(pk__in=over).delete()
    refresh(POST, *over, *Keeper.objects.to_ask().values_list("pk", flat=True))
    return len(over)


@transaction.atomic
def confirm_posted(*, posting: Posting, by: Person | None, how: How) -> None:
    """Somebody says that it hangs; `by` is empty where whoever stood before it said so. Said twice, it is kept once.

    Nobody is asked about it any longer. Raises ValidationError where it says something else by now.
    """
    posting = Posting.objects.select_for_update(of=["self"]).select_related("meeting", "station").get(pk=posting.pk)
    if not Posting.objects.current().filter(pk=posting.pk).exists():
        raise ValidationError(
            f"The noticeboard of {posting.station} says something else by now. Print it anew, please."
        )
    if posting.posted_at is None:
        posting.posted_at, posting.posted_by, posting.how = timezone.now(), by, how
        posting.save(update_fields=["posted_at", "posted_by", "how"])
        history.record(by=by, verb="said that it hangs", about=posting)
    refresh(POST, *posting.keepers.values_list("pk", flat=True))


def confirm_own(*, pk: UUID, by: Person) -> Posting:
    """Whoever keeps a board says on their own page that it hangs. Raises ValidationError for a board that is not
    theirs to keep, or that says something else by now."""
    found = Posting.objects.filter(pk=pk, station__in=kept_by(by)).select_related("station").first()
    if found is None:
        raise ValidationError("You do not keep this noticeboard any longer.")
    confirm_posted(posting=found, by=by, how=How.PAGE)
    return found


@transaction.atomic
def confirm_relayed(*, relay: Relay, by: Person) -> None:
    """The strand has been told. Said twice, it is kept once."""
    row = Relay.objects.select_for_update(of=["self"]).get(pk=relay.pk)
    if row.relayed_at is None:
        row.relayed_at, row.relayed_by = timezone.now(), by
        row.save(update_fields=["relayed_at", "relayed_by"])
        history.record(by=by, verb="told their strand", about=row)
    refresh(RELAY, row.pk)


def ask_whoever_sits(strand: Strand) -> None:
    """Somebody else sits for this strand now: they are asked in place of whoever was. In the transaction of that."""
    refresh(RELAY, *Relay.objects.filter(strand=strand).values_list("pk", flat=True))


@transaction.atomic
def open_screen(*, key: UUID, division: Division, place: str, by: Person) -> str:
    """Make an address for a screen on a wall, and return its secret part. It is kept nowhere: only its hash is.

    Raises ValidationError where it was made already with this key, since its address is shown once.
    """
    token = secrets.token_urlsafe(32)
    values = {"division": division, "place": place, "token_hash": hash_of(token), "made_by": by}
    screen, is_new = Screen.objects.get_or_create(pk=key, defaults=values)
    if not is_new:
        raise ValidationError("This screen has its address already. Take it away and make a new one if it is lost.")
    history.record(by=by, verb="opened", about=screen)
    return token


@transaction.atomic
def close_screen(*, screen: Screen, by: Person) -> None:
    """The screen's address stops working."""
    history.record(by=by, verb="closed", about=screen)
    screen.delete()


def _ask_stations(meeting: Meeting) -> None:
    """A row for each open station, and one for each who keeps its board."""
    stations = list(Station.objects.filter(closed=False))
    due = timezone.localdate() + timedelta(days=seats.rules().post_days)
    rows = [Posting(meeting=meeting, station=one, edition=meeting.edition, due=due) for one in stations]
    Posting.objects.bulk_create(rows, ignore_conflicts=True)
    postings = Posting.objects.filter(meeting=meeting, edition=meeting.edition, posted_at__isnull=True)
    of_station = dict(postings.values_list("station_id", "pk"))
    kept = [one for one in noticeboards.keepers_of(stations) if one.station_id in of_station]
    keepers = [Keeper(posting_id=of_station[one.station_id], person_id=one.person_id) for one in kept]
    Keeper.objects.bulk_create(keepers, ignore_conflicts=True)


def _ask_strands(meeting: Meeting) -> None:
    """A row for each strand with a seat."""
    due = timezone.localdate() + timedelta(days=seats.rules().relay_days)
    rows = [Relay(meeting=meeting, strand=strand, due=due) for strand in Strand.objects.seated()]
    Relay.objects.bulk_create(rows, ignore_conflicts=True)
