"""A PDF as its readers see it: the words in order, the page as it is printed, the codes as a telephone reads them."""

from io import BytesIO

import pypdfium2
import zxingcpp
from pypdf import PdfReader

_DOTS = 3  # for each point: 216 to the inch, less than an office printer


def words_on(reader: PdfReader, number: int = 0) -> str:
    """What stands on a page, in one line, in the order in which it is read out."""
    return " ".join(reader.pages[number].extract_text().replace("\u200b", "").split())


def codes_on(pdf: bytes, number: int = 0) -> list[str]:
    """What every code on the printed page says."""
    bitmap = pypdfium2.PdfDocument(pdf)[number].render(scale=_DOTS, grayscale=True)
    dots = memoryview(bytes(bitmap.buffer)).cast("B", shape=[bitmap.height, bitmap.stride])
    return [code.text for code in zxingcpp.read_barcodes(dots)]


def alternatives_in(pdf: bytes) -> list[str]:
    """What is said in place of each picture."""
    found, seen = [], set()

    def look(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                look(child)
        elif isinstance(node, dict) and id(node) not in seen:
            seen.add(id(node))
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                look(node["/K"])

    look(reader_of(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def tags_in(pdf: bytes) -> list[str]:
    """The tags in the order of reading: "/H1", "/H2", "/P", "/Figure" …"""
    found = []

    def look(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                look(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                look(node["/K"])

    look(reader_of(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))
