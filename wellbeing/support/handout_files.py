"""What may be kept as a handout: a PDF that can be read through, and that does nothing when it is opened.

A scan cannot prove a file harmless. It turns away what is no PDF, what hides (encryption), and what acts: scripts,
programs, files inside the file, forms that are sent somewhere. Whoever downloads one opens it outside the portal.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.text import slugify
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 200
_MOST_OBJECTS = 100_000
_TAIL = 2048  # bytes in which the end of the file is marked
_LONGEST_NAME = 70

_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/GoToE",
    "/GoToR",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/Movie",
    "/Sound",
}
_KEYS = {"/JavaScript", "/JS", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
_SUBTYPES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"}
# Also of what no table of the file leads to: a reader that mends broken files may find it.
_ANYWHERE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![0-9A-Za-z])")
_WRITTEN_AS_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")


class HandoutError(ValueError):
    """Why a file cannot be kept, in a sentence for whoever chose it."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    content: bytes
    file_name: str
    pages: int


def checked(content: bytes, name: str) -> Checked:
    """The file, with a name that is safe in any header and folder. Raises HandoutError with the reason."""
    if len(content) > MOST_BYTES:
        raise HandoutError(f"The file has more than {MOST_BYTES // 1024 // 1024} MB. Make the pictures in it smaller.")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-_TAIL:]:
        raise HandoutError("This is not a whole PDF file. Save the slides as PDF, and choose that file.")
    if _ANYWHERE.search(_WRITTEN_AS_NUMBER.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise HandoutError(_ACTS)
    return Checked(content, safe_name(name), _pages(content))


def safe_name(name: str) -> str:
    """The name to download it by: plain letters, digits and hyphens, whatever it was called."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return f"{slugify(stem)[:_LONGEST_NAME].strip('-') or 'handout'}.pdf"


_ACTS = (
    "The file holds a script, a form that is sent or another file inside it, or opens something by itself. "
    "Print the slides to a new PDF, and choose that one."
)


def _pages(content: bytes) -> int:
    try:
        reader = PdfReader(BytesIO(content), strict=True)
        if reader.is_encrypted:
            raise HandoutError("The file is protected with a password. Choose one without.")
        number = len(reader.pages)
        acts = _acts(reader)
    except HandoutError:
        raise
    except Exception as trouble:  # whatever a broken file makes of its reader
        raise HandoutError(
            "The file cannot be read through. Save it as PDF once more, and choose that file."
        ) from trouble
    if acts:
        raise HandoutError(_ACTS)
    if not 1 <= number <= MOST_PAGES:
        raise HandoutError(f"The file has {number} pages; from 1 to {MOST_PAGES} can be kept.")
    return number


def _acts(reader: PdfReader) -> bool:
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        raise HandoutError("The file is made of too many parts. Print the slides to a new PDF, and choose that one.")
    generations = {number: generation for generation, table in reader.xref.items() for number in table}
    objects = (reader.get_object(IndirectObject(number, generations.get(number, 0), reader)) for number in numbers)
    return _opens(reader) or _acts_in(reader.trailer) or any(_acts_in(one) for one in objects if one is not None)


def _opens(reader: PdfReader) -> bool:
    """Whether it does more when it is opened than turn to one of its pages: a web page would learn who reads it."""
    does = reader.root_object.get("/OpenAction")
    does = does.get_object() if does is not None else None
    return isinstance(does, DictionaryObject) and (does.get("/S") != "/GoTo" or "/Next" in does)


def _acts_in(whole) -> bool:
    """Whether an object, or one written inside it, does something; what it only points at is looked at by itself."""
    if isinstance(whole, NameObject):
        return whole in _ACTIONS | _SUBTYPES  # to which the dictionary of an action may point
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            if _KEYS & set(one) or one.get("/S") in _ACTIONS or one.get("/Subtype") in _SUBTYPES:
                return True
            waiting += [value for value in one.values() if not isinstance(value, IndirectObject)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if not isinstance(value, IndirectObject)]
    return False
