"""Posters as a PDF that a screen reader can read, a page for each station; made in memory."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wellbeing.support.printed import Number
from wellbeing.web import pdf, qr_codes

from . import poster_words
from .models import Size
from .queries.posters import Helper, Poster

_PAGE = Path(__file__).with_name("poster.typ")


def pdf_of(posters: Sequence[Poster], *, size: str, today: date, title: str = "") -> bytes:
    """The PDF; one compilation for all. Raises `pdf.CannotPrint`, without a word of what it was to say."""
    title = title or poster_words.title(posters[0])
    pages = [page_of(poster, today=today) for poster in posters]
    return pdf.made(_PAGE, {"title": title, "paper": Size(size).value, "posters": pages})


def page_of(poster: Poster, *, today: date) -> dict:
    """What `poster.typ` needs of one poster: words as they are set, codes as drawings with what they are for."""
    words = poster_words.words_of(poster, today=today)
    return {
        **words,
        "people": [_helper(one) for one in poster.people],
        "is_nearest": not poster.helpers,
        "numbers": [_number(one) for one in poster.numbers],
        "codes": [
            {"svg": qr_codes.standing_alone(code.address).decode(), "alt": code.alt, "title": code.title,
             "note": code.note, "small": code.small}
            for code in poster_words.codes_of(poster)
        ],
    }  # fmt: skip


def _helper(one: Helper) -> dict:
    return {
        "name": one.name,
        "tag": poster_words.LEAD if one.leads else "",
        "when": one.when,
        "reason": one.reason,
        "ways": list(one.ways) or [poster_words.IN_PERSON],
    }


def _number(one: Number) -> dict:
    return {"number": one.number, "name": one.name, "for_what": one.for_what}
