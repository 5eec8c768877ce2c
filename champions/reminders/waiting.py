"""What is told around the waiting list: a line manager is asked, a place is held, an offer is over."""

from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse

from champions.queries import waiting
from wellbeing.reminders.kinds import Kind, register

AGREE, ANSWERED = "champions.agree", "champions.answered"
OFFERED, LAPSED = "champions.offered", "champions.offer_lapsed"
_LIST = "champions:waiting"


def _answers():
    return waiting.answers_to_tell().annotate(day=TruncDate("answered_at"))


def _offers():
    return waiting.offers_to_answer().annotate(day=TruncDate("offered_until"))


def _lapsed():
    return waiting.lapsed_offers().annotate(day=TruncDate("changed_at"))


def _the_asking(reminder) -> str:
    return reverse("champions:agree", args=[reminder.about])


register(
    Kind(
        name=AGREE,
        title="Somebody in my team would like to be a champion",
        due=lambda: waiting.managers_to_ask().annotate(manager=F("person__line_manager")),
        reader="manager",
        whom="person_id",
        day="asked_on",
        steps=(0, -7),
        sentence="{whom} would like to be a champion, and asks whether you agree.",
        page=_the_asking,
        stays=True,
    )
)
register(
    Kind(
        name=ANSWERED,
        title="My line manager's answer about being a champion",
        due=_answers,
        reader="person_id",
        day="day",
        steps=(0,),
        sentence="There is an answer about your place on the waiting list, from {due}.",
        page=_LIST,
    )
)
register(
    Kind(
        name=OFFERED,
        title="A place in the training for champions is held for me",
        due=_offers,
        reader="person_id",
        day="day",
        steps=(90, 2),
        sentence="A place in the training for champions is held for you. Please answer by {due}.",
        page=_LIST,
        limit=True,
        stays=True,
        urgent=True,
        optional=False,
        calendar="answer due",
    )
)
register(
    Kind(
        name=LAPSED,
        title="A place that was held for me has passed on",
        due=_lapsed,
        reader="person_id",
        day="day",
        steps=(0,),
        sentence="The time to answer about a place in the training was over on {due}. You are waiting again.",
        page=_LIST,
    )
)
