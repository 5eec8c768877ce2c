"""That somebody else has changed the dates of an absence: told to the person, who knows best.

Nothing refreshes it: whatever changes dates, HR's file too, has the sweep follow.
"""

from mentoring.queries import absence_feed
from wellbeing.reminders.kinds import Kind, register

DATES_CHANGED = "mentoring.dates_changed"

register(
    Kind(
        name=DATES_CHANGED,
        title="That somebody changed the dates of my absence",
        due=absence_feed.dates_changed,
        reader="subject_id",
        day="changed_on",
        steps=(0,),
        sentence="The dates of your absence were changed on {due}. Are they right?",
        page="my_plan:dates",
        optional=False,
    )
)
