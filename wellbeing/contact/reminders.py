"""What is told around being contacted: neutral sentences, nobody's name, and nothing that outlives its request.

Days are calendar days: two without an answer, and five after which somebody else may be asked. Reminders keep the rule
of all reminders: one that falls on a reader's day off comes on their next working day. They do not come as urgent, and
nobody can switch off that somebody waits for them.
"""

from django.urls import reverse

from wellbeing.reminders.kinds import Kind, register

from . import queries

ASKED, ANSWERED, UNANSWERED = "contact.asked", "contact.answered", "contact.unanswered"
REPORT = "contact.report"


def _the_request(reminder) -> str:
    return reverse("contact:request", args=[reminder.about])


register(
    Kind(
        name=ASKED,
        title="Somebody would like to hear from me",
        due=queries.to_answer,
        reader="volunteer_id",
        day="day",
        steps=(0, -2),
        sentence="Somebody would like to hear from you.",
        late="Somebody would still like to hear from you.",
        page=_the_request,
        stays=True,
        optional=False,
    )
)
register(
    Kind(
        name=ANSWERED,
        title="News about something I asked for",
        due=queries.turned_down,
        reader="asker_id",
        day="day",
        steps=(0,),
        sentence="There is news about something you asked for.",
        page=_the_request,
    )
)
register(
    Kind(
        name=UNANSWERED,
        title="Nobody has answered me yet",
        due=queries.long_unanswered,
        reader="asker_id",
        day="day",
        steps=(0,),
        sentence="You may pick somebody else for something you asked for.",
        page=_the_request,
    )
)
register(
    Kind(
        name=REPORT,
        title="A report for me to look at",
        due=queries.reports_to_handle,
        reader="handler",
        day="day",
        steps=(0, -7),
        sentence="Somebody has reported something to you, on {due}.",
        page="contact:reports",
        stays=True,
        optional=False,
    )
)
