"""What the door shows, and what it must know of who stands before it."""

from django.urls import NoReverseMatch, reverse

from wellbeing.people.models import Person
from wellbeing.support import markdown
from wellbeing.support.queries import leads_of, published_guidance
from wellbeing.web.identity import acting_as

from .models import Entry, MailCode, Passkey

__all__ = ["published_guidance", "text_inside"]

# Other rooms' pages inside, by URL name; one that is not there has no link.
FIRST_PAGES = ("my_plan:show", "door:who_looked")


def stamp_of(person: Person) -> str | None:
    """The stamp of somebody's way in; None where they have none."""
    with acting_as(person):
        stamp = Entry.objects.filter(pk=person.pk).values_list("stamp", flat=True).first()
    return str(stamp) if stamp else None


def way_in_of(person: Person) -> Entry | None:
    """Somebody's own way in; None where they have set up none."""
    return Entry.objects.filter(pk=person.pk).first()


def address_waiting(person: Person, key) -> str:
    """The new address to which the code of that key was sent; empty once it is not theirs or no longer there."""
    found = MailCode.objects.filter(pk=key, person=person).values_list("address", flat=True)
    return found.first() or ""


def passkeys_of(person: Person):
    """The passkeys somebody made for this door."""
    return Passkey.objects.filter(person=person)


def who_says(staff_number: str) -> Person | None:
    """The person here whose staff number was typed, if there is one."""
    return Person.objects.current().filter(staff_number=staff_number.strip().upper()).first()


def first_page() -> str:
    """The address of the plan, or of the first page there is."""
    for name in FIRST_PAGES:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    raise NoReverseMatch(FIRST_PAGES)


def text_inside(page, *, is_confined: bool):
    """The text of a guidance page. Where nothing else is reachable, its links stay inside or are no links."""
    lead = leads_of(page.text)
    return markdown.rendered(page.text, lead=(lambda link: _inside(lead(link))) if is_confined else lead)


def _inside(address: str) -> str | None:
    """Where a link in guidance leads from here: pages of the portal to their like inside, or nowhere."""
    if not address.startswith("/") or address.startswith("//"):
        return address
    kept = address.startswith(("/guidance/", "/urgent/")) and not address.startswith("/guidance/mine/")
    return f"/my-plan{address}" if kept else None
