"""Narrowing a list of SPOCs by who they are, without telling who shows only a first name."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from ..models import Spoc

FEWEST = 5  # first-name SPOCs whom a choice tells from the others
# What may be chosen by, in the order in which it is tried to tell first-name SPOCs apart.
FACTS = ("gender", "rank_band", "by_night", "by_day", "employment_type", "division")

Facts = tuple[Hashable | None, ...]  # in the order of FACTS; None: not told

_NOTHING: Facts = (None,) * len(FACTS)  # of whoever was listed only just now


@dataclass(frozen=True)
class Found:
    """The people of a list. `fit` are those known to be what was asked for, all of them where nothing was;
    `also` those of whom the list does not say whether they are."""

    fit: list[Spoc]
    also: list[Spoc] = field(default_factory=list)
    narrowed: bool = False


def narrow(spocs: list[Spoc], *, everyone: Iterable[Spoc], asked: dict[str, Hashable]) -> Found:
    """Of `spocs` those who are what is `asked` for, by the names in FACTS; their order is kept.

    Whoever shows their full name is found by every fact. Whoever shows only a first name is found by a fact only
    where it is told of them (`told`): once among all the first-name SPOCs that are listed, `everyone`, and then once
    more among those of this list, by what was told of them there. So a list never shrinks or grows by fewer than
    five of them, whatever is chosen, one choice after another or two taken together; and nobody can put together
    from the lists of several topics what is told of fewer than five. The others stay, under `also`, whatever is asked.

    The reason: their profile shows neither division nor employment, and a first name with a division is a person.
    """
    listed = told({spoc.pk: _facts(spoc) for spoc in everyone if spoc.first_name_only})
    here = told({spoc.pk: listed.get(spoc.pk, _NOTHING) for spoc in spocs if spoc.first_name_only})
    wanted = [(FACTS.index(name), value) for name, value in asked.items()]
    fit, also = [], []
    for spoc in spocs:
        facts = here.get(spoc.pk) or _facts(spoc)
        answers = [None if facts[at] is None else facts[at] == value for at, value in wanted]
        if all(answers):
            fit.append(spoc)
        elif False not in answers:
            also.append(spoc)
    return Found(fit, also, narrowed=True)


def told(people: dict[Hashable, Facts], at: int = 0) -> dict[Hashable, Facts]:
    """The facts of each, with None for every fact that would tell fewer than five from the others.

    Whoever has the same facts afterwards is one of at least five, or of all, and what is asked finds or leaves out
    the whole of them. Fact by fact, a group parts into those who share a value, each five or more; the rest, who
    share too little, stay together, and are joined by the smallest of the others until they too are five.
    """
    if at == len(FACTS) or len(people) < FEWEST:
        return {key: facts[:at] + _NOTHING[at:] for key, facts in people.items()}
    groups, rest = _parted(people, at)
    found = told({key: (*facts[:at], None, *facts[at + 1 :]) for key, facts in rest.items()}, at + 1)
    for group in groups:
        found |= told(group, at + 1)
    return found


def _parted(people: dict[Hashable, Facts], at: int) -> tuple[list[dict[Hashable, Facts]], dict[Hashable, Facts]]:
    """Those of whom fact number `at` may be told, by its value, and the rest: five or more of each, or nobody."""
    by_value = defaultdict(dict)
    for key, facts in people.items():
        by_value[facts[at]][key] = facts
    rest = by_value.pop(None, {})
    groups = []
    for _, group in sorted(by_value.items(), key=lambda item: (len(item[1]), str(item[0]))):
        if len(group) < FEWEST or 0 < len(rest) < FEWEST:
            rest = rest | group
        else:
            groups.append(group)
    return groups, rest


def _facts(spoc: Spoc) -> Facts:
    person = spoc.person
    division = person.station.division_id if person.station else ""
    return (spoc.gender, spoc.rank_band, spoc.by_night, spoc.by_day, person.employment_type, division)
