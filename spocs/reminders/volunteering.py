"""A SPOC's supervision is due; a SPOC on a break asks the coordinator to ring them. No more is said of either."""

from wellbeing.reminders.kinds import Kind, register

from ..queries import volunteering as queries
from .profiles import with_coordinator

SUPERVISION, TO_SUPERVISE, RING = "spocs.supervision", "spocs.to_supervise", "spocs.ring"
_TWO_WEEKS = 14  # days


def to_supervise():
    """Listed SPOCs with the day of their next supervision and their coordinator."""
    return with_coordinator(queries.supervised())


def to_ring():
    """SPOCs on a break who asked to be rung, each with the coordinator."""
    return with_coordinator(queries.who_ask_to_be_rung())


register(
    Kind(
        name=SUPERVISION,
        title="My time as a SPOC",
        due=queries.supervised,
        reader="person_id",
        day="supervision_due",
        steps=(_TWO_WEEKS, 0),
        sentence="Your supervision as a SPOC is due on {due}: time for you, with somebody who listens.",
        late="Your supervision as a SPOC was due on {due}.",
        page="spocs:volunteering",
        limit=True,
    )
)
register(
    Kind(
        name=TO_SUPERVISE,
        title="Supervision of SPOCs",
        due=to_supervise,
        reader="coordinator",
        whom="person_id",
        day="supervision_due",
        steps=(0,),
        sentence="The supervision of {whom} as a SPOC was due on {due}.",
        page="spocs:supervisions",
        limit=True,
    )
)
register(
    Kind(
        name=RING,
        title="Volunteers who ask for a call",
        due=to_ring,
        reader="coordinator",
        whom="person_id",
        day="ring_asked_on",
        steps=(0,),
        sentence="{whom} asks you to ring them.",
        page="spocs:supervisions",
        stays=True,
        urgent=True,
    )
)
