"""Courses, sessions and places for tests, made as the portal makes them."""

from datetime import timedelta

from django.utils import timezone

from wellbeing.training.actions import sessions
from wellbeing.training.models import Course, Purpose, Requirement, Session


def course(title="Listening well", *, purpose=Purpose.COURSE, **values) -> Course:
    """A course that is offered."""
    return sessions.save_course(course=Course(), by=None, title=title, purpose=purpose, **values)


def session_of(of: Course, *, in_days: int = 14, hours: int = 3, **values) -> Session:
    """A session that begins so many days from now, at the full hour."""
    start = (timezone.now() + timedelta(days=in_days)).replace(minute=0, second=0, microsecond=0)
    return sessions.plan(course=of, by=None, starts_at=start, ends_at=start + timedelta(hours=hours), **values)


def is_over(session: Session) -> Session:
    """The session as if it had been held yesterday."""
    moved = timezone.now() - timedelta(days=1)
    length = session.ends_at - session.starts_at
    Session.objects.filter(pk=session.pk).update(starts_at=moved, ends_at=moved + length)
    session.refresh_from_db()
    return session


def requirement(of: Course, **values) -> Requirement:
    """That line managers must have completed the course."""
    return Requirement.objects.create(course=of, **values)
