"""A meeting as a file for a calendar (RFC 5545), and as an invitation that calendars answer to (RFC 5546)."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from forum.models import Answer, Invitation, Meeting

_ZONE = timezone.get_default_timezone()
_PARTSTAT = {Answer.WAITING: "NEEDS-ACTION", Answer.COMING: "ACCEPTED", Answer.APOLOGIES: "DECLINED"}


def for_anybody(meeting: Meeting) -> bytes:
    """The meeting for whoever likes to have it in their calendar: when it is, and its page; not where."""
    return _file("CANCEL" if meeting.is_cancelled else "PUBLISH", _event(meeting, where=""))


def for_invited(invitation: Invitation) -> bytes:
    """The meeting as an invitation of this one person: an update replaces what their calendar has of it, a cancelled
    one takes it away. Nobody else who is invited stands in it."""
    meeting = invitation.meeting
    event = _event(meeting, where=", ".join(filter(None, (meeting.place, meeting.link))))
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText("Wellbeing portal")
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{invitation.person.email}")
    attendee.params["partstat"] = vText(_PARTSTAT[Answer(invitation.answer)])
    attendee.params["rsvp"] = vText("FALSE")  # answers are given in the portal: nobody reads that mailbox
    event.add("attendee", attendee, encode=0)
    return _file("CANCEL" if meeting.is_cancelled else "REQUEST", event)


def _file(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Wellbeing portal//Forum//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(meeting: Meeting, *, where: str) -> Event:
    event = Event()
    event.add("uid", f"forum-{meeting.pk}@{settings.PORTAL_HOST}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(_ZONE))
    event.add("dtend", meeting.ends_at.astimezone(_ZONE))
    event.add("summary", meeting.title)
    if where:
        event.add("location", where)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("url", settings.PORTAL_URL + meeting.get_absolute_url())
    return event
