"""What would be shared: everything that is published and about nobody. Read by the columns of `columns.py` alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from forum import personal
from forum.models import Area, Commitment, Measurement, Outcome, Sort, Status
from wellbeing.people.models import Force
from wellbeing.support import markdown
from wellbeing.support.models import Guidance

from . import columns, files

KINDS = {"outcomes": "Outcomes of the forum", "plan": "The action plan", "guidance": "Guidance"}
_TEXTS = {
    "outcomes": ("said", "text", "next", "strand", "division"),
    "plan": ("text", "baseline", "target", "unit", "division"),
    "guidance": ("title", "summary", "text"),
}


@dataclass
class Entry:
    """One thing that would be shared, what in it looks personal, and by what a look at that is known."""

    kind: str
    data: dict
    findings: list[personal.Finding] = field(default_factory=list)
    mark: str = ""

    @property
    def title(self) -> str:
        return self.data.get("title") or self.data["text"]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Everything else that the file says of it, in words."""
        said = {name: value for name, value in self.data.items() if name not in ("title", "measurements")}
        facts = [(_label(name), _in_words(name, value)) for name, value in said.items() if value not in ("", None)]
        return [*facts, *_measured(self.data.get("measurements", []))]


def entries(*, divisions: bool) -> list[Entry]:
    """Everything that could be shared, each with what looks personal in it; with the names of divisions where asked."""
    found = [
        *(Entry("outcomes", one) for one in _outcomes(divisions)),
        *(Entry("plan", one) for one in _plan(divisions)),
        *(Entry("guidance", one) for one in _guidance()),
    ]
    look(found)
    return found


def look(found: list[Entry]) -> None:
    """Note what looks personal in each of these; the roster is asked about all at once. Pages of guidance are about
    health throughout, and about nobody's: there such words say nothing."""
    everything = [texts_of(entry.kind, entry.data) for entry in found]
    for entry, texts, findings in zip(found, everything, personal.found_in_each(everything), strict=True):
        said = personal.HEALTH if entry.kind == "guidance" else ""
        entry.findings = [one for one in findings if one.why != said]
        entry.mark = personal.fingerprint(entry.findings, *texts)


def learning(shared: list[Entry]) -> dict:
    """What the file says: these entries, and the rules."""
    force = Force.objects.first()
    return {
        "format": files.FORMAT,
        "version": files.VERSION,
        "force": force.name if force else "A police force",
        **{kind: [entry.data for entry in shared if entry.kind == kind] for kind in KINDS},
        "settings": settings(),
    }


def settings() -> dict:
    """The rules of each strand as they stand, or their defaults."""
    found = {}
    for room, (model, names) in columns.RULES.items():
        row = model.objects.filter(pk=1).first() or model(pk=1)
        found[room] = {name: getattr(row, name) for name in names}
    return found


def texts_of(kind: str, data: dict) -> list[str]:
    """The words of an entry that somebody typed."""
    texts = [data[name] for name in _TEXTS[kind] if data.get(name)]
    if kind == "guidance":
        texts.append(markdown.read(data["text"]))  # what a page says may be another thing than what is typed
    return texts + [row["note"] for row in data.get("measurements", []) if row["note"]]


def _outcomes(divisions: bool) -> list[dict]:
    rows = Outcome.objects.published().order_by("meeting__starts_at", "position", "id")
    rows = rows.values(*columns.OUTCOME, "meeting__starts_at", "strand__name", "strand__sort", "division__name")
    return _once([_outcome(row, divisions) for row in rows], lambda one: (one["month"], one["text"].casefold()))


def _outcome(row: dict, divisions: bool) -> dict:
    strand = "" if row["strand__sort"] == Sort.DIVISION else row["strand__name"] or ""
    said = {
        "month": f"{timezone.localtime(row['meeting__starts_at']):%Y-%m}",
        **{name: row[name] for name in columns.OUTCOME},
        "strand": strand,
    }
    return _with_division(said, row, divisions)


def _plan(divisions: bool) -> list[dict]:
    measured = {}
    for row in Measurement.objects.order_by("day").values("commitment_id", *columns.MEASUREMENT):
        measured.setdefault(row.pop("commitment_id"), []).append(row)
    rows = Commitment.objects.published().order_by("area", "due", "text", "id")
    said = []
    for row in rows.values("id", *columns.COMMITMENT, "division__name"):
        one = {name: row[name] for name in columns.COMMITMENT} | {"measurements": measured.get(row["id"], [])}
        said.append(_with_division(one, row, divisions))
    return _once(said, lambda one: (one["area"], one["text"].casefold()))


def _guidance() -> list[dict]:
    """Published pages; a policy is this force's own, and stays here."""
    rows = Guidance.objects.published().filter(is_policy=False).values(*columns.GUIDANCE)
    return sorted(rows, key=lambda row: row["title"].casefold())


def _with_division(said: dict, row: dict, divisions: bool) -> dict:
    return said | {"division": row["division__name"]} if divisions and row["division__name"] else said


def _once(said: list[dict], key: Callable[[dict], tuple]) -> list[dict]:
    """Without what says the same a second time."""
    return list({key(one): one for one in reversed(said)}.values())[::-1]


_LABELS = {
    "said": "People said",
    "text": "Text",
    "next": "Next",
    "area": "Area of the framework",
    "origin": "Where it comes from",
    "unit": "What the numbers count",
    "baseline": "How it was",
    "baseline_value": "Number then",
    "baseline_on": "Day of that number",
    "target": "How it is to be",
    "target_value": "Number to reach",
    "due": "Target date",
    "measure_months": "Months between measurements",
}


def _label(name: str) -> str:
    return _LABELS.get(name, name.capitalize())


def _in_words(name: str, value) -> str:
    choices = {"area": Area, "status": Status, "origin": Commitment._meta.get_field("origin")}.get(name)
    if choices is None:
        return str(value)
    return str(dict(choices.choices)[value])


def _measured(rows: list[dict]) -> list[tuple[str, str]]:
    words = dict(Measurement._meta.get_field("word").choices)
    said = [(row["day"], (row["value"], words[row["word"]], row["note"])) for row in rows]
    return [
        (f"Measured {day}", "; ".join(str(part) for part in parts if part not in ("", None))) for day, parts in said
    ]
