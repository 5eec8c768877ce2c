"""What a file from another force would bring: what is new, what stands here already, which settings would change."""

from dataclasses import dataclass, field

from forum import personal
from forum.models import Commitment, Elsewhere
from wellbeing.people.models import Force
from wellbeing.support.models import Guidance

from . import columns, queries
from .checked import FaultError

# Who may change the rules of each strand, and who that is in words.
MAY_CHANGE = {
    "champions": ("champions.change_rules", "Rules for champions", "HR or the coordinator"),
    "forum": ("forum.run_forum", "Rules of the forum", "the forum’s secretary"),
    "mentoring": ("mentoring.change_rules", "Rules of mentoring", "HR"),
    "stories": ("spocs.run_stories", "Rules for stories", "the coordinator"),
}


@dataclass
class Item:
    """One thing of the file: its key, what it says, and whether it stands here already."""

    key: str
    entry: queries.Entry
    is_there: bool
    is_changed: bool = False

    @property
    def is_to_take(self) -> bool:
        return self.is_changed or not self.is_there

    @property
    def tick(self) -> str:
        """Among what is ticked; where something in it looks personal, a tick is a look at just these words."""
        return f"{self.key}:{self.entry.mark}" if self.entry.findings else self.key


@dataclass
class Setting:
    """One rule that is another there: what it is, as it is here, and as it is there."""

    key: str
    room: str
    name: str
    label: str
    old: object
    new: object
    may: bool

    @property
    def who(self) -> str:
        return MAY_CHANGE[self.room][2]


@dataclass
class Preview:
    """The whole of it."""

    force: str
    items: list[Item] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)

    @property
    def kinds(self) -> list[tuple[str, list[Item]]]:
        """The items under the headings of their kinds."""
        return [(label, [one for one in self.items if one.entry.kind == kind]) for kind, label in queries.KINDS.items()]

    @property
    def rooms(self) -> list[tuple[str, list[Setting]]]:
        """The settings that differ, under the names of their rules."""
        rooms = [(one[1], [row for row in self.settings if row.room == room]) for room, one in MAY_CHANGE.items()]
        return [(label, rows) for label, rows in rooms if rows]


def of(learning: dict, *, person) -> Preview:
    """The preview for `person`. Raises FaultError where the file is this force's own, or of a person."""
    own = Force.objects.first()
    if own and own.name.casefold() == learning["force"].casefold():
        raise FaultError(f"This file is from {own.name} itself: there is nothing to learn from it.")
    if personal.found_in(learning["force"]):
        raise FaultError("What the file says is the name of the force looks like somebody’s own. Ask for another file.")
    items = [*_outcomes(learning), *_plan(learning), *_guidance(learning)]
    queries.look([one.entry for one in items if one.is_to_take])
    return Preview(learning["force"], items, _settings(learning, person.get_all_permissions()))


def _outcomes(learning: dict) -> list[Item]:
    here = {(f"{row.month:%Y-%m}", row.text): row for row in Elsewhere.objects.filter(force=learning["force"])}
    items = []
    for place, one in enumerate(learning["outcomes"]):
        row = here.get((one["month"], one["text"]))
        changed = bool(row) and any(
            getattr(row, name) != one.get(name, "") for name in ("said", "next", "area", "status")
        )
        items.append(Item(f"outcomes.{place}", queries.Entry("outcomes", one), bool(row), changed))
    return items


def _plan(learning: dict) -> list[Item]:
    here = {(area, text.casefold()) for area, text in Commitment.objects.values_list("area", "text")}
    return [
        Item(f"plan.{place}", queries.Entry("plan", one), (one["area"], one["text"].casefold()) in here)
        for place, one in enumerate(learning["plan"])
    ]


def _guidance(learning: dict) -> list[Item]:
    here = {title.casefold() for title in Guidance.objects.values_list("title", flat=True)}
    return [
        Item(f"guidance.{place}", queries.Entry("guidance", one), one["title"].casefold() in here)
        for place, one in enumerate(learning["guidance"])
    ]


def _settings(learning: dict, held: set[str]) -> list[Setting]:
    found, here = [], queries.settings()
    for room, rules in learning["settings"].items():
        may = MAY_CHANGE[room][0] in held
        for name, new in rules.items():
            if new != here[room][name]:
                key, label = f"settings.{room}.{name}", label_of(room, name)
                found.append(Setting(key, room, name, label, here[room][name], new, may))
    return found


def label_of(room: str, name: str) -> str:
    """What a setting is called where it is kept."""
    label = str(columns.RULES[room][0]._meta.get_field(name).verbose_name)
    return f"{label[:1].upper()}{label[1:]}"
