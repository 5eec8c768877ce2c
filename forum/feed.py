"""What the forum published, as an Atom feed (RFC 4287) at somebody's own address."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.conf import settings
from django.db import connection
from django.urls import reverse

from forum.models import Outcome
from wellbeing.people.models import Person
from wellbeing.reminders.feed import hash_of

MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # one of them, and no reader shows any of it
register_namespace("", _ATOM)


def person_of(token: str) -> Person | None:
    """Whose feed that is; None for an address that was revoked, never was, or of somebody who has left."""
    with connection.cursor() as cursor:
        cursor.execute("select forum_feed_of(%s)", [hash_of(token)])
        key = cursor.fetchone()[0]
    return Person.objects.current().filter(pk=key).first() if key else None


def latest() -> list[Outcome]:
    """The latest outcomes, corrected ones by the day of the correction."""
    found = Outcome.objects.published().select_related("meeting", "owner", "division")
    return sorted(found.order_by("-published_at", "position")[:MOST], key=changed_at, reverse=True)


def changed_at(outcome: Outcome) -> datetime:
    return outcome.corrected_at or outcome.published_at


def as_atom(outcomes: list[Outcome], *, address: str, own: str, force: str) -> bytes:
    """The feed. `address`: the whole address of the page it follows; `own`: its own, by which readers know it again.
    Nobody's name but owners' stands in it."""
    feed = Element(f"{{{_ATOM}}}feed", {"xml:lang": "en-GB"})
    _text(feed, "id", address)
    _text(feed, "title", f"What the wellbeing forum decided{f', {force}' if force else ''}")
    _text(feed, "updated", _moment(max(map(changed_at, outcomes))) if outcomes else "2000-01-01T00:00:00+00:00")
    SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(feed, f"{{{_ATOM}}}link", {"href": address})
    _text(SubElement(feed, f"{{{_ATOM}}}author"), "name", "Wellbeing forum")
    for outcome in outcomes:
        _entry(feed, outcome)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")


def _entry(feed: Element, outcome: Outcome) -> None:
    entry = SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", f"urn:uuid:{outcome.pk}")
    _text(entry, "title", outcome.text)
    _text(entry, "published", _moment(outcome.published_at))
    _text(entry, "updated", _moment(changed_at(outcome)))
    href = settings.PORTAL_URL + reverse("forum:outcome", args=[outcome.pk])
    SubElement(entry, f"{{{_ATOM}}}link", {"href": href})
    said = [outcome.said and f"You said: {outcome.said}", f"{outcome.called} {outcome.text}"]
    said += [outcome.next and f"Next: {outcome.next}", f"Owner: {outcome.owned_by}", f"Due: {outcome.due:%-d %B %Y}"]
    said += ["Corrected since it was first published."] if outcome.corrected_at else []
    _text(entry, "summary", "\n".join(filter(None, said)))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_IN_XML.sub("", text)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
