"""Minutes: written by the secretary, shared for comments, approved at a later meeting. A version stays as it was."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum import policy, reminders
from forum.models import Meeting, MeetingState, Minutes, MinutesComment, MinutesState, MinutesVersion
from forum.queries.seats import rules
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from .meetings import locked

STALE = "stale"


@transaction.atomic
def save(*, meeting: Meeting, text: str, seen: int, by: Person) -> MinutesVersion:
    """Save a version of the minutes, after the one that was `seen` (0 for none); returns it.

    Raises ValidationError before the meeting was held, once they are approved, and (code `stale`) where another version
    was saved since.
    """
    minutes = _begun(meeting)
    _refuse_approved(minutes)
    last = minutes.versions.first()
    if (last.number if last else 0) != seen:
        raise ValidationError("Somebody saved another version meanwhile: both stand below.", code=STALE)
    if last and last.text == text:
        return last
    shown = minutes.state == MinutesState.SHARED
    version = MinutesVersion.objects.create(minutes=minutes, number=seen + 1, text=text, shown=shown, by=by)
    history.record(by=by, verb="saved a version", about=minutes, details={"version": [seen, version.number]})
    return version


@transaction.atomic
def share(*, meeting: Meeting, by: Person) -> None:
    """Those who sit at the forum read the draft from now on and may comment, for as many days as the rules say."""
    minutes = _begun(meeting)
    _refuse_approved(minutes)
    last = minutes.versions.first()
    if last is None:
        raise ValidationError("There is nothing to share yet: save the minutes first.")
    MinutesVersion.objects.filter(pk=last.pk).update(shown=True)
    until = timezone.localdate() + timedelta(days=rules().comment_days)
    _write(minutes, state=MinutesState.SHARED, comment_until=until)
    history.record(by=by, verb="shared the draft", about=minutes)
    _tell(meeting)


@transaction.atomic
def comment(*, key: UUID, meeting: Meeting, text: str, by: Person) -> MinutesComment:
    """Somebody who sits at the forum says something of the draft. Sent twice with one key, it stands once.

    Raises ValidationError for anybody else, for a key that is another's, and once comments are closed.
    """
    minutes = Minutes.objects.filter(pk=meeting.pk).first()
    if minutes is None or not policy.sits(by):
        raise ValidationError("Those who sit at the forum comment on its minutes.")
    if there := MinutesComment.objects.filter(pk=key, person=by).first():
        return there
    if not minutes.takes_comments:
        raise ValidationError("The time for comments is over. Speak to the forum’s secretary.")
    if MinutesComment.objects.filter(pk=key).exists():
        raise ValidationError("This form is mixed up with another one. Open the page anew.")
    return MinutesComment.objects.create(pk=key, minutes=minutes, person=by, text=text)


@transaction.atomic
def settle(*, comment: MinutesComment, settled: str, by: Person) -> None:
    """The secretary says what was done about a comment."""
    _refuse_approved(Minutes.objects.get(pk=comment.minutes_id))
    MinutesComment.objects.filter(pk=comment.pk).update(settled=settled)


@transaction.atomic
def approve(*, meeting: Meeting, at: Meeting, by: Person) -> None:
    """A later meeting approved them as they stand; nobody changes them from now on.

    Raises ValidationError where they were never shared, or that meeting was not held later.
    """
    minutes = _begun(meeting)
    _refuse_approved(minutes)
    if minutes.state != MinutesState.SHARED:
        raise ValidationError("Share the draft first: nobody approves what they have not read.")
    if at.state not in (MeetingState.HELD, MeetingState.PUBLISHED) or at.starts_at <= meeting.starts_at:
        raise ValidationError({"at": "Choose a later meeting that was held."})
    approved_on: date = at.day
    _write(minutes, state=MinutesState.APPROVED, approved_on=approved_on, approved_at=at)
    history.record(by=by, verb="noted the approval", about=minutes, details={"approved_on": [None, str(approved_on)]})
    _tell(meeting)


def _begun(meeting: Meeting) -> Minutes:
    """The meeting's minutes, begun where there are none; with the meeting's row they are locked."""
    meeting = locked(meeting)
    if meeting.state not in (MeetingState.HELD, MeetingState.PUBLISHED):
        raise ValidationError("Write down first who came: minutes belong to a meeting that was held.")
    minutes = Minutes.objects.filter(pk=meeting.pk).first()
    return minutes or Minutes.objects.create(meeting=meeting)


def _refuse_approved(minutes: Minutes) -> None:
    if minutes.is_approved:
        raise ValidationError("These minutes are approved, and stay as they are.")


def _write(minutes: Minutes, **values) -> None:
    for name, value in values.items():
        setattr(minutes, name, value)
    minutes.save(update_fields=list(values))


def _tell(meeting: Meeting) -> None:
    refresh(reminders.COMMENT, *meeting.invitations.values_list("pk", flat=True))
