"""A representative's term is over soon: they are told, so that the strand can say who comes next."""

from forum.models import Seat
from wellbeing.reminders.kinds import Kind, register

TERM = "forum.term"

register(
    Kind(
        name=TERM,
        title="That my term at the forum is over soon",
        due=Seat.objects.current,
        reader="person_id",
        day="ends_on",
        steps=(60, 14),
        sentence="Your term at the forum is over on {due}. Please tell the forum’s secretary whether you go on, "
        "or who comes after you.",
        page="forum:mine",
        calendar="Term ends",
    )
)
