"""What a roster file may look like, and what is said of one that cannot be used."""

import io
import re
import warnings
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from wellbeing.people.models import Person
from wellbeing.people.roster import columns, reading
from wellbeing.people.roster.reading import RosterFileError

from .conftest import HEADER, as_csv, line, person, reasons


def workbook(*rows, header=HEADER, title="Roster") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in [header, *rows]:
        book.active.append(row)
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(number, **values) -> list:
    return list(line(number, **values).values())


# --- CSV, in any usual dress ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_usual_csv_reads_the_same(encoding, delimiter, ending):
    text = as_csv([line(1, known_as="Siân", last_name="Núñez")]).decode().replace("\r\n", ending)

    sheet = reading.read(text.replace(",", delimiter).encode(encoding))

    assert sheet.header == HEADER
    assert sheet.rows[0].cells[1:3] == ["Siân", "Núñez"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(import_roster):
    text = as_csv([line(1, known_as='two\nlines, and "quotes"')]).decode() + "\r\n,,,,,,,,,,\r\n" + "9,nobody\r\n"

    told = import_roster(text.encode())

    assert reasons(told["rejected"]) == {
        5: "missing last name; missing email; missing employment type; missing station"
    }
    assert told["new"] == 1


def test_headers_match_without_case_spaces_and_punctuation(import_roster):
    text = as_csv([line(1)]).decode().replace("staff_number", " STAFF--no. ").replace("last_name", "SURNAME")

    assert import_roster(text.encode())["new"] == 1


def test_of_two_columns_that_fit_the_better_one_is_used():
    found = columns.match(["First name", "Staff no", "Known as", "Cost centre"])

    assert found == {"staff_number": 1, "known_as": 2}
    assert columns.unused(["First name", "Staff no", "Known as", "Cost centre"], found) == ["First name", "Cost centre"]


# --- XLSX --------------------------------------------------------------------------------------------


def test_an_excel_file_with_real_dates_and_numbers(import_roster):
    data = workbook(
        cells(0, staff_number=110000.0, joined=datetime(2019, 2, 3), left=None),
        cells(0, staff_number=110001, email="b@force.example", line_manager=110000.0, work_phone=1622690690),
        [None] * 11,
        cells(0, staff_number="110002", email="c@force.example", joined=43499),
    )

    assert import_roster(data, "--confirm")["new"] == 3
    assert person(110000).joined == date(2019, 2, 3)
    assert person(110001).line_manager == person(110000)
    assert person(110001).work_phone == "01622 690690"
    assert person(110002).joined == date(2019, 2, 3)


def test_leading_zeros_that_excel_shows_are_kept(import_roster):
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(cells(0, staff_number=42))
    book.active["A2"].number_format = "000000"

    import_roster(saved(book), "--confirm")

    assert Person.objects.get().staff_number == "000042"


def test_a_hidden_sheet_is_passed_over(import_roster):
    book = Workbook()
    book.active.append(["notes of somebody"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Roster")
    sheet.append(HEADER)
    sheet.append(cells(1))

    assert import_roster(saved(book))["new"] == 1


def test_macros_and_links_in_an_excel_file_are_left_alone(import_roster):
    file = io.BytesIO(workbook(cells(1)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")

    assert import_roster(file.getvalue())["new"] == 1


def test_a_lookup_that_failed_is_no_name(import_roster):
    told = import_roster([line(1, line_manager="#N/A"), line(2, station="#REF!")])

    assert reasons(told["rejected"]) == {
        2: "line manager holds the spreadsheet's error #N/A",
        3: "station holds the spreadsheet's error #REF!",
    }


# --- What cannot be used ------------------------------------------------------------------------------


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(400):
                part.write(b"0" * 1024 * 1024)
    return file.getvalue()


def archive_of(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"<?xml version='1.0'?><document/>")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
UNUSABLE = {
    "empty": (b"", "The file is empty."),
    "blank": (b"\r\n\r\n", "The first row must hold the names of the columns"),
    "header only": (as_csv([]), "The file has column names and no rows below them."),
    "no staff number": (b"name,email\r\nAsha,a@force.example\r\n", "No column holds the staff number."),
    "two of a name": (b"staff no,staff no\r\n1,2\r\n", "Two columns are called “staff no”."),
    "no text": (b"a\0b\0c\0", "This is not a CSV or Excel file"),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not a CSV or Excel file"),
    "open quotes": (b'staff no,known as\r\n1,"Asha\r\n', "The file cannot be read as CSV"),
    "a PDF": (b"%PDF-1.7", "This is a PDF."),
    "with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "The file is protected by a password."),
    "an old Excel file": (OLE, "This is an old Excel file (.xls)."),
    "a binary Excel file": (archive_of("xl/workbook.bin"), "This is a binary Excel file (.xlsb)."),
    "a Word file": (archive_of("word/document.xml"), "some other kind of archive or document"),
    "a damaged Excel file": (workbook(cells(1))[:2000], "The Excel file is damaged"),
    "an Excel file without its sheet": (archive_of("xl/workbook.xml"), "The Excel file is damaged"),
    "a zip bomb": (bomb(), "The Excel file unpacks to more than can be read."),
    "50 MB": (b"x" * 50 * 1024 * 1024, "The file has 50 MB; the most that can be read is 20 MB."),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_cannot_be_used_gets_a_sentence_and_changes_nothing(kind, places, tmp_path, capsys):
    data, sentence = UNUSABLE[kind]
    file = tmp_path / "roster"
    file.write_bytes(data)

    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("import_roster", str(file), "--confirm", "--format", "json")

    assert capsys.readouterr().out == ""
    assert not Person.objects.exists()


def test_a_file_that_is_not_there_gets_a_sentence(places):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_roster", "/nowhere/roster.csv")


def read_or_refuse(data: bytes) -> None:
    with suppress(RosterFileError):
        columns.match(reading.read(data).header)


@given(st.binary(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_reader(data):
    read_or_refuse(data)


@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(text, encoding):
    read_or_refuse(b"staff number,email\r\n" + text.encode(encoding, errors="ignore"))


SMALL_BOOK = workbook(cells(1), cells(2))


@given(st.lists(st.tuples(st.integers(0, len(SMALL_BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_no_damage_to_an_excel_file_breaks_the_reader(damage):
    data = bytearray(SMALL_BOOK)
    for place, byte in damage:
        data[place] = byte
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read_or_refuse(bytes(data))


ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(rows=st.lists(st.lists(ANYTHING, min_size=11, max_size=11), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cells_break_the_import(rows, import_roster):
    good = line(1)
    told = import_roster(as_csv([good, *(dict(zip(HEADER, row, strict=True)) for row in rows)]))

    assert told["changed"] == told["leavers"] == 0
