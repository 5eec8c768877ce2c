"""The same station three times: in each somebody away decides otherwise, and all else is the same.

What whoever looks finds in each is written down in full, so that the three can be held against each other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, transaction
from django.urls import Resolver404, resolve

from mentoring.actions import appoint_mentor
from tests.databases import clone_database
from tests.factories.people import PersonFactory, StationFactory
from tests.mentoring.absent import PAGE, offered, trained
from tests.mentoring.away import away, chosen, paused, planned, recorded
from tests.mentoring.pages import logged
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

FIRST_NUMBER = 50_000
ROLES = {"Hana": "hr", "Cora": "coordinator", "Leo": "lead"}
NAMES = ("Ben", "Asha", "Wilma", "Winston", "Chidi", *ROLES)
_NEW_IN_ITSELF = ["password", "xact", "session_key", "session_data", "token_hash"]  # and tells of nobody else
_WRITTEN_ONCE = "confidential_keycheck"  # by whichever process comes first
_LEFT_ALONE = ("/account/logout", "/account/2fa/", "/my-plan/my-entry/passkeys/", "/demo/", "/static/", "/admin/jsi18n")
_NEW_EVERY_TIME = [
    (r'name="csrfmiddlewaretoken" value="[^"]+"', "csrf"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "key"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?([+-]\d\d)?", "moment"),
    (r"\b\d{1,2}(:\d\d)? [ap]\.m\.|\b(noon|midnight)\b|\b\d\d:\d\d\b", "time"),
    (r"\\x[0-9a-f]+", "sealed"),
    (r"\b[0-9a-f]{32}\b|(?<=action_)[0-9a-f]{32}", "key"),
    (r'name="ticket" value="[^"]+"|data-ticket="[^"]+"', "ticket"),
    (r"\d{8}T\d{6}Z", "moment"),
    (r'ends-in="\d+"', "seconds"),
]


@dataclass
class World:
    """One of them: its people by first name, and how a browser is had for each."""

    people: dict[str, Person]
    browse_as: Callable
    clients: dict = field(default_factory=dict)

    def client(self, name: str):
        if name not in self.clients:
            self.clients[name] = self.browse_as(self.people[name])
        return self.clients[name]


def made(browse_as, decide: Callable[[World], None]) -> World:
    """A world from nothing, in which Asha, whom Ben has kept contact with, decides."""
    clone_database()
    PersonFactory.reset_sequence(FIRST_NUMBER)
    station = StationFactory(name="Ashford", slug="ashford")
    named = {}
    for name in NAMES:
        values = {"line_manager": named["Ben"]} if name == "Asha" else {}
        named[name] = PersonFactory(known_as=name, last_name="Example", station=station, **values)
    for name, role in ROLES.items():
        people.name_first_holder(person=named[name], role=role)
    for name in ("Wilma", "Winston"):
        appoint_mentor(person=named[name], kind="welfare", by=None)
        trained(named[name])
    world = World(named, browse_as)
    for name in NAMES:  # who has signed in is the same in each
        world.client(name)
    logged(world.client("Ben"), named["Asha"], how="wordbefore", what_1="Ring the planner")
    absence = away(named["Asha"], by=named["Ben"], first_day=-12)
    recorded(world.client("Ben"), absence, text="wordcontact")
    planned(world.client("Asha"), text="wordplan")
    decide(world)
    return world


def pauses(world: World) -> None:
    assert paused(world.client("Asha"), 14).status_code == 302


def names_a_colleague(world: World) -> None:
    assert chosen(world.client("Asha"), world.people["Chidi"]).status_code == 302


def swaps(world: World) -> None:
    asha = world.client("Asha")
    asha.post(f"{PAGE}ask/")
    offered(world.client("Cora"), world.people["Wilma"], world.people["Winston"])
    page = asha.post(f"{PAGE}pick/", {"mentor": world.people["Wilma"].pk}, follow=True)
    assert "keeps contact with you from now on" in page.content.decode()


# --- What somebody finds ------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Without what is new every time: keys, moments, seals."""
    for pattern, word in _NEW_EVERY_TIME:
        text = re.sub(pattern, f"<{word}>", text)
    return text


def every_row(person: Person) -> dict[str, list[str]]:
    """Every table of the database with each row and column that the web may show this person, with raw SQL."""
    found = {}
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute(
            """select c.relname, string_agg(format('%%I::text', a.attname), ', ' order by a.attnum)
               from pg_class c join pg_attribute a on a.attrelid = c.oid
               where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and a.attnum > 0
                 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'select')
                 and a.attname <> all (%s) and c.relname <> %s
               group by c.relname order by c.relname""",
            [_NEW_IN_ITSELF, _WRITTEN_ONCE],
        )
        for table, columns in cursor.fetchall():
            cursor.execute(f"select {columns} from {table}")
            found[table] = sorted(plain(" | ".join(map(str, row))) for row in cursor.fetchall())
    return found


def every_answer(person: Person, absence, subject: Person) -> dict[str, str]:
    """What each function that the web may call says to this person, about that absence and subject; undone again."""
    found = {}
    known = {"uuid": f"'{absence}'", "bigint": str(subject.pk), "text": "'line_manager'", "date": "london_today()",
             "boolean": "true", "timestamp with time zone": "now()", "integer": "1"}  # fmt: skip
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute(
            """select p.proname, array_agg(t.name order by t.place) filter (where t.name is not null)
               from pg_proc p
               left join lateral (select format_type(oid, null) as name, place
                                  from unnest(p.proargtypes) with ordinality as types (oid, place)) as t on true
               where p.pronamespace = 'public'::regnamespace and p.prosecdef
                 and has_function_privilege(p.oid, 'execute')
               group by p.oid, p.proname order by p.proname"""
        )
        for name, types in cursor.fetchall():
            values = [f"array[{known[of[:-2]]}]" if of.endswith("[]") else known.get(of) for of in types or []]
            if None not in values:
                found[name] = _answer(cursor, f"select * from {name}({', '.join(values)})")
    return found


def _answer(cursor, call: str) -> str:
    try:
        with transaction.atomic():
            cursor.execute(call)
            answer = plain(str(cursor.fetchall()))
            transaction.set_rollback(True)
    except DatabaseError as error:
        return plain(str(error).splitlines()[0])
    return answer


def every_page(client, *starts: str, within: tuple[str, ...] = ("/",)) -> dict[str, str]:
    """Every page that somebody can come to from these, as it reads; of pages that differ by a key only, the first."""
    found, of_a_view, waiting = {}, {}, list(starts)
    while waiting:
        address = waiting.pop(0)
        view = _view_of(address)
        if (
            address.startswith(_LEFT_ALONE)
            or view is None
            or address in found
            or of_a_view.get(view, 0) >= _pages_of(address)
        ):
            continue
        of_a_view[view] = of_a_view.get(view, 0) + 1
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(answer.url)
            continue
        if not answer["Content-Type"].startswith("text/"):  # a poster, a certificate: made anew each time
            found[address] = f"{answer.status_code} {answer['Content-Type']}"
            continue
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        found[address] = f"{answer.status_code} {plain(text)}"
        links = re.findall(r'href="(/[^"#]*)', text)
        waiting += [link.replace("&amp;", "&") for link in links if link.startswith(within)]
    return {plain(address): text for address, text in found.items()}


def _pages_of(address: str) -> int:
    """Of pages that differ by a key only, how many are looked at: where people stand, two."""
    return 2 if address.startswith(("/mentoring/", "/admin/people/")) else 1


def _view_of(address: str) -> str | None:
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return f"{match.view_name} {'?' in address}"
