"""The action plan: sponsors, commitments, and how they are measured and closed."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum import personal
from forum.actions.saving import saved
from forum.models import Closed, Commitment, Measurement, Sponsor
from forum.reminders.plan import MEASURE, OWNERLESS, TARGET
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.training.dates import months_after

_ABOUT_THE_WORK = (personal.HEALTH, personal.MAIL, personal.PHONE)
_WORDS = ("text", "baseline", "target", "unit", "owner_office", "evidence")
_NEEDED = (("target", "Say how it is to be."), ("due", "Enter the target date."))


@transaction.atomic
def draft(*, key, by: Person, **values) -> Commitment:
    """A new commitment, which nobody but those who keep the plan sees; sent twice with one key it is one.

    Raises ValidationError beside the field for what the database refuses.
    """
    known = Commitment.objects.filter(pk=key).first()
    return known or saved(Commitment(pk=key, **values), "drafted", {}, by=by)


@transaction.atomic
def change(*, commitment: Commitment, by: Person, **values) -> Commitment:
    """Write it anew. Of what is published, the page says that it changed, and what of it."""
    commitment = _locked(commitment)
    changed = _difference(commitment, values)
    if not changed:
        return commitment
    for field, value in values.items():
        setattr(commitment, field, value)
    if {"owner", "owner_office"} & set(changed):
        commitment.ownerless_since = None
    if commitment.is_published:
        _refuse_gaps(commitment)
        commitment.changed_at = timezone.now()
        commitment.measure_on = _next_measurement(commitment)
    saved(commitment, "changed", changed, by=by)
    _tell(commitment)
    return commitment


@transaction.atomic
def publish(*, commitment: Commitment, by: Person) -> Commitment:
    """From now on everybody reads it. Raises ValidationError where its target, its day or its owner is missing,
    and where its words name somebody on the roster."""
    commitment = _locked(commitment)
    if commitment.is_published:
        return commitment
    _refuse_gaps(commitment)
    commitment.published_at = timezone.now()
    commitment.measure_on = _next_measurement(commitment)
    saved(commitment, "published", {}, by=by)
    _tell(commitment)
    return commitment


@transaction.atomic
def drop(*, commitment: Commitment, by: Person) -> None:
    """Take a draft away. Raises ValidationError for what is published: that is closed, and stays to be read."""
    commitment = _locked(commitment)
    if commitment.is_published:
        raise ValidationError("It is published: close it instead, so that everybody can read what became of it.")
    history.record(by=by, verb="took a draft away", about=commitment)
    commitment.delete()


@transaction.atomic
def measure(*, key, commitment: Commitment, day: date, value: Decimal | None, word: str, note: str, by: Person):
    """Write how it stood on that day, and return it; sent twice with one key it is one measurement.

    Raises ValidationError for a draft, for what is closed, for a day that is measured already, and for a note that
    looks personal.
    """
    commitment = _locked(commitment)
    known = Measurement.objects.filter(pk=key).first()
    if known:
        return known
    if not commitment.is_published or commitment.is_closed:
        raise ValidationError("Only what is published and not closed is measured.")
    personal.refuse(note=note)
    row = Measurement(pk=key, commitment=commitment, day=day, value=value, word=word, note=note, by=by)
    saved(row, "measured", {"word": [None, word]}, by=by)
    _reckon(commitment)
    return row


@transaction.atomic
def take_back(*, measurement: Measurement, by: Person) -> None:
    """It was wrong, and is gone from the plan; the history keeps what it said."""
    commitment = _locked(measurement.commitment)
    said = {"day": [measurement.day.isoformat(), None], "value": [_plain(measurement.value), None]}
    history.record(by=by, verb="took a measurement back", about=measurement, details=said)
    measurement.delete()
    _reckon(commitment)


@transaction.atomic
def close(*, commitment: Commitment, closed_as: str, because: str, by: Person) -> None:
    """It is done, or will not be done, and why: it stays to be read. Raises ValidationError for a draft, without a
    reason where it will not be done, and for a reason that looks personal."""
    commitment = _locked(commitment)
    if not commitment.is_published:
        raise ValidationError("It is a draft still: take it away, or publish it first.")
    if closed_as == Closed.STOPPED and not because:
        raise ValidationError({"because": "Say why it will not be done: everybody reads it."})
    personal.refuse(because=because)
    if commitment.is_closed:
        return
    commitment.closed_on, commitment.closed_as, commitment.closed_because = timezone.localdate(), closed_as, because
    saved(commitment, "closed", {"closed_as": [None, closed_as]}, by=by)
    _tell(commitment)


@transaction.atomic
def reopen(*, commitment: Commitment, by: Person) -> None:
    """It goes on after all."""
    commitment = _locked(commitment)
    commitment.closed_on, commitment.closed_as, commitment.closed_because = None, "", ""
    saved(commitment, "goes on", {}, by=by)
    _reckon(commitment)


@transaction.atomic
def save_sponsor(*, sponsor: Sponsor, by: Person, **values) -> Sponsor:
    """Write a chief officer who sponsors the plan, new or changed. Raises ValidationError for somebody in a covert
    role, for a name that stands there already, and where what they are or say names anybody but themselves."""
    person = values.get("person")
    if person and (person.hidden or not person.is_active):
        raise ValidationError({"person": f"{person} cannot be listed."})
    own = f"{values['name']} {person.name if person else ''}"
    personal.refuse(but=_ABOUT_THE_WORK, own=own, title=values["title"], words=values["words"])
    is_new = sponsor._state.adding
    changed = {} if is_new else _difference(sponsor, values)
    for field, value in values.items():
        setattr(sponsor, field, value)
    return saved(sponsor, "added" if is_new else "changed", changed, by=by) if is_new or changed else sponsor


@transaction.atomic
def remove_sponsor(*, sponsor: Sponsor, by: Person) -> None:
    """They sponsor nothing any longer; what they sponsored stays in the plan without a sponsor."""
    history.record(by=by, verb="no longer sponsors the plan", about=sponsor)
    sponsor.delete()


def on_leaving(people, *, by, undoing: bool) -> None:
    """What they owned has no owner from today: the secretary is told."""
    _without_owner(people, since=timezone.localdate())


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving never happened; whoever truly comes back owns nothing until they are asked again."""
    if undoing:
        _without_owner(people, since=None)


def _without_owner(people, *, since: date | None) -> None:
    owned = Commitment.objects.filter(owner__in=people)
    keys = list(owned.values_list("pk", flat=True))
    owned.update(ownerless_since=since)
    refresh(OWNERLESS, *keys)
    refresh(MEASURE, *keys)


def _refuse_gaps(commitment: Commitment) -> None:
    missing = {field: sentence for field, sentence in _NEEDED if not getattr(commitment, field)}
    if not commitment.owner and not commitment.owner_office:
        missing["owner"] = "Say who owns it: somebody on the roster, or an office."
    if missing:
        raise ValidationError(missing)
    personal.refuse(but=_ABOUT_THE_WORK, **{field: getattr(commitment, field) for field in _WORDS})


def _next_measurement(commitment: Commitment) -> date:
    last = commitment.measurements.order_by("-day").values_list("day", flat=True).first()
    return months_after(last or timezone.localdate(commitment.published_at), commitment.measure_months)


def _reckon(commitment: Commitment) -> None:
    commitment.measure_on = _next_measurement(commitment)
    commitment.save(update_fields=["measure_on"])
    _tell(commitment)


def _tell(commitment: Commitment) -> None:
    for kind in (MEASURE, TARGET, OWNERLESS):
        refresh(kind, commitment.pk)


def _locked(commitment: Commitment) -> Commitment:
    return Commitment.objects.select_for_update(of=["self"]).get(pk=commitment.pk)


def _difference(row, values: dict) -> dict:
    """What differs, with numbers and keys as text: they are kept as JSON."""
    return {field: both and [_plain(one) for one in both] for field, both in history.difference(row, values).items()}


def _plain(value):
    return str(value) if isinstance(value, Decimal | UUID) else value
