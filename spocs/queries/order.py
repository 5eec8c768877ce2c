"""The one order of SPOCs and of stories: nobody is always first, nor always last."""

from django.db.models import BigIntegerField, F, Func, QuerySet, Value
from django.utils import timezone


def fairly(rows: QuerySet, key: str, *, of: int = 0, first: tuple[str, ...] = ()) -> QuerySet:
    """These rows, shuffled by their UUID in `key` anew each day and the same all day; another order for each `of`.

    `first` names what goes before the shuffle, as `order_by` does.
    """
    today = Value(of * 2**24 + timezone.localdate().toordinal())
    order = Func(F(key), today, function="uuid_hash_extended", output_field=BigIntegerField())
    return rows.order_by(*first, order, "id")
