"""Who sits at the forum, and where nobody does."""

from dataclasses import dataclass, field

from django.utils import timezone

from forum.models import Rules, Seat, Strand


@dataclass
class Chair:
    """A strand with whoever sits for it today, and whose term is still to begin."""

    strand: Strand
    representative: Seat | None = None
    deputies: list[Seat] = field(default_factory=list)
    to_come: list[Seat] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        return self.representative is None


def rules() -> Rules:
    """What the force has decided about its forum; the defaults until it has."""
    return Rules.objects.first() or Rules(pk=1)


def chairs() -> list[Chair]:
    """Every strand with a seat, in the order of the list; two queries. People whom no list shows are left out."""
    found = {strand.pk: Chair(strand) for strand in Strand.objects.seated().select_related("division")}
    terms = Seat.objects.not_over().filter(strand__in=found).select_related("person")
    for seat in terms.order_by("starts_on", "person__last_name"):
        _put(found[seat.strand_id], seat)
    return list(found.values())


def vacant() -> list[str]:
    """The names of the strands that nobody represents today."""
    return [chair.strand.label for chair in chairs() if chair.is_vacant]


def retired() -> list[Strand]:
    """Strands that no longer have a seat."""
    return list(Strand.objects.select_related("division").exclude(pk__in=Strand.objects.seated()))


def past_terms(strand: Strand):
    """Terms of this strand that are over, the latest first."""
    return strand.seats.filter(ends_on__lt=timezone.localdate()).select_related("person").order_by("-ends_on")


def own(person):
    """The terms of `person` that are not over, with their strands."""
    terms = Seat.objects.not_over().filter(person=person)
    return terms.select_related("strand__division").order_by("starts_on")


def _put(chair: Chair, seat: Seat) -> None:
    if not seat.has_begun:
        chair.to_come.append(seat)
    elif seat.is_deputy:
        chair.deputies.append(seat)
    else:
        chair.representative = seat
