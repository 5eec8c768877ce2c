"""The bytes of HR's file of absences, in any usual dress: four columns, and what says why is refused."""

import re
from datetime import date

import pytest

from mentoring import absence_file
from mentoring.queries import absence_feed as queries
from tests.mentoring.feed_files import a_file
from wellbeing.people.roster.reading import RosterFileError


@pytest.mark.parametrize(
    "data",
    [
        a_file("900001;3.11.2026;;", header="Staff No;Absence start date;Due back;Return date", encoding="utf-8-sig"),
        a_file(" 900001 ;03-Nov-2026;;", header="STAFF_NUMBER ;First day of absence;Expected return;RTW date"),
        a_file("900001.0,46329,,", header="Employee number,Start,Expected back – ca.,Back on", encoding="cp1252"),
    ],
)
def test_a_file_comes_in_any_usual_dress(data):
    line = absence_file.read(data).lines[0]

    assert queries._read(line, queries.Plan()).key == ("900001", date(2026, 11, 3))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (a_file("1,2", header="Name,First day"), "No column holds the staff number."),
        (a_file("1,2", header="Staff number,Name"), "No column holds the first day."),
        (a_file("1,2,3", header="Staff number,First day,First day"), "Two columns are called “First day”."),
        (b"x" * (absence_file.MAX_BYTES + 1), "The file has more than the 5 MB that can be read."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(data, words):
    with pytest.raises(RosterFileError, match=re.escape(words)):
        absence_file.read(data)


NAMES = "Reason|Sickness reason|Diagnosis|Fit note|Fit note ends|Absence Type|Notes|Medical condition|Comments|Med3"


@pytest.mark.parametrize("name", [*NAMES.split("|"), "Sickness category", "Statement from GP"])
def test_a_column_that_may_say_why_is_refused_by_its_name(name):
    file = absence_file.read(a_file("900001,2026-11-03,,,flu", header=f"Staff number,First day,,Team,{name}"))

    assert (file.refused, file.unused) == ([name], ["Team"])
    assert "flu" not in repr(file)
