"""What the roster does to reminders: the functions that wait on `wellbeing.people.hooks`."""

from . import actions


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves or dies is told nothing any longer, and nobody is reminded of them; in the same transaction."""
    actions.silence(people)


def on_new_manager(moves, *, by, undoing: bool) -> None:
    """Whoever is no longer somebody's line manager is no longer reminded of them; the sweep tells the new one."""
    pairs = [(move.old_id, move.person.pk) for move in moves if move.old_id]
    if pairs:
        actions.part(pairs)
