"""Gives an empty portal its force, its places and the first people who hold a role.

What is asked for is read and judged as a whole before anything is written, so that one run shows
every mistake; then all of it is written, or nothing. A second run adds what is missing and changes
nothing that is there: from then on the force's own people keep these things in the admin.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.text import slugify

from wellbeing import roles
from wellbeing.people import actions
from wellbeing.people.models import Force, Person, RoleAssignment, Station
from wellbeing.support.actions import load_shipped_guidance, load_shipped_services, load_shipped_topics

# Every later holder of a role is proposed by one of these and approved by another: without them there are none.
NEEDED = ("hr", "lead")

FORCE = {"name": 100, "division_word": 30, "contact_name": 100, "contact_email": 254, "contact_phone": 30}
PLACE = {"division": 100, "district": 100, "station": 100}
HOLDER = {"staff_number": 20, "known_as": 60, "last_name": 60, "email": 254, "station": 100}
_OPTIONAL = {"division_word", "contact_name", "contact_email", "contact_phone", "district", "station"}


class SetUpError(Exception):
    """`problems`: every reason, in plain sentences, why nothing was written."""

    def __init__(self, problems: Iterable[str]):
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Plan:
    """What is to be written: the force's fields, `(division, district, station)`, and by role who holds it first."""

    force: dict[str, str]
    places: list[tuple[str, str, str]] = field(default_factory=list)
    holders: dict[str, dict[str, str]] = field(default_factory=dict)


def read(given: dict, folder: Path) -> Plan:
    """The plan in a set-up file as `tomllib` read it; `folder` is where a places file is looked for.

    Raises SetUpError with every problem that can be seen without the database.
    """
    problems = [f"“{key}” means nothing here." for key in given if key not in ("force", "places", "holders")]
    force = fields_of(given.get("force", {}), FORCE, "The force", problems)
    places = _read_places(given.get("places", []), folder, problems)
    named = given.get("holders", {})
    if not isinstance(named, dict):
        problems, named = [*problems, "“holders” must name a role, as in [holders.hr]."], {}
    holders = {
        role: fields_of(person, HOLDER, label_of(role), problems)
        for role, person in named.items()
        if role in roles.ASSIGNED
    }
    problems += [
        f"“{role}” is no role that is assigned: those are {', '.join(roles.ASSIGNED)}."
        for role in named
        if role not in holders
    ]
    problems += [f"{label_of(role)}: name who holds this role first." for role in NEEDED if role not in named]
    problems += _clashes(holders)
    if problems:
        raise SetUpError(problems)
    return Plan(force, places, holders)


def carry_out(plan: Plan) -> list[str]:
    """Write the plan, all or nothing; returns a sentence for each thing done or found there already.

    Raises SetUpError with every problem that the database shows.
    """
    with transaction.atomic():
        if problems := [*_not_for_real(), *_against_the_roster(plan)]:
            raise SetUpError(problems)
        done = [_write_force(plan.force), _write_places(plan.places)]
        done += [_write_holder(role, person) for role, person in plan.holders.items()]
        done += [f"Topics to talk about: {load_shipped_topics()} added."]
        done += [f"Services that help: {load_shipped_services()} added. Nobody has tried their numbers yet."]
        return [*done, f"Guidance: {load_shipped_guidance()} pages added. Name in the admin who keeps each right."]


def without_holder() -> list[str]:
    """The labels of the roles that nobody has ever held."""
    held = set(RoleAssignment.objects.filter(approved_at__isnull=False).values_list("role", flat=True))
    return [label_of(role) for role in roles.ASSIGNED if role not in held]


def label_of(role: str) -> str:
    return roles.ROLES[role].label if role in roles.ASSIGNED else role


def fields_of(given: object, lengths: dict[str, int], whose: str, problems: list[str]) -> dict[str, str]:
    """The fields named in `lengths`, stripped, those not given as ""; adds to `problems` what is wrong with them."""
    if not isinstance(given, dict):
        problems.append(f'{whose}: give its parts by name, as in name = "…".')
        return dict.fromkeys(lengths, "")
    problems += [f"{whose}: “{key}” means nothing here." for key in given if key not in lengths]
    values = {key: " ".join(str(given.get(key, "")).split()) for key in lengths}
    for key, value in values.items():
        if problem := _problem_of(key, value, lengths[key]):
            problems.append(f"{whose}: {key.replace('_', ' ')} {problem}.")
    return values | ({"email": values["email"].lower()} if "email" in values else {})


def read_places_file(path: Path, problems: list[str]) -> list[dict]:
    """The rows of a CSV file with the columns division, district, station."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(f"The places file {path.name} cannot be read: {error}.")
        return []
    if not rows or not {"division", "station"} <= rows[0].keys():
        problems.append(f"The places file {path.name} needs the columns division, district, station, and a row.")
        return []
    return [{key: row.get(key) or "" for key in PLACE} for row in rows]


def _problem_of(key: str, value: str, longest: int) -> str | None:
    if not value:
        return None if key in _OPTIONAL else "is missing"
    if len(value) > longest:
        return f"is longer than {longest} characters"
    if key.endswith("email"):
        try:
            validate_email(value)
        except ValidationError:
            return f"“{value}” is not an e-mail address"
    return None


def _read_places(given: object, folder: Path, problems: list[str]) -> list[tuple[str, str, str]]:
    rows = read_places_file(folder / given, problems) if isinstance(given, str) else given
    if not isinstance(rows, list):
        rows = [rows]
    if not rows and not isinstance(given, str):
        problems.append("The places: name at least one station.")
    places = []
    for number, row in enumerate(rows, start=1):
        place = fields_of(row, PLACE, f"Place {number}", problems)
        problems += [
            f"Place {number}: “{place[key]}” has no letter or digit that an address could be made of."
            for key in ("division", "station")
            if place[key] and not slugify(place[key])
        ]
        places.append((place["division"], place["district"], place["station"]))
    problems += _same_station(places)
    return places


def _same_station(places: list[tuple[str, str, str]]) -> list[str]:
    seen, problems = {}, []
    for place in places:
        if place[2] and seen.setdefault(place[2].casefold(), place) is not place:
            problems.append(f"The station “{place[2]}” is named twice: its name must be its own.")
    return problems


def _clashes(holders: dict[str, dict[str, str]]) -> list[str]:
    """What cannot be between the people named: one number or address for two of them, roles that exclude each other."""
    problems = []
    for key, words in (("staff_number", "staff number"), ("email", "e-mail address")):
        people: dict[str, set] = {}
        for person in holders.values():
            people.setdefault(person[key], set()).add(tuple(person.values()))
        problems += [
            f"The {words} {value} is given for two people, or for one written in two ways."
            for value, found in people.items()
            if value and len(found) > 1
        ]
    for number in sorted({person["staff_number"] for person in holders.values()} - {""}):
        exclusive = [r for r in roles.EXCLUSIVE if r in holders and holders[r]["staff_number"] == number]
        if len(exclusive) > 1:
            labels = " and ".join(label_of(role) for role in exclusive)
            problems.append(f"Staff number {number} cannot be {labels}: these roles are checks upon each other.")
    return problems


def _not_for_real() -> list[str]:
    """A demonstration's database has people in it whom nobody would find again among the real ones."""
    with connection.cursor() as cursor:
        if "demo_marker" not in connection.introspection.table_names(cursor):
            return []
        cursor.execute("select exists (select from demo_marker)")
        if not cursor.fetchone()[0]:
            return []
    return ["This database holds the invented people of the demonstration: set up a force in a new one."]


def _against_the_roster(plan: Plan) -> list[str]:
    stations = {name.casefold() for name in Station.objects.values_list("name", flat=True)}
    stations |= {station.casefold() for *_, station in plan.places}
    problems = []
    for role, given in plan.holders.items():
        if given["station"] and given["station"].casefold() not in stations:
            problems.append(f"{label_of(role)}: there is no station “{given['station']}” among the places.")
        problems += [f"{label_of(role)}: {problem}" for problem in _against_the_person(role, given)]
    return problems


def _against_the_person(role: str, given: dict[str, str]) -> list[str]:
    if RoleAssignment.objects.filter(role=role, approved_at__isnull=False).exists():
        return []
    number, email = given["staff_number"], given["email"]
    person = Person.objects.filter(staff_number=number).first()
    if person is None:
        taken = Person.objects.filter(email=email).exists()
        return [f"{email} is on the roster already, with another staff number than {number}."] if taken else []
    if person.email != email:
        return [f"staff number {number} is on the roster already, with another e-mail address than {email}."]
    if not person.is_active:
        return [f"staff number {number} is on the roster as somebody who has left."]
    if role in roles.EXCLUSIVE and person.assigned_roles & set(roles.EXCLUSIVE):
        return [f"staff number {number} already holds a role that excludes this one."]
    return []


def _write_force(values: dict[str, str]) -> str:
    if force := Force.objects.filter(pk=1).first():
        return f"The force is set up already, as {force.name}: left as it is. Change it in the admin."
    given = {key: value for key, value in values.items() if value}
    return f"The force: {actions.set_force(by=None, **given)}."


def _write_places(places: list[tuple[str, str, str]]) -> str:
    added = len(actions.add_places(by=None, places=places))
    there = len(places) - added
    return f"Stations: {added} added" + (f", {there} there already and left as they are." if there else ".")


def _write_holder(role: str, given: dict[str, str]) -> str:
    if RoleAssignment.objects.filter(role=role, approved_at__isnull=False).exists():
        return f"{label_of(role)}: has had a holder already. The next is proposed and approved in the admin."
    person = Person.objects.filter(staff_number=given["staff_number"]).first() or _add(given)
    actions.name_first_holder(person=person, role=role)
    return f"{label_of(role)}: {person}, who signs in as {person.email}."


def _add(given: dict[str, str]) -> Person:
    station = Station.objects.filter(name__iexact=given["station"]).first() if given["station"] else None
    values = {key: given[key] for key in ("staff_number", "known_as", "last_name", "email")}
    return actions.add_person(by=None, **values, station=station, employment_type="staff")
