"""From the bytes of a roster file to rows of text: CSV as Excel and HR systems write it, and XLSX."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 300_000
_MAX_COLUMNS = 100
_ROWS_OF_A_SHEET = 1_048_576
# What an XLSX may unpack to: a roster of 300,000 rows needs half of it.
_MAX_UNPACKED = 300 * 1024 * 1024
_DELIMITERS = ",;\t|"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class RosterFileError(Exception):
    """A file that cannot be used as a roster at all; the message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it (the header is row 1), and its cells as tidy text."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """A file as read: the header's cells, and the rows below it that hold anything."""

    header: list[str]
    rows: list[Row]


def read(data: bytes) -> Sheet:
    """The rows of a roster file, blank ones left out. Raises RosterFileError for any other file, whatever it is."""
    refuse_size(len(data))
    sheet = _xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(_text(data))
    if not any(sheet.header):
        raise RosterFileError("The first row must hold the names of the columns; in this file it is blank.")
    if not sheet.rows:
        raise RosterFileError("The file has column names and no rows below them.")
    return sheet


def refuse_size(size: int) -> None:
    """Raise RosterFileError for a file of `size` bytes that is empty, or larger than anybody's roster."""
    if size == 0:
        raise RosterFileError("The file is empty.")
    if size > MAX_BYTES:
        raise RosterFileError(
            f"The file has {size / 1024 / 1024:.0f} MB; the most that can be read is {MAX_BYTES // 1024 // 1024} MB. "
            "Save the sheet that is needed alone, as CSV."
        )


def tidy(text: str) -> str:
    """`text` in one Unicode form, without control characters, with single spaces and none around it."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in spaced if not unicodedata.category(sign).startswith("C"))


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    header, rows = [], []
    for number, cells in enumerate(lines, start=1):
        if number == 1:
            header = cells
        elif any(cells):
            rows.append(Row(number, cells))
        if len(rows) > MAX_ROWS or number > _ROWS_OF_A_SHEET:
            raise RosterFileError(f"The file has more than {MAX_ROWS:,} rows.")
    return Sheet(header, rows)


# --- CSV ------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    """The text of a CSV file: UTF-8 with or without BOM, UTF-16 with one, else Windows's own (cp1252)."""
    _refuse_other_kinds(data)
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterFileError("This is not a CSV or Excel file, or it is damaged: its text cannot be read.")


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RosterFileError("The file is protected by a password. Save it without one and choose it again.")
        raise RosterFileError("This is an old Excel file (.xls). Save it as “Excel Workbook (.xlsx)” or CSV.")
    if data.startswith(b"%PDF"):
        raise RosterFileError("This is a PDF. Choose a CSV or Excel (.xlsx) file.")


def _csv(text: str) -> Sheet:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return _sheet([tidy(cell) for cell in row] for row in rows)
    except csv.Error as trouble:
        raise RosterFileError(f"The file cannot be read as CSV; look at its quotation marks ({trouble}).") from None


def _delimiter(text: str) -> str:
    """The sign that parts the header's cells: the one it holds most of."""
    header = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


# --- XLSX -----------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Sheet:
    """The first visible sheet. Macros, formulas and links to other files are neither run nor followed."""
    try:
        _refuse_archive(zipfile.ZipFile(io.BytesIO(data)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about validation lists and styles, which we do not use
            return _first_sheet(data)
    except RosterFileError:
        raise
    except Exception as trouble:  # openpyxl raises some fifteen kinds at a damaged file; none of them is ours
        raise RosterFileError("The Excel file is damaged: open it in Excel, save it again, retry.") from trouble


def _refuse_archive(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise RosterFileError("This is a binary Excel file (.xlsb). Save it as “Excel Workbook (.xlsx)” or CSV.")
    if "xl/workbook.xml" not in names:
        raise RosterFileError("This is not a CSV or Excel file but some other kind of archive or document.")
    if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
        raise RosterFileError(
            "The Excel file unpacks to more than can be read. Save the sheet that is needed alone, as CSV."
        )


def _first_sheet(data: bytes) -> Sheet:
    from openpyxl import load_workbook  # here, for it takes a fifth of a second which CSV need not pay

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise RosterFileError("The Excel file has no sheet to read.")
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    header = next(iter(_texts(sheet, _MAX_COLUMNS)), [])
    width = max((place for place, name in enumerate(header, start=1) if name), default=1)
    return _sheet(_texts(sheet, width))


def _texts(sheet, width: int):
    return ([_cell_text(cell) for cell in row] for row in sheet.iter_rows(max_col=width))


def _cell_text(cell) -> str:
    """A cell as text: a date as 2019-02-03, a whole number without ".0", leading zeros as Excel shows them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and re.fullmatch("0{1,20}", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return tidy(str(value))
