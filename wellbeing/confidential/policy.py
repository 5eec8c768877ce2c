"""Who may open what: the one place where the rule stands in words. The database has it again, in `sql/`.

| Who | opens |
|---|---|
| the person it is about | everything about them |
| their line manager | their 1-1s, what is still owed, how they like to be supported, what colleagues may be told |
| who acts for the line manager | nothing: dates only |
| whoever keeps contact while they are away (welfare mentor or another) | contact plan, contacts, may be told |
| with whom somebody holds their return-to-work meeting | the return plan, what was agreed and is still owed |
| who is asked to decide an adjustment | that one, and no other |
| whom somebody shows their adjustment passport | the passport |
| a career mentor | what was asked of them, the goals, their own working notes; one who is asked: what is asked |
| the wellbeing lead, in an emergency that the guardian approved | everything, for an hour |
| anybody else, whatever their rank or role, superusers too | nothing |

Through a link, a record opens only while the link lasts, and only if it was written since the link began, unless
the person it is about handed earlier text over. What is still owed (an adjustment, until its day), how somebody
likes to be supported, and what they decided about contact while away follow to whoever comes next. Whoever wrote a
record has no right from that.

Never `has_perm()` here: it is true for any active superuser.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wellbeing.people.models import Person

from .models import CareLink, Kind, Record, Why

# Which link opens which kind. `sql/identity.sql` says the same to the database, and which link writes which.
OPENS: dict[str, frozenset[str]] = {
    Why.LINE_MANAGER: frozenset({Kind.ONE_TO_ONE, Kind.ADJUSTMENT, Kind.WISHES, Kind.TOLD}),
    Why.ACTING_MANAGER: frozenset(),
    Why.WELFARE_MENTOR: frozenset({Kind.CONTACT, Kind.PLAN, Kind.TOLD}),
    Why.KEEPS_CONTACT: frozenset({Kind.CONTACT, Kind.PLAN, Kind.TOLD}),
    Why.RETURN: frozenset({Kind.RETURN, Kind.ADJUSTMENT}),
    Why.DECIDES: frozenset({Kind.ADJUSTMENT}),
    Why.PASSPORT: frozenset({Kind.PASSPORT}),
    Why.ASKED_MENTOR: frozenset({Kind.CAREER_REQUEST}),
    Why.CAREER_MENTOR: frozenset({Kind.CAREER_REQUEST, Kind.CAREER_GOAL, Kind.CAREER_NOTE}),
    Why.BREAK_GLASS: frozenset(Kind.values),
}


def visible_to(person: Person):
    """The records that `person` may open now."""
    if not person.is_active:
        return Record.objects.none()
    opened = Q()
    for why, kinds in OPENS.items():
        through = links_of(person).filter(for_all_or_this(), why=why, subject=OuterRef("subject"))
        since = through.filter(opens_from__lte=OuterRef("made_at"))
        for condition in (Exists(since), Q(follows_until__gte=timezone.localdate()) & Exists(through)) if kinds else ():
            opened |= Q(condition) & Q(kind__in=kinds)
    return Record.objects.filter(Q(subject=person) | opened)


def for_all_or_this() -> Q:
    """Of links in a subquery: those that open every record of a kind, or the outer row's own by its key."""
    return Q(only_record__isnull=True) | Q(only_record=OuterRef("pk"))


def links_of(person: Person):
    """The live links through which `person` may see something of somebody else's."""
    return CareLink.objects.live().filter(carer=person)


def links_about(person: Person):
    """Every link to what is about `person`, past ones too, that they have been told of."""
    return CareLink.objects.filter(subject=person, approved_at__isnull=False, told_from__lte=timezone.now())


def links_proposed_by(person: Person):
    """The links that `person` has proposed for others, as a line manager names who acts for them."""
    return CareLink.objects.filter(proposed_by=person)


def reviews_readings(person: Person) -> bool:
    """Whether `person` is the data protection officer, who sees who opened what and never what it said."""
    return "dpo" in person.assigned_roles


def approves_links(person: Person) -> bool:
    """Whether `person` is the wellbeing lead, who confirms line managers that are new on the roster."""
    return "lead" in person.assigned_roles


def waiting_links():
    """The links of line managers whom the wellbeing lead has yet to confirm: the lead sees all, others their own."""
    return CareLink.objects.filter(why=Why.LINE_MANAGER, approved_at__isnull=True, ends__isnull=True)


def is_line_manager(person: Person, of: Person) -> bool:
    """Whether a live link makes `person` the line manager of `of`."""
    return links_of(person).filter(why=Why.LINE_MANAGER, subject=of).exists()


def people_managed(person: Person):
    """The people whose line manager `person` is today, by their live links."""
    return Person.objects.filter(care_links__in=links_of(person).filter(why=Why.LINE_MANAGER))
