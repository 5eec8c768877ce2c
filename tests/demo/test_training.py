"""Training as a visitor of the demonstration finds it."""

import pytest

from wellbeing.demo import training
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.training.models import Completion, Course, Place, Purpose, Session
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


def test_there_are_courses_of_each_kind_with_sessions_coming_and_one_whose_attendance_is_to_be_written(demo):
    assert {course.purpose for course in Course.objects.all()} == set(Purpose)
    assert {session.course.purpose for session in Session.objects.coming().select_related("course")} == set(Purpose)
    with acting_as(person("coordinator")):
        waiting = Place.objects.filter(state="booked").exclude(session__in=Session.objects.coming())
        assert len(set(waiting.values_list("session", flat=True))) == 1


def test_the_cast_have_places_and_completions(demo):
    with acting_as(person("manager")):
        assert Completion.objects.get().course.title == training.COURSES["managers"][0]
        assert Place.objects.filter(state="booked").count() == 2
    with acting_as(person("staff")):
        assert Place.objects.get().session.course.is_event


def test_what_is_there_is_not_invented_again(demo):
    before = Course.objects.count(), Session.objects.count()
    with acting_as(person("coordinator")):
        assert len(training.courses(person("coordinator"))) == len(training.COURSES)
    assert training.teach(person("coordinator"), None) == 0
    assert (Course.objects.count(), Session.objects.count()) == before
