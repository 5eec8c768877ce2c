"""A session in words."""

from django import template
from django.utils import timezone

from wellbeing.training.models import Session
from wellbeing.web.templatetags.components import day

register = template.Library()


@register.filter
def when(session: Session) -> str:
    """“Monday 23 November, 10:00 to 16:00”."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    last_day = f"{day(ends)}, " if session.ends_another_day else ""
    return f"{day(starts)}, {starts:%H:%M} to {last_day}{ends:%H:%M}"


@register.filter
def where(session: Session) -> str:
    """“Ashford, Canteen”."""
    if session.station:
        return ", ".join(filter(None, (session.station.name, session.room)))
    return session.room or "Not at a station"


@register.filter
def left(session: Session) -> str:
    """“3 places left”, “Full”."""
    free = session.free
    return f"{free} place{'' if free == 1 else 's'} left" if free else "Full"
