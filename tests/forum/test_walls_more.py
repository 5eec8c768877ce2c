"""What the database itself keeps of meetings, of what was published and of terms, whatever the web asks in SQL."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forum.actions import meetings, publishing
from forum.models import Correction, Meeting, MeetingState, Outcome, Progress, Seat
from tests.databases import the_worker
from tests.factories import forum
from tests.forum.test_walls import touched
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate


def test_nobody_ends_the_term_of_whoever_never_left(hr, asha, secretary, representative, deputy):
    before = list(Seat.objects.values())
    for person in (None, asha, deputy, hr, secretary):
        for day in (TODAY() - timedelta(days=1), TODAY() - timedelta(days=400)):
            touched(person, "select forum_end_terms(%s::bigint[], %s)", [representative.pk, deputy.pk], day)
    assert list(Seat.objects.values()) == before
    with acting_as(hr):
        people.change_person(person=deputy, by=hr, left=TODAY())
        people.change_person(person=deputy, by=hr, left=None)
    assert Seat.objects.get(person=deputy).ends_on == TODAY() - timedelta(days=1)
    touched(asha, "select forum_end_terms(%s::bigint[], %s)", [deputy.pk], TODAY() - timedelta(days=20))
    assert Seat.objects.get(person=deputy).ends_on == TODAY() - timedelta(days=1)


def test_nobody_but_the_secretary_writes_when_and_where_the_forum_meets(hr, lead, asha, secretary, representative):
    met = forum.meeting(by=secretary)
    new = "insert into forum_series values (gen_random_uuid(), 'month')"
    for person in (None, asha, hr, lead, representative):
        assert touched(person, new) == -1
        assert touched(person, "delete from forum_meeting") == 0
        for column in ("chair_id = null", "place = 'My house'", "state = 'cancelled'"):
            assert touched(person, f"update forum_meeting set {column}") in (0, -1)
        with acting_as(person):
            assert Meeting.objects.get() == met  # that the forum meets is no secret
    assert Meeting.objects.values_list("place", "state").get() == ("Headquarters, room 2", "planned")
    assert touched(secretary, new) == 1
    assert touched(secretary, "update forum_meeting set place = 'Room 3'") == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_opens_an_agenda_and_writes_nothing_else_of_a_meeting(secretary, representative):
    met = forum.meeting(by=secretary)
    with the_worker():
        assert meetings.open_agendas() == 1
        assert touched(None, "update forum_meeting set state = 'cancelled'") == -1
        assert touched(None, "update forum_meeting set place = 'Elsewhere'") == -1
    assert Meeting.objects.get(pk=met.pk).state == MeetingState.AGENDA_OPEN


@pytest.fixture
def owned(asha, secretary):
    """An outcome that is published, corrected once, and Asha's."""
    held = forum.over(forum.meeting(by=secretary), by=secretary)
    draft = forum.outcome(held, owner=asha)
    with acting_as(secretary):
        publishing.publish(meeting=held, by=secretary)
        Correction.objects.create(outcome=draft, why="A slip", before={"text": "Cold food"}, by=secretary)
    return Outcome.objects.get(pk=draft.pk)


def test_an_owner_says_how_it_goes_on_and_writes_nothing_else_of_what_is_published(owned, asha, hr, representative):
    words = "text = 'Mine', checked = md5(said || chr(31) || 'Mine' || chr(31) || next || chr(31) || owner_office)"
    for column in (words, "due = due + 99", "status = 'under_way'", "corrected_at = now()"):
        assert touched(asha, f"update forum_outcome set {column}") == -1, column
    say = "select forum_note(gen_random_uuid(), %s, null, 'under_way', %s, 'A word')"
    for person, due in ((None, owned.due), (hr, owned.due), (representative, owned.due), (asha, owned.due.max)):
        touched(person, say, owned.pk, due)
    assert (Outcome.objects.get().status, Progress.objects.count()) == ("open", 1)
    touched(asha, say, owned.pk, owned.due)
    assert Outcome.objects.get().status == "under_way"
    assert set(Progress.objects.values_list("note", "by")) >= {("A word", asha.pk)}


def test_steps_and_corrections_are_the_secretarys_and_read_with_what_is_published(owned, asha, hr, secretary):
    step = (
        "insert into forum_progress (id, outcome_id, status, due, note, at) values (%s, %s, 'done', now(), '', now())"
    )
    for person in (None, asha, hr):
        with acting_as(person):
            assert (Progress.objects.count(), Correction.objects.count()) == (1, 1)
        assert touched(person, step, uuid.uuid4(), owned.pk) == -1
        for table in ("forum_progress", "forum_correction"):
            assert touched(person, f"update {table} set by_id = null") == 0
            assert touched(person, f"delete from {table}") == 0
    assert touched(secretary, "update forum_outcome set published_at = null") == 1
    with acting_as(asha):
        assert (Progress.objects.count(), Correction.objects.count()) == (0, 0)


def test_whoever_led_published_and_noted_goes_and_what_they_did_stays(owned, chidi, secretary):
    with acting_as(secretary):
        for rows in (Progress.objects.all(), Correction.objects.all()):
            rows.update(by=chidi)
        Meeting.objects.update(chair=chidi, published_by=chidi)
    Person.objects.filter(pk=chidi.pk).delete()
    connection.check_constraints()
    assert Meeting.objects.values_list("chair", "published_by").get() == (None, None)
    assert (Progress.objects.get().by, Correction.objects.get().by) == (None, None)
