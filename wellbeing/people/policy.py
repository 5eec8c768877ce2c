"""Who may see hidden people (covert roles): those alone who keep the roster."""

from collections.abc import Sequence

from .models import Person

KEEPS_THE_ROSTER = "people.change_person"


def sees_hidden(reader) -> bool:
    return reader.has_perm(KEEPS_THE_ROSTER)


def conceal(rows: Sequence, reader) -> Sequence:
    """`rows` as `reader` may see them: where one names a hidden person, it names nobody.

    Only what the rows hold in memory changes: the column (`line_manager_id`) stays as it is, and so
    does the database, also when such a row is saved. One query for all rows. Foreign keys that cannot
    be empty are for the list's own query to leave out.
    """
    if sees_hidden(reader):
        return rows
    named = [(row, field) for row in rows for field in row._meta.fields if field.related_model is Person and field.null]
    keys = {getattr(row, field.attname) for row, field in named} - {None}
    hidden = set(Person.objects.filter(pk__in=keys, hidden=True).values_list("pk", flat=True)) if keys else set()
    for row, field in named:
        if getattr(row, field.attname) in hidden:
            field.set_cached_value(row, None)
    return rows
