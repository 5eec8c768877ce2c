"""Strands, the terms of those who represent them, and what the force has decided about its forum."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from forum import personal
from forum.actions import invitations
from forum.actions.boards import ask_whoever_sits
from forum.actions.saving import saved
from forum.models import Rules, Seat, Sort, Strand
from forum.reminders import TERM
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh


def add_strand(*, name: str, sort: str, order: int, by: Person) -> Strand:
    """A new strand with a seat. Raises ValidationError for a name that is there, and for one that looks personal."""
    personal.refuse(but=(personal.HEALTH,), name=name)  # a network may be about an illness
    return saved(Strand(name=name, sort=sort, order=order), "added", {"name": [None, name]}, by=by)


def change_strand(*, strand: Strand, name: str, sort: str, order: int, by: Person) -> Strand:
    """Name it anew, or give it another place in the list; of a division's only its place is the forum's to change.
    Raises ValidationError as above."""
    values = {"order": order} if strand.sort == Sort.DIVISION else {"name": name, "sort": sort, "order": order}
    changed = history.difference(strand, values)
    if "name" in changed:
        personal.refuse(but=(personal.HEALTH,), name=name)
    for field, value in values.items():
        setattr(strand, field, value)
    return saved(strand, "changed", changed, by=by) if changed else strand


@transaction.atomic
def retire_strand(*, strand: Strand, by: Person) -> None:
    """It has no seat from today, and the terms of its representatives end with yesterday."""
    today = timezone.localdate()
    for seat in strand.seats.filter(ends_on__gte=today):
        end_term(seat=seat, last_day=today - timedelta(days=1), by=by)
    strand.retired_on = today
    strand.save(update_fields=["retired_on"])
    history.record(by=by, verb="has no seat any longer", about=strand)


@transaction.atomic
def seat_strand(*, strand: Strand, by: Person) -> None:
    """It has a seat again."""
    strand.retired_on = None
    strand.save(update_fields=["retired_on"])
    history.record(by=by, verb="has a seat again", about=strand)


@transaction.atomic
def seat(*, key, strand: Strand, person: Person, is_deputy: bool, starts_on: date, ends_on: date, by: Person) -> Seat:
    """Somebody represents a strand, or is a deputy, for a term. Sent twice with one key it is one term.

    Raises ValidationError where the strand has no seat, somebody represents it already in those days, or the person
    stands in no list (covert roles, leavers).
    """
    if not strand.is_seated:
        raise ValidationError(f"{strand} has no seat any longer.")
    if person.hidden or not person.is_active:
        raise ValidationError({"person": f"{person} cannot be listed, and so cannot represent a strand."})
    known = Seat.objects.filter(pk=key).first()
    if known:
        return known
    end_terms_of_leavers(strand)
    term = Seat(pk=key, strand=strand, person=person, is_deputy=is_deputy, starts_on=starts_on, ends_on=ends_on)
    details = {"ends_on": [None, ends_on.isoformat()]}
    saved(term, "made deputy" if is_deputy else "made representative", details, by=by)
    refresh(TERM, term.pk)
    ask_whoever_sits(strand)
    return term


@transaction.atomic
def end_term(*, seat: Seat, last_day: date, by: Person | None) -> None:
    """Their last day is this one, and meetings after it are no longer theirs. A term that would not have begun by then
    is taken away."""
    if last_day < seat.starts_on:
        history.record(by=by, verb="did not begin", about=seat)
        seat.delete()
    else:
        before, seat.ends_on = seat.ends_on, last_day
        saved(seat, "ended", {"ends_on": [before.isoformat(), last_day.isoformat()]}, by=by)
    refresh(TERM, seat.pk)
    ask_whoever_sits(seat.strand)
    invitations.keep_in_line()


@transaction.atomic
def end_terms_of_returned(people: list[Person], *, by: Person | None) -> None:
    """They had left and are back: their terms ended with yesterday. By the database's own hand (`sql/seats.py`), since
    whoever keeps the roster writes no term."""
    last_day = timezone.localdate() - timedelta(days=1)
    terms = list(Seat.objects.filter(person__in=people, ends_on__gt=last_day).select_related("strand"))
    with connection.cursor() as cursor:
        cursor.execute("select forum_end_terms(%s::bigint[], %s)", [[person.pk for person in people], last_day])
    for term in terms:
        days = {"ends_on": [term.ends_on.isoformat(), last_day.isoformat()]} if term.starts_on <= last_day else {}
        history.record(by=by, verb="ended" if days else "did not begin", about=term, details=days)
        refresh(TERM, term.pk)
        ask_whoever_sits(term.strand)


def end_terms_of_leavers(strand: Strand) -> None:
    """Whoever has left sits no longer; their term would only be in the way of the next."""
    for left in strand.seats.select_for_update(of=["self"]).filter(ends_on__gte=timezone.localdate()):
        if not left.person.is_active:
            end_term(seat=left, last_day=timezone.localdate() - timedelta(days=1), by=None)


@transaction.atomic
def set_rules(*, by: Person, **values) -> Rules:
    """Write what the force has decided about its forum; returns it."""
    rules = Rules.objects.select_for_update().first() or Rules(pk=1)
    changed = history.difference(rules, values)
    for name, value in values.items():
        setattr(rules, name, value)
    rules.save()
    if changed:
        history.record(by=by, verb="changed", about=rules, details=changed)
    return rules
