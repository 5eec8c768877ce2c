"""Who may do what with which record: one table, held against the portal with its walls taken away in turn.

As built, over HTTP; over HTTP with every filter and rule of the views gone, as if they said
`Model.objects.get(pk=…)`; over HTTP with the rules in Python alone, row security off; with a record in hand at the
vault's door; and with raw SQL as the web's login, with nobody's identity and with one's own.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentoring.actions import appoint_mentor, schedules
from mentoring.models import Action, Adjustment, OneToOne
from mentoring.queries import one_to_ones
from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.pages import a_day, hidden, logged
from wellbeing.break_glass import actions as emergencies
from wellbeing.break_glass import queries as break_glass
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import BreakGlass, Kind, Record
from wellbeing.people import actions
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]

# Each sort of record, its kind, and what can be done with it at all: o opens it, c comments on it, r asks for a
# correction, u writes a new version of it, t ticks what was agreed in it, e ends it, w writes a new one of its kind.
RECORDS = {
    "1-1": (Kind.ONE_TO_ONE, "ocrutw"),
    "earlier 1-1": (Kind.ONE_TO_ONE, "ocrut"),
    "adjustment owed": (Kind.ADJUSTMENT, "oew"),
    "adjustment over": (Kind.ADJUSTMENT, "oe"),
    "wishes": (Kind.WISHES, "ou"),
}
# Who → what of each, in that order. Everybody of the cast who is not here may do nothing, whatever their rank or role.
ALLOWED = {
    "asha": ("ocrt", "ocrt", "o", "o", "ou"),
    "ben": ("ocutw", "", "oew", "", "o"),
    "emergency_lead": ("o", "o", "o", "o", "o"),
}
CAST = [
    *("asha", "ben", "former_manager", "acting_manager", "chidi", "champion", "spoc", "welfare_mentor"),
    *("career_mentor", "hr", "coordinator", "secretary", "lead", "emergency_lead", "guardian", "dpo"),
    *("technical_admin", "superuser", "leaver"),
]
CELLS = [(name, sort, letter) for name in CAST for sort, (_, letters) in RECORDS.items() for letter in letters]
PARTS = {"c": "comment", "r": "request", "u": "text"}


def expected(name: str, sort: str, letter: str) -> bool:
    return letter in dict(zip(RECORDS, ALLOWED.get(name, [""] * len(RECORDS)), strict=True))[sort]


def wrong_cells(attempt) -> list[str]:
    """The cells in which `attempt(name, sort, letter)` does not come out as the table says."""
    return [
        f"{name} {'may' if expected(name, sort, letter) else 'may not'} {letter}: {sort}"
        for name, sort, letter in CELLS
        if attempt(name, sort, letter) != expected(name, sort, letter)
    ]


# --- The people and their records -------------------------------------------------------------------


def _career_mentor(station):
    person = PersonFactory(known_as="Carla", station=station)
    appoint_mentor(person=person, kind="career", by=None)
    return person


def _second_lead(person: Person, *, hr: Person, lead: Person) -> None:
    proposed = actions.propose_role(person=person, role="lead", by=hr, starts=timezone.localdate())
    actions.approve_role(assignment=proposed, by=lead)


MADE = {
    "former_manager": lambda station: PersonFactory(known_as="Farid", station=station),
    "acting_manager": lambda station: PersonFactory(known_as="Alba", station=station),
    "career_mentor": _career_mentor,
    "emergency_lead": lambda station: PersonFactory(known_as="Emil", station=station),
    "leaver": lambda station: PersonFactory(known_as="Lev", station=station),
}


@pytest.fixture
def people(request, station, asha, ben):
    """Everybody by their part. Ben has managed Asha since today; before, somebody else did, who wrote too."""
    named = {name: request.getfixturevalue(name) for name in CAST if name not in MADE}
    everybody = named | {name: make(station) for name, make in MADE.items()}
    _second_lead(everybody["emergency_lead"], hr=everybody["hr"], lead=everybody["lead"])
    return everybody


@dataclass
class Written:
    """One record as the pages wrote it: its key, a word that stands in it, what was agreed in it."""

    key: uuid.UUID
    word: str
    action: uuid.UUID | None = None


@pytest.fixture
def records(people, browse_as):
    """One record of each sort, by its name, written through the portal's pages by whoever writes such."""
    asha, ben, former = people["asha"], people["ben"], people["former_manager"]
    today = timezone.localdate()

    def log(client, word: str, adjusted: str) -> uuid.UUID:
        owed = {"adjustment": adjusted, **a_day("adjustment_until", today)} if adjusted else {}
        return logged(client, asha, how=word, what_1="Ring the planner", **owed)

    def manage(manager) -> None:
        actions.save_people(by=None, changed=[(asha, {"line_manager_id": manager.pk})])

    manage(former)
    before = browse_as(former)
    over, earlier = log(before, "wordover", "wordpast"), log(before, "wordearlier", "wordowed")
    manage(ben)
    now = log(browse_as(ben), "wordnow", "")
    page = "/mentoring/how-i-like-to-be-supported/"
    mine = browse_as(asha)
    mine.post(page, hidden(mine.get(page), page) | {"text": "wordwishes"})
    with acting_as(asha):
        wishes = Record.objects.get(kind=Kind.WISHES).pk
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:  # a day passes
        past = str(uuid.uuid5(over, "adjustment"))
        cursor.execute(
            "update mentoring_adjustment set agreed_on = agreed_on - 1, until = until - 1 where id = %s", [past]
        )
        cursor.execute("update confidential_record set follows_until = follows_until - 1 where id = %s", [past])
    _others_stand_around(people)
    return {
        "1-1": Written(now, "wordnow", _action_of(now)),
        "earlier 1-1": Written(earlier, "wordearlier", _action_of(earlier)),
        "adjustment owed": Written(uuid.uuid5(earlier, "adjustment"), "wordowed"),
        "adjustment over": Written(uuid.UUID(past), "wordpast"),
        "wishes": Written(wishes, "wordwishes"),
    }


def _others_stand_around(people) -> None:
    """Ben names who acts for him, the guardian opens an emergency, and somebody leaves."""
    ben, lead, today = people["ben"], people["emergency_lead"], timezone.localdate()
    with acting_as(ben):
        schedules.name_acting(by=ben, acting=people["acting_manager"], first_day=today, last_day=today)
    with acting_as(lead):
        emergencies.ask(by=lead, key=uuid.uuid4(), subject=people["asha"], reason="A life is at stake")
    with acting_as(people["guardian"]):
        emergencies.answer(by=people["guardian"], asked=BreakGlass.objects.get(), approve=True)
    actions.save_people(by=None, changed=[(people["leaver"], {"left": today})])
    people["leaver"].refresh_from_db()


def _action_of(key: uuid.UUID) -> uuid.UUID:
    return uuid.UUID(str(truth("select id from mentoring_action where one_to_one_id = %s", key)))


def truth(sql: str, *values):
    """One value as it truly stands in the database, past every wall."""
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(sql, [str(value) for value in values])
        return cursor.fetchone()[0]


def put_back(sql: str, *values) -> None:
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(sql, [str(value) for value in values])


# --- Over HTTP --------------------------------------------------------------------------------------


@dataclass
class OverHttp:
    """What somebody can do with the portal's pages, whatever they answer: judged by what is shown and stored."""

    people: dict
    records: dict
    browse_as: object

    def __post_init__(self):
        self.clients = {name: self.browse_as(person) for name, person in self.people.items()}
        for client in self.clients.values():
            client.raise_request_exception = False

    def __call__(self, name: str, sort: str, letter: str) -> bool:
        client, record = self.clients[name], self.records[sort]
        if letter == "o":
            return any(record.word in client.get(page).content.decode() for page in self.pages(sort))
        before = self.stored(sort, letter)
        client.post(*self.form(sort, letter))
        changed = self.stored(sort, letter) != before
        self.undo(sort, letter)
        return changed

    def pages(self, sort: str) -> list[str]:
        """Every page of the portal on which this record could be read."""
        asha, key = self.people["asha"].pk, self.records[sort].key
        asked = truth("select id from confidential_breakglass")
        own = {
            Kind.ONE_TO_ONE: [f"/mentoring/1-1s/{key}/", f"/mentoring/1-1s/{key}/correct/"],
            Kind.ADJUSTMENT: [f"/mentoring/adjustments/of/{asha}/"],
            Kind.WISHES: ["/mentoring/how-i-like-to-be-supported/"],
        }[RECORDS[sort][0]]
        around = [f"/mentoring/1-1s/new/{asha}/", "/mentoring/", f"/mentoring/people/{asha}/", "/mentoring/1-1s/"]
        return [*own, f"/emergencies/{asked}/records/{key}/", *around, "/my-data/", "/read-log/"]

    def form(self, sort: str, letter: str) -> tuple[str, dict]:
        record, subject = self.records[sort], self.people["asha"]
        page, fresh = f"/mentoring/1-1s/{record.key}/", {"version": uuid.uuid4()}
        if sort == "wishes":
            return "/mentoring/how-i-like-to-be-supported/", fresh | {
                "text": record.word,
                "replaces": self.stored(sort, "u"),
            }
        new = fresh | {"id": uuid.uuid4(), "how": "New", **a_day("held_on", timezone.localdate())}
        if sort.startswith("adjustment"):
            new |= {"adjustment": "New", **a_day("adjustment_until", timezone.localdate())}
        return {
            "c": (f"{page}comment/", fresh | {"text": "Said"}),
            "r": (f"{page}ask/", fresh | {"text": "Said"}),
            "u": (f"{page}correct/", fresh | {"how": record.word, "replaces": self.stored(sort, "u")}),
            "t": (f"/mentoring/actions/{record.action}/done/", {}),
            "e": (f"/mentoring/adjustments/{record.key}/end/", {}),
            "w": (f"/mentoring/1-1s/new/{subject.pk}/", new),
        }[letter]

    def stored(self, sort: str, letter: str):
        record = self.records[sort]
        if letter in PARTS:
            count = "select count(*) from confidential_version where record_id = %s and part = %s"
            return truth(count, record.key, PARTS[letter])
        if letter == "t":
            return truth("select done_on from mentoring_action where id = %s", record.action)
        if letter == "e":
            return truth("select ended_on from mentoring_adjustment where id = %s", record.key)
        return truth("select count(*) from confidential_record where kind = %s", RECORDS[sort][0])

    def undo(self, sort: str, letter: str) -> None:
        if letter == "t":
            put_back("update mentoring_action set done_on = null where id = %s", self.records[sort].action)
        if letter == "e":
            put_back("update mentoring_adjustment set ended_on = null where id = %s", self.records[sort].key)


def test_as_built(people, records, browse_as):
    assert wrong_cells(OverHttp(people, records, browse_as)) == []


@pytest.fixture
def no_filters(monkeypatch):
    """As views with a bug would have it: any row by its key, and everybody taken for a manager of everybody."""
    for module, name, open_to_all in (
        (vault, "visible_to", lambda person: Record.objects.all()),
        (vault, "find", lambda pk, by, kind=None: Record.objects.get(pk=pk)),
        (policy, "visible_to", lambda person: Record.objects.all()),
        (policy, "is_line_manager", lambda person, of: True),
        (policy, "people_managed", lambda person: Person.objects.all()),
        (one_to_ones, "one_to_ones_visible_to", lambda person: OneToOne.objects.all()),
        (one_to_ones, "actions_visible_to", lambda person: Action.objects.all()),
        (one_to_ones, "open_actions", lambda subject, to: Action.objects.filter(subject=subject)),
        (one_to_ones, "adjustments_to_end", lambda person: Adjustment.objects.all()),
        (one_to_ones, "owed_adjustments", lambda subject, to: Adjustment.objects.filter(subject=subject)),
        (break_glass, "parts_of", lambda person: frozenset(break_glass.ROLES)),
        (break_glass, "live_for", lambda person, pk: break_glass.Asked(BreakGlass.objects.get(pk=pk), "")),
    ):
        monkeypatch.setattr(module, name, open_to_all)


@pytest.fixture
def no_row_security(people, records):
    """As a database would have it whose policies somebody dropped."""
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("select oid::regclass::text from pg_class where relrowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(f"alter table {table} disable row level security")


def test_with_every_filter_of_the_views_taken_away(people, records, browse_as, no_filters):
    assert wrong_cells(OverHttp(people, records, browse_as)) == []


def test_with_row_security_taken_away(people, records, browse_as, no_row_security):
    assert wrong_cells(OverHttp(people, records, browse_as)) == []


def test_with_both_taken_away_a_stranger_writes_and_still_opens_no_text(
    people, records, browse_as, no_filters, no_row_security
):
    """So it is these two walls that hold above, each by itself; the vault's door looks for a link of its own."""
    attempt = OverHttp(people, records, browse_as)
    assert attempt("chidi", "1-1", "t")
    assert [sort for sort in RECORDS if attempt("chidi", sort, "o")] == []


# --- At the vault's door, and with raw SQL ----------------------------------------------------------


def test_even_a_record_in_hand_does_not_open(people, records):
    with acting_as(people["asha"]):
        known = {record.pk: record for record in Record.objects.all()}

    def attempt(name, sort, letter):
        if letter != "o":
            return expected(name, sort, letter)
        try:
            with acting_as(people[name]):
                record = known[records[sort].key]
                return bool(vault.open_record(record, by=people[name], why="the matrix").texts)
        except vault.Refused:
            return False

    assert wrong_cells(attempt) == []


_SEAL = "select confidential_seal(%s, gen_random_uuid(), %s, %s, %s, %s, null, 'k1', 'x', 'x') = 'sealed'"
_TABLE_OF = {Kind.ONE_TO_ONE: "mentoring_onetoone", Kind.ADJUSTMENT: "mentoring_adjustment"}


@dataclass
class RawSql:
    """What a statement of one's own gets, with the web's login and an identity, or none; each is rolled back."""

    people: dict
    records: dict
    as_nobody: bool = False

    def __call__(self, name: str, sort: str, letter: str) -> bool:
        person = None if self.as_nobody else self.people[name]
        with acting_as(person), connection.cursor() as cursor:
            self.cursor = cursor
            outcome = self.attempt(sort, letter)
            transaction.set_rollback(True)
        return outcome

    def attempt(self, sort: str, letter: str) -> bool:
        record, kind = self.records[sort], RECORDS[sort][0]
        if letter == "o":
            return self.sees(sort)
        if letter == "t":
            self.cursor.execute("update mentoring_action set done_on = now() where id = %s", [record.action])
            return self.cursor.rowcount == 1
        if letter == "e":
            self.cursor.execute("select mentoring_end_adjustment(%s)", [record.key])
            return self.cursor.fetchone()[0]
        if letter == "w":
            return self.seals(uuid.uuid4(), "text", 1, kind, self.people["asha"].pk)
        self.cursor.execute(
            "select count(*) from confidential_version where record_id = %s and part = %s", [record.key, PARTS[letter]]
        )
        return self.seals(record.key, PARTS[letter], self.cursor.fetchone()[0] + 1, "", None)

    def sees(self, sort: str) -> bool:
        """Whether the rows of a record are seen; all of its tables say the same."""
        key, kind = self.records[sort].key, RECORDS[sort][0]
        found = []
        tables = [("confidential_record", "id"), ("confidential_version", "record_id"), (_TABLE_OF.get(kind), "id")]
        for table, column in tables:
            if table:
                self.cursor.execute(f"select exists (select from {table} where {column} = %s)", [key])
                found.append(self.cursor.fetchone()[0])
        assert len(set(found)) == 1, f"{sort}: {found}"
        return found[0]

    def seals(self, *values) -> bool:
        self.cursor.execute(_SEAL, values)
        return self.cursor.fetchone()[0]


def test_raw_sql_with_ones_own_identity(people, records):
    assert wrong_cells(RawSql(people, records)) == []


def test_raw_sql_without_an_identity_finds_and_writes_nothing(people, records):
    attempt = RawSql(people, records, as_nobody=True)
    assert [(sort, letter) for name, sort, letter in CELLS if name == "asha" and attempt(name, sort, letter)] == []


def test_raw_sql_without_an_identity_finds_no_row_of_any_table(people, records):
    with acting_as(None), connection.cursor() as cursor:
        for table in ("record", "version", "carelink", "readlog", "breakglass", "draft"):
            cursor.execute(f"select count(*) from confidential_{table}")
            assert cursor.fetchone() == (0,), table


def test_raw_sql_never_reaches_a_sealed_text(people, records):
    for name in CAST:
        with pytest.raises(DatabaseError, match="denied"), acting_as(people[name]), connection.cursor() as cursor:
            cursor.execute("select sealed from confidential_body")
