"""Documents as PDF that a screen reader can read (PDF/UA-1): set by typst in memory, kept nowhere.

Words come to a template as data (`sys.inputs.data`, JSON) and are set as text, never read as markup. A character that
no font here can draw would make the whole page fail: what is a sign rather than a letter is written out by its name.
"""

import json
import logging
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import typst

_FIRST_SIGN = "\u2190"  # signs before it are in every font
_NO_LETTERS = ("Cc", "Cf", "Cn", "Co", "Cs")  # control and format characters, and what Unicode has not given out
_MODIFIERS = {chr(code) for code in (*range(0x1F3FB, 0x1F400), *range(0xFE00, 0xFE10))}  # skin tones, variants

logger = logging.getLogger(__name__)


class CannotPrint(Exception):
    """The PDF could not be made; the page itself can be printed."""


def made(template: Path, data: Mapping) -> bytes:
    """The PDF of `data`, in which every text is written in letters, tagged and with its title and language.

    Raises CannotPrint, without a word of what it was to say.
    """
    try:
        compiler = typst.Compiler(template.read_bytes(), font_paths=_fonts())
        words = json.dumps(_in_letters(data))
        return compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"data": words})
    except typst.TypstError:
        logger.error("%s could not be made into a PDF.", template.name)  # its message would hold words of the document
        raise CannotPrint from None


@cache
def _fonts() -> typst.Fonts:
    """The machine's fonts and those that come with typst; looked for once."""
    return typst.Fonts()


def _in_letters(data):
    """Each text with signs and pictures by their names: “🙂” is “[slightly smiling face]”."""
    if isinstance(data, str):
        return "".join(map(_in_letter, data.replace("\t", " "))).strip()
    if isinstance(data, Mapping):
        return {key: _in_letters(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_in_letters(value) for value in data]
    return data


def _in_letter(character: str) -> str:
    category = unicodedata.category(character)
    if category in _NO_LETTERS or character in _MODIFIERS:
        return ""
    if category == "So" and character >= _FIRST_SIGN:
        return f"[{unicodedata.name(character, 'sign').lower()}]"
    return character
