"""The roster files that came with the wish for this portal: one clean, one as messy as life."""

import csv

from wellbeing.people.models import Person

from .conftest import DATA, person, reasons

CLEAN, MESSY = DATA / "roster_clean.csv", DATA / "roster_messy.csv"


def expected(result: str) -> dict[int, str]:
    with (DATA / "roster_messy.expected.csv").open() as file:
        return {int(row["row_in_file"]): row["because"] for row in csv.DictReader(file) if row["result"] == result}


def test_the_clean_file_imports_whole(import_roster):
    told = import_roster(CLEAN, "--confirm")

    assert told == {"new": 60, "changed": 0, "unchanged": 0, "leavers": 0, "rejected": [], "warnings": []}
    assert Person.objects.count() == 60
    aaron = person(110000)
    assert (aaron.name, aaron.email, aaron.station.name) == (
        "Aaron Pearce",
        "aaron.pearce.0@force.example",
        "Tunbridge Wells",
    )
    assert aaron.line_manager == person(110010)
    assert aaron.joined.isoformat() == "2015-05-24"
    assert aaron.left is None
    assert not aaron.has_usable_password()


def test_the_messy_file_gives_exactly_the_expected_rejections_and_warnings(import_roster):
    told = import_roster(MESSY, "--dry-run")

    assert reasons(told["rejected"]) == expected("rejected")
    assert reasons(told["warnings"]) == expected("warning")
    assert (told["new"], told["changed"], told["unchanged"], told["leavers"]) == (18, 0, 0, 0)


def test_a_dry_run_changes_nothing(import_roster):
    import_roster(MESSY, "--dry-run")
    import_roster(MESSY)

    assert not Person.objects.exists()


def test_the_messy_file_is_read_as_it_was_meant(import_roster):
    import_roster(MESSY, "--confirm")

    assert person(110001).known_as == "Siân"
    assert person(110002).station.name == "Ashford"
    assert person(110003).joined.isoformat() == "2019-02-03"
    assert person(110004).work_phone == "01622 690690"
    assert person(110005).line_manager == person(110015)
    for vacant in (110014, 110016, 110018, 110020):
        assert person(vacant).line_manager is None


def test_importing_the_same_file_twice_changes_nothing(import_roster):
    import_roster(CLEAN, "--confirm")
    import_roster(MESSY, "--confirm")

    before = list(Person.objects.values())
    told = import_roster(MESSY, "--confirm")

    assert (told["new"], told["changed"], told["unchanged"]) == (0, 0, 18)
    assert list(Person.objects.values()) == before
