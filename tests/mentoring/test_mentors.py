"""Who is a mentor, of which kind, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring import actions
from mentoring.models import Mentor
from wellbeing.people import history
from wellbeing.people.actions import save_people
from wellbeing.people.models import Person

pytestmark = pytest.mark.django_db


def roles_of(person) -> frozenset[str]:
    return Person.objects.get(pk=person.pk).roles


def test_an_appointment_gives_the_role_and_says_who_gave_it(asha, coordinator):
    mentor = actions.appoint_mentor(person=asha, kind="career", by=coordinator)
    assert "career_mentor" in roles_of(asha)
    assert "welfare_mentor" not in roles_of(asha)
    assert history.of(mentor).get().by == coordinator


def test_somebody_may_be_a_mentor_of_both_kinds_once_each(welfare_mentor, coordinator):
    actions.appoint_mentor(person=welfare_mentor, kind="career", by=coordinator)
    with pytest.raises(ValidationError, match="welfare mentor already"):
        actions.appoint_mentor(person=welfare_mentor, kind="welfare", by=coordinator)


def test_nobody_appoints_themselves(coordinator):
    with pytest.raises(ValidationError):
        actions.appoint_mentor(person=coordinator, kind="welfare", by=coordinator)


def test_a_term_that_begins_later_gives_nothing_yet(asha, coordinator):
    tomorrow = timezone.localdate() + timedelta(1)
    actions.appoint_mentor(person=asha, kind="career", by=coordinator, starts=tomorrow)
    assert "career_mentor" not in roles_of(asha)


def test_standing_down_ends_the_role_the_same_day(welfare_mentor):
    actions.stand_down(mentor=Mentor.objects.get(), by=welfare_mentor)
    assert "welfare_mentor" not in roles_of(welfare_mentor)


def test_leaving_ends_a_term_and_its_undo_restores_it(welfare_mentor):
    save_people(by=None, changed=[(welfare_mentor, {"left": timezone.localdate()})])
    assert Mentor.objects.live().count() == 0
    save_people(by=None, changed=[(welfare_mentor, {"left": None})], undoing=True)
    assert "welfare_mentor" in roles_of(welfare_mentor)


def test_whoever_truly_comes_back_is_asked_anew(welfare_mentor):
    for left in (timezone.localdate(), None, timezone.localdate()):
        save_people(by=None, changed=[(welfare_mentor, {"left": left})])
    save_people(by=None, changed=[(welfare_mentor, {"left": None})], undoing=True)
    assert "welfare_mentor" not in roles_of(welfare_mentor)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("mentor_kind_known", {"kind": "riding"}),
        ("mentor_ends_after_it_starts", {"ends": timezone.localdate() - timedelta(1)}),
        ("mentor_left_has_an_end", {"ended_by_leaving": True}),
    ],
)
def test_pairs_that_cannot_be(welfare_mentor, constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mentor.objects.update(**values)


def test_two_terms_of_one_kind_do_not_run_at_once(welfare_mentor):
    with pytest.raises(IntegrityError, match="mentor_once"), transaction.atomic():
        Mentor.objects.create(person=welfare_mentor, kind="welfare")
