"""What stands on a poster besides names and numbers; the same on paper and on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.dateformat import format as format_date

from wellbeing.web import qr_codes

from .queries.posters import Helper, Poster

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
        return qr_codes.picture_of(self.address)


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
            "Everybody here",
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


def fit_of(poster: Poster) -> int:
    """How large people are set on the printed page, which cannot measure: an index into `_FITS`, by an estimate that
    is rather too high than too low. The PDF measures."""
    room = _ROOM - (_NOTE if _more(poster) or len(poster.helpers) <= _FEW else 0)
    fits = (index for index, scale in enumerate(_FITS) if _height(poster.people, scale) <= room)
    return next(fits, len(_FITS) - 1)


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


# --- An estimate of what fits, in millimetres of A4; the sizes are those of poster.css -----------------------

_FITS = (1.5, 1.25, 1, 0.85, 0.7, 0.6, 0.5)
_ROOM, _NOTE, _GAP, _ONE_COLUMN, _TWO_COLUMNS, _MANY = 96, 12, 5, 165, 76, 4
_NAME, _WHEN, _WAY, _MAIL, _LETTER, _LEADING = 8, 4.2, 6.3, 4.6, 0.58, 1.25


def _height(people: Sequence[Helper], scale: float) -> float:
    columns = 2 if len(people) > _MANY else 1
    tall = [_height_of(one, scale, _TWO_COLUMNS if columns > 1 else _ONE_COLUMN) for one in people]
    rows = [max(tall[start : start + columns]) for start in range(0, len(tall), columns)]
    return sum(rows) + _GAP * scale * max(len(rows) - 1, 0)


def _height_of(one: Helper, scale: float, width: float) -> float:
    ways = one.ways or (IN_PERSON,)
    lines = [(one.name, _NAME), (f"{LEAD if one.leads else ''} {one.when} {one.reason}", _WHEN)]
    lines += [(way, _MAIL if "@" in way else _WAY) for way in ways]
    return sum(ceil(len(text) * size * scale * _LETTER / width) * size * scale * _LEADING for text, size in lines)
