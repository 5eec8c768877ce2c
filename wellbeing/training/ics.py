"""One session as a file for a calendar (RFC 5545)."""

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from .models import Session

_ZONE = timezone.get_default_timezone()


def as_ics(session: Session) -> bytes:
    """The calendar file: the same UID and a higher SEQUENCE after each change, private, cancelled where it is.

    An event stands in it without its title: others may see whose calendar it is in.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Wellbeing portal//Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(session))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def summary_of(session: Session) -> str:
    """What stands in the calendar as its title."""
    return "Wellbeing portal: event" if session.course.is_event else session.course.title


def _event(session: Session) -> Event:
    event = Event()
    event.add("uid", f"training-{session.pk}@{settings.PORTAL_HOST}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now())
    event.add("last-modified", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(_ZONE))
    event.add("dtend", session.ends_at.astimezone(_ZONE))
    event.add("summary", summary_of(session))
    if place := ", ".join(filter(None, (session.station and session.station.name, session.room))):
        event.add("location", place)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", settings.PORTAL_URL + session.get_absolute_url())
    return event
