"""What line managers and supervisors are reminded of: training that they must hold, and that it is theirs now."""

from django.db.models import F, Q

from wellbeing.reminders.kinds import Kind, register
from wellbeing.training.models import Required

DUE, NEW = "training.required", "training.newly_required"


def due():
    """Everybody with a day by which to do it, or do it again, and no place before that day."""
    in_time = Q(booked_on__isnull=False) & Q(booked_on__lte=F("due_on"))
    return Required.objects.live().filter(due_on__isnull=False).exclude(in_time)


def new():
    """Everybody whom it concerns, who has never done it and has no place."""
    return Required.objects.live().filter(done_on__isnull=True, booked_on__isnull=True)


register(
    Kind(
        name=DUE,
        title="Training that I must hold as a line manager or supervisor",
        due=due,
        reader="person_id",
        day="due_on",
        steps=(60, 30, 0),
        sentence="Your training for line managers and supervisors is due by {due}. Book a place when it suits you.",
        late="Your training for line managers and supervisors was due by {due}. Please book a place.",
        page="training:mine",
        limit=True,
        stays=True,
        calendar="training",
    )
)
register(
    Kind(
        name=NEW,
        title="Training that comes with a new part of mine",
        due=new,
        reader="person_id",
        day="since",
        steps=(0,),
        sentence="Training comes with looking after people at work. See by when, and book a place.",
        page="training:mine",
    )
)
