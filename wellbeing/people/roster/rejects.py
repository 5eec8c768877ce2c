"""The refused rows of a file, as a file to mend and import again: the reason stands beside each row."""

import csv
import io

from . import reading

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(data: bytes, rejected: list[dict]) -> bytes:
    """The header and the refused rows of the roster file `data`, with reasons; UTF-8 with a BOM, as Excel wants it."""
    sheet = reading.read(data)
    reasons = {note["row"]: note["reason"] for note in rejected}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*sheet.header, "Row in the file", "Reason"])
    width = len(sheet.header)
    for row in sheet.rows:
        if row.number in reasons:
            cells = (row.cells + [""] * width)[:width]
            writer.writerow([harmless(cell) for cell in [*cells, str(row.number), reasons[row.number]]])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
