"""What those who look after a page are reminded of."""

from wellbeing.reminders.kinds import Kind, register

from .queries import guidance_to_review

REVIEW = "support.guidance"

register(
    Kind(
        name=REVIEW,
        title="Guidance pages I look after",
        due=guidance_to_review,
        reader="owner_id",
        day="review_on",
        steps=(30, 0, -14),
        limit=True,
        sentence="A guidance page that you look after is to be checked by {due}.",
        late="A guidance page that you look after was to be checked by {due}.",
        page="my_guidance",
        calendar="review",
    )
)
