"""What people are reminded of around career mentoring. No sentence says what somebody wants, or why something ended."""

from django.db.models import F, Q
from django.urls import reverse

from mentoring.queries import career
from wellbeing.reminders.kinds import Kind, register

ASKED, MORE, NEXT = "mentoring.career_asked", "mentoring.career_more", "mentoring.career_next"
NOBODY, MATCH = "mentoring.career_no_match", "mentoring.career_match"
MEET, MEET_MENTOR = "mentoring.career_session", "mentoring.career_session_mentor"
GOAL = "mentoring.career_goal"
ENDED, ENDED_MENTOR = "mentoring.career_ended", "mentoring.career_ended_mentor"


def _the_asking(reminder) -> str:
    return reverse("mentoring:career_asked", args=[reminder.about])


def _the_pairing(reminder) -> str:
    return reverse("mentoring:career_pairing", args=[reminder.about])


def _the_session(reminder) -> str:
    return reverse("mentoring:career_session", args=[reminder.about])


def _the_goal(reminder) -> str:
    return reverse("mentoring:career_goal", args=[reminder.about])


register(
    Kind(
        name=ASKED,
        title="Somebody asks me to be their career mentor",
        due=career.askings_to_answer,
        reader="mentor_id",
        whom="subject_id",
        day="answer_by",
        steps=(28, 2),
        sentence="{whom} asks whether you would be their career mentor. Please answer by {due}.",
        page=_the_asking,
        limit=True,
        stays=True,
    )
)
register(
    Kind(
        name=MORE,
        title="A career mentor would like to know more",
        due=career.askings_for_more,
        reader="subject_id",
        whom="mentor_id",
        day="answer_by",
        steps=(28, 2),
        sentence="{whom} would like to know a little more before they answer you. Please tell it by {due}.",
        page="mentoring:career_find",
        limit=True,
    )
)
register(
    Kind(
        name=NEXT,
        title="The next career mentor was asked",
        due=career.askings_passed_on,
        reader="subject_id",
        whom="mentor_id",
        day="asked_on",
        steps=(0,),
        sentence="Whoever was asked first cannot take it on now. We have asked {whom}, the next of your choice.",
        page="mentoring:career_find",
    )
)
register(
    Kind(
        name=NOBODY,
        title="Nobody is left whom I have chosen as a career mentor",
        due=career.requests_with_nobody_left,
        reader="subject_id",
        day="look_again_on",
        steps=(14, 0),
        sentence="No match yet. You can choose other mentors now, or we look again on {due}.",
        late="No match yet. You can choose other mentors now.",
        page="mentoring:career_find",
        moves=True,
    )
)
register(
    Kind(
        name=MATCH,
        title="A career mentor has said yes",
        due=career.new_pairings,
        reader="subject_id",
        whom="mentor_id",
        day="began",
        steps=(0,),
        sentence="{whom} has said yes, and is your career mentor.",
        page=_the_pairing,
    )
)
_SESSION = {
    "due": career.sessions_to_hold,
    "day": "day",
    "steps": (3, 0, -5),
    "sentence": "You meet {whom} on {due}.",
    "late": "You planned to meet {whom} on {due}. Say whether you met, or when you will.",
    "page": _the_session,
    "calendar": "meeting",
}
register(
    Kind(
        name=MEET,
        title="Meeting my career mentor",
        reader="subject_id",
        whom="pairing__mentor_id",
        **_SESSION,
    )
)
register(
    Kind(
        name=MEET_MENTOR,
        title="Meeting people whose career mentor I am",
        reader="pairing__mentor_id",
        whom="subject_id",
        **_SESSION,
    )
)
register(
    Kind(
        name=GOAL,
        title="Looking at a goal again",
        due=career.goals_to_look_at,
        reader="subject_id",
        day="review_on",
        steps=(0,),
        sentence="You wanted to look at one of your goals again on {due}.",
        page=_the_goal,
        moves=True,
    )
)


def _ended_for_the_person():
    return career.pairings_ended().filter(Q(ended_by__isnull=True) | ~Q(ended_by=F("subject")))


def _ended_for_the_mentor():
    return career.pairings_ended().filter(Q(ended_by__isnull=True) | ~Q(ended_by=F("mentor")))


register(
    Kind(
        name=ENDED,
        title="Career mentoring of mine has ended",
        due=_ended_for_the_person,
        reader="subject_id",
        day="ended_on",
        steps=(0,),
        sentence="Your career mentoring ended on {due}. You can look for another mentor whenever you like.",
        page=_the_pairing,
    )
)
register(
    Kind(
        name=ENDED_MENTOR,
        title="Somebody’s career mentoring with me has ended",
        due=_ended_for_the_mentor,
        reader="mentor_id",
        day="ended_on",
        steps=(0,),
        sentence="Mentoring that you gave ended on {due}. Thank you for it; no reason is asked.",
        page="mentoring:career_people",
    )
)
