"""Letters: HR prints, a second person reads a number out, and whom it is for uses both together, once."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.plan_door import secrets
from wellbeing.plan_door.models import LETTER_DAYS, LETTER_TRIES, Letter
from wellbeing.plan_door.reminders import PRINTED
from wellbeing.reminders.actions import refresh
from wellbeing.web.identity import acting_as

from .entries import begin_anew

PRINTED_FOR = "printed a letter to come in with for"
READ_OUT = "read out the number of a letter to"


@transaction.atomic
def print_letter(*, by: Person, person: Person, key: uuid.UUID) -> str:
    """Make a letter for somebody else and return its code, which stands nowhere else; earlier letters are void.

    `key` is made with the form: a second click returns the same letter. The person is told here and by mail. Raises
    ValidationError for oneself and for a letter printed a while ago, PermissionDenied for all but HR.
    """
    if by == person:
        raise ValidationError({"person": "Nobody prints a letter for themselves: ask a colleague in HR."})
    if "hr" not in by.assigned_roles:
        raise PermissionDenied
    code = secrets.letter_code(key, printed_by=by.pk)
    if not _ask("door_print_letter(%s, %s, %s, %s)", key, person.pk, secrets.letter_hash(code), LETTER_DAYS):
        raise ValidationError("This letter was printed already, or they are no longer here. Begin again.")
    if not history.of(person).filter(verb=PRINTED_FOR, details__letter=str(key)).exists():
        history.record(by=by, verb=PRINTED_FOR, about=person, details={"letter": str(key)})
    refresh(PRINTED, key)
    _send_soon()
    return code


@transaction.atomic
def read_out_number(*, by: Person, person: Person) -> str:
    """The number to read out to somebody who holds a letter: eight digits, without which it lets nobody in.

    A number of before is void. Raises ValidationError where `by` printed the letter, is that person, or there is none;
    PermissionDenied for all but wellbeing lead and guardian.
    """
    if not by.assigned_roles & {"lead", "guardian"}:
        raise PermissionDenied
    number = secrets.new_number()
    if not _ask("door_release_letter(%s, %s)", person.pk, secrets.number_hash(number)):
        raise ValidationError(
            "No letter waits for this person that you could give a number for: it was used, is past its 28 days, you "
            "printed it, it is your own, or what they sign in with was changed and nobody has confirmed that yet."
        )
    history.record(by=by, verb=READ_OUT, about=person)
    return number


def use_letter(*, person: Person | None, code: str, number: str) -> bool:
    """Use a letter up, with the number read out: exactly once. What let them in before does so no longer.

    The fifth wrong try with the right code voids it: somebody has the paper and not the number. One with another code
    does nothing to it, so that nobody can void a letter that they have not seen.
    """
    with acting_as(person):
        letter, kept = _letter_to_use(code) if person else (None, "")
        if not secrets.number_fits(number, kept):
            if letter and letter.released_at:
                _count_wrong(letter)
            return False
        letter.used_at = timezone.now()
        letter.save(update_fields=["used_at"])
        begin_anew(person=person)
        return True


def _letter_to_use(code: str) -> tuple[Letter | None, str]:
    """The open letter with this code of whoever the database works for, held; and the hash of its number."""
    with connection.cursor() as cursor:
        cursor.execute("select letter, number_hash from door_letter_to_use(%s)", [secrets.letter_hash(code)])
        key, kept = cursor.fetchone() or (None, "")
    return (Letter.objects.get(pk=key) if key else None), kept


def _count_wrong(letter: Letter) -> None:
    letter.wrong += 1
    if letter.wrong >= LETTER_TRIES:
        letter.voided_at = timezone.now()
    letter.save(update_fields=["wrong", "voided_at"])


def _ask(function: str, *values) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", values)
        return cursor.fetchone()[0]


def _send_soon() -> None:
    from wellbeing.plan_door import tasks  # which calls what sends

    transaction.on_commit(lambda: tasks.send_mails.delay(), robust=True)
