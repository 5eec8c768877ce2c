"""Minutes as their readers see them, and the skeleton with which they begin."""

from django.db.models import QuerySet
from django.utils.dateformat import format as format_date

from forum.models import Item, ItemState, Meeting, MeetingState, Minutes, MinutesVersion
from forum.queries.meetings import attended, invited


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting, as far as the database shows them to whoever asks; None where there are none."""
    return Minutes.objects.filter(pk=meeting.pk).select_related("approved_at").first()


def latest(minutes: Minutes) -> MinutesVersion | None:
    """The latest version that whoever asks may read."""
    return minutes.versions.select_related("by").first()


def versions(minutes: Minutes) -> QuerySet:
    """Every version that whoever asks may read, the latest first."""
    return minutes.versions.select_related("by")


def comments(minutes: Minutes) -> QuerySet:
    """What was said of the draft, the earliest first; of people whom a list may show."""
    return minutes.comments.select_related("person").filter(person__hidden=False)


def could_approve(meeting: Meeting) -> QuerySet:
    """The later meetings at which these minutes could have been approved, the soonest first."""
    held = Meeting.objects.filter(state__in=[MeetingState.HELD, MeetingState.PUBLISHED])
    return held.filter(starts_at__gt=meeting.starts_at).order_by("starts_at")


def skeleton(meeting: Meeting) -> str:
    """With what the minutes begin: who was there, the agenda and what was decided, as Markdown."""
    people = invited(meeting)
    there = [_who(one) for one in people if one.invitation.came]
    sorry = [_who(one) for one in people if not one.invitation.came and one.invitation.answer == "apologies"]
    missing = [_who(one) for one in people if not one.invitation.came and one.invitation.answer != "apologies"]
    parts = [
        f"# {meeting.title}, {format_date(meeting.day, 'l j F Y')}",
        f"Present: {', '.join(there) or 'nobody noted'}.\n\nApologies: {', '.join(sorry) or 'none'}.",
        *([f"Not there: {', '.join(missing)}."] if missing else []),
        f"Quorum: {attended(meeting).in_words}",
    ]
    items = Item.objects.filter(meeting=meeting, state__in=[ItemState.ON, ItemState.DISCUSSED])
    parts += [f"## {number}. {item.title}" for number, item in enumerate(items, 1)]
    if outcomes := list(meeting.outcomes.select_related("owner")):
        lines = [f"- {one.text} ({', '.join(filter(None, [one.owned_by, _due(one)]))})" for one in outcomes]
        parts += ["## What was decided", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _who(one) -> str:
    return f"{one.name} ({one.strands})" if one.strands else one.name


def _due(outcome) -> str:
    return f"by {format_date(outcome.due, 'j F Y')}" if outcome.due else ""
