"""What happened to somebody as a champion, from the history, in plain sentences: when, what, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from champions.models import Champion
from wellbeing.people import history
from wellbeing.people.models import Change, Station
from wellbeing.web.templatetags.components import day as in_words

A_PAGE = 50
SOMEBODY = "Somebody"  # hidden people (covert roles) are named to nobody
# Of each move: how it reads of somebody else's doing, of one's own, and where nobody did it.
_WORDS = {
    "joined the waiting list": ("", "{who} joined the waiting list", "Joined the waiting list"),
    "agreed": ("{who} agreed, as they were asked to", "", "Agreed to by their line manager"),
    "left the waiting list": ("{who} took them off the waiting list", "{who} left the waiting list", "Left the list"),
    "waits again": ("", "", "By itself: waits again"),
    "was offered a place": ("{who} offered them a place", "", "By itself: a place was offered to them"),
    "took a place": ("{who} gave them a place in a training", "{who} took a place in a training", "Took a place"),
    "trained": ("{who} noted that they were trained", "", "By itself: trained"),
    "not trained after all": ("{who} took back that they were trained", "", "Their training was taken back"),
    "appointed": ("{who} made them a champion", "{who} became a champion", "Became a champion"),
    "appointed again": ("{who} made them a champion again", "", "Became a champion again"),
    "began": ("{who} listed them: their time as a champion began", "{who} began as a champion", "Began as a champion"),
    "changed": ("{who} changed {what}", "", "By itself: {what} changed"),
    "changed stations": ("{who} changed the stations they cover: {what}", "", "The stations they cover: {what}"),
    "made station lead": (
        "{who} made them the central contact for {station}",
        "{who} became the central contact for {station}",
        "Became the central contact for {station}",
    ),
    "no longer station lead": (
        "{who} ended their being the central contact for {station}",
        "{who} gave back being the central contact for {station}",
        "No longer the central contact for {station}",
    ),
    "paused": ("{who} took them off the directory for a break", "{who} took a break", "Took a break"),
    "resumed": ("{who} listed them again", "{who} came back from a break", "Listed again"),
    "went away": ("{who} entered when they are away", "{who} entered when they are away", "Away"),
    "came back": (
        "{who} entered that they are back",
        "{who} is back from being away",
        "By itself: their last day away was over",
    ),
    "stepped down": ("{who} ended their time as a champion", "{who} stepped down", "Stepped down"),
    "went on": ("{who} entered another term: {what}", "{who} goes on for another term: {what}", "Another term: {what}"),
    "refreshed": ("{who} noted their refresher: {what}", "", "By itself: refresher noted: {what}"),
    "refresher taken back": ("{who} took back a refresher noted wrongly: {what}", "", "A refresher was taken back"),
    "off the directory, having left": (
        "{who} changed the roster: they left, and are off the directory",
        "",
        "By itself: they left, and are off the directory",
    ),
    "back in the directory": (
        "{who} undid their leaving: back in the directory",
        "",
        "Their leaving was undone: back in the directory",
    ),
    "off a station's page, having moved": (
        "{who} changed the roster: they moved, and are off their old station’s page",
        "",
        "By itself: they moved, and are off their old station’s page",
    ),
}
_FIELDS = {
    "show_phone": "whether they may be called",
    "show_text": "whether they may be texted",
    "show_mail": "whether they may be e-mailed",
    "phone": "the number they show",
    "by_day": "whether they are there by day",
    "by_night": "whether they are there by night",
    "about_me": "what they say of themselves",
    "manager_agreed": "whether their manager agrees",
    "trained_on": "the day of training",
    "refresher_due": "when the refresher is due",
    "vetting_confirmed_on": "when vetting was confirmed",
    "serving_since": "since when they are a champion",
    "term_ends": "the last day of their term",
}


@dataclass(frozen=True)
class Moment:
    """One line of somebody's time as a champion."""

    at: datetime
    sentence: str


def timeline(champion: Champion, page: int = 1) -> tuple[list[Moment], Page]:
    """What happened, newest first, and the page of it; three queries however much there is."""
    found = Paginator(history.of(champion), A_PAGE).get_page(page)
    changes = list(found)
    names = dict(Station.objects.filter(pk__in=_stations(changes)).values_list("pk", "name"))
    return [Moment(change.at, _sentence(change, champion, names)) for change in changes], found


def _sentence(change: Change, champion: Champion, names: dict[int, str]) -> str:
    who, verb = _name(change.by), change.verb
    if verb not in _WORDS:
        return f"{who}: {verb}" if change.by else f"{verb[:1].upper()}{verb[1:]}"
    others, own, itself = _WORDS[verb]
    words = itself if change.by is None else own if change.by_id == champion.person_id and own else others or own
    station = next((names.get(key, "a station") for key in change.details.get("station", ()) if key), "a station")
    return words.format(who=who, what=_what(change, names), station=station)


def _name(person) -> str:
    return SOMEBODY if person is None or person.hidden else person.name


def _what(change: Change, names: dict[int, str]) -> str:
    if stations := change.details.get("stations"):
        return " · ".join(_stations_in_words(*stations, names)) or "none"
    parts = [_change_in_words(name, pair) for name, pair in change.details.items() if name in _FIELDS]
    return ", ".join(parts) or "their entry"


def _stations_in_words(before: list[int], after: list[int], names: dict[int, str]) -> Iterable[str]:
    for words, keys in (("began", set(after) - set(before)), ("ended", set(before) - set(after))):
        if keys:
            yield f"{words} {', '.join(sorted(names.get(key, 'a station') for key in keys))}"


def _change_in_words(name: str, pair) -> str:
    if not pair or not isinstance(pair[1], str) or not name.endswith(("_on", "_due", "_since", "_ends")):
        return _FIELDS[name]
    return f"{_FIELDS[name]} ({in_words(date.fromisoformat(pair[1]))})"


def _stations(changes: list[Change]) -> set[int]:
    """The keys of all stations that these lines are about."""
    keys = set()
    for change in changes:
        keys |= set(change.details.get("station", ()))
        for side in change.details.get("stations", ()):
            keys |= set(side)
    return keys - {None}
