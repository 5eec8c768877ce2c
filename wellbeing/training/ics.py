"""One session as a file for a calendar (RFC 5545)."""

from wellbeing.reminders.ics import event_of, file_of

from .models import Session

_ROOM = "training"


def as_ics(session: Session) -> bytes:
    """The calendar file: the same UID and a higher SEQUENCE after each change, private, cancelled where it is.

    An event stands in it without its title: others may see whose calendar it is in.
    """
    where = ", ".join(filter(None, (session.station and session.station.name, session.room)))
    event = event_of(session, room=_ROOM, summary=summary_of(session), where=where)
    event.add("class", "PRIVATE")
    return file_of(event, room=_ROOM, method="PUBLISH")


def summary_of(session: Session) -> str:
    """What stands in the calendar as its title."""
    return "Wellbeing portal: event" if session.course.is_event else session.course.title
