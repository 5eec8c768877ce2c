"""What is shown of SPOCs. Listed ones only, whoever asks; never a count by anything."""

from datetime import datetime, time

from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, Value
from django.utils import timezone

from ..models import Spoc, State, TopicConsent

# When the lines that answer day and night come before everybody else.
NIGHT_FROM, NIGHT_UNTIL = time(20), time(7)


def in_fair_order(spocs: QuerySet) -> QuerySet:
    """These SPOCs, shuffled anew each day and the same all day: nobody is always first, nor always last."""
    today = Value(timezone.localdate().toordinal())
    order = Func(F("id"), today, function="uuid_hash_extended", output_field=BigIntegerField())
    return spocs.select_related("person").defer("person__password").order_by(order, "id")


def is_spoc(person) -> bool:
    """Whether this person is a SPOC, on the list or on a break; asked while they sign in too, before who asks is known.

    Of others it says no more than the list does.
    """
    with connection.cursor() as cursor:
        cursor.execute("select spocs_is_one(%s)", [person.pk])
        return cursor.fetchone()[0]


def topics_of(spoc: Spoc) -> QuerySet:
    """What this SPOC agreed to talk about, each with when; what nobody is shown any longer is left out."""
    shown = TopicConsent.objects.filter(spoc=spoc, topic__shown=True)
    return shown.select_related("topic").order_by("topic__order", "topic__name")


def is_invited(person) -> bool:
    """Whether the coordinator asks this person to be listed and they have not decided yet."""
    return Spoc.objects.filter(person=person, state=State.INVITED).exists()


def is_night(now: datetime | None = None) -> bool:
    """Whether it is night at the force: from eight in the evening until seven in the morning."""
    clock = timezone.localtime(now).time()
    return clock >= NIGHT_FROM or clock < NIGHT_UNTIL
