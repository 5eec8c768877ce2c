"""Writing somebody's own way in: PIN, address, passkeys; always as that person."""

import uuid
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.plan_door import secrets
from wellbeing.plan_door.models import PIN_TRIES, Entry, Notice, Passkey, Told
from wellbeing.web.identity import acting_as

MOST_PASSKEYS = 5


def entry_of(person: Person) -> Entry:
    """Somebody's way in, made where there is none yet."""
    with acting_as(person):
        return Entry.objects.get_or_create(person=person)[0]


def check_pin(*, person: Person | None, pin: str, counts: bool = True) -> bool:
    """Whether this is their PIN. The fifth wrong one in all sessions together locks it, ends them, and is told.

    One try after the other: the row is locked meanwhile. With `counts=False` a wrong one is not counted.
    """
    with acting_as(person):
        entry = Entry.objects.select_for_update().filter(pk=person.pk).first() if person else None
        usable = entry if entry and entry.locked_at is None else None
        is_right = secrets.fits(pin, usable.pin_hash if usable else "")
        if usable and counts:
            _count(usable, is_right)
        return is_right


def set_pin(*, by: Person, pin: str) -> None:
    """Set the PIN anew, unlocked; every session that came by this door ends.

    Raises ValidationError for one that is short or easily guessed.
    """
    if len(pin) < secrets.PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        raise ValidationError({"pin": f"Choose at least {secrets.PIN_LENGTH} digits."})
    if secrets.is_trivial(pin, but=by.staff_number):
        raise ValidationError({"pin": "Too easy to guess. Choose another one."})
    with _own(by) as entry:
        had_one = bool(entry.pin_hash)
        entry.pin_hash, entry.wrong_pins, entry.locked_at = secrets.slow_hash(pin), 0, None
        entry.stamp = uuid.uuid4()
        entry.save(update_fields=["pin_hash", "wrong_pins", "locked_at", "stamp"])
        if had_one:
            tell(by, entry, Told.CHANGED)


def confirm_address(*, by: Person, address: str) -> None:
    """From now on codes go to `address`, to which one was just sent and typed. The one before is told, and every
    session that came by this door ends."""
    with _own(by) as entry:
        if entry.mail and entry.mail != address:
            tell(by, entry, Told.CHANGED)
        entry.mail, entry.stamp = address, uuid.uuid4()
        entry.save(update_fields=["mail", "stamp"])


def add_passkey(*, by: Person, name: str, credential: dict) -> None:
    """Add a passkey for this door. Raises ValidationError for a sixth. They are told."""
    with _own(by) as entry:
        if Passkey.objects.filter(person=by).count() >= MOST_PASSKEYS:
            raise ValidationError("You have five passkeys already. Remove one first.")
        Passkey.objects.create(person=by, name=name, credential=credential)
        tell(by, entry, Told.CHANGED)


def remove_passkey(*, by: Person, passkey: Passkey) -> None:
    """Take a passkey away; every session that came by this door ends."""
    with _own(by) as entry:
        Passkey.objects.filter(pk=passkey.pk, person=by).delete()
        entry.stamp = uuid.uuid4()
        entry.save(update_fields=["stamp"])
        tell(by, entry, Told.CHANGED)


def used_passkey(*, by: Person, passkey: Passkey) -> None:
    """Note when a passkey was last used."""
    with acting_as(by):
        Passkey.objects.filter(pk=passkey.pk).update(last_used_at=timezone.now())


def end_sessions(*, by: Person) -> None:
    """End every session that came by this door."""
    with _own(by) as entry:
        entry.stamp = uuid.uuid4()
        entry.save(update_fields=["stamp"])


def begin_anew(*, person: Person) -> None:
    """What let somebody in before does so no longer, and the addresses it had are told: a letter was used."""
    with _own(person) as entry:
        tell(person, entry, Told.LETTER_USED)
        Passkey.objects.filter(person=person).delete()
        entry.stamp, entry.mail, entry.pin_hash, entry.wrong_pins, entry.locked_at = uuid.uuid4(), "", "", 0, None
        entry.save()


def tell(person: Person, entry: Entry, what: Told) -> None:
    """Have a word sent to the roster's address and to the one that codes go to."""
    from wellbeing.plan_door import tasks  # which calls what sends

    addresses = {person.email, entry.mail} - {""}
    Notice.objects.bulk_create([Notice(person=person, address=address, what=what) for address in addresses])
    transaction.on_commit(lambda: tasks.send_mails.delay(), robust=True)


@contextmanager
def _own(person: Person):
    """The person's way in, locked, in a transaction that works for them."""
    with acting_as(person):
        Entry.objects.get_or_create(person=person)
        yield Entry.objects.select_for_update().get(pk=person.pk)


def _count(entry: Entry, is_right: bool) -> None:
    entry.wrong_pins = 0 if is_right else entry.wrong_pins + 1
    if entry.wrong_pins >= PIN_TRIES:
        entry.locked_at, entry.stamp = timezone.now(), uuid.uuid4()
        tell(entry.person, entry, Told.LOCKED)
    entry.save(update_fields=["wrong_pins", "locked_at", "stamp"])
