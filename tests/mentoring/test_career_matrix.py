"""Who may do what with what is written in career mentoring: one table, held against pages and database.

Everybody who is not in the table may do nothing, whatever their rank or role.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from mentoring.models import Asking, CareerGoal, CareerRequest, CareerSession, Pairing
from mentoring.queries import career as queries
from tests.databases import as_superuser
from tests.factories.people import PersonFactory
from tests.mentoring.career_pages import (
    HOME,
    ask,
    asking_for,
    career_mentor,
    fresh,
    goal,
    note,
    paired,
    pairing_of,
    request_of,
    session,
)
from tests.mentoring.pages import a_day
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import Kind, Record
from wellbeing.web.identity import acting_as

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]

# Each sort of record and what can be done with it: o opens it, u writes a new version, w writes a new one of its kind.
RECORDS = {
    "request": (Kind.CAREER_REQUEST, "ou"),
    "earlier request": (Kind.CAREER_REQUEST, "o"),
    "request that waits": (Kind.CAREER_REQUEST, "o"),
    "goal": (Kind.CAREER_GOAL, "ouw"),
    "earlier goal": (Kind.CAREER_GOAL, "ou"),
    "session": (Kind.CAREER_GOAL, "ou"),
    "mentor's note": (Kind.CAREER_NOTE, "ow"),
    "own note": (Kind.CAREER_OWN, "ow"),
}
# Who → what of each, in that order. Asha has Tom as a mentor, had Farid before; Mina has asked Alma, and waits.
ALLOWED = {
    "asha": ("o", "o", "", "ouw", "o", "ou", "o", "ow"),
    "mina": ("", "", "o", "", "", "", "", ""),
    "mentor": ("o", "", "", "ouw", "", "ou", "ow", ""),
    "asked_mentor": ("", "", "o", "", "", "", "", ""),
}
CAST = [
    *("asha", "mina", "mentor", "former_mentor", "asked_mentor", "other_mentor", "ben", "chidi", "welfare_mentor"),
    *("hr", "coordinator", "lead", "guardian", "dpo", "superuser"),
]
CELLS = [(name, sort, letter) for letter in "ouw" for name in CAST for sort in RECORDS if letter in RECORDS[sort][1]]
STRANGERS = ("mina", "former_mentor", "asked_mentor", "ben", "chidi", "superuser")
MENTORS = {"mentor": "Tom", "former_mentor": "Farid", "asked_mentor": "Alma", "other_mentor": "Olu"}
# A page changes a request that is sent no longer; a statement typed by hand may write a new version of one's own text.
BY_HAND = {("asha", "request", "u"), ("asha", "earlier goal", "u")}


def expected(name: str, sort: str, letter: str) -> bool:
    return letter in dict(zip(RECORDS, ALLOWED.get(name, [""] * len(RECORDS)), strict=True))[sort]


def wrong_cells(attempt, *, of=CAST, also=frozenset()) -> list[str]:
    """The cells in which `attempt(name, sort, letter)` does not come out as the table says."""
    may = {cell: expected(*cell) or cell in also for cell in CELLS if cell[0] in of}
    return [f"{cell} {'may' if allowed else 'may not'}" for cell, allowed in may.items() if attempt(*cell) != allowed]


@dataclass
class Written:
    """One record: its key, a word that stands in it."""

    key: uuid.UUID
    word: str


@pytest.fixture
def people(request, station, asha, ben):
    made = {name: career_mentor(station, known_as=known_as) for name, known_as in MENTORS.items()}
    made["mina"] = PersonFactory(known_as="Mina", station=station, line_manager=ben)
    return {name: made.get(name) or request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def records(people, browse_as):
    """One record of each sort, written through the portal's pages."""
    asha, tom, farid = people["asha"], people["mentor"], people["former_mentor"]
    mine, his = browse_as(asha), browse_as(tom)
    before = paired(mine, browse_as(farid), farid, text="wordearlierrequest")
    goal(mine, before, "wordearliergoal")
    mine.post(f"{HOME}pairings/{before.pk}/end/")
    now = paired(mine, his, tom, text="wordrequest")
    goal(his, now, "wordgoal")
    session(mine, now, "wordsession")
    note(his, now, "wordnote")
    note(mine, now, "wordown")
    ask(browse_as(people["mina"]), people["asked_mentor"], text="wordwaits")
    with acting_as(asha):
        earlier_goal, late_goal = CareerGoal.objects.order_by("made_at")
        keys = {
            "request": now.request_id,
            "earlier request": before.request_id,
            "request that waits": request_of(people["mina"]).pk,
            "goal": late_goal.pk,
            "earlier goal": earlier_goal.pk,
            "session": CareerSession.objects.get().pk,
            "mentor's note": Record.objects.get(kind=Kind.CAREER_NOTE).pk,
            "own note": Record.objects.get(kind=Kind.CAREER_OWN).pk,
        }
    words = ["request", "earlierrequest", "waits", "goal", "earliergoal", "session", "note", "own"]
    return {sort: Written(keys[sort], f"word{word}") for sort, word in zip(RECORDS, words, strict=True)}


def truth(sql: str, *values):
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(sql, [str(value) for value in values])
        return cursor.fetchone()[0]


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
        self.now = pairing_of(self.people["asha"])
        self.before = truth("select id from mentoring_pairing where ended_on is not null")
        self.asked = asking_for(self.people["asked_mentor"]).pk
        self.shown = {}

    def everything(self, client) -> str:
        """All that somebody is shown on every page on which such a record could be read."""
        pairings = [f"pairings/{key}/" for key in (self.now.pk, self.before)]
        pages = [f"{start}{page}" for start in pairings for page in ("", "words/", "notes/", "mentors-notes/")]
        rows = ("goals", "earlier goal", "goal"), ("sessions", "session")
        pages += [f"{part}/{self.records[sort].key}/" for part, *sorts in rows for sort in sorts]
        pages += ["", f"asked/{self.asked}/", "people/", "find/", "find/what-i-look-for/", "find/check/"]
        addresses = [*(HOME + page for page in pages), "/my-data/", "/read-log/"]
        return "".join(client.get(address).content.decode() for address in addresses)

    def __call__(self, name: str, sort: str, letter: str) -> bool:
        if letter == "o":
            if name not in self.shown:
                self.shown[name] = self.everything(self.clients[name])
            return self.records[sort].word in self.shown[name]
        before = self.stored(sort, letter)
        self.clients[name].post(*self.form(sort, letter))
        return self.stored(sort, letter) != before

    def form(self, sort: str, letter: str) -> tuple[str, dict]:
        key, sent = self.records[sort].key, fresh() | {"text": self.records[sort].word, "state": "open"}
        if letter == "w":
            part = "goals" if sort == "goal" else "notes"
            return f"{HOME}pairings/{self.now.pk}/{part}/new/", sent
        sent["replaces"] = self.stored(sort, "u")
        if sort == "request":
            return f"{HOME}find/what-i-look-for/", sent
        if sort == "session":
            return f"{HOME}sessions/{key}/", sent | a_day("day", self.now.began) | {"state": "held"}
        return f"{HOME}goals/{key}/", sent

    def stored(self, sort: str, letter: str) -> int:
        if letter == "u":
            return truth("select count(*) from confidential_version where record_id = %s", self.records[sort].key)
        return truth("select count(*) from confidential_record where kind = %s", RECORDS[sort][0])


def test_as_built(people, records, browse_as):
    assert wrong_cells(OverHttp(people, records, browse_as)) == []


def test_with_every_filter_of_the_views_taken_away(people, records, browse_as, monkeypatch):
    """As views with a bug would have it: any row by its key, so that the database alone says no."""
    everything = {
        (vault, "visible_to"): lambda person: Record.objects.all(),
        (vault, "find"): lambda pk, by, kind=None: Record.objects.get(pk=pk),
        (policy, "visible_to"): lambda person: Record.objects.all(),
        (queries, "pairings_of"): lambda person: Pairing.objects.select_related("subject", "mentor"),
        (queries, "asked_of"): lambda mentor: Asking.objects.select_related("subject"),
        (queries, "request_of"): lambda person: CareerRequest.objects.first(),
        (queries, "goals_of"): lambda pairing, to: CareerGoal.objects.all(),
        (queries, "sessions_of"): lambda pairing, to: CareerSession.objects.all(),
        (queries, "one_of"): lambda model, pk, to: model.objects.select_related("pairing__subject").get(pk=pk),
    }
    attempt = OverHttp(people, records, browse_as)
    for (module, name), open_to_all in everything.items():
        monkeypatch.setattr(module, name, open_to_all)
    assert wrong_cells(attempt, of=STRANGERS) == []


_SEAL = "select confidential_seal(%s, gen_random_uuid(), 'text', %s, %s, %s, null, 'k1', 'x', 'x') = 'sealed'"


@dataclass
class RawSql:
    """What a statement of one's own gets, with the web's login and an identity; each is rolled back."""

    people: dict
    records: dict

    def __call__(self, name: str, sort: str, letter: str) -> bool:
        key, kind = self.records[sort].key, RECORDS[sort][0]
        with acting_as(self.people[name]), connection.cursor() as cursor:
            if letter == "o":
                cursor.execute("select exists (select from confidential_record where id = %s)", [key])
            elif letter == "w":
                cursor.execute(_SEAL, [uuid.uuid4(), 1, kind, self.people["asha"].pk])
            else:
                cursor.execute("select count(*) + 1 from confidential_version where record_id = %s", [key])
                cursor.execute(_SEAL, [key, cursor.fetchone()[0], "", None])
            ((outcome,),) = cursor.fetchall()
            transaction.set_rollback(True)
        return outcome


def test_raw_sql_with_ones_own_identity(people, records):
    assert wrong_cells(RawSql(people, records), also=BY_HAND) == []


# Which rows of which table somebody sees, of all that there are; nobody else sees one.
ROWS = {
    "careerrequest": {"asha": 2, "mina": 1},
    "avoid": {"mina": 1},
    "asking": {"asha": 2, "mina": 1, "mentor": 1, "former_mentor": 1, "asked_mentor": 1},
    "pairing": {"asha": 2, "mentor": 1, "former_mentor": 1},
    "careergoal": {"asha": 2, "mentor": 1},
    "careersession": {"asha": 1, "mentor": 1},
    "careerprofile": dict.fromkeys(CAST, 4),
}
# What the web may never write itself, though it sees the rows.
FORGED = [
    "insert into confidential_carelink (id, subject_id, carer_id, why, starts, opens_from, told_from, approved_at)"
    " values (gen_random_uuid(), {asha}, {me}, 'career_mentor', now(), now(), now(), now())",
    "insert into mentoring_pairing (id, request_id, subject_id, mentor_id, began, feedback_open)"
    " values (gen_random_uuid(), '{request}', {mina}, {me}, now(), true)",
    "update mentoring_asking set answer = 'accepted', answered_on = now()",
    "update mentoring_careerrequest set state = 'matched'",
    "update mentoring_pairing set feedback_open = true",
    "select * from mentoring_careerfeedback where true or {me} = 0; insert into mentoring_careerfeedback values (1)",
    "select career_candidates('{request}')",
    "select career_pass_on(now()::date, now()::date)",
]


def test_everybody_sees_the_rows_of_their_own_and_forges_none(people, records, browse_as):
    browse_as(people["mina"]).post(f"{HOME}find/avoid/", {"person": people["chidi"].staff_number})
    seen = {}
    for name, person in people.items():
        with acting_as(person), connection.cursor() as cursor:
            for table in ROWS:
                cursor.execute(f"select count(*) from mentoring_{table}")
                seen.setdefault(table, {})[name] = cursor.fetchone()[0]
    assert {table: {name: n for name, n in counts.items() if n} for table, counts in seen.items()} == ROWS

    keys = {"asha": people["asha"].pk, "mina": people["mina"].pk, "request": records["request that waits"].key}
    for name in ("chidi", "asked_mentor", "superuser", "coordinator"):
        for statement in FORGED:
            with pytest.raises(DatabaseError, match=r"denied|policy"), acting_as(people[name]):
                connection.cursor().execute(statement.format(me=people[name].pk, **keys))


def test_nobody_answers_ends_or_sends_for_another_by_the_databases_functions(people, records):
    asked = asking_for(people["asked_mentor"])
    pair = pairing_of(people["asha"])
    calls = {
        f"career_answer('{asked.pk}', 'accepted', '{{}}', now()::date, now()::date)": "",
        f"career_send('{asked.request_id}', now()::date, now()::date)": "",
        f"career_ask_another('{asked.request_id}', now()::date, now()::date)": "",
        f"career_withdraw('{asked.request_id}')": False,
        f"career_end('{pair.pk}')": False,
        f"career_say_whether_it_helped('{pair.pk}', 'yes')": False,
        f"career_leave(array[{people['asha'].pk}])": 0,
        f"(select count(*) from career_suggest('{asked.request_id}', 5))": 0,
        "(select count(*) from career_load())": 0,
        "(select count(*) from career_waiting())": 0,
        "(select count(*) from career_figures())": 0,
    }
    for name in ("chidi", "ben", "other_mentor", "former_mentor", "superuser", "hr", "dpo", "guardian"):
        with acting_as(people[name]), connection.cursor() as cursor:
            for call, nothing in calls.items():
                cursor.execute(f"select {call}")
                assert cursor.fetchone() == (nothing,), f"{name}: {call}"
