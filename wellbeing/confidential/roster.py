"""What a change of the roster does to care links, in the same transaction."""

from collections.abc import Iterable

from django.db import connection

from wellbeing.people.models import Person


def on_new_manager(moves, *, by, undoing: bool) -> None:
    """The old line manager's link ends and the new one's begins; an undo gives the old one back."""
    sync_links([move.person.pk for move in moves], by=by, undoing=undoing)


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves or dies sees nobody's records any longer, and nobody theirs."""
    sync_links(_with_reports(people), by=by, undoing=undoing)


on_return = on_leaving


def sync_links(subjects: Iterable[int], *, by: Person | None, undoing: bool = False) -> int:
    """Bring the line manager links of these people into line with the roster; returns how many began.

    Raises IntegrityError (`link_not_by_own_hand`) where `by` would become somebody's line manager.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select confidential_sync_line_manager_links(%s, %s, %s)",
            [list(subjects), getattr(by, "pk", None), undoing],
        )
        return cursor.fetchone()[0]


def _with_reports(people) -> set[int]:
    keys = {person.pk for person in people}
    return keys | set(Person.objects.filter(line_manager__in=keys).values_list("pk", flat=True))
