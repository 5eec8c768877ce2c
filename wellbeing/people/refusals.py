"""What the database refuses, in a sentence beside the field that it is about.

The constraint's name is the key. Another app adds its own in `AppConfig.ready()`, with `explain`.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

_SENTENCES: dict[str, tuple[str, str]] = {
    "people_person_staff_number_key": ("staff_number", "Somebody else has this staff number."),
    "staff_number_in_capitals": ("staff_number", "Write the letters in capitals."),
    "email_once": ("email", "Somebody else signs in with this address."),
    "email_lower_case": ("email", "Write the address in small letters."),
    "nobody_manages_themselves": ("line_manager", "Nobody is their own line manager."),
    "no_manager_cycle": (
        "line_manager",
        "This person stands above the one you name, directly or further up: the line would go round in a circle.",
    ),
    "one_line_manager": ("line_manager_outside", "Give a line manager on the roster or one outside, not both."),
    "left_after_joined": ("left", "The leaving date is before the day they joined."),
    "division_name_once": ("name", "There is a division of this name already."),
    "station_name_once": ("name", "There is a station of this name already."),
    "people_stationspelling_spelling_key": ("spelling", "This spelling is remembered already."),
    "only_one_force": ("", "There is one force, and it has its page already."),
    "roles_exclude": ("role", "They hold a role that excludes this one."),
    "role_not_from_oneself": ("person", "Nobody proposes or approves a role for themselves."),
    "role_needs_two_people": ("", "A role is approved by somebody other than its proposer."),
    "role_ends_after_it_starts": ("ends", "The role would end before it starts."),
}


def explain(sentences: dict[str, tuple[str, str]]) -> None:
    """Add `{constraint: (field or "", sentence)}`."""
    _SENTENCES.update(sentences)


@contextmanager
def said_beside_the_field():
    """What the database refuses of the block is undone and said: a ValidationError, by field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise as_validation_error(error) from error


def as_validation_error(error: IntegrityError) -> ValidationError:
    """The sentence for what was refused, by field. Raises `error` itself where nobody has written one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name not in _SENTENCES:
        raise error
    field, sentence = _SENTENCES[name]
    return ValidationError({field: sentence}) if field else ValidationError(sentence)


def check_now() -> None:
    """Have the deferred constraints speak here, where an answer is expected, and not at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
