"""The only writes: that a file was made, and taking in what somebody ticked of another force's file."""

import uuid
from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from champions.actions import entries as champion_actions
from forum.actions import elsewhere, plan
from forum.actions import seats as forum_actions
from mentoring.actions import schedules as mentoring_actions
from spocs.actions import stories as story_actions
from wellbeing.people import history
from wellbeing.people.models import Force, Person
from wellbeing.support.actions import in_a_year, save_guidance
from wellbeing.support.models import Guidance

from . import columns, files, preview, queries

_SET = {
    "champions": champion_actions.set_rules,
    "forum": forum_actions.set_rules,
    "mentoring": mentoring_actions.set_rules,
    "stories": story_actions.set_story_rules,
}


@transaction.atomic
def share(*, looked: set[str], divisions: bool, by: Person) -> str:
    """The file, without anything that looks personal and that nobody has looked at (`looked`: marks of what was)."""
    shared = [one for one in queries.entries(divisions=divisions) if not one.findings or one.mark in looked]
    numbers = {kind: [None, sum(one.kind == kind for one in shared)] for kind in queries.KINDS}
    force = Force.objects.first()
    if force:
        history.record(by=by, verb="shared what was learnt", about=force, details=numbers)
    return files.written(queries.learning(shared))


@transaction.atomic
def take_in(*, learning: dict, ticks: set[str], by: Person) -> dict[str, int]:
    """Take in what is ticked, all of it or nothing; how many of each kind are new. Twice, and nothing is new. What
    looks personal is taken in only with a look at these very words (`preview.Item.tick`).

    Outcomes stand among what other forces decided; commitments and guidance are drafts. Of settings only those are
    written that `by` may change. Raises ValidationError for what cannot be, and FaultError for this force's own file.
    """
    force = Force.objects.select_for_update().first()  # two at once: the second finds what the first took in
    found = preview.of(learning, person=by)
    ticked = [one for one in found.items if one.tick in ticks and one.is_to_take]
    by_kind = {kind: [one.entry.data for one in ticked if one.entry.kind == kind] for kind in queries.KINDS}
    decided = [_decided(one) for one in by_kind["outcomes"]]
    numbers = {
        "outcomes": elsewhere.take_in(force=found.force, decided=decided, by=by),
        "plan": len([_draft(one, by) for one in by_kind["plan"]]),
        "guidance": len([_guide(one, by) for one in by_kind["guidance"]]),
        "settings": _set([one for one in found.settings if one.key in ticks and one.may], by),
    }
    if force and any(numbers.values()):
        told = {kind: [None, number] for kind, number in numbers.items()}
        history.record(by=by, verb="took in what another force learnt", about=force, details=told)
    return numbers


def _decided(one: dict) -> dict:
    names = ("said", "text", "next", "strand", "area", "status")
    month = date.fromisoformat(f"{one['month']}-01")
    return {name: one[name] for name in names} | {"month": month, "division": one.get("division", "")}


def _draft(one: dict, by: Person):
    """A draft without owner and sponsor. What the other force measured stays in its file: it is no figure of ours."""
    values = {name: one[name] for name in columns.COMMITMENT}
    return plan.draft(key=uuid.uuid4(), by=by, **values)


def _guide(one: dict, by: Person) -> Guidance:
    values = {name: one[name] for name in columns.GUIDANCE}
    title = values.pop("title")
    page = Guidance(title=title)
    return save_guidance(guidance=page, by=by, published=False, review_on=in_a_year(), **values)


def _set(settings: list[preview.Setting], by: Person) -> int:
    by_room = defaultdict(dict)
    for one in settings:
        by_room[one.room][one.name] = one.new
    for room, values in by_room.items():
        _refuse_impossible(room, values)
        _SET[room](by=by, **values)
    return len(settings)


def _refuse_impossible(room: str, values: dict) -> None:
    """Rules that go together only with others that nobody ticked."""
    model, _ = columns.RULES[room]
    row = model.objects.filter(pk=1).first() or model(pk=1)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean(validate_unique=False)
    except ValidationError:
        label = preview.MAY_CHANGE[room][1]
        raise ValidationError(f"{label}: what you ticked does not go with the rules that you left.") from None
