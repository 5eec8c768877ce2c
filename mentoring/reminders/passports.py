"""What people are told of adjustment passports."""

from mentoring.queries import passports
from wellbeing.reminders.kinds import Kind, register

PASSPORT_SHARED = "mentoring.passport_shared"

register(
    Kind(
        name=PASSPORT_SHARED,
        title="Adjustment passports shared with me",
        due=passports.shared_lately,
        reader="carer_id",
        whom="subject_id",
        day="shared_on",
        steps=(0,),
        sentence="{whom} shares their adjustment passport with you.",
        page="mentoring:passports",
    )
)
