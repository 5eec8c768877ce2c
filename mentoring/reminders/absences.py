"""What whoever keeps contact with somebody away is reminded of, and what the person is told."""

from django.urls import reverse

from mentoring.queries import contacts
from wellbeing.reminders.kinds import Kind, register

FIRST_CONTACT, CONTACT = "mentoring.first_contact", "mentoring.contact"
CONTACT_FAILS, KEEPS_CONTACT = "mentoring.contact_fails", "mentoring.keeps_contact"
PAUSE_ENDS, HALF_PAY, KEPT_BY_NOBODY = "mentoring.pause_ends", "mentoring.half_pay", "mentoring.kept_by_nobody"


def _the_contacts(reminder) -> str:
    return reverse("mentoring:contacts_with", args=[reminder.about])


register(
    Kind(
        name=FIRST_CONTACT,
        title="The first contact with somebody away",
        due=contacts.first_contacts_due,
        reader="holder",
        whom="subject_id",
        day="due_on",
        steps=(27, 7, 2, 0, -3),  # the query has it from the first day on which contact may be made
        sentence="The first contact with {whom} is due by {due}.",
        late="The first contact with {whom} was due by {due}.",
        page=_the_contacts,
        limit=True,
        calendar="keep in touch",
    )
)
register(
    Kind(
        name=CONTACT,
        title="Contact with somebody away",
        due=contacts.contacts_due,
        reader="holder",
        whom="subject_id",
        day="next_contact",
        steps=(1, 0, -3),
        sentence="Your next contact with {whom} is due on {due}.",
        late="Your next contact with {whom} was due on {due}.",
        page=_the_contacts,
        moves=True,
        calendar="keep in touch",
    )
)
register(
    Kind(
        name=CONTACT_FAILS,
        title="Contact that was not answered twice",
        due=contacts.contacts_failing,
        reader="holder",
        whom="subject_id",
        day="next_contact",
        steps=(90,),  # at once: the next contact is no further away
        sentence="{whom} has not answered twice in a row. What was agreed for this stands with your contacts.",
        page=_the_contacts,
        optional=False,
        stays=True,
    )
)
register(
    Kind(
        name=KEEPS_CONTACT,
        title="That I keep in touch with somebody",
        due=contacts.newly_kept,
        reader="carer_id",
        whom="subject_id",
        day="since",
        steps=(0,),
        sentence="{whom} has chosen you to keep in touch with while they are away.",
        page="mentoring:contacts",
    )
)
register(
    Kind(
        name=PAUSE_ENDS,
        title="That a pause of contact of mine ends",
        due=contacts.pauses_ending,
        reader="subject_id",
        day="paused_until",
        steps=(3,),
        sentence="The last day of your pause of contact is {due}. You can make it longer, without a reason.",
        page="my_plan:pause",
        limit=True,
    )
)
register(
    Kind(
        name=HALF_PAY,
        title="When half pay begins",
        due=contacts.half_pay_coming,
        reader="subject_id",
        day="starts",
        steps=(90, 7),  # the query has it as many days beforehand as the force has decided
        sentence="HR has it that you are on half pay from {due}. Only you are told.",
        late="HR has it that you are on half pay since {due}. Only you are told.",
        page="my_plan:show",
        limit=True,
        optional=False,
    )
)
register(
    Kind(
        name=KEPT_BY_NOBODY,
        title="That nobody keeps contact with me",
        due=contacts.kept_by_nobody,
        reader="subject_id",
        day="since",
        steps=(0,),
        sentence="Nobody keeps contact with you since {due}. You can choose who does.",
        page="my_plan:who",
    )
)
