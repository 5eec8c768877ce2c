"""Who is told that somebody asks for another person, was offered some, was picked, or is covered for."""

from django.urls import reverse

from mentoring.queries import swaps
from wellbeing.reminders.kinds import Kind, register

SWAP, OFFERS, PICKED = "mentoring.swap", "mentoring.offered", "mentoring.picked"
COVERED, COVERING, COVER_TOLD = "mentoring.covered", "mentoring.covering", "mentoring.cover_told"
_SUPPORTING = "People I keep contact with"
_OFFERING = "People away who wait for an offer"


def _the_contacts(reminder) -> str:
    return reverse("mentoring:contacts_with", args=[reminder.about])


def _the_swap(reminder) -> str:
    return reverse("mentoring:swap", args=[reminder.about])


register(
    Kind(
        name=SWAP,
        title=_OFFERING,
        due=swaps.asked,
        reader="told_id",
        whom="subject_id",
        day="day",
        steps=(0, -1, -3),
        sentence="Since {due}, somebody away waits for you to offer them welfare mentors.",
        page=_the_swap,
        urgent=True,
        optional=False,
        stays=True,
    )
)
register(
    Kind(
        name=OFFERS,
        title="Who could keep contact with me",
        due=swaps.offered,
        reader="subject_id",
        day="day",
        steps=(0, -3),
        sentence="There are people for you to choose from, since {due}. Take the time you need.",
        page="my_plan:swap",
        stays=True,
    )
)
register(
    Kind(
        name=PICKED,
        title=_SUPPORTING,
        due=swaps.picked,
        thing="absence_id",
        reader="chosen_id",
        whom="subject_id",
        day="day",
        steps=(0,),
        sentence="{whom} has chosen you: since {due} you keep contact with them.",
        page=_the_contacts,
        urgent=True,
        optional=False,
    )
)
for name, title, due, reader, sentence, page in (
    (
        COVERED,
        "Who keeps contact with me",
        swaps.covers_to_tell_of,
        "subject_id",
        "Since {due} somebody else keeps contact with you, so that there is no gap. You can ask for another person.",
        "my_plan:swap",
    ),
    (
        COVERING,
        _SUPPORTING,
        swaps.covers,
        "carer_id",
        "Since {due} you keep contact with {whom}. Please be in touch soon, so that there is no gap.",
        _the_contacts,
    ),
    (
        COVER_TOLD,
        _OFFERING,
        swaps.covers_for_coordinators,
        "told_id",
        "Since {due} somebody new keeps contact with a person away. Make sure that they have spoken.",
        "mentoring:coordinator",
    ),
):
    register(
        Kind(
            name=name,
            title=title,
            due=due,
            thing="absence_id",
            reader=reader,
            whom="subject_id",
            day="day",
            steps=(0,),
            sentence=sentence,
            page=page,
            optional=False,
        )
    )
