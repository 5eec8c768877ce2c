"""Who may do what at the forum.

Anybody signed in reads when the forum meets, who sits there, what it published and the action plan, and raises items,
named or not. Besides:

| Who | May |
|---|---|
| champion | say that the noticeboard hangs at their station |
| representative, deputy | read agenda, papers, minutes and who is invited; comment on a draft, tell their strand |
| whoever is invited, a guest too | read where a meeting is, answer their own invitation |
| forum secretary | keep strands, seats, meetings, agenda, minutes, outcomes and the action plan; publish and correct |
| owner of an outcome or a commitment | say how it stands |
| wellbeing lead | keep the action plan |

The same stands in the database as row policies (`sql/`) for strands, seats and rules, meetings, invitations and papers,
what is raised and by whom, minutes, outcomes, their steps and corrections. What follows of itself is written by
functions that do that one thing: who is invited from who sits, the end of a term from leaving and coming back, a
division's strand from the division; and so is the step that an owner notes.
"""

from functools import wraps

from django.http import Http404

from wellbeing.web.assurance import assured

from .models import Commitment, Item, ItemState, Meeting, Seat

RUNS, KEEPS_PLAN, SHARES = "forum.run_forum", "forum.keep_plan", "forum.share_learning"


def runs(person) -> bool:
    """Whether `person` is the forum's secretary. Not `has_perm()`, which a superuser always has."""
    return person.is_active and RUNS in person.get_all_permissions()


def keeps_plan(person) -> bool:
    """Whether `person` keeps the action plan: the forum's secretary, and the wellbeing lead."""
    return person.is_active and KEEPS_PLAN in person.get_all_permissions()


def owns(person, commitment: Commitment) -> bool:
    """Whether the commitment is this person's to see through."""
    return person.is_active and commitment.owner_id == person.pk and commitment.ownerless_since is None


def measures(person, commitment: Commitment) -> bool:
    """Whether `person` says how the commitment stands: its owner, and those who keep the plan."""
    return owns(person, commitment) or keeps_plan(person)


def seats_of(person):
    """The terms of `person` in which today falls."""
    return Seat.objects.current().filter(person=person)


def sits(person) -> bool:
    """Whether `person` represents a strand today, or is a deputy."""
    return person.is_active and seats_of(person).exists()


def belongs(person) -> bool:
    """Whether `person` reads agenda and minutes: whoever sits at the forum, and its secretary."""
    return runs(person) or sits(person)


def items_read_by(person):
    """The items that `person` may read."""
    if runs(person):
        return Item.objects.all()
    own = Item.objects.filter(raiser__person=person)
    return own | Item.objects.filter(state__in=[ItemState.ON, ItemState.DISCUSSED]) if sits(person) else own


def outcomes_read_by(person, meeting: Meeting):
    """The outcomes of `meeting` that `person` may read: published ones; the secretary, those to come as well."""
    return meeting.outcomes.all() if runs(person) else meeting.outcomes.published()


def for_members(view):
    """Decorator: a privileged page for whoever sits at the forum, and its secretary; 404 for everybody else."""

    @assured
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not belongs(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped
