"""A noticeboard as a PDF that a screen reader can read, on one sheet; made in memory."""

from pathlib import Path

from wellbeing.people.models import Station
from wellbeing.support.noticeboards import Listed
from wellbeing.web import pdf, qr_codes

from . import board_words as words
from .models import Outcome
from .queries.boards import Board

_PAGE = Path(__file__).with_name("board.typ")
SIZES = ("a4", "a3")


def pdf_of(board: Board, *, size: str) -> bytes:
    """The PDF on A4 or A3. Raises `pdf.CannotPrint`, without a word of what it was to say."""
    return pdf.made(_PAGE, {"title": words.title(board), "paper": size, "board": _page(board)})


def _page(board: Board) -> dict:
    """What `board.typ` needs: words as they are set, codes as drawings with what they are for."""
    people = sorted(board.people, key=lambda row: not row[1].leads)
    return {
        "heading": words.TITLE,
        "division": board.division.name,
        "decided": words.decided(board),
        "new": [_outcome(one) for one in board.outcomes],
        "old": [_outcome(one) for one in board.going_on],
        "people": [_person(station, one) for station, one in people[: words.FEW]],
        "more": f"And {len(people) - words.FEW} more: scan the code." if len(people) > words.FEW else "",
        "to_come": words.to_come(board),
        "numbers": [{"number": one.number, "name": one.name} for one in board.numbers],
        "codes": [_code(one) for one in words.codes_of(board)],
        "foot": " · ".join(filter(None, [board.force, words.published(board)])),
    }


def _outcome(one: Outcome) -> dict:
    return {
        "said": one.said,
        "called": one.called,
        "did": one.text,
        "next": one.next,
        "facts": " · ".join(words.facts(one)),
    }


def _person(station: Station, one: Listed) -> dict:
    tag = "central contact" if one.leads else ""
    where = ", ".join(filter(None, [station.name, tag]))
    return {"name": one.name, "where": where, "way": next(iter(one.ways), words.IN_PERSON)}


def _code(code: words.Code) -> dict:
    svg = qr_codes.standing_alone(code.address).decode()
    return {"svg": svg, "alt": code.alt, "title": code.title, "note": code.note, "small": code.small}
