"""What is shown of SPOCs. Listed ones only, whoever asks; never a count by anything."""

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from wellbeing.support import hours
from wellbeing.support.models import Topic

from ..models import Spoc, State, TopicConsent
from .order import fairly


def in_fair_order(spocs: QuerySet, topic: Topic | None = None) -> QuerySet:
    """These SPOCs, shuffled anew each day and the same all day: nobody is always first, nor always last.

    Each topic has an order of its own, so that nobody is first in all of them on one day. At night those who may be
    reached at night come first.
    """
    named = spocs.select_related("person").defer("person__password")
    first = ("-by_night",) if hours.is_night() else ()
    return fairly(named, "id", of=topic.pk.int % 2**32 if topic else 0, first=first)


def named(spocs: QuerySet, words: list[str]) -> QuerySet:
    """Those of these SPOCs whose shown name begins with each of the words, in small letters; none for no word.

    The last name of somebody who shows only the first one finds nobody.
    """
    begins = Q()
    for word in words:
        begins &= Q(known__startswith=word) | Q(last__startswith=word, first_name_only=False)
    if not begins:
        return spocs.none()
    names = {"known": Lower("person__known_as"), "last": Lower("person__last_name")}
    return spocs.select_related("person").annotate(**names).filter(begins).order_by("known", "pk")


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
