"""Pages of guidance for tests, written as the portal does it."""

from datetime import date, timedelta

from django.utils import timezone

from wellbeing.support import actions
from wellbeing.support.models import Guidance


def a_page(title="Small talk", **values) -> Guidance:
    """A published page, to be checked again in 30 days."""
    values = {"text": "It helps.", "summary": "Why it helps.", "published": True} | values
    values.setdefault("review_on", timezone.localdate() + timedelta(days=30))
    return actions.save_guidance(guidance=Guidance(title=title), by=None, **values)


def overdue(page: Guidance) -> date:
    """The day, 40 days ago, by which `page` was to be checked again from now on."""
    day = timezone.localdate() - timedelta(days=40)
    Guidance.objects.filter(pk=page.pk).update(review_on=day)
    return day
