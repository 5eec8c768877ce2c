"""What the roster holds about the people whom a file names, and whoever stands above them."""

from dataclasses import dataclass, field

from django.db import connection

from wellbeing.people.models import Person

from .checking import Checked

# Everybody named, and all their managers upwards, so that a cycle through people not in the file is seen.
_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, staff_number, line_manager_id, died_on FROM people_person WHERE staff_number = ANY(%s)
    UNION
    SELECT p.id, p.staff_number, p.line_manager_id, p.died_on
    FROM people_person p JOIN above ON p.id = above.line_manager_id
)
SELECT id, staff_number, line_manager_id, died_on IS NULL FROM above
"""


@dataclass
class Stored:
    """The roster as a file sees it; people by staff number."""

    people: dict[str, Person]
    ids: dict[str, int] = field(default_factory=dict)
    manager_of: dict[str, str | None] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    email_holders: dict[str, str] = field(default_factory=dict)

    def knows(self, staff_number: str) -> bool:
        """Whether somebody on the roster, who may have left but is alive, has this number."""
        return staff_number in self.ids and staff_number not in self.dead


def load(rows: list[Checked], *, lock: bool) -> Stored:
    """What is stored about these rows; three queries. With `lock` nobody else changes those people until the end."""
    people = Person.objects.filter(staff_number__in={row.staff_number for row in rows if row.staff_number})
    people = people.select_related("station").order_by("pk")
    if lock:
        _one_import_at_a_time()
    people = people.select_for_update(of=("self",), no_key=True) if lock else people
    stored = Stored(people={person.staff_number: person for person in people})
    _load_managers(stored, rows)
    emails = {row.values.get("email") for row in rows} - {None}
    stored.email_holders = dict(Person.objects.filter(email__in=emails).values_list("email", "staff_number"))
    return stored


def missing(rows: list[Checked], *, lock: bool) -> list[Person]:
    """Everybody who works here today and whose staff number stands in none of the rows, refused ones included."""
    named = {row.staff_number for row in rows}
    current = Person.objects.current().values_list("staff_number", "pk")
    keys = [pk for staff_number, pk in current if staff_number not in named]
    people = Person.objects.filter(pk__in=keys).order_by("pk")
    return list(people.select_for_update(of=("self",), no_key=True) if lock else people)


def _load_managers(stored: Stored, rows: list[Checked]) -> None:
    named = {row.staff_number for row in rows} | {row.values.get("line_manager") for row in rows}
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [list(named - {None})])
        found = cursor.fetchall()
    number_of = {pk: staff_number for pk, staff_number, _, _ in found}
    for pk, staff_number, manager, alive in found:
        stored.ids[staff_number] = pk
        stored.manager_of[staff_number] = number_of.get(manager)
        if not alive:
            stored.dead.add(staff_number)


def _one_import_at_a_time() -> None:
    """Two imports at once would wait for each other's people for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.roster'))")
