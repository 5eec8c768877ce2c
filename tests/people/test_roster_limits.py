"""Files that are well formed and longer, in one way or another, than any force's."""

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
