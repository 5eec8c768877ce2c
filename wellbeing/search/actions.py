"""The only writes of search: which words are known."""

from django.db import transaction

from champions.models import Champion
from wellbeing.people.models import Station
from wellbeing.support.models import Guidance, Service, Topic

from . import spelling


@transaction.atomic
def learn_words() -> int:
    """Know the words of what may be found today, as the worker; returns how many are new or gone.

    Not those of stories and SPOCs: a word that only a withdrawn story had must not stay behind until tomorrow.
    """
    texts = [
        *(text for row in Topic.objects.shown().values_list("name", "summary") for text in row),
        *(name for names in Topic.objects.shown().values_list("also_called", flat=True) for name in names),
        *(text for row in Service.objects.values_list("name", "for_what", "what_happens") for text in row),
        *(text for row in Guidance.objects.published().values_list("title", "summary", "text") for text in row),
        *Station.objects.filter(closed=False).values_list("name", flat=True),
        *(name for names in _names_of_champions() for name in names),
    ]
    return spelling.learn(texts)


def _names_of_champions():
    return Champion.objects.listed().values_list("person__known_as", "person__last_name")
