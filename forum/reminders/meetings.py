"""What those invited to a meeting are reminded of, and its secretary."""

from datetime import timedelta
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat, Replace, TruncDate
from django.urls import reverse
from django.utils import timezone

from forum.ics import for_invited
from forum.models import Answer, Invitation, Meeting, MeetingState
from forum.models.meetings import TO_COME
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.reminders.kinds import Kind, register

INVITED, UNINVITED = "forum.invited", "forum.uninvited"
UNANSWERED, COMING = "forum.unanswered", "forum.coming"
CHANGED, CANCELLED = "forum.changed", "forum.cancelled"
NOT_HELD = "forum.not_held"
OF_AN_INVITATION = (INVITED, UNINVITED, UNANSWERED, COMING, CANCELLED)
OF_A_MEETING = (NOT_HELD,)
SECRETARY = "secretary"
_NEAR = timedelta(days=60)
_KEY = 32  # characters of an invitation's key without its dashes


def unanswered():
    """Invitations to meetings to come that are not answered yet, with the meeting's day."""
    return _to_come().filter(answer=Answer.WAITING).annotate(day=TruncDate("meeting__starts_at"))


def near():
    """The same of meetings that are near enough to be asked about; of later ones of a series, when they are."""
    return unanswered().filter(meeting__starts_at__lt=timezone.now() + _NEAR)


def withdrawn():
    """The last invitations of people to meetings to come that were withdrawn, cancelled ones too: whoever heard
    nothing yet has them in a calendar still. Of nobody who left or stands in no list."""
    later = Invitation.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("person"), turn__gt=OuterRef("turn"))
    gone = Invitation.objects.filter(withdrawn_on__isnull=False, person__in=Person.objects.listed())
    gone = gone.filter(meeting__state__in=(*TO_COME, MeetingState.CANCELLED), meeting__ends_at__gt=timezone.now())
    return gone.filter(~Exists(later))


def coming():
    """Invitations to meetings to come, with the day, of those who have not sent apologies."""
    return _to_come().exclude(answer=Answer.APOLOGIES).annotate(day=TruncDate("meeting__starts_at"))


def changed():
    """Invitations to meetings to come whose time or place changed after they were sent. `change` is the key of the
    invitation and the number of the change: somebody is told of each."""
    since = _to_come().filter(meeting__sequence__gt=0, meeting__changed_at__date__gte=F("invited_on"))
    key = Replace(Cast("id", CharField()), Value("-"), Value(""))
    return since.annotate(
        change=Concat(key, Cast("meeting__sequence", CharField())), changed_on=TruncDate("meeting__changed_at")
    )


def cancelled():
    """Invitations to meetings that were cancelled and would be to come, with the day of the cancelling."""
    gone = {"meeting__state": MeetingState.CANCELLED, "meeting__starts_at__gt": timezone.now()}
    return Invitation.objects.standing().filter(**gone).annotate(day=TruncDate("meeting__changed_at"))


def not_held():
    """Meetings whose time is over and of which nobody has written that they were held, with the secretary to tell."""
    over = Meeting.objects.to_come().filter(ends_at__lt=timezone.now())
    return with_secretary(over).annotate(day=TruncDate("ends_at"))


def with_secretary(rows):
    """The same rows with the key of the secretary to tell: whoever has been it longest. Without one, none."""
    secretary = RoleAssignment.objects.live().filter(role=SECRETARY).longest(but=())
    return rows.annotate(secretary=secretary).filter(secretary__isnull=False)


def change_of(key: UUID, sequence: int) -> str:
    """How the change of that number is known to somebody with this invitation."""
    return f"{UUID(str(key)).hex}{sequence}"


def _to_come():
    to_come = Meeting.objects.to_come().order_by()
    return Invitation.objects.standing().filter(meeting__in=to_come, meeting__ends_at__gt=timezone.now())


def _invitation(reminder) -> str:
    return reverse("forum:invitation", args=[_key_of(reminder)])


def _file(reminder) -> bytes | None:
    invitation = Invitation.objects.filter(pk=_key_of(reminder)).select_related("meeting", "person").first()
    return for_invited(invitation) if invitation else None


def _key_of(reminder) -> UUID:
    """The invitation's, of which a change's key is made (`change_of`)."""
    return UUID(reminder.about.replace("-", "")[:_KEY])


def _attendance(reminder) -> str:
    return reverse("forum:hold", args=[reminder.about])


register(
    Kind(
        name=INVITED,
        title="That I am invited to a meeting of the forum",
        due=near,
        reader="person_id",
        day="invited_on",
        steps=(0,),
        sentence="You are invited to a meeting of the wellbeing forum. Please say whether you come.",
        page=_invitation,
        calendar_file=_file,
    )
)
register(
    Kind(
        name=UNINVITED,
        title="That I am no longer invited to a meeting of the forum",
        due=withdrawn,
        reader="person_id",
        day="withdrawn_on",
        steps=(0,),
        urgent=True,
        sentence="Since {due} you are no longer invited to a meeting of the wellbeing forum. On its page you can take "
        "it out of your calendar.",
        page=_invitation,
        calendar_file=_file,
    )
)
register(
    Kind(
        name=UNANSWERED,
        title="That I have not said whether I come to a meeting of the forum",
        due=unanswered,
        reader="person_id",
        day="day",
        steps=(7, 2),
        limit=True,
        sentence="The wellbeing forum meets on {due}. Please say whether you come.",
        page=_invitation,
    )
)
register(
    Kind(
        name=COMING,
        title="A meeting of the forum to which I am invited",
        due=coming,
        reader="person_id",
        day="day",
        steps=(1,),
        limit=True,
        sentence="The wellbeing forum meets on {due}, and you are invited.",
        page=_invitation,
        calendar="forum",
    )
)
register(
    Kind(
        name=CHANGED,
        title="That a meeting of the forum was moved",
        due=changed,
        reader="person_id",
        day="changed_on",
        thing="change",
        steps=(0,),
        urgent=True,
        sentence="A meeting of the wellbeing forum to which you are invited has another time or place since {due}. "
        "Please look whether you can come.",
        page=_invitation,
        calendar_file=_file,
    )
)
register(
    Kind(
        name=CANCELLED,
        title="That a meeting of the forum is cancelled",
        due=cancelled,
        reader="person_id",
        day="day",
        steps=(0,),
        urgent=True,
        sentence="A meeting of the wellbeing forum to which you were invited was cancelled on {due}.",
        page=_invitation,
        calendar_file=_file,
    )
)
register(
    Kind(
        name=NOT_HELD,
        title="Who came to a meeting of the forum",
        due=not_held,
        reader="secretary",
        day="day",
        steps=(-1,),
        sentence="The forum met on {due}, and it is not written yet who came.",
        page=_attendance,
    )
)
