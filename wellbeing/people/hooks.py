"""How the roster tells other apps what happened: the only calls from a lower room to a higher one.

An app registers in `AppConfig.ready()`, `hooks.on_leaving.register(function)`. Functions run in the
transaction of the change, once for all the people it concerns, so that a roster of 10,000 rows costs
the same number of queries as one of ten.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One person's change from `old_id` to `new_id` (station or line manager; None where vacant)."""

    person: object
    old_id: int | None
    new_id: int | None


class Hook:
    """A list of functions, each called as `function(items, by=person_or_None, undoing=bool)`."""

    def __init__(self) -> None:
        self._functions: dict[Callable, bool] = {}

    def register(self, function: Callable, *, last: bool = False) -> None:
        """`last`: after all others, for what stands on what they have done, whichever app came first."""
        self._functions.setdefault(function, last)

    def run(self, items: list, *, by, undoing: bool = False) -> None:
        if items:
            for function in sorted(self._functions, key=self._functions.get):
                function(items, by=by, undoing=undoing)


on_leaving = Hook()  # items: list of Person who are leaving (left, or died)
on_return = Hook()  # items: list of Person who are back; with undoing=True the leaving never happened
on_new_manager = Hook()  # items: list of Move between line managers
on_new_rank = Hook()  # items: list of Person who are new, or whose rank or grade is another
on_moved_station = Hook()  # items: list of Move between stations; undoing=True puts back what the move ended

# Models whose rows the database takes away with their person: they tie nobody to the roster, and have no history.
goes_with_their_person: set[type] = set()
