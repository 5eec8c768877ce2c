"""What is missing at the forum, for its secretary."""

from django.urls import reverse

from wellbeing.people.gaps import Gap

from .queries import seats


def strands_without_representative() -> Gap | None:
    """Strands with a seat that nobody has."""
    vacant = seats.vacant()
    if not vacant:
        return None
    verb = "strand has" if len(vacant) == 1 else "strands have"
    return Gap(f"{len(vacant)} {verb} no representative.", vacant[:5], reverse("forum:strands"))
