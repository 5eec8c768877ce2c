"""Who may do what with what is written about somebody away: a table held against the walls in turn, as `test_matrix`.

Three people are away. Asha had one colleague keep contact, and has another now; Priya has paused contact; Omar has a
welfare mentor. Ben is line manager of all three, kept contact with Priya, and must find nothing of it meanwhile.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from mentoring.actions import contacts, schedules
from mentoring.models import Absence, Contact, HalfPay
from mentoring.queries import absences as queries
from mentoring.queries import contacts as kept
from tests.confidential.test_matrix import truth
from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.away import away, chosen, days, paused, planned, recorded, told
from tests.mentoring.pages import a_day
from wellbeing.break_glass import actions as emergencies
from wellbeing.confidential import vault
from wellbeing.confidential.models import BreakGlass, Kind, Record
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]

# Each sort of record: whom it is about, its kind, and what can be done with it at all: o opens it, u writes a new
# version of it, w writes a new one of its kind.
RECORDS = {
    "contact": ("asha", Kind.CONTACT, "ow"),
    "earlier contact": ("asha", Kind.CONTACT, "o"),
    "plan": ("asha", Kind.PLAN, "ou"),
    "told": ("asha", Kind.TOLD, "ou"),
    "contact before a pause": ("priya", Kind.CONTACT, "ow"),
    "plan in a pause": ("priya", Kind.PLAN, "ou"),
    "told in a pause": ("priya", Kind.TOLD, "ou"),
    "mentor's contact": ("omar", Kind.CONTACT, "ow"),
    "mentor's plan": ("omar", Kind.PLAN, "ou"),
}
# Everybody of the cast who is not here may do nothing, whatever their rank or role.
ALLOWED = {
    "asha": {"contact": "o", "earlier contact": "o", "plan": "ou", "told": "ou"},
    "colleague": {"contact": "ow", "plan": "ou", "told": "o"},
    "ben": {"told": "o", "told in a pause": "o"},
    "priya": {"contact before a pause": "o", "plan in a pause": "ou", "told in a pause": "ou"},
    "omar": {"mentor's contact": "o", "mentor's plan": "ou"},
    "welfare_mentor": {"mentor's contact": "ow", "mentor's plan": "ou"},
    "emergency_lead": {"contact": "o", "earlier contact": "o", "plan": "o", "told": "o"},
}
# Which rows about Asha are seen, by whom: a table for each audience.
ROWS = {
    "mentoring_absence": {"asha", "ben", "acting_manager", "colleague", "hr", "coordinator"},
    "mentoring_contactplan": {"asha", "colleague"},
    "mentoring_contact": {"asha", "colleague", "emergency_lead"},
    "mentoring_halfpay": {"asha", "hr"},
}
MADE = ("former_keeper", "colleague", "acting_manager", "emergency_lead")
CAST = [
    *("asha", "priya", "omar", "ben", *MADE, "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator"),
    *("secretary", "lead", "guardian", "dpo", "technical_admin", "superuser"),
]
FEW = ["asha", "ben", "former_keeper", "colleague", "chidi", "welfare_mentor", "coordinator", "superuser"]
MORE = [*FEW, "priya", "omar", "acting_manager", "hr", "dpo", "emergency_lead"]


def wrong_cells(attempt, cast=CAST) -> list[str]:
    """The cells in which `attempt(name, sort, letter)` does not come out as the table says."""
    cells = [(name, sort, letter) for name in cast for sort, (_, _, letters) in RECORDS.items() for letter in letters]
    expected = {cell: cell[2] in ALLOWED.get(cell[0], {}).get(cell[1], "") for cell in cells}
    return [f"{cell} should be {may}" for cell, may in expected.items() if attempt(*cell) != may]


@dataclass
class Written:
    """One record as the pages wrote it: its key, a word that stands in it, in which absence."""

    key: uuid.UUID
    word: str
    absence: Absence


@pytest.fixture
def people(request, station, ben):
    omar, priya = (PersonFactory(known_as=name, line_manager=ben, station=station) for name in ("Omar", "Priya"))
    named = {"omar": omar, "priya": priya} | {name: PersonFactory(known_as=name, station=station) for name in MADE}
    everybody = {name: named.get(name) or request.getfixturevalue(name) for name in CAST}
    lead = actions.propose_role(person=named["emergency_lead"], role="lead", by=everybody["hr"], starts=days(0))
    actions.approve_role(assignment=lead, by=everybody["lead"])
    return everybody


@pytest.fixture
def records(people, browse_as):
    """One record of each sort, by its name, written through the portal's pages by whoever writes such."""
    ben, clients = people["ben"], {name: browse_as(people[name]) for name in CAST}
    about = {name: away(people[name], by=ben) for name in ("asha", "priya", "omar")}

    def written(sort: str, by: str) -> Written:
        absence, word = about[RECORDS[sort][0]], f"word-{list(RECORDS).index(sort)}"
        kind = RECORDS[sort][1]
        if kind == Kind.CONTACT:
            return Written(recorded(clients[by], absence, text=word, despite_day="on"), word, absence)
        save, what = (planned, "plan") if kind == Kind.PLAN else (told, "told")
        assert save(clients[by], text=word).status_code == 302
        with acting_as(absence.subject):
            return Written(getattr(kept.plan_of(absence), f"{what}_record"), word, absence)

    chosen(clients["asha"], people["former_keeper"])
    found = {"earlier contact": written("earlier contact", "former_keeper")}
    chosen(clients["asha"], people["colleague"])
    _gives_a_mentor(people)
    for sort, by in {
        "contact": "colleague", "plan": "asha", "told": "asha",
        "contact before a pause": "ben", "plan in a pause": "priya", "told in a pause": "priya",
        "mentor's plan": "omar", "mentor's contact": "welfare_mentor",
    }.items():  # fmt: skip
        found[sort] = written(sort, by)
    paused(clients["priya"], 7)
    _others_stand_around(people, about["asha"])
    return found


def _gives_a_mentor(people) -> None:
    """Omar has a welfare mentor, as what the coordinator offers has it."""
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        keys = [people["omar"].pk, people["welfare_mentor"].pk]
        cursor.execute("select confidential_hold_contact(%s, %s, 'welfare_mentor', null)", keys)
        cursor.execute("update mentoring_contactplan set kept_by = 'mentor' where subject_id = %s", keys[:1])


def _others_stand_around(people, absence) -> None:
    """Ben names who acts for him, HR enters half pay, the guardian opens an emergency about Asha."""
    ben, lead, today = people["ben"], people["emergency_lead"], timezone.localdate()
    with acting_as(ben):
        schedules.name_acting(by=ben, acting=people["acting_manager"], first_day=today, last_day=today)
    with acting_as(people["hr"]):
        HalfPay.objects.create(absence=absence, subject=people["asha"], starts=days(90))
    with acting_as(lead):
        emergencies.ask(by=lead, key=uuid.uuid4(), subject=people["asha"], reason="A life is at stake")
    with acting_as(people["guardian"]):
        emergencies.answer(by=people["guardian"], asked=BreakGlass.objects.get(), approve=True)


# --- Over HTTP --------------------------------------------------------------------------------------


class OverHttp:
    """What somebody can do with the portal's pages, whatever they answer: judged by what is shown and stored."""

    def __init__(self, people, records, browse_as):
        self.records = records
        self.clients = {name: browse_as(person) for name, person in people.items()}
        for client in self.clients.values():
            client.raise_request_exception = False
        self.asked = truth("select id from confidential_breakglass")
        self.read: dict[str, str] = {}

    def __call__(self, name: str, sort: str, letter: str) -> bool:
        client, record = self.clients[name], self.records[sort]
        if letter == "o":
            return record.word in self.everything(name)
        stored = "select count(*) from confidential_version where record_id = %s"
        if letter == "w":
            before = truth("select count(*) from mentoring_contact")
            client.post(f"/mentoring/contacts/{record.absence.pk}/new/", self.contact())
            return truth("select count(*) from mentoring_contact") != before
        before = truth(stored, record.key)
        form = {"version": uuid.uuid4(), "replaces": before, "text": record.word, "channels": "phone", "every_days": 9}
        for page in self.forms(sort):
            client.post(page, form)
        return truth(stored, record.key) != before

    def everything(self, name: str) -> str:
        """Every page of the portal on which such a record could be read, one after the other."""
        if name not in self.read:
            pages = [f"/my-plan/{page}" for page in ("", "contacts/", "contact/", "colleagues/", "pause/", "who/")]
            pages += ["/mentoring/", "/mentoring/contacts/"]
            for absence in {record.absence.pk for record in self.records.values()}:
                pages += [f"/mentoring/contacts/{absence}/{page}" for page in ("", "new/", "plan/", "told/")]
                pages.append(f"/mentoring/absences/{absence}/told/")
            if name in ("lead", "emergency_lead", "dpo"):
                pages += [f"/emergencies/{self.asked}/records/{record.key}/" for record in self.records.values()]
            self.read[name] = "".join(self.clients[name].get(page).content.decode() for page in pages)
        return self.read[name]

    def forms(self, sort: str) -> list[str]:
        is_plan = RECORDS[sort][1] == Kind.PLAN
        own, others = ("contact", "plan") if is_plan else ("colleagues", "told")
        return [f"/my-plan/{own}/", f"/mentoring/contacts/{self.records[sort].absence.pk}/{others}/"]

    @staticmethod
    def contact() -> dict:
        fresh = {"id": uuid.uuid4(), "version": uuid.uuid4(), "text": "New", "channel": "phone", "answered": "yes"}
        ticks = dict.fromkeys(("despite_pause", "despite_day", "despite_way"), "on")
        return fresh | ticks | a_day("held_on", days(0)) | a_day("next_contact", days(20))


def test_as_built(people, records, browse_as):
    assert wrong_cells(OverHttp(people, records, browse_as), MORE) == []


def test_with_every_filter_of_the_views_taken_away(people, records, browse_as, monkeypatch):
    for module, name, open_to_all in (
        (vault, "visible_to", lambda person: Record.objects.all()),
        (queries, "absences_kept", lambda person: Absence.objects.all()),
        (queries, "absences_managed", lambda person: Absence.objects.all()),
        (contacts, "keeps_contact", lambda person, absence: True),
        (kept, "contacts_of", lambda absence, to: Contact.objects.filter(absence=absence)),
    ):
        monkeypatch.setattr(module, name, open_to_all)
    assert wrong_cells(OverHttp(people, records, browse_as), FEW) == []


def test_with_row_security_taken_away(people, records, browse_as):
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("select oid::regclass::text from pg_class where relrowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(f"alter table {table} disable row level security")
    assert wrong_cells(OverHttp(people, records, browse_as), FEW) == []


# --- At the vault's door, and with raw SQL ----------------------------------------------------------


def test_even_a_record_in_hand_does_not_open_and_no_statement_of_ones_own_finds_or_writes_it(people, records):
    known = {}
    for name in ("asha", "priya", "omar"):
        with acting_as(people[name]):
            known |= Record.objects.in_bulk()

    def at_the_door(name, sort, letter):
        if letter != "o":
            return letter in ALLOWED.get(name, {}).get(sort, "")
        try:
            with acting_as(people[name]):
                return bool(vault.open_record(known[records[sort].key], by=people[name], why="the matrix").texts)
        except vault.Refused:
            return False

    assert wrong_cells(at_the_door) == []
    assert wrong_cells(lambda *cell: _raw(people, records, *cell)) == []


def _raw(people, records, name, sort, letter) -> bool:
    """What a statement gets with the web's login and one's own identity; it is rolled back."""
    subject, kind, _ = RECORDS[sort]
    record = records[sort].key
    with acting_as(people[name]), connection.cursor() as cursor:
        cursor.execute("select count(*) from confidential_version where record_id = %s", [record])
        seen = cursor.fetchone()[0]
        if letter == "o":
            return bool(seen)
        key, number = (record, seen + 1) if letter == "u" else (uuid.uuid4(), 1)
        seal = "select confidential_seal(%s, gen_random_uuid(), 'text', %s, %s, %s, null, 'k1', 'x', 'x') = 'sealed'"
        cursor.execute(seal, [key, number, kind, people[subject].pk])
        sealed = cursor.fetchone()[0]
        transaction.set_rollback(True)
        return sealed


def test_each_table_is_seen_by_its_audience_alone(people, records):
    found = {table: set() for table in ROWS}
    for name in CAST:
        with acting_as(people[name]), connection.cursor() as cursor:
            for table in ROWS:
                cursor.execute(f"select exists (select from {table} where subject_id = %s)", [people["asha"].pk])
                if cursor.fetchone()[0]:
                    found[table].add(name)
    assert found == ROWS
    _nobody_else_decides(people, records)


def _nobody_else_decides(people, records) -> None:
    """Nor does anybody date an absence, or decide who keeps contact, by a statement of their own."""
    absence = records["plan"].absence.pk
    decides = {
        "select mentoring_change_absence(%s, london_today() - 9, null, london_today()) = 'changed'": {
            "asha",
            "ben",
            "hr",
        },
        "select mentoring_pause_contact(%s, london_today())": {"asha"},
        "select mentoring_choose_contact(%s, 'line_manager', null)": {"asha"},
    }
    for statement, expected in decides.items():
        may = set()
        for name in CAST:
            with acting_as(people[name]), connection.cursor() as cursor:
                cursor.execute(statement, [absence])
                if cursor.fetchone()[0]:
                    may.add(name)
                transaction.set_rollback(True)
        assert may == expected, statement
