"""What is shown of SPOCs. Listed ones only, whoever asks; never a count by anything."""

from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, Value
from django.utils import timezone

from wellbeing.support.models import Topic

from ..models import Spoc, State, TopicConsent


def in_fair_order(spocs: QuerySet, topic: Topic | None = None) -> QuerySet:
    """These SPOCs, shuffled anew each day and the same all day: nobody is always first, nor always last.

    Each topic has an order of its own, so that nobody is first in all of them on one day.
    """
    of_topic = topic.pk.int % 2**32 if topic else 0
    today = Value(of_topic * 2**24 + timezone.localdate().toordinal())
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
