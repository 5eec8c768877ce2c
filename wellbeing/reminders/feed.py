"""Somebody's own dates as a calendar that phones and calendar programs subscribe to.

Its address is the only key, so it says little: neutral titles, days, no names and no links to anything but the list
of reminders. The address can be revoked, and stops when its owner leaves.
"""

import hashlib
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from wellbeing.people.models import Person

from . import kinds

BACK, AHEAD = timedelta(days=31), timedelta(days=400)
_PREFIX = "Wellbeing portal: "


class Entry(NamedTuple):
    """One day in the calendar; `key` stays the same while the thing moves to another day."""

    key: str
    day: date
    title: str


def hash_of(token: str) -> str:
    """What is kept of a calendar's address."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(token: str) -> Person | None:
    """Whose calendar that is; None for an address that was revoked, never was, or of somebody who has left."""
    with connection.cursor() as cursor:
        cursor.execute("select reminders_feed_of(%s)", [hash_of(token)])
        key = cursor.fetchone()[0]
    return Person.objects.current().filter(pk=key).first() if key else None


def entries_of(person: Person) -> list[Entry]:
    """The dates that `person` is, or will be, reminded of, the soonest first; a query for each kind.

    To be asked as that person: the database shows nobody the dates of others.
    """
    today = timezone.localdate()
    found = []
    for kind in kinds.every():
        if kind.calendar:
            only = {kind.reader: person.pk, f"{kind.day}__range": (today - BACK, today + AHEAD)}
            found += [
                Entry(_key(kind, thing), kind.day_of(day), kind.calendar) for thing, _, _, day in kind.rows(**only)
            ]
    return sorted(found, key=lambda entry: (entry.day, entry.title, entry.key))


def as_ics(entries: list[Entry]) -> bytes:
    """The calendar file (RFC 5545): whole days, private, none of them making its owner look busy."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wellbeing portal//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Wellbeing portal")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{settings.PORTAL_HOST}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", _PREFIX + entry.title)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.PORTAL_URL + reverse("reminders:list"))
        calendar.add_component(event)
    return calendar.to_ical()


def _key(kind: kinds.Kind, thing) -> str:
    """A name for the entry from which nothing can be read back."""
    return salted_hmac("wellbeing.reminders.feed", f"{kind.name}:{thing}", algorithm="sha256").hexdigest()[:32]
