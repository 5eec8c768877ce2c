"""What the roster does to places: a function that waits on `wellbeing.people.hooks`."""

from django.db import connection

from . import hooks
from .models import Place


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves gives back the places they have in sessions to come, in the same transaction.

    Nothing brings them back: they may be somebody else's by now, and whoever returns books again. The database does it
    (`training_give_back`), since whoever keeps the roster does not see who goes to an event.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from training_give_back(%s)", [[person.pk for person in people]])
        given = cursor.fetchall()
    places = [Place(pk=pk, session_id=session, person_id=person, state=state) for pk, session, person, state in given]
    hooks.on_places.run(places, by=by)
