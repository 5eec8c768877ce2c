"""What is missing in the action plan, for those who keep it."""

from django.urls import reverse

from wellbeing.people.gaps import Gap

from .queries import plan

_FEW = 5


def commitments_without_owner() -> Gap | None:
    """Commitments that go on and that nobody owns: their owner has left, or may stand in no list."""
    return _gap([row.text for row in plan.without_owner()], "has no owner", "have no owner")


def commitments_past_target() -> Gap | None:
    """Commitments that go on after their target date."""
    late = [line.commitment.text for line in plan.past_target()]
    return _gap(late, "has passed its target date", "have passed their target date")


def _gap(texts: list[str], one: str, many: str) -> Gap | None:
    if not texts:
        return None
    what = f"commitment {one}" if len(texts) == 1 else f"commitments {many}"
    return Gap(f"Action plan: {len(texts)} {what}.", texts[:_FEW], reverse("forum:keep_plan"))
