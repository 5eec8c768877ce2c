"""Those who sit at the forum are asked to read the draft minutes while they can still comment."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from forum.models import Invitation, MinutesComment, MinutesState, Seat
from wellbeing.reminders.kinds import Kind, register

COMMENT = "forum.comment"


def to_comment():
    """Invitations to meetings whose draft minutes take comments, of those who sit at the forum and have made none."""
    shared = Invitation.objects.standing().filter(
        meeting__minutes__state=MinutesState.SHARED, meeting__minutes__comment_until__gte=timezone.localdate()
    )
    sits = Exists(Seat.objects.current().filter(person=OuterRef("person")))
    said = Exists(MinutesComment.objects.filter(minutes=OuterRef("meeting"), person=OuterRef("person")))
    return shared.filter(sits, ~said)


def _minutes(reminder) -> str:
    invitation = Invitation.objects.filter(pk=reminder.about).first()
    return reverse("forum:minutes", args=[invitation.meeting_id]) if invitation else reverse("forum:meetings")


register(
    Kind(
        name=COMMENT,
        title="Draft minutes of the forum to read",
        due=to_comment,
        reader="person_id",
        day="meeting__minutes__comment_until",
        steps=(14, 2),
        sentence="Draft minutes of the wellbeing forum can be read, and commented on until {due}.",
        page=_minutes,
    )
)
