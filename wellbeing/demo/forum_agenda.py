"""What was raised for the demonstration's next meeting: with a name, without, and on the agenda already."""

from random import Random
from uuid import UUID

from forum.actions import agenda
from forum.models import Item, Meeting
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

_RAISED = (
    (
        "staff",
        True,
        "Somewhere to eat at night",
        "At Folkestone the canteen closes at six. Night shifts have a kettle.",
    ),
    ("manager", True, "Time for 1-1s", "On response teams there is no quiet hour for them. Could the roster have one?"),
    ("mentor", False, "Lockers for those who cycle", ""),
    ("champion", False, "Who looks after call handlers?", "They hear everything and are rarely asked how they are."),
)


def suggest(secretary: Person, people: dict[str, Person], number: Random) -> None:
    """Raise a few things, and put the first on the next agenda; nothing where that was done."""
    with acting_as(secretary):
        if Item.objects.exists():
            return
    for key, named, title, text in _RAISED:
        person = people[key]
        with acting_as(person):
            form = UUID(int=number.getrandbits(128), version=4)
            agenda.raise_item(key=form, title=title, text=text, strand=None, named=named, by=person)
    with acting_as(secretary):
        item = Item.objects.get(title=_RAISED[0][2])
        agenda.accept(item=item, meeting=Meeting.objects.to_come().first(), by=secretary)
