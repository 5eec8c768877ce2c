"""A certificate of what somebody has completed, as a PDF that a screen reader can read: made in memory, never kept."""

from datetime import date
from pathlib import Path

from django.utils.formats import date_format

from wellbeing.people.models import Force
from wellbeing.web import pdf

from .models import Completion

_PAGE = Path(__file__).with_name("certificate.typ")


def pdf_of(completion: Completion) -> bytes:
    """The PDF. Raises `pdf.CannotPrint`, without a word of what it was to say."""
    force = Force.objects.first()
    until = completion.valid_until
    lines = [
        f"taught by {completion.provider}" if completion.provider else "",
        f"on {_day(completion.completed_on)}.",
        f"It holds until {_day(until)}." if until else "It holds without an end.",
    ]
    words = {
        "title": f"Certificate of {completion.person.name}: {completion.course.title}",
        "force": force.name if force else "",
        "heading": "Certificate",
        "name": completion.person.name,
        "completed": "has completed",
        "course": completion.course.title,
        "lines": [line for line in lines if line],
        "footer": "Made in the wellbeing portal for the person named, for their own record.",
    }
    return pdf.made(_PAGE, words)


def _day(day: date) -> str:
    return date_format(day, "j F Y")
