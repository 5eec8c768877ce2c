"""What other forces' forums decided."""

from django.db import transaction

from forum.models import Elsewhere
from wellbeing.people import history
from wellbeing.people.models import Person


@transaction.atomic
def take_in(*, force: str, decided: list[dict], by: Person) -> int:
    """Write what `force` decided; what is there already only learns how it stands by now. Returns how many are new."""
    new = 0
    for values in decided:
        row, is_new = Elsewhere.objects.get_or_create(
            force=force, month=values["month"], text=values["text"], defaults=values
        )
        new += is_new
        changed = {} if is_new else history.difference(row, values)
        if changed:
            Elsewhere.objects.filter(pk=row.pk).update(**values)
        if is_new or changed:
            history.record(by=by, verb="taken in" if is_new else "changed", about=row, details=changed)
    return new


@transaction.atomic
def forget(*, force: str, by: Person) -> int:
    """Take away all that came from `force`; returns how many that were."""
    rows = list(Elsewhere.objects.select_for_update().filter(force=force))
    history.record_many(by=by, verb="taken away", about=[(row, {}) for row in rows])
    Elsewhere.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
