"""What whoever decides adjustments is reminded of, and the person: each reads kinds of their own."""

from django.urls import reverse

from mentoring.queries import adjustments
from wellbeing.reminders.kinds import Kind, register

DECIDE = "mentoring.adjustment_decide"
IN_PLACE, IN_PLACE_FOR_ME = "mentoring.adjustment_in_place", "mentoring.adjustment_in_place_for_me"
REVIEW, REVIEW_OF_MINE = "mentoring.adjustment_review", "mentoring.adjustment_review_of_mine"
NAME_DECIDER = "mentoring.adjustment_name_decider"
OF_ADJUSTMENTS = (DECIDE, NAME_DECIDER, IN_PLACE, IN_PLACE_FOR_ME, REVIEW, REVIEW_OF_MINE)


def _to_decide(reminder) -> str:
    return reverse("mentoring:to_decide")


def _returns(reminder) -> str:
    return reverse("mentoring:returns")


register(
    Kind(
        name=DECIDE,
        title="Adjustments that I am asked to decide",
        due=adjustments.asked,
        reader="decides_id",
        whom="subject_id",
        day="asked_on",
        steps=(0, -5, -10),
        sentence="You were asked on {due} to decide about an adjustment for {whom}.",
        page=_to_decide,
        stays=True,
    )
)
register(
    Kind(
        name=NAME_DECIDER,
        title="Adjustments for which I name somebody else to decide",
        due=adjustments.without_a_decider,
        reader="holder",
        whom="subject_id",
        day="asked_on",
        steps=(0, -5),
        sentence="Name somebody else to decide about an adjustment for {whom}.",
        page=_returns,
        stays=True,
    )
)
register(
    Kind(
        name=IN_PLACE,
        title="Adjustments that I have to see put in place",
        due=adjustments.not_in_place,
        reader="decides_id",
        whom="subject_id",
        day="implement_by",
        steps=(7, 0, -3),
        sentence="What was agreed for {whom} is to be in place by {due}.",
        late="What was agreed for {whom} was to be in place by {due}.",
        page=_to_decide,
        limit=True,
        calendar="to do",
    )
)
register(
    Kind(
        name=IN_PLACE_FOR_ME,
        title="What was agreed for me is put in place",
        due=adjustments.not_in_place,
        reader="subject_id",
        day="implement_by",
        steps=(0, -3),
        sentence="What was agreed for you is to be in place by {due}.",
        late="What was agreed for you was to be in place by {due}. Your return plan says who sees to it.",
        page="my_plan:return_plan",
        limit=True,
    )
)
register(
    Kind(
        name=REVIEW,
        title="Adjustments to look at again",
        due=adjustments.to_review,
        reader="decides_id",
        whom="subject_id",
        day="review_on",
        steps=(14, 0),
        sentence="What was agreed for {whom} is to be looked at again on {due}.",
        late="What was agreed for {whom} was to be looked at again on {due}.",
        page=_to_decide,
        moves=True,
        calendar="to do",
    )
)
register(
    Kind(
        name=REVIEW_OF_MINE,
        title="Adjustments of mine to look at again",
        due=adjustments.to_review,
        reader="subject_id",
        day="review_on",
        steps=(14, 0),
        sentence="What was agreed for you is to be looked at again on {due}.",
        late="What was agreed for you was to be looked at again on {due}.",
        page="my_plan:return_plan",
        moves=True,
        calendar="to do",
    )
)
