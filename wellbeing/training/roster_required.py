"""What the roster, places and completions do to who must hold what: functions that wait on hooks.

Each runs in the transaction of the change, in the same few queries for one person as for ten thousand.
"""

from .actions import requirements


def on_new_manager(moves, *, by, undoing: bool) -> None:
    """Whoever somebody reports to now, and whoever they reported to."""
    requirements.sync({key for move in moves for key in (move.old_id, move.new_id) if key})


def on_new_rank(people, *, by, undoing: bool) -> None:
    """Whoever is new, promoted, or in another grade."""
    requirements.sync({person.pk for person in people})


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves, and whose last report may have left."""
    _with_their_managers(people)


def on_return(people, *, by, undoing: bool) -> None:
    """Whoever is back, and who is a line manager again for it."""
    _with_their_managers(people)


def on_training(rows, *, by, undoing: bool) -> None:
    """Whose places, or completions, have changed."""
    requirements.sync({row.person_id for row in rows})


def _with_their_managers(people) -> None:
    managers = {person.line_manager_id for person in people if person.line_manager_id}
    requirements.sync({person.pk for person in people} | managers)
