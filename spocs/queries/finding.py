"""Who is found by what somebody would like to talk about. Nothing of it is kept, nor counted by topic."""

from collections.abc import Hashable

from django.db.models import QuerySet

from wellbeing.support.models import Topic

from ..models import Spoc
from .narrowing import Found, narrow
from .profiles import in_fair_order


def listed_for_topic(topic: Topic) -> QuerySet:
    """The listed SPOCs who agreed to talk about this topic."""
    return Spoc.objects.listed().filter(consents__topic=topic)


def people(listed: QuerySet, *, topic: Topic | None = None, asked: dict[str, Hashable] | None = None) -> Found:
    """Of the `listed` SPOCs those of a topic, or all, in fair order, narrowed by what is `asked` for (`narrow`).

    One query, and a second one where something is asked for.
    """
    of_topic = listed.filter(consents__topic=topic) if topic else listed
    spocs = list(in_fair_order(of_topic, topic).select_related("person__station"))
    if not asked:
        return Found(spocs)
    everyone = listed.filter(first_name_only=True).select_related("person__station")
    return narrow(spocs, everyone=everyone, asked=asked)
