"""Names however they are written, and what everybody reads and so must name nobody."""

import time
import uuid
from datetime import date
from string import ascii_lowercase

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum import notes, personal
from forum.models import Meeting, Sponsor, Strand
from tests.factories import forum
from tests.factories.people import PersonFactory
from tests.pages import text_of
from wellbeing.people.actions import save_people

UNSEEN = {"a zero-width space": "\u200b", "a soft hyphen": "\u00ad", "a joiner": "\u2060", "a mark": "\ufeff"}
FOUND = {
    "We should help Asha K Patel.": "Asha K Patel",
    "We should help Asha K. Patel.": "Asha K. Patel",
    "Asha Kaur Patel's desk": "Asha Kaur Patel",
    "asha k patel": "asha k patel",
    "A. K. Patel asked": "A. K. Patel",
    "A Patel asked": "A Patel",
    "Asha-Patel": "Asha-Patel",
    "asha.patel says": "asha.patel",
    "asha_patel": "asha_patel",
    "Asha  \n\n Patel": "Asha  \n\n Patel",
    "Asha\N{NO-BREAK SPACE}Patel": "Asha\N{NO-BREAK SPACE}Patel",
    "“Asha” (Patel)": "Asha” (Patel",
    "Asha Patel's": "Asha Patel",
    "Asha Patel’s": "Asha Patel",
    "patel , asha": "patel , asha",
    "Zoe\u0308 O\N{MODIFIER LETTER APOSTROPHE}Neill": "Zoe\u0308 O\N{MODIFIER LETTER APOSTROPHE}Neill",
    "Anna Smith\N{NON-BREAKING HYPHEN}Jones": "Anna Smith\N{NON-BREAKING HYPHEN}Jones",
    "Anna Smith Jones": "Anna Smith Jones",
    "Mary-Jane Watson": "Mary-Jane Watson",
    "Sean St. John": "Sean St. John",
    "PC St. John": "PC St. John",
    "Sean St John": "Sean St John",
    "Mary O’Neil": "Mary O’Neil",
    "mary o'neil": "mary o'neil",
    "PC O'Neil": "PC O'Neil",
    "Jane Brown-Kerr": "Jane Brown-Kerr",
    "Jane Brown–Kerr": "Jane Brown–Kerr",
    "Jane Brown Kerr": "Jane Brown Kerr",
    "A'isha Khan": "A'isha Khan",
    "Ann de la Cruz y Santos": "Ann de la Cruz y Santos",
    "Lukasz Swiech": "Lukasz Swiech",
    "Łukasz Święch": "Łukasz Święch",
    "Moller, Soren": "Moller, Soren",
    "PC Nguyen": "PC Nguyen",
    "PC 1234 Patel": "PC 1234 Patel",
    "pc1234 patel": "pc1234 patel",
    "Det Con Patel": "Det Con Patel",
    "D/C Patel": "D/C Patel",
    "P.C. Patel": "P.C. Patel",
    "Ch Insp Patel": "Insp Patel",
    "ACC Patel": "ACC Patel",
    "Chief Constable (Patel)": "Constable (Patel",
    "Patel A": "Patel A",
    "Patel, A. is ill": "Patel, A",
    "Asha K L Patel": "Asha K L Patel",
    "Asha K. L. Patel": "Asha K. L. Patel",
    "Asha/Patel": "Asha/Patel",
    "Asha and Ben Patel": "Asha and Ben Patel",
    "Asha & Ben Patel": "Asha & Ben Patel",
    "for Asha, Ben and Cora Patel": "Asha, Ben and Cora Patel",
    "Ben, Asha, and Cora Patel": "Asha, and Cora Patel",
    "Mary Jane, Tom & Anna Watson": "Mary Jane, Tom & Anna Watson",
}
LEFT = (
    "Asha asked; Patel Road is closed, and so is Asha. Patel Road.",
    "Asha has asked about Patel Road.",
    "Asha or patel",
    "It was a long wait, and a Long wait it was.",
    "Ask Asha. Or ask Anna and Mary Jane.",
    "Asha, Kaur, Patel",
    "Asha 7 Patel",
    "Asha's Patel",
    "Asha and the Patel Road, or Asha, tea and Cora Patel; S C Patel",
    "Asha Kaur, Ben and Cora Patel",
    "Patel Road, a road; Patel, I think; Patel A long way off; a con Patel",
    "Buy 7777 Patel",
)


@pytest.fixture
def people(asha):
    names = [("Zoë", "O'Neill"), ("Anna", "Smith-Jones"), ("Mary Jane", "Watson"), ("Sean", "St. John")]
    names += [("Mary", "O’Neil"), ("Jane", "Brown–Kerr"), ("A’isha", "Khan"), ("Ann", "de la Cruz y Santos")]
    names += [("Łukasz", "Święch"), ("Søren", "Møller"), ("Minh", "Nguyễn")]
    for known_as, last in [*names, ("Adam", "Long"), ("Ivy", "Long")]:
        PersonFactory(known_as=known_as, last_name=last)


def test_a_name_is_found_however_it_is_written_and_shown_as_it_was(people):
    cases = FOUND | {f"Asha Pa{sign}tel": f"Asha Pa{sign}tel" for sign in UNSEEN.values()}
    cases |= {f"Asha{sign} Patel": f"Asha{sign} Patel" for sign in UNSEEN.values()}
    for text, words in cases.items():
        assert personal.found_in(text) == [personal.Finding(words, personal.NAME)], ascii(text)
    assert personal.found_in("ask asha.patel@force.example") == [
        personal.Finding("asha.patel@force.example", personal.MAIL)
    ]


def test_names_that_do_not_stand_together_are_left_alone_and_so_are_those_of_two_texts(people):
    assert [text for text in LEFT if personal.found_in(text)] == []
    assert personal.found_in("We ask Asha", "Patel Road") == []


def test_a_staff_number_may_stand_apart_from_its_letters(asha):
    PersonFactory(staff_number="PC7777")
    for text in ("PC 7777", "pc-7777", "PC7777", "see pc\N{NO-BREAK SPACE}7777."):
        assert personal.found_in(text) == [personal.Finding("PC7777", personal.NUMBER)], text
    assert [text for text in ("7777", "APC 7777", "PC 77771", "£7777") if personal.found_in(text)] == []


def test_what_is_split_by_signs_that_nobody_sees_is_found_as_well(people, asha):
    number, mail = asha.staff_number, asha.email
    text = f"{number[:3]}\u200b{number[3:]} a dia\u00adgnosis, {mail[:4]}\u200b{mail[4:]}, 01632\u200b 960123"
    whys = [personal.NUMBER, personal.MAIL, personal.PHONE, personal.HEALTH]
    assert [one.why for one in personal.found_in(text)] == whys
    assert [one.words.replace("\u200b", "") for one in personal.found_in(text)][1] == mail


def test_however_long_and_however_odd_the_text_it_takes_a_moment_and_two_questions(people):
    long = 60_000
    known = [f"Na{one}{two}" for one in ascii_lowercase for two in ascii_lowercase[:12]]
    last = [f"Xu{one}{two}" for one in ascii_lowercase for two in ascii_lowercase[:12]]
    save_people(by=None, new=[PersonFactory.build(known_as=a, last_name=b) for a, b in zip(known, last, strict=True)])
    odd = (
        "a",
        "a.",
        "a-",
        "a@",
        "1",
        "1 ",
        "07 ",
        "(",
        " ",
        "*",
        "Asha",
        "Asha ",
        "asha.patel@",
        "pc ",
        "A Long ",
        "Asha and ",
        "Asha, ",
    )
    texts = [part * (long // len(part)) for part in (*odd, "\u0308", "\u200b", " ".join([*known, *last]) + " ")]
    texts += ["Asha" + " " * long + "Patel", "Asha " + "*" * long + "1 Patel", "a@" + "b" * long, "+44" + "1" * long]
    for text in texts:
        began = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            personal.found_in(text)
        assert time.process_time() - began < 1.5, ascii(text[:40])
        assert len(asked) <= 2


def test_the_longest_line_of_notes_takes_a_moment():
    for part in ("(", ",", "; (", "a (", "owner ", "due ", "Owner:"):
        began = time.process_time()
        notes.lines_of(part * (60_000 // len(part)), today=date(2026, 3, 1))
        assert time.process_time() - began < 1, part
    (line,) = notes.lines_of("Hot food, ((Owner: Estates), due: 12 April", today=date(2026, 3, 1))
    assert (line.text, line.owner, line.due) == ("Hot food", "Estates", date(2026, 4, 12))


def test_several_fields_are_asked_about_at_once_and_each_is_refused_beside_itself(people):
    with CaptureQueriesContext(connection) as asked, pytest.raises(ValidationError) as refused:
        personal.refuse(one="Asha Patel asks", two="Nothing", three="900000 or 123456 and Sgt Patel")
    assert set(refused.value.message_dict) == {"one", "three"}
    assert len(asked) <= 2


def test_the_name_of_a_strand_and_the_title_of_a_meeting_name_nobody(browse_as, secretary, representative, people):
    client, words = browse_as(secretary), "it looks personal: “Asha Patel”"
    sort = {"sort": "staff_network", "order": 9}
    page = client.post("/forum/strands/add/", sort | {"name": "Friends of Asha Patel"})
    assert words in text_of(page)
    client.post("/forum/strands/add/", sort | {"name": "Cancer network"})
    strand = Strand.objects.get(name="Cancer network")
    page = client.post(f"/forum/strands/{strand.pk}/change/", sort | {"name": "Friends of Asha Patel"})
    assert words in text_of(page)
    assert not Strand.objects.filter(name__contains="Asha").exists()
    planned = forum.meeting(by=secretary)
    when = {"day_day": 9, "day_month": 3, "day_year": date.today().year + 1, "starts": "14:00", "ends": "16:00"}
    asked = {"key": uuid.uuid4(), "title": "About Asha Patel", "place": "Asha Patel’s office", "number": 1, **when}
    shown = client.post("/forum/meetings/plan/", asked).context["form"]["shown"].value()
    assert words in text_of(client.post("/forum/meetings/plan/", asked | {"shown": shown, "sure": "y"}))
    assert words in text_of(client.post(f"/forum/meetings/{planned.pk}/change/", asked))
    assert list(Meeting.objects.values_list("title", flat=True)) == ["Wellbeing forum"]
    client.post(f"/forum/meetings/{planned.pk}/change/", asked | {"title": "Cancer and work"})
    moved = Meeting.objects.get()
    assert (moved.title, moved.place) == ("Cancer and work", "Asha Patel’s office")  # where, the invited alone read


def test_chief_officers_name_themselves_and_nobody_else(browse_as, secretary, people, ben):
    client, chief = browse_as(secretary), PersonFactory(known_as="Rosalind", last_name="Achterberg")
    sponsor = {"name": "Rosalind Achterberg", "title": "Chief Constable", "person": chief.staff_number, "order": 1}
    address = "/forum/plan/sponsors/add/"
    for words in ({"words": "Asha Patel asked me."}, {"words": "x", "title": "In place of Ben Okafor"}):
        assert "it looks personal" in text_of(client.post(address, sponsor | words)), words
    assert not Sponsor.objects.exists()
    client.post(address, sponsor | {"words": "R. Achterberg, of my breakdown: ring 01632 960123."})
    assert Sponsor.objects.get().words.startswith("R. Achterberg")
