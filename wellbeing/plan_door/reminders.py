"""Telling somebody in the portal that a letter was printed to come in with as them."""

from datetime import timedelta

from django.db.models.functions import TruncDate
from django.utils import timezone

from wellbeing.reminders.kinds import Kind, register

from .models import LETTER_DAYS, Letter

PRINTED = "plan_door.printed"


def printed():
    """The letters of four weeks, each with its day (`told_on`)."""
    day = TruncDate("printed_at", tzinfo=timezone.get_default_timezone())
    lately = Letter.objects.filter(printed_at__gt=timezone.now() - timedelta(days=LETTER_DAYS))
    return lately.annotate(told_on=day)


register(
    Kind(
        name=PRINTED,
        title="A letter to come in with",
        due=printed,
        reader="person_id",
        day="told_on",
        steps=(0,),
        sentence="On {due} HR printed a letter by which you can come in from outside. If you did not ask for one, tell "
        "the wellbeing lead.",
        page="door:my_entry",
        optional=False,
    )
)
