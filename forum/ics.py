"""A meeting as a file for a calendar (RFC 5545), and as an invitation that calendars answer to (RFC 5546)."""

from email.utils import parseaddr

from django.conf import settings
from icalendar import Event, vCalAddress, vText

from forum.models import Answer, Invitation, Meeting
from wellbeing.reminders.ics import event_of, file_of

_ROOM = "forum"
_PARTSTAT = {Answer.WAITING: "NEEDS-ACTION", Answer.COMING: "ACCEPTED", Answer.APOLOGIES: "DECLINED"}


def for_anybody(meeting: Meeting) -> bytes:
    """The meeting for whoever likes to have it in their calendar: when it is, and its page; not where."""
    return _file("CANCEL" if meeting.is_cancelled else "PUBLISH", _event(meeting))


def for_invited(invitation: Invitation) -> bytes:
    """The meeting as an invitation of this one person: an update replaces what their calendar has of it, and it is
    taken away where the meeting is cancelled or they are no longer invited. Nobody else who is invited stands in it."""
    meeting, is_off = invitation.meeting, invitation.meeting.is_cancelled or invitation.is_withdrawn
    where = "" if invitation.is_withdrawn else ", ".join(filter(None, (meeting.place, meeting.link)))
    event = _event(meeting, where, turns=invitation.turns, is_off=is_off)
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText("Wellbeing portal")
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{invitation.person.email}")
    attendee.params["partstat"] = vText(_PARTSTAT[Answer(invitation.answer)])
    attendee.params["rsvp"] = vText("FALSE")  # answers are given in the portal: nobody reads that mailbox
    event.add("attendee", attendee, encode=0)
    return _file("CANCEL" if is_off else "REQUEST", event)


def _file(method: str, event: Event) -> bytes:
    return file_of(event, room=_ROOM, method=method)


def _event(meeting: Meeting, where: str = "", **own) -> Event:
    return event_of(meeting, room=_ROOM, summary=meeting.title, where=where, **own)
