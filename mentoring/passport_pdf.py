"""An adjustment passport as a PDF that a screen reader can read (PDF/UA-1): made in memory, kept nowhere.

What was typed is handed to typst as data and never as markup. A character that no font here can draw would make
the whole page fail: what is a sign rather than a letter is written out by its name.
"""

import json
import logging
import unicodedata
from functools import cache
from pathlib import Path

import typst

from .passport import Section

_PAGE = Path(__file__).with_suffix("").with_name("passport.typ").read_bytes()
_FIRST_SIGN = "\u2190"  # signs before it are in every font
_NO_LETTERS = ("Cc", "Cf", "Cn", "Co", "Cs")  # control and format characters, and what Unicode has not given out
_MODIFIERS = {chr(code) for code in (*range(0x1F3FB, 0x1F400), *range(0xFE00, 0xFE10))}  # skin tones, variants

logger = logging.getLogger(__name__)


class CannotPrint(Exception):
    """The PDF could not be made; the page itself can be printed."""


def pdf_of(*, title: str, lead: str, footer: str, sections: list[Section]) -> bytes:
    """The PDF, tagged and with its title and language. Raises CannotPrint, without a word of what it was to say."""
    passport = {
        "title": _in_letters(title),
        "lead": _in_letters(lead),
        "footer": _in_letters(footer),
        "sections": [
            {
                "label": section.label,
                "lines": [line for words in section.lines if (line := _in_letters(words))],
                "is_list": bool(section.adjustments),
            }
            for section in sections
        ],
    }
    try:
        compiler = typst.Compiler(_PAGE, font_paths=_fonts())
        return compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"passport": json.dumps(passport)})
    except typst.TypstError:
        logger.error("A passport could not be made into a PDF.")  # its message would hold words of the passport
        raise CannotPrint from None


@cache
def _fonts() -> typst.Fonts:
    """The machine's fonts and those that come with typst; looked for once."""
    return typst.Fonts()


def _in_letters(words: str) -> str:
    """The text with signs and pictures by their names: “🙂” is “[slightly smiling face]”."""
    return "".join(map(_in_letter, words.replace("\t", " "))).strip()


def _in_letter(character: str) -> str:
    category = unicodedata.category(character)
    if category in _NO_LETTERS or character in _MODIFIERS:
        return ""
    if category == "So" and character >= _FIRST_SIGN:
        return f"[{unicodedata.name(character, 'sign').lower()}]"
    return character
