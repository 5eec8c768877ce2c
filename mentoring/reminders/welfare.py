"""What welfare mentors, and the coordinator, are reminded of: supervision, training, an exit plan."""

from mentoring.queries import welfare
from wellbeing.reminders.kinds import Kind, register

SUPERVISION, TRAINING = "mentoring.supervision", "mentoring.training"
EXIT, EXIT_TOLD = "mentoring.exit", "mentoring.exit_told"
_OWN = "My work as a welfare mentor"

for name, title, due, reader, steps, sentence, late, page in (
    (
        SUPERVISION,
        _OWN,
        welfare.supervisions_due,
        "person_id",
        (14, 0),
        "Your supervision as a welfare mentor is due on {due}.",
        "Your supervision as a welfare mentor was due on {due}.",
        "mentoring:welfare_profile",
    ),
    (
        TRAINING,
        _OWN,
        welfare.trainings_due,
        "person_id",
        (28, 0),
        "Your training as a welfare mentor is due again on {due}.",
        "Your training as a welfare mentor was due on {due}. Until then you are offered to nobody new.",
        "mentoring:welfare_profile",
    ),
    (
        EXIT,
        _OWN,
        welfare.exits,
        "person_id",
        (28, 7, 0),
        "Your last day as a welfare mentor is {due}. Whoever you support then is handed over, without a gap.",
        "",
        "mentoring:welfare_profile",
    ),
    (
        EXIT_TOLD,
        "Welfare mentors who stop",
        welfare.exits_for_coordinators,
        "coordinator",
        (28, 7, 0),
        "The last day of {whom} as a welfare mentor is {due}.",
        "",
        "mentoring:coordinator",
    ),
):
    register(
        Kind(
            name=name,
            title=title,
            due=due,
            reader=reader,
            whom="person_id",
            day="day",
            steps=steps,
            sentence=sentence,
            late=late,
            page=page,
            limit=True,
            calendar="to do",
        )
    )
