"""Who is invited to a meeting, what they answer, and its papers."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from forum import reminders
from forum.models import Answer, As, Invitation, Meeting, Paper
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh


@transaction.atomic
def invite(*, meeting: Meeting, by: Person | None) -> None:
    """Bring who is invited in line with who sits on the meeting's day: representatives, the chair, and the deputies of
    strands whose representative cannot come or is not there. Guests stay, and so does whoever has answered. Whoever is
    not invited any longer is told, since the meeting stands in their calendar.

    The database does it (`sql/meetings.py`): a representative's apologies invite deputies, whom they may not invite.
    """
    with connection.cursor() as cursor:
        cursor.execute("select forum_invite(%s, %s)", [meeting.pk, timezone.localdate()])
        changed = [key for (key,) in cursor.fetchall()]
    _tell(*changed)


@transaction.atomic
def answer(*, invitation: Invitation, coming: bool, by: Person) -> Invitation:
    """Somebody says whether they come. With a representative's apologies their deputies are invited.

    Raises ValidationError once the meeting is over or cancelled, and for an invitation that is another's or withdrawn.
    """
    if invitation.person_id != by.pk:
        raise ValidationError("This invitation is somebody else's.")
    meeting = _locked(invitation.meeting_id)
    if not meeting.is_to_come or meeting.ends_at < timezone.now():
        raise ValidationError("This meeting is over, or was cancelled.")
    with connection.cursor() as cursor:
        cursor.execute("select forum_answer(%s, %s)", [invitation.pk, coming])
    invitation.refresh_from_db()
    if invitation.is_withdrawn:
        raise ValidationError("You are no longer invited to this meeting.")
    invite(meeting=meeting, by=by)
    _tell(invitation.pk)
    return invitation


@transaction.atomic
def ask_again(*, meeting: Meeting) -> None:
    """The meeting has another time: whoever said that they come is to look again; apologies stay until taken back."""
    meeting.invitations.standing().filter(answer=Answer.COMING).update(answer=Answer.WAITING, answered_at=None)


@transaction.atomic
def invite_guest(*, meeting: Meeting, person: Person, by: Person) -> Invitation:
    """Invite somebody who does not sit at the forum. Raises ValidationError where they are invited already, or stand in
    no list."""
    if person.hidden or not person.is_active:
        raise ValidationError({"person": f"{person} cannot be invited."})
    meeting = _locked(meeting.pk)
    if not meeting.is_to_come:
        raise ValidationError("This meeting was held or cancelled already.")
    asked = {"invited_as": As.GUEST, "turn": meeting.invitations.filter(person=person).count()}
    guest, is_new = Invitation.objects.standing().get_or_create(meeting=meeting, person=person, defaults=asked)
    if not is_new:
        raise ValidationError({"person": f"{person.name} is invited already."})
    history.record(by=by, verb="invited a guest", about=meeting)
    _tell(guest.pk)
    return guest


@transaction.atomic
def take_back(*, invitation: Invitation, by: Person) -> None:
    """A guest is no longer invited, and is told; others come by their seat. Raises ValidationError for those."""
    if invitation.invited_as != As.GUEST:
        raise ValidationError("They are invited by their seat, and stay so as long as they have it.")
    if not _locked(invitation.meeting_id).is_to_come:
        raise ValidationError("The meeting was held or cancelled: who came stays as it is written.")
    Invitation.objects.standing().filter(pk=invitation.pk).update(withdrawn_on=timezone.localdate())
    _tell(invitation.pk)


@transaction.atomic
def keep_in_line() -> None:
    """Bring every meeting to come in line with who sits: every night, as the worker, since terms begin and end by the
    calendar; and when one ends by hand."""
    for meeting in Meeting.objects.to_come():
        invite(meeting=meeting, by=None)


@transaction.atomic
def purge(*, before: date) -> int:
    """Forget who was invited to meetings that were over before then, what they answered and who came, as the worker;
    returns how many."""
    return Invitation.objects.filter(meeting__ends_at__date__lt=before, person__legal_hold=False).delete()[0]


@transaction.atomic
def save_paper(*, key: UUID, meeting: Meeting, title: str, text: str, position: int, by: Person) -> Paper:
    """Write a paper of this meeting, new or changed, and return it.

    Raises ValidationError for the key of another meeting's paper.
    """
    if Paper.objects.filter(pk=key).exclude(meeting=meeting).exists():
        raise ValidationError("This form is mixed up with another one. Open the page anew.")
    values = {"title": title, "text": text, "position": position, "changed_at": timezone.now(), "changed_by": by}
    paper, is_new = Paper.objects.update_or_create(pk=key, meeting=meeting, defaults=values)
    history.record(by=by, verb="added" if is_new else "changed", about=paper)
    return paper


@transaction.atomic
def delete_paper(*, paper: Paper, by: Person) -> None:
    history.record(by=by, verb="deleted", about=paper)
    paper.delete()


def _locked(key: UUID) -> Meeting:
    return Meeting.objects.select_for_update(of=["self"]).get(pk=key)


def _tell(*keys) -> None:
    """Have the reminders say what is so now of these invitations, and of earlier ones of the same people."""
    now = Invitation.objects.filter(pk__in=keys, meeting=OuterRef("meeting"), person=OuterRef("person"))
    keys = list(Invitation.objects.filter(Exists(now)).values_list("pk", flat=True)) if keys else []
    for kind in reminders.OF_AN_INVITATION:
        refresh(kind, *keys)
