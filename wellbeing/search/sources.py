"""Where is looked, and what is found there: only what whoever asks may read on its own pages.

Nothing is copied into an index of its own: what was withdrawn a moment ago is found nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, QuerySet
from django.urls import reverse

from champions import queries as champions
from forum.models import Outcome
from spocs import policy as spocs
from spocs.queries import profiles, stories
from wellbeing.support.models import Guidance, Service
from wellbeing.support.queries.topics import topics_meant

from .spelling import words_in

MOST = 5  # of each kind; whoever wants more finds the way to the whole list
_LANGUAGE = "english"


@dataclass(frozen=True)
class Found:
    """One thing: its title, where it is, and a line about it."""

    title: str
    address: str
    about: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of thing: its heading, the URL name of its whole list, and how that list is called.

    `find(text, person, loosely)` returns a few `Found`, the best first; `loosely`: any of the words will do, where it
    `loosens`. Elsewhere that finds what was found without, and need not be asked.
    """

    heading: str
    whole: str
    whole_says: str
    find: Callable[[str, object, bool], list[Found]]
    loosens: bool = False


def _topics(text, person, loosely) -> list[Found]:
    found = topics_meant(text)[:MOST]
    return [Found(topic.name, reverse("spocs:topic", args=[topic.pk]), topic.summary) for topic in found]


def _champions(text, person, loosely) -> list[Found]:
    found = champions.first(champions.Search(text=text, near=person.station), MOST)
    return [Found(card.name, card.address, ", ".join(covered.name for covered in card.covered)) for card in found]


def _spocs(text, person, loosely) -> list[Found]:
    found = profiles.named(spocs.visible_to(person), words_in(text))[:MOST]
    return [Found(spoc.shown_name, spoc.get_absolute_url(), spoc.facts) for spoc in found]


def _stories(text, person, loosely) -> list[Found]:
    found = _matching(stories.published(), text, loosely, "title", "text")[:MOST]
    return [Found(row.title, row.get_absolute_url(), row.byline) for row in found]


def _services(text, person, loosely) -> list[Found]:
    found = _matching(Service.objects.all(), text, loosely, "name", "for_what", "what_happens")[:MOST]
    return [Found(row.name, reverse("service", args=[row.pk]), row.for_what) for row in found]


def _guidance(text, person, loosely) -> list[Found]:
    found = _matching(Guidance.objects.published(), text, loosely, "title", "summary", "text")[:MOST]
    return [Found(row.title, row.get_absolute_url(), row.summary) for row in found]


def _matching(rows: QuerySet, text: str, loosely: bool, first, *others) -> QuerySet:
    """Those of `rows` in whose columns the words stand, in any form of theirs; the first column weighs most."""
    typed = " or ".join(words_in(text)) if loosely else text
    asked = SearchQuery(typed, config=_LANGUAGE, search_type="websearch")
    words = SearchVector(first, weight="A", config=_LANGUAGE) + SearchVector(*others, weight="B", config=_LANGUAGE)
    found = rows.annotate(words_here=words).filter(words_here=asked)
    return found.annotate(words_fit=SearchRank(F("words_here"), asked)).order_by("-words_fit", "pk")


# Pages of the portal, and what people call them.
_PAGES = (
    ("Someone who has been there", "spocs:list", "spoc spocs special point points of contact lived experience"),
    ("Champions", "champions:directory", "champion champions"),
    ("A mentor for my career", "mentoring:career", "mentor mentors mentoring career"),
    ("1-1s", "mentoring:manager", "one to one ones"),
    ("My plan while I am away from work", "my_plan:show", "plan away sick absence"),
    ("The wellbeing forum", "forum:home", "forum meeting meetings"),
    ("Raise something for the forum", "forum:raise", "raise something suggest suggestion idea agenda"),
    ("Noticeboards", "noticeboards", "noticeboard noticeboards board boards"),
    ("The action plan", "forum:plan", "action plan pledge commitments framework"),
    ("Urgent help", "urgent", "urgent help emergency crisis"),
)


def _pages(text, person, loosely) -> list[Found]:
    typed = set(words_in(text))
    fits = [(title, name, typed & set(words_in(called))) for title, name, called in _PAGES]
    return [Found(title, reverse(name)) for title, name, fit in fits if fit and (loosely or fit == typed)]


def _decided(text, person, loosely) -> list[Found]:
    found = _matching(Outcome.objects.published(), text, loosely, "text", "said", "next")[:MOST]
    return [Found(row.text, reverse("forum:outcome", args=[row.pk]), row.said) for row in found]


SOURCES = (
    Source("Pages", "home", "The first page", _pages, loosens=True),
    Source("To talk about", "spocs:list", "Everything that people talk about", _topics),
    Source("Champions", "champions:directory", "All champions", _champions),
    Source("Someone who has been there", "spocs:everybody", "Everybody who has been there", _spocs),
    Source("Stories", "spocs:stories", "All stories", _stories, loosens=True),
    Source("Services", "services", "All services", _services, loosens=True),
    Source("What the forum decided", "forum:archive", "Everything that the forum decided", _decided, loosens=True),
    Source("Guidance", "guidance", "All guidance", _guidance, loosens=True),
)
