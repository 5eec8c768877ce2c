"""Meetings: planned, moved, cancelled, their agenda opened, held."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum import personal, reminders
from forum.actions import agenda, invitations
from forum.models import Invitation, Meeting, MeetingState, Series
from forum.models.meetings import TO_COME
from forum.queries.seats import rules
from forum.series import days_of
from wellbeing.people import history, refusals
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.actions import refresh
from wellbeing.reminders.working_days import on_or_after
from wellbeing.web.forms import moment

# What calendars must learn of.
_IN_A_CALENDAR = {"title", "starts_at", "ends_at", "place", "link"}


@transaction.atomic
def plan(*, key: UUID, day: date, starts: time, ends: time, rhythm: str = "", number: int = 1, by: Person, **values):
    """Plan one meeting, or with a `rhythm` so many; returns the first. Sent twice with one key, it is planned once.

    `values`: title, place, link, chair. Raises ValidationError where a meeting lies in the past, or another stands at
    that time already, and for a title that looks personal: everybody reads it, and those invited alone where it is.
    """
    if there := Meeting.objects.filter(pk=key).first():
        return there
    personal.refuse(but=(personal.HEALTH,), title=values["title"])
    days = days_of(day, rhythm, number) if rhythm else [day]
    series = Series.objects.create(rhythm=rhythm) if rhythm else None
    made = []
    for each in days:
        meeting = Meeting(series=series, **values, **_times(each, starts, ends), agenda_closes_on=_closes_on(each))
        if not made:
            meeting.pk = key
        _refuse_past(meeting)
        _saved(meeting, is_new=True)
        history.record(by=by, verb="planned", about=meeting)
        invitations.invite(meeting=meeting, by=by)
        made.append(meeting)
    return made[0]


@transaction.atomic
def change(*, meeting: Meeting, day: date, starts: time, ends: time, later: bool = False, by: Person, **values) -> int:
    """Change a meeting that is still to come; with `later`, all later ones of its series by the same shift. Returns how
    many were changed. Everybody invited is told where its time or place is another.

    Raises ValidationError where it was held or cancelled meanwhile, would lie in the past, or meets another, and for
    a new title that looks personal.
    """
    meeting = locked(meeting)
    refuse_over(meeting)
    if values["title"] != meeting.title:
        personal.refuse(but=(personal.HEALTH,), title=values["title"])
    shift = day - meeting.day
    rest = later_ones(meeting) if later else []
    changed = _change(meeting, _times(day, starts, ends) | values, by=by)
    for one in reversed(rest) if shift > timedelta() else rest:  # so that none meets the next on its way
        moved = _times(on_or_after(one.day + shift), starts, ends)
        changed += _change(one, moved | values, by=by)
    return changed


@transaction.atomic
def cancel(*, meeting: Meeting, because: str, by: Person) -> None:
    """Cancel a meeting that is still to come; everybody invited is told, with the reason on its page.

    Raises ValidationError where it is over, and for a reason that looks personal: everybody reads it there.
    """
    meeting = locked(meeting)
    refuse_over(meeting)
    personal.refuse(because=because)
    _write(meeting, state=MeetingState.CANCELLED, cancelled_because=because, **_next_edition(meeting))
    history.record(by=by, verb="cancelled", about=meeting)
    agenda.on_cancelled(meeting=meeting)
    tell(meeting)


@transaction.atomic
def open_agenda(*, meeting: Meeting, by: Person | None) -> None:
    """Items may be raised for it from now on."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.PLANNED:
        raise ValidationError("Its agenda was opened already, or the meeting is over.")
    _write(meeting, state=MeetingState.AGENDA_OPEN)
    history.record(by=by, verb="opened the agenda", about=meeting)
    invitations.invite(meeting=meeting, by=by)


@transaction.atomic
def hold(*, meeting: Meeting, came: list[Invitation], by: Person) -> Meeting:
    """The meeting was held, and these came. Written once more, it changes who came, until outcomes are published.

    Raises ValidationError before it has begun, and where it was cancelled or published.
    """
    meeting = locked(meeting)
    refuse_to_hold(meeting)
    meeting.invitations.standing().update(came=False)
    meeting.invitations.standing().filter(pk__in=[one.pk for one in came]).update(came=True)
    is_new = meeting.state != MeetingState.HELD
    history.record(by=by, verb="held" if is_new else "changed who came", about=meeting)
    if is_new:
        _write(meeting, state=MeetingState.HELD, publish_by=working_days.after(meeting.day, rules().publish_days))
        agenda.on_held(meeting=meeting)
    tell(meeting)
    return meeting


@transaction.atomic
def open_agendas() -> int:
    """Open the agenda of every meeting that is near enough, as the worker; returns how many."""
    until = timezone.now() + timedelta(days=rules().agenda_opens_days)
    near = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__lte=until, ends_at__gt=timezone.now())
    opened = list(near)
    for meeting in opened:
        open_agenda(meeting=meeting, by=None)
    return len(opened)


def later_ones(meeting: Meeting) -> list[Meeting]:
    """The later meetings of its series that are still to come, locked, the soonest first."""
    if meeting.series_id is None:
        return []
    later = Meeting.objects.to_come().filter(series=meeting.series_id, starts_at__gt=meeting.starts_at)
    return list(later.select_for_update(of=["self"]))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)


def refuse_over(meeting: Meeting) -> None:
    """Raises ValidationError where it is to come no longer."""
    if not meeting.is_to_come:
        raise ValidationError("This meeting was held or cancelled already.")


def refuse_to_hold(meeting: Meeting) -> None:
    """Raises ValidationError where nobody can write yet, or any longer, who came."""
    if meeting.state not in (*TO_COME, MeetingState.HELD):
        raise ValidationError("This meeting was cancelled, or its outcomes are published.")
    if meeting.starts_at > timezone.now():
        raise ValidationError("This meeting has not begun yet.")


def tell(meeting: Meeting) -> None:
    """Have the reminders about this meeting say what is so now."""
    keys = list(meeting.invitations.values_list("pk", flat=True))
    for kind in reminders.OF_AN_INVITATION:
        refresh(kind, *keys)
    refresh(reminders.CHANGED, *(reminders.change_of(key, meeting.sequence) for key in keys))
    for kind in reminders.OF_A_MEETING:
        refresh(kind, meeting.pk)


def _change(meeting: Meeting, values: dict, *, by: Person) -> int:
    details = history.difference(meeting, values)
    if not details:
        return 0
    if "starts_at" in details:
        values |= {"agenda_closes_on": _closes_on(timezone.localdate(values["starts_at"]))}
    if _IN_A_CALENDAR & set(details):
        values |= _next_edition(meeting)
    for name, value in values.items():
        setattr(meeting, name, value)
    _refuse_past(meeting)
    _saved(meeting)
    history.record(by=by, verb="changed", about=meeting, details={name: _plain(pair) for name, pair in details.items()})
    if {"starts_at", "ends_at"} & set(details):
        invitations.ask_again(meeting=meeting)
    invitations.invite(meeting=meeting, by=by)
    tell(meeting)
    return 1


def _times(day: date, starts: time, ends: time) -> dict[str, datetime]:
    return {"starts_at": moment(day, starts), "ends_at": moment(day, ends)}


def _closes_on(day: date) -> date:
    return day - timedelta(days=rules().agenda_closes_days)


def _next_edition(meeting: Meeting) -> dict:
    return {"sequence": meeting.sequence + 1, "changed_at": timezone.now()}


def _write(meeting: Meeting, **values) -> None:
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))


def _saved(meeting: Meeting, *, is_new: bool = False) -> None:
    with refusals.said_beside_the_field():
        meeting.save(force_insert=is_new)


def _refuse_past(meeting: Meeting) -> None:
    if meeting.starts_at < timezone.now():
        raise ValidationError({"day": "Choose a time that is still to come."})


def _plain(pair):
    return [value.isoformat() if isinstance(value, datetime) else value for value in pair] if pair else pair
