from django import template

from wellbeing.people import gaps

register = template.Library()


@register.inclusion_tag("admin/people/to_do.html")
def to_do(person):
    """What the roster and the network lack, for whoever can mend it; and the way to import a roster."""
    return {
        "concerned": gaps.concern(person),
        "gaps": gaps.found(person),
        "may_import": person.has_perm("people.add_rosterimport"),
    }


@register.filter
def holds(person, role: str) -> bool:
    """Whether whoever is signed in holds this role: for a page that asks for one or two of them."""
    return person.holds(role)


@register.filter
def in_words(details: dict) -> list[str]:
    """The details of a change, a line for each field; of a name only that it changed, for the past is not kept."""
    return [_line(field.removesuffix("_id").replace("_", " "), values) for field, values in details.items()]


def _line(label: str, values) -> str:
    if values is None:
        return f"{label}: changed"
    before, after = ("empty" if value in (None, "") else value for value in values)
    return f"{label}: {before} → {after}"
