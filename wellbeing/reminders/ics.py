"""Something at a time as a file for calendars (RFC 5545): the same UID and a higher SEQUENCE after each change."""

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

_ZONE = timezone.get_default_timezone()


class Planned(Protocol):
    """What is at a time, may be moved, and may be cancelled."""

    pk: object
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool

    def get_absolute_url(self) -> str: ...


def event_of(planned: Planned, *, room: str, summary: str, where: str, turns: int = 0, is_off: bool = False) -> Event:
    """What stands in the calendar; `room` keeps the UIDs of two apps apart. Without `where`, it says no place. `turns`:
    how many more changes this reader's calendar hears of; `is_off`: whether it is cancelled for them."""
    event = Event()
    event.add("uid", f"{room}-{planned.pk}@{settings.PORTAL_HOST}")
    event.add("sequence", planned.sequence + turns)
    event.add("dtstamp", timezone.now())
    event.add("last-modified", planned.changed_at)
    event.add("dtstart", planned.starts_at.astimezone(_ZONE))
    event.add("dtend", planned.ends_at.astimezone(_ZONE))
    event.add("summary", summary)
    if where:
        event.add("location", where)
    event.add("status", "CANCELLED" if is_off or planned.is_cancelled else "CONFIRMED")
    event.add("url", settings.PORTAL_URL + planned.get_absolute_url())
    return event


def file_of(event: Event, *, room: str, method: str) -> bytes:
    """The file with this one event, and the time zone that it is in."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Wellbeing portal//{room.capitalize()}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
