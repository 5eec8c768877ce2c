"""What people are reminded of around 1-1s."""

from django.urls import reverse

from mentoring.queries import one_to_ones, schedules
from wellbeing.confidential import queries as confidential
from wellbeing.reminders.kinds import Kind, register

DUE, ACTION, COMMENT = "mentoring.one_to_one", "mentoring.action", "mentoring.comment"
CORRECTION = "mentoring.correction"


def _on_the_managers_page(reminder) -> str:
    return f"{reverse('mentoring:manager')}#person-{reminder.subject_id}"


def _where_it_was_agreed(reminder) -> str:
    """The person's own 1-1s, or what their line manager sees of them."""
    if reminder.person_id == reminder.subject_id:
        return reverse("mentoring:mine")
    return reverse("mentoring:with", args=[reminder.subject_id])


def _the_record(reminder) -> str:
    return reverse("mentoring:one_to_one", args=[reminder.about])


register(
    Kind(
        name=DUE,
        title="1-1s with people I manage",
        due=schedules.due_by_link,
        thing="subject_id",
        reader="carer_id",
        whom="subject_id",
        day="due_on",
        steps=(3, 0, -5),
        sentence="Your 1-1 with {whom} is due on {due}.",
        late="Your 1-1 with {whom} was due on {due}.",
        page=_on_the_managers_page,
        moves=True,
        calendar="1-1",
    )
)
register(
    Kind(
        name=ACTION,
        title="What I agreed to do in a 1-1",
        due=one_to_ones.actions_with_doer,
        reader="doer",
        whom="subject_id",
        day="due",
        steps=(3, 0, -5),
        sentence="Something you agreed to do in a 1-1{with_whom} is due on {due}.",
        late="Something you agreed to do in a 1-1{with_whom} was due on {due}.",
        page=_where_it_was_agreed,
        limit=True,
        calendar="to do",
    )
)
register(
    Kind(
        name=COMMENT,
        title="What was written about a 1-1 of mine",
        due=one_to_ones.unanswered_records,
        reader="subject_id",
        day="written_on",
        steps=(0,),
        sentence="A 1-1 of yours was written up on {due}. You can read it, and say what you think of it.",
        page=_the_record,
    )
)
register(
    Kind(
        name=CORRECTION,
        title="Corrections that people I manage ask for",
        due=one_to_ones.corrections_asked_for,
        reader="writer",
        whom="subject_id",
        day="asked_on",
        steps=(0, -5),
        sentence="A correction was asked for on {due} of what you wrote about a 1-1{with_whom}.",
        page=_the_record,
    )
)
register(
    Kind(
        name="mentoring.new_line_manager",
        title="A new line manager",
        due=confidential.new_line_managers,
        reader="subject_id",
        whom="carer_id",
        day="told_on",
        steps=(0,),
        sentence="Somebody else became your line manager here on {due}. “My data” says who may read what.",
        page="my_data",
        optional=False,
    )
)
