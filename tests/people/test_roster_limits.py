"""Files that are well formed and longer, in one way or another, than any force's."""

import io

from wellbeing.people.roster import reading

from .conftest import line, reasons


def test_a_line_of_managers_longer_than_may_be_is_cut_with_a_warning(import_roster):
    told = import_roster([line(n, line_manager=str(n + 1) if n < 130 else "") for n in range(1, 131)], "--confirm")

    assert told["new"] == 130
    assert list(reasons(told["warnings"]).values()) == ["more than 100 line managers one above the other: left vacant"]


def test_a_chain_of_addresses_falls_back_row_by_row_when_its_end_is_refused(import_roster):
    import_roster([line(n) for n in range(1, 40)], "--confirm")
    chain = [line(n, email=f"person.{n + 1}@force.example") for n in range(1, 39)]

    told = import_roster(chain, "--confirm")

    assert len(told["rejected"]) == 38
    assert told["changed"] == 0


def test_a_number_format_as_long_as_a_book_pads_nothing():
    from openpyxl import Workbook

    book, kept = Workbook(), io.BytesIO()
    book.active.append(["staff_number"])
    book.active.append([7])
    book.active["A2"].number_format = "0" * 200
    book.save(kept)

    assert reading.read(kept.getvalue()).rows[0].cells == ["7"]


def test_rows_that_share_an_address_are_each_told_of_three_others(import_roster):
    told = import_roster([line(n, email="same@force.example") for n in range(1, 7)])

    assert reasons(told["rejected"])[2] == "email also on rows 3, 4, 5 and 2 more"
    assert reasons(told["rejected"])[7] == "email also on rows 2, 3, 4 and 2 more"
