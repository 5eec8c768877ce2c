"""What stands on a noticeboard besides the outcomes' own words; the same on paper, on the page and on a screen."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateformat import format as format_date

from forum.models import Outcome, Status
from forum.queries.boards import Board
from wellbeing.web import qr_codes

TITLE = "You said, we did"
FEW = 6  # people for whom paper has room
IN_PERSON = "Speak to them in person"
NOTHING = "Nothing is published yet. What the forum decides stands here as soon as it is."
INSIDE = "Opens on the force's network only, signed in"


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


def title(board: Board) -> str:
    return f"{TITLE}: noticeboard of {board.division}"


def decided(board: Board) -> str:
    """The line over the outcomes."""
    return f"What the forum decided on {in_full(board.latest.day)}" if board.latest else NOTHING


def facts(outcome: Outcome) -> list[str]:
    """The line under an outcome: how it stands, who owns it, by when, for whom, whether it was corrected."""
    said = [outcome.get_status_display(), outcome.owned_by, _when(outcome)]
    said.append(f"For {outcome.division}" if outcome.division else "")
    said.append(f"Corrected on {day(timezone.localdate(outcome.corrected_at))}" if outcome.corrected_at else "")
    return [one for one in said if one]


def published(board: Board) -> str:
    """Which edition it is, and since when it stands."""
    if board.latest is None:
        return ""
    said = f"Published on {day(timezone.localdate(board.latest.published_at))}, edition {board.latest.edition}"
    return f"{said}, corrected on {day(board.corrected_on)}." if board.corrected_on else f"{said}."


def to_come(board: Board) -> str:
    """When the forum meets next, and how to raise something."""
    how = "Raise something: in the portal, with your name or without."
    return f"The forum meets next on {in_full(board.next.day)}. {how}" if board.next else how


def codes_of(board: Board) -> list[Code]:
    """The codes on paper: the board itself, and for champions to say that it hangs."""
    alt = f"QR code: opens the noticeboard of {board.division}, {board.address}"
    codes = [Code(board.address, "Read everything", INSIDE, alt)]
    if board.hangs_here:
        alt = "QR code for champions: says in the portal that this hangs"
        codes.append(Code(board.hangs_here, "For champions", "Scan to say that it hangs here", alt, small=True))
    return codes


def in_full(value: date) -> str:
    """A date as paper says it: “Monday 23 November 2026”."""
    return format_date(value, "l j F Y")


def day(value: date) -> str:
    """A shorter one: “23 November 2026”."""
    return format_date(value, "j F Y")


def _when(outcome: Outcome) -> str:
    if outcome.status == Status.OPEN or outcome.status == Status.UNDER_WAY:
        return f"by {day(outcome.due)}{', overdue' if outcome.is_overdue else ''}"
    return f"on {day(outcome.over_on)}"
