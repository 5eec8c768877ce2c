"""What several actions do to a champion's row."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from champions.models import OPEN_STATES, Champion
from champions.reminders import OF_AN_ENTRY
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

NOT_AWAY = {"away_from": None, "away_until": None, "cover": None}


def move(champion: Champion, to: str, *, by: Person | None, verb: str, **values) -> Champion:
    """Lock the entry, move it to state `to` with `values`, note `verb`; returns it. Refuses who is no champion now."""
    champion = locked(champion)
    refuse_former(champion)
    before = champion.state
    write(champion, {"state": to, **values})
    history.record(by=by, verb=verb, about=champion, details={"state": [before, to]})
    tell(champion)
    return champion


def tell(*champions: Champion) -> None:
    """Have the reminders that stand on these entries say what is so now."""
    for kind in OF_AN_ENTRY:
        refresh(kind, *(champion.pk for champion in champions))


def locked(champion: Champion) -> Champion:
    """The entry as it stands now, locked until the transaction ends."""
    return Champion.objects.select_for_update(of=["self"]).select_related("person").get(pk=champion.pk)


def write(champion: Champion, values: dict) -> None:
    """Save these columns."""
    for name, value in values.items():
        setattr(champion, name, value)
    champion.save(update_fields=list(values))


def end(coverage, because: str) -> None:
    """End these rows of coverage now."""
    coverage.update(ended_at=timezone.now(), ended_because=because)


def refuse_former(champion: Champion) -> None:
    """Raises ValidationError for somebody who is not a champion now."""
    if champion.state not in OPEN_STATES:
        raise ValidationError(f"{champion} is not a champion now.")


def refuse_unlistable(person: Person) -> None:
    """Raises ValidationError for somebody whom the directory may not list: hidden, gone, or dead."""
    if person.hidden or not person.is_active:
        raise ValidationError(f"{person} cannot be listed in the directory.")
