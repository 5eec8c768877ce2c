"""How what keeps a history is written: the row and its line in one step."""

from wellbeing.people import history, refusals
from wellbeing.people.models import Person


def saved(row, verb: str, details: dict, *, by: Person | None):
    """Save the row and note it; a refusal of the database as the sentence beside the field it is about."""
    with refusals.said_beside_the_field():
        row.save()
        history.record(by=by, verb=verb, about=row, details=details)
    return row
