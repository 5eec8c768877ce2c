"""What is missing in training, for the first page of HR, the coordinator and the wellbeing lead. Nobody is named."""

from django.urls import reverse

from wellbeing.people.gaps import Gap

from .models import Standing
from .queries import compliance


def no_longer_held() -> Gap | None:
    """People whose required training has run out, or was not done in time, as numbers for each course."""
    late = compliance.late()
    if not late:
        return None
    run_out = sum(counts.get(Standing.EXPIRED, 0) for counts in late.values())
    never = sum(counts.get(Standing.OVERDUE, 0) for counts in late.values())
    said = [f"of {_people(run_out)} has run out"] if run_out else []
    said += [f"of {_people(never)} is overdue"] if never else []
    names = [f"{course}: {sum(counts.values())}" for course, counts in late.items()]
    return Gap(f"Required training {' and '.join(said)}", names, reverse("training:compliance"))


def _people(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"
