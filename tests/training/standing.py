"""People who stand so or so with what they must hold, for tests; written by the owner of the tables."""

from datetime import timedelta

from django.utils import timezone

from tests.databases import the_worker
from tests.factories.people import PersonFactory
from wellbeing.training.actions import requirements
from wellbeing.training.models import Course, Required, Standing


def completed(owner, somebody, course: Course, *, days_ago: int = 100, holds_for: int | None = 100) -> None:
    """They completed it so many days ago, and from today it holds for so many days (None: without end)."""
    today = timezone.localdate()
    until = None if holds_for is None else today + timedelta(days=holds_for)
    owner.execute(
        "insert into training_completion (id, person_id, course_id, completed_on, valid_until, provider, recorded_at)"
        " values (gen_random_uuid(), %s, %s, %s, %s, '', now())",
        [somebody.pk, course.pk, today - timedelta(days=days_ago), until],
    )
    requirements.sync({somebody.pk})


def required_since(owner, somebody, days: int) -> None:
    """It has concerned them for so many days."""
    owner.execute("update training_required set since = since - %s where person_id = %s", [days, somebody.pk])
    requirements.sync({somebody.pk})


def booked(owner, somebody, session) -> None:
    """They have a place in the session."""
    owner.execute(
        "insert into training_place (id, session_id, person_id, state, made_at, changed_at)"
        " values (gen_random_uuid(), %s, %s, 'booked', now(), now())",
        [session.pk, somebody.pk],
    )
    requirements.sync({somebody.pk})


def supervisor(owner, session, how: Standing, **values):
    """Somebody of a rank that is required, who stands so; of `session`'s course."""
    somebody = PersonFactory(rank_or_grade="Insp", **values)
    if how == Standing.DONE:
        completed(owner, somebody, session.course)
    elif how == Standing.BOOKED:
        booked(owner, somebody, session)
    elif how == Standing.OVERDUE:
        required_since(owner, somebody, 91)
    elif how == Standing.EXPIRED:
        completed(owner, somebody, session.course, holds_for=-1)
    return somebody


def rows() -> dict[str, Required]:
    """Whom it concerns, by known-as name, as the worker sees it."""
    with the_worker():
        found = Required.objects.live().with_standing().select_related("person")
        return {row.person.known_as: row for row in found}
