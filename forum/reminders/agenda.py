"""The secretary hears of what is raised; whoever raised it with their name, of what became of it."""

from django.db.models import Q

from forum.models import Item, ItemState, Raiser
from wellbeing.reminders.kinds import Kind, register

from .meetings import with_secretary

RAISED, ANSWERED = "forum.raised", "forum.answered"


def raised():
    """Items that wait for a first decision, with the secretary to tell. Found by the sweep alone, within the hour:
    made in the moment of the raising, a reminder would tell when that was."""
    return with_secretary(Item.objects.filter(state=ItemState.RAISED))


def answered():
    """Items raised with a name that were decided about. Their reader is whoever raised them."""
    decided = Q(item__state__in=[ItemState.ON, ItemState.DECLINED, ItemState.DEFERRED, ItemState.MERGED])
    decided |= Q(item__state=ItemState.DISCUSSED)
    return Raiser.objects.filter(decided, item__dealt_on__isnull=False)


register(
    Kind(
        name=RAISED,
        title="What is raised for the forum",
        due=raised,
        reader="secretary",
        day="raised_on",
        steps=(0,),
        sentence="Something was raised for the forum.",
        page="forum:agenda",
    )
)
register(
    Kind(
        name=ANSWERED,
        title="What became of what I raised for the forum",
        due=answered,
        reader="person_id",
        thing="item_id",
        day="item__dealt_on",
        steps=(0,),
        sentence="There is news of what you raised for the wellbeing forum, since {due}.",
        page="forum:my_items",
    )
)
