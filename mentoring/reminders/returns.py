"""What people are reminded of around coming back to work."""

from django.urls import reverse

from mentoring.queries import returns
from wellbeing.reminders.kinds import Kind, register

RETURN_DUE, RETURN_LATE = "mentoring.return_meeting", "mentoring.return_late"
RETURN_CHOOSE, RETURN_WRITTEN = "mentoring.return_choose", "mentoring.return_written"


def _the_meeting(reminder) -> str:
    return reverse("mentoring:return_meeting", args=[reminder.about])


register(
    Kind(
        name=RETURN_DUE,
        title="Return-to-work meetings that I hold",
        due=returns.due_with_holder,
        reader="holder",
        whom="subject_id",
        day="due_on",
        steps=(7, 0),
        sentence="Your return-to-work meeting with {whom} is due on {due}.",
        late="Your return-to-work meeting with {whom} was due on {due}.",
        page=_the_meeting,
        moves=True,
        calendar="meeting",
    )
)
register(
    Kind(
        name=RETURN_LATE,
        title="Return-to-work meetings that are overdue",
        due=returns.due_with_holder,
        reader="holder",
        whom="subject_id",
        day="late_on",
        steps=(0, -5),
        sentence="Your return-to-work meeting with {whom} is overdue.",
        page=_the_meeting,
    )
)
register(
    Kind(
        name=RETURN_CHOOSE,
        title="With whom I meet when I come back",
        due=returns.with_nobody_chosen,
        reader="subject_id",
        day="due_on",
        steps=(14, 7, 0),
        sentence="Choose with whom you hold your return-to-work meeting. It is due on {due}.",
        late="Choose with whom you hold your return-to-work meeting. It was due on {due}.",
        page="my_plan:return_plan",
        moves=True,
    )
)
register(
    Kind(
        name=RETURN_WRITTEN,
        title="What others write in my return plan",
        due=returns.written_in,
        reader="subject_id",
        day="written_on",
        steps=(0,),
        sentence="Your return plan was written in on {due}. Is it right?",
        page="my_plan:return_plan",
    )
)
