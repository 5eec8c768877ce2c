"""What the demonstration's forum decided: one meeting published six weeks ago, another with drafts to be published."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from forum.actions import meetings, outcomes, progress, publishing
from forum.models import Area, Meeting, Outcome, Posting, Relay, Strand
from forum.queries import seats
from wellbeing.people.models import Division, Person
from wellbeing.reminders.working_days import on_or_after
from wellbeing.web.identity import acting_as

# said, text, next, strand, area, of a division alone, owner, days until it is due, how it stands
_PUBLISHED = (
    (
        "Nothing hot can be bought at night.", "Hot food machines come to every station that is open at night.",
        "The first three stations have theirs.", "UNISON", Area.PROTECTING, False, "Estates", 20, "under_way",
    ),
    (
        "Nobody tells us where the quiet rooms are.", "A list of quiet rooms stands on every station’s page and board.",
        "", "Champions", Area.ENVIRONMENT, False, "coordinator", -4, "open",
    ),
    (
        "Sergeants would like to know what to say when somebody comes back.",
        "Every new sergeant has half a day on holding a 1-1 and on coming back to work.",
        "Places are offered from January.", "HR", Area.LEADERSHIP, False, "hr", 60, "open",
    ),
    (
        "Parking for night shifts is unlit.", "The lamps in the rear car park work again.", "", "", Area.PROTECTING,
        True, "Estates", -10, "done",
    ),
)  # fmt: skip
_DRAFTS = (
    ("Debriefs after hard jobs are offered to call handlers as well.", "coordinator", 45),
    ("The list of staff networks stands in the welcome pack for everybody who joins.", "hr", 30),
    ("Reserve days are published eight weeks ahead.", "", None),
)
_NEW = {"seen": "", "gone": False}


def decide(secretary: Person, people: dict[str, Person], number: Random) -> None:
    """Publish what the first meeting decided, and leave drafts of the second; nothing where that was done."""
    if Outcome.objects.exists():
        return
    with acting_as(secretary):
        first, second = (_held(meeting, secretary) for meeting in _over())
        rows = [_NEW | _row(number, people, *said[:-1]) for said in _PUBLISHED]
        outcomes.save_drafts(meeting=first, drafts=rows, by=secretary)
        publishing.publish(meeting=first, by=secretary)
        _put_back(first)
        for outcome, said in zip(first.outcomes.all(), _PUBLISHED, strict=True):
            if said[-1] != "open":
                progress.note(outcome=outcome, status=said[-1], note=said[2], by=secretary)
        drafts = [_NEW | _draft(number, people, *said) for said in _DRAFTS]
        outcomes.save_drafts(meeting=second, drafts=drafts, by=secretary)


def _over() -> list[Meeting]:
    return list(Meeting.objects.filter(ends_at__lt=timezone.now()).order_by("starts_at"))


def _held(meeting: Meeting, secretary: Person) -> Meeting:
    came = list(meeting.invitations.standing())
    return meetings.hold(meeting=meeting, came=came[: max(len(came) - 2, 1)], by=secretary)


def _row(number, people, said, text, after, strand, area, alone, owner, days) -> dict:
    return {
        "id": _key(number), "said": said, "text": text, "next": after, "area": area,
        "strand": Strand.objects.filter(name=strand).first() if strand else None,
        "division": Division.objects.order_by("pk").first() if alone else None,
        "owner": people.get(owner), "owner_office": "" if owner in people else owner,
        "due": on_or_after(timezone.localdate() + timedelta(days=days)),
    }  # fmt: skip


def _draft(number, people, text, owner, days) -> dict:
    due = on_or_after(timezone.localdate() + timedelta(days=days)) if days else None
    plain = {"said": "", "next": "", "area": "", "strand": None, "division": None, "owner_office": ""}
    return {"id": _key(number), "text": text, "owner": people.get(owner), "due": due, **plain}


def _key(number: Random) -> UUID:
    return UUID(int=number.getrandbits(128), version=4)


def _put_back(meeting: Meeting) -> None:
    """As if it had been published a week after it was held."""
    at = meeting.ends_at + timedelta(days=7)
    Meeting.objects.filter(pk=meeting.pk).update(published_at=at)
    meeting.outcomes.update(published_at=at)
    for outcome in meeting.outcomes.all():
        outcome.progress.update(at=at)
    _hang(meeting, at)


def _hang(meeting: Meeting, at) -> None:
    """It hangs at most stations, and most strands were told, within a week; the others are late."""
    posted = at + timedelta(days=4)
    meeting.postings.update(due=at.date() + timedelta(days=7))
    meeting.relays.update(due=at.date() + timedelta(days=14))
    for number, posting in enumerate(meeting.postings.order_by("station")):
        if number % 4 != 3:
            Posting.objects.filter(pk=posting.pk).update(posted_at=posted, how="page")
    vacant = seats.vacant()  # there nobody could have told anybody
    for number, relay in enumerate(meeting.relays.select_related("strand__division").order_by("strand")):
        if number % 3 != 2 and relay.strand.label not in vacant:
            Relay.objects.filter(pk=relay.pk).update(relayed_at=posted)
