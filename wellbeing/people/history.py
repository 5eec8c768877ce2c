"""Writing and reading the history of what changed."""

from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Q
from django.db.models.functions import Cast

from . import hooks
from .models import Change, Person

# Earlier names are kept nowhere (Gender Recognition Act 2004, s22), nor the addresses made of them; secrets never.
NO_PAST = {"known_as", "last_name", "email", "password"}


def difference(before, values: dict) -> dict:
    """`{field: [before, after]}` for those of `values` that differ on the object `before`, fit for JSON."""
    return {
        field: None if field in NO_PAST else [_plain(getattr(before, field)), _plain(value)]
        for field, value in values.items()
        if getattr(before, field) != value
    }


def record(*, by, verb: str, about, details: dict | None = None) -> Change:
    """Write one line of history about `about`; call it inside the action's transaction."""
    return Change.objects.create(**_columns(by, verb, about, details))


def record_many(*, by, verb: str, about: list[tuple[object, dict]]) -> None:
    """Write one line for each `(thing, details)`, a thousand rows a query."""
    Change.objects.bulk_create([Change(**_columns(by, verb, *pair)) for pair in about], batch_size=1000)


def of(about):
    """The history of one thing, newest first, with who did it."""
    return Change.objects.filter(about_type=about._meta.label_lower, about_id=str(about.pk)).select_related("by")


def put_on_the_roster(keys):
    """The last line for each of these people about being put on the roster, or back on it."""
    put = Q(verb__in=("added", "imported"), details={}) | Q(details__has_key="left")
    changes = Change.objects.filter(put, about_type="people.person", about_id__in=[str(key) for key in keys])
    return changes.order_by("about_id", "-id").distinct("about_id")


def without_hidden(changes):
    """Those of `changes` that are about no hidden person, nor about anything that is a hidden person's."""
    for model in apps.get_models():
        if path := _whose(model):
            theirs = model._base_manager.filter(**{path: True}).annotate(key=Cast("pk", CharField())).order_by()
            changes = changes.exclude(about_type=model._meta.label_lower, about_id__in=theirs.values("key"))
    return changes


def _whose(model) -> str | None:
    """How a query over `model` asks whether it is a hidden person's; None where it is nobody's, or has no history."""
    if model in hooks.goes_with_their_person:
        return None
    if model is Person:
        return "hidden"
    try:
        return "person__hidden" if model._meta.get_field("person").related_model is Person else None
    except FieldDoesNotExist:
        return None


def _columns(by, verb, about, details=None) -> dict:
    return {
        "by": by,
        "verb": verb,
        "about_type": about._meta.label_lower,
        "about_id": str(about.pk),
        "details": details or {},
    }


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "pk", value)
