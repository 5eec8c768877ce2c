"""What was signed, slides to download and whether pages helped: all of it invented."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.support import actions, handout_files, queries
from wellbeing.support.models import Guidance, Handout, Statement, StatementKind
from wellbeing.web import pdf

SIGNED_BY = "\n".join(
    [
        "Rosalind Achterberg, Chief Constable (invented)",
        "Idris Fanshawe, Police Federation (invented)",
        "Maud Ellingham, UNISON (invented)",
        "Leopold Quayle, Superintendents' Association (invented)",
    ]
)
_SLIDES = {
    "title": "A quieter head between two jobs",
    "pages": [
        {"heading": "One minute, in a parked car", "points": ["Feet on the floor", "In for four, out for six"]},
        {"heading": "When it does not help", "points": ["Stop, stand up, look around", "Talk to somebody"]},
    ],
}
_HELPED, _PARTLY = 0.6, 0.25
_MOST_IN_A_MONTH = 14


def sign(writer: Person, second: Person) -> int:
    """Sign two of the three wordings; the third stays as it shipped, so that a visitor sees both. How many are new."""
    signed = 0
    for kind in (StatementKind.LIMITS, StatementKind.NEVER_USED_FOR):
        if not queries.agreed_versions(kind):
            words = queries.to_start_from(kind) | {"in_force_from": timezone.localdate(), "signed_by": SIGNED_BY}
            draft = actions.draft_statement(statement=Statement(**words), by=writer)
            actions.approve_statement(statement=draft, by=second)
            signed += 1
    return signed


@transaction.atomic
def hand_out(keeper: Person, rng: Random) -> int:
    """Slides under a page of guidance, with the page's keeper's name; how many are new."""
    key = UUID(int=rng.getrandbits(128), version=4)
    page = Guidance.objects.filter(slug="mindfulness-and-a-quieter-head").first()
    if page is None or Handout.objects.filter(pk=key).exists():
        return 0
    with suppress(pdf.CannotPrint):
        made = pdf.made(Path(__file__).parent / "handout.typ", _SLIDES)
        file = handout_files.checked(made, "a-quieter-head.pdf")
        actions.add_handout(guidance=page, key=key, title="Slides of the talk", file=file, by=keeper)
        return 1
    return 0


def help_some(rng: Random) -> int:
    """Answers under every page of guidance in the quarter before this; of how many pages."""
    with connection.cursor() as cursor:
        pages = [str(key) for key in Guidance.objects.order_by("slug").values_list("pk", flat=True)]
        for key in pages:
            for month in _months_before():
                yes, partly, no = _answers(rng)
                for answer, count in (("yes", yes), ("partly", partly), ("no", no)):
                    cursor.execute("select demo_count_answers('guidance', %s, %s, %s, %s)", [key, month, answer, count])
    return len(pages)


def _answers(rng: Random) -> tuple[int, int, int]:
    drawn = [rng.random() for _ in range(rng.randint(0, _MOST_IN_A_MONTH))]
    yes = sum(one < _HELPED for one in drawn)
    partly = sum(_HELPED <= one < _HELPED + _PARTLY for one in drawn)
    return yes, partly, len(drawn) - yes - partly


def _months_before() -> list[date]:
    """The first days of the three months of the last quarter that is over."""
    today = timezone.localdate()
    of_quarters = today.year * 4 + (today.month - 1) // 3 - 1
    year, quarter = divmod(of_quarters, 4)
    return [date(year, quarter * 3 + month, 1) for month in (1, 2, 3)]
