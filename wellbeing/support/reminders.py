"""What those who look after a page or a service are reminded of."""

from wellbeing.reminders.kinds import Kind, register

from .queries import guidance_to_review, services_to_try

REVIEW = "support.guidance"
TRY = "support.service"

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

register(
    Kind(
        name=TRY,
        title="Services I look after",
        due=services_to_try,
        reader="owner_id",
        day="review_on",
        steps=(30, 0, -14),
        limit=True,
        sentence="A service that you look after is to be tried again by {due}.",
        late="A service that you look after was to be tried again by {due}.",
        page="my_services",
        calendar="review",
    )
)
