"""What stands on a poster besides names and numbers; the same on paper and on the page."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date

from . import poster_codes
from .queries.posters import Poster

LEAD = "Central contact"
_FEW = 3  # champions, beside whom there is room for a word to those who would join them
IN_PERSON = "Speak to them in person"
_GREETING = "Someone to talk to"
INSIDE, OUTSIDE = "Opens on the force's network only", "Opens on any phone, without signing in"


@dataclass(frozen=True)
class Code:
    """A QR code: where it leads, its words, and what is said in its place to whoever does not see it."""

    address: str
    title: str
    note: str
    alt: str
    small: bool = False

    @property
    def picture(self) -> str:
        return poster_codes.picture_of(self.address)


def title(poster: Poster) -> str:
    return f"{_GREETING} at {poster.station}"


def words_of(poster: Poster, *, today: date) -> dict[str, str]:
    """The poster's sentences by the place where they stand."""
    return {
        "greeting": _GREETING,
        "place": f"at {poster.station}",
        "force": poster.force,
        "lead": _lead(poster),
        "more": _more(poster),
        "urgent": "Need help now? Day and night",
        "become_one": f"Become a champion yourself: {poster.contact}." if len(poster.helpers) <= _FEW else "",
        "checked": checked(poster, today=today),
    }


def codes_of(poster: Poster) -> list[Code]:
    """The codes in the order in which they stand: who is here, the crisis line where there is one, for champions."""
    codes = [
        Code(
            poster.page,
            "Who is here now",
            OUTSIDE if poster.is_public else INSIDE,
            f"QR code: opens the page of champions at {poster.station}, {poster.page}",
        )
    ]
    if crisis := poster.crisis:
        alt = f"QR code: rings {crisis.name}, {crisis.number}"
        codes.append(Code(crisis.address, f"Ring {crisis.number}", crisis.name, alt))
    note = "Scan to say that it hangs here"
    alt = "QR code for champions: says in the portal that this poster hangs"
    return [*codes, Code(poster.hangs_here, "For champions", note, alt, small=True)]


def checked(poster: Poster, *, today: date) -> str:
    """When its numbers were tried, the longest ago of them, and when it was made; nothing is said to be checked
    that nobody has tried."""
    made = f"Made on {in_full(today)}."
    if poster.checked_on is None:
        return made
    return f"Urgent numbers checked on {in_full(poster.checked_on)}. {made}"


def in_full(day: date) -> str:
    """A date as a poster says it, which may hang into another year: “Monday 23 November 2026”."""
    return format_date(day, "l j F Y")


def _lead(poster: Poster) -> str:
    if poster.helpers:
        return "Champions are colleagues who listen, and who know where to find help."
    if poster.nearest:
        return "Nobody covers this station yet. These champions are the nearest."
    return "Nobody is listed yet. The lines below are there now, day and night."


def _more(poster: Poster) -> str:
    return f"And {poster.more} more: scan the code to see everybody." if poster.more else ""
