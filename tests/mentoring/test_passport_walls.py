"""Who may open, write, share and close an adjustment passport: one table, held against pages and raw SQL."""

import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentoring.queries import passports as queries
from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.pages import hidden
from tests.mentoring.passport_pages import EDIT, PASSPORT, SHARE, SHARED, VERSIONS, record_of, shared, written
from wellbeing.break_glass import actions as emergencies
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import BreakGlass, CareLink, Kind, Record
from wellbeing.people import actions
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]

WORD = "wordpassport"
# o opens it, w writes the next version of it, s shares it with one more, v ends the link of Nora, who reads it.
LETTERS = "owsv"
ALLOWED = {"asha": "owsv", "nora": "o", "emergency_lead": "o"}
# With SQL of their own, who is given something may also give it back.
ALLOWED_IN_SQL = ALLOWED | {"nora": "ov"}
CAST = ["asha", "nora", "rafi", "ben", "chidi", "hr", "coordinator", "lead", "emergency_lead", "dpo", "superuser"]


@dataclass
class Passport:
    """Asha's: shared with Nora, formerly with Rafi, opened in an emergency to one lead. Ben is her line manager."""

    people: dict[str, Person]
    key: uuid.UUID
    link: uuid.UUID
    asked: uuid.UUID


@pytest.fixture
def passport(request, browse_as, station):
    made = {name: PersonFactory(known_as=name.title(), station=station) for name in ("nora", "rafi", "emergency_lead")}
    people = {name: made.get(name) or request.getfixturevalue(name) for name in CAST}
    asha = browse_as(people["asha"])
    written(asha, helps=WORD)
    for name in ("rafi", "nora"):
        shared(asha, people[name])
    with acting_as(people["asha"]):
        links = {link.carer: link.pk for link in queries.shared_by(people["asha"])}
    asha.post(f"{SHARE}{links[people['rafi']]}/stop/")
    asked = _an_emergency(people, request.getfixturevalue("guardian"))
    return Passport(people, record_of(people["asha"]).pk, links[people["nora"]], asked)


def _an_emergency(people, guardian) -> uuid.UUID:
    asking = people["emergency_lead"]
    proposed = actions.propose_role(person=asking, role="lead", by=people["hr"], starts=timezone.localdate())
    actions.approve_role(assignment=proposed, by=people["lead"])
    with acting_as(asking):
        emergencies.ask(by=asking, key=uuid.uuid4(), subject=people["asha"], reason="A life is at stake")
    with acting_as(guardian):
        asked = BreakGlass.objects.get()
        emergencies.answer(by=guardian, asked=asked, approve=True)
    return asked.pk


def truth(sql: str, *values):
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(sql, [str(value) for value in values])
        return cursor.fetchone()[0] if cursor.description else None


def wrong_cells(attempt, allowed) -> list[str]:
    return [
        f"{name} {'may' if letter in allowed.get(name, '') else 'may not'} {letter}"
        for name in CAST
        for letter in LETTERS
        if attempt(name, letter) != (letter in allowed.get(name, ""))
    ]


@dataclass
class OverHttp:
    """What somebody can do with the portal's pages, judged by what is shown and stored."""

    passport: Passport
    browse_as: object

    def __post_init__(self):
        self.clients = {name: self.browse_as(person) for name, person in self.passport.people.items()}
        for client in self.clients.values():
            client.raise_request_exception = False

    def __call__(self, name: str, letter: str) -> bool:
        if letter == "o":
            return any(WORD in self.clients[name].get(page).content.decode() for page in self.pages())
        before = self.stored(letter)
        getattr(self, {"w": "writes", "s": "shares", "v": "stops"}[letter])(self.clients[name], name)
        changed = self.stored(letter) != before
        self.undo()
        return changed

    def pages(self) -> list[str]:
        one = self.passport
        around = [SHARED, SHARE, "/mentoring/", "/mentoring/1-1s/", "/my-data/", "/read-log/"]
        opened = f"/emergencies/{one.asked}/records/{one.key}/"
        return [PASSPORT, EDIT, VERSIONS, f"{SHARED}{one.key}/", opened, *around]

    def writes(self, client, name) -> None:
        forged = {"record": self.passport.key, "subject": self.passport.people["asha"].pk, "by": 1}
        number = truth("select count(*) from confidential_version where record_id = %s", self.passport.key)
        client.post(EDIT, forged | {"version": uuid.uuid4(), "replaces": number, "helps": WORD})

    def shares(self, client, name) -> None:
        forged = {"subject": self.passport.people["asha"].pk, "owner": self.passport.people["asha"].pk}
        with_whom = self.passport.people["ben" if name != "ben" else "chidi"].staff_number
        sent = {"person": with_whom, "link": uuid.uuid4(), "confirmed": "yes"}
        client.post(SHARE, forged | sent)

    def stops(self, client, name) -> None:
        client.post(f"{SHARE}{self.passport.link}/stop/")
        client.post(f"/my-data/links/{self.passport.link}/end/")

    def stored(self, letter: str):
        asha = self.passport.people["asha"].pk
        if letter == "w":
            return truth("select count(*) from confidential_version where record_id = %s", self.passport.key)
        return truth(
            "select count(*) from confidential_carelink where why = 'passport' and ends is null and subject_id = %s",
            asha,
        )

    def undo(self) -> None:
        truth("update confidential_carelink set ends = null where id = %s", self.passport.link)
        truth(
            "update confidential_carelink set ends = greatest(starts, now()) where why = 'passport' and ends is null"
            " and subject_id = %s and id <> %s",
            self.passport.people["asha"].pk,
            self.passport.link,
        )


def test_as_built(passport, browse_as):
    assert wrong_cells(OverHttp(passport, browse_as), ALLOWED) == []


def test_with_every_filter_of_the_views_taken_away(passport, browse_as, monkeypatch):
    any_passport = Record.objects.filter(kind=Kind.PASSPORT)
    for module, name, open_to_all in (
        (vault, "visible_to", lambda person: Record.objects.all()),
        (vault, "find", lambda pk, by, kind=None: Record.objects.get(pk=pk)),
        (policy, "visible_to", lambda person: Record.objects.all()),
        (policy, "links_about", lambda person: CareLink.objects.all()),
        (queries, "passport_of", lambda person: any_passport.first()),
        (queries, "shared_by", lambda person: CareLink.objects.filter(why="passport", ends=None)),
        (queries, "shared_with", lambda person: [(one, CareLink.objects.first()) for one in any_passport]),
    ):
        monkeypatch.setattr(module, name, open_to_all)
    # Whom it is shared with finds the link at its address, and may give it back as the database has it.
    assert wrong_cells(OverHttp(passport, browse_as), ALLOWED_IN_SQL) == []


@dataclass
class RawSql:
    """What a statement of one's own gets, with the web's login and one's own identity; each is rolled back."""

    passport: Passport

    def __call__(self, name: str, letter: str) -> bool:
        me, asha = self.passport.people[name].pk, self.passport.people["asha"].pk
        with acting_as(self.passport.people[name]), connection.cursor() as cursor:
            outcome = getattr(self, {"o": "sees", "w": "seals", "s": "gives", "v": "ends"}[letter])(cursor, me, asha)
            transaction.set_rollback(True)
        return outcome

    def sees(self, cursor, me, asha) -> bool:
        cursor.execute("select count(*) from confidential_record where id = %s", [self.passport.key])
        records = cursor.fetchone()[0]
        cursor.execute("select count(*) from confidential_version where record_id = %s", [self.passport.key])
        assert cursor.fetchone()[0] == records
        return records == 1

    def seals(self, cursor, me, asha) -> bool:
        seal = "select confidential_seal(%s, gen_random_uuid(), 'text', %s, 'passport', %s, null, 'k1', 'x', 'x')"
        outcomes = []
        for record, number in ((self.passport.key, 2), (uuid.uuid4(), 1)):
            cursor.execute(seal, [record, number, asha])
            outcomes.append(cursor.fetchone()[0])
        assert outcomes[0] == outcomes[1], "a next version, and another passport about her"
        return outcomes[0] == "sealed"

    def gives(self, cursor, me, asha) -> bool:
        """To everybody else, oneself too: is there a new live link about Asha?"""
        for person in self.passport.people.values():
            cursor.execute("select confidential_give(gen_random_uuid(), %s, 'passport')", [person.pk])
        cursor.execute(
            "select count(*) from confidential_carelink where subject_id = %s and why = 'passport' and ends is null"
            " and id <> %s",
            [asha, self.passport.link],
        )
        return cursor.fetchone()[0] > 0

    def ends(self, cursor, me, asha) -> bool:
        cursor.execute("select confidential_end_link(%s)", [self.passport.link])
        return cursor.fetchone()[0]


def test_raw_sql_with_ones_own_identity(passport):
    assert wrong_cells(RawSql(passport), ALLOWED_IN_SQL) == []


def test_raw_sql_makes_changes_and_deletes_no_link_and_reads_no_text(passport):
    for statement in (
        "insert into confidential_carelink (id, subject_id, carer_id, why, starts, opens_from, told_from, approved_at)"
        f" values (gen_random_uuid(), {passport.people['asha'].pk}, {passport.people['chidi'].pk}, 'passport', now(),"
        " now(), now(), now())",
        f"update confidential_carelink set ends = null where id = '{passport.link}'",
        f"delete from confidential_carelink where id = '{passport.link}'",
        "select sealed from confidential_body",
    ):
        for name in ("chidi", "ben", "nora", "superuser"):
            with pytest.raises(DatabaseError, match="denied"), acting_as(passport.people[name]):
                connection.cursor().execute(statement)


def test_in_an_emergency_it_is_shown_in_words_and_stands_on_no_list(passport, browse_as):
    client = browse_as(passport.people["emergency_lead"])
    page = client.get(f"/emergencies/{passport.asked}/records/{passport.key}/").content.decode()
    assert "What helps me at work" in page
    assert WORD in page
    assert str(passport.key) not in client.get(SHARED).content.decode()


def test_a_record_in_hand_does_not_open_at_the_vaults_door(passport):
    with acting_as(passport.people["asha"]):
        record = Record.objects.get(pk=passport.key)
    opened = []
    for name, person in passport.people.items():
        try:
            with acting_as(person):
                vault.open_record(record, by=person, why="the table")
            opened.append(name)
        except vault.Refused:
            pass
    assert opened == [name for name in CAST if "o" in ALLOWED.get(name, "")]


def test_nothing_is_shared_while_what_somebody_signs_in_with_is_not_confirmed(passport, browse_as):
    asha, ben = passport.people["asha"], passport.people["ben"]
    client = browse_as(asha)
    truth("update people_person set identity_changed_at = now() where id = %s", asha.pk)
    client.post(SHARE, {"person": ben.staff_number, "link": uuid.uuid4(), "confirmed": "yes"})
    with acting_as(asha), connection.cursor() as cursor:
        cursor.execute("select confidential_give(gen_random_uuid(), %s, 'passport')", [ben.pk])
        assert cursor.fetchone() == (False,)
    with acting_as(ben):
        assert queries.shared_with(ben) == []


def test_a_form_that_was_opened_while_signed_in_as_another_writes_to_nobody_elses(passport, browse_as):
    """The version's number is taken, the record is another: what was typed lands in the writer's own, or nowhere."""
    chidi = browse_as(passport.people["chidi"])
    chidi.post(EDIT, hidden(browse_as(passport.people["asha"]).get(EDIT), EDIT) | {"helps": "Chidi's"})
    assert "Chidi" not in browse_as(passport.people["asha"]).get(VERSIONS).content.decode()
