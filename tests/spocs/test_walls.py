"""What the database itself shows and takes of SPOCs, with every filter of the portal taken away."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc, State, TopicConsent
from spocs.queries import is_spoc
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.factories.spocs import agreed, by_oneself, invited, listed_spoc, own_row, topic
from wellbeing.confidential.retention import purge
from wellbeing.people.actions import change_person
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

EVERYBODY = {
    **{who: {"active"} for who in ("asha", "ben", "champion", "spoc", "lead", "dpo", "technical_admin", "superuser")},
    "coordinator": {"invited", "review", "active"},
    "hr": {"active"},
}


@pytest.fixture
def one_of_each(coordinator) -> dict[str, Spoc]:
    """Somebody in every state, each with a topic where they have agreed to one."""
    about = {"topics": [topic("Not sleeping")]}
    made = {
        "invited": invited(PersonFactory()),
        "review": agreed(**about),
        "active": listed_spoc(**about),
        "paused": by_oneself(actions.pause, listed_spoc(**about)),
        "paused, HR may know": by_oneself(actions.pause, listed_spoc(hr_may_know=True, **about)),
        "withdrawn": by_oneself(actions.withdraw, listed_spoc(**about)),
    }
    return made


@pytest.mark.parametrize("who", [None, *EVERYBODY])
def test_who_can_read_which_row_and_which_topic(who, request, one_of_each):
    person = who and request.getfixturevalue(who)
    with acting_as(person):
        seen = {state for state, spoc in one_of_each.items() if Spoc.objects.filter(pk=spoc.pk).exists()}
        about = {state for state, spoc in one_of_each.items() if TopicConsent.objects.filter(spoc=spoc.pk).exists()}
    assert seen == (EVERYBODY[who] if who else {"active"})
    assert about == {"active"} | ({"review"} if who == "coordinator" else set())


@pytest.mark.parametrize("state", [*State])
def test_a_spoc_reads_their_own_whatever_its_state(one_of_each, state):
    assert own_row(one_of_each[state].person).state == state


@pytest.mark.parametrize("who", [None, *EVERYBODY])
def test_nobody_writes_in_anothers_profile_or_topics(who, request, one_of_each):
    with acting_as(who and request.getfixturevalue(who)):
        others = Spoc.objects.filter(pk__in=[spoc.pk for spoc in one_of_each.values()])
        if who != "coordinator":
            assert others.update(role_words="famous") == 0
        assert others.exclude(state="review").update(role_words="famous") == 0
        assert TopicConsent.objects.filter(spoc__in=[one_of_each["active"].pk]).delete()[0] == 0
        for forged in (
            lambda: TopicConsent.objects.create(spoc=one_of_each["active"], topic=topic("Money worries")),
            lambda: Spoc.objects.create(
                person=PersonFactory(), state="active", consented_on="2026-01-01", show_phone=True
            ),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                forged()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("DELETE FROM spocs_spoc")


def test_the_coordinator_lists_as_themselves_or_sends_back_and_does_nothing_else(one_of_each, coordinator, asha):
    waiting = Spoc.objects.filter(pk=one_of_each["review"].pk)
    with acting_as(coordinator):
        for values in ({"state": "paused"}, {"role_words": "famous"}, {"state": "active", "reviewed_by": asha}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                waiting.update(**values)
        assert waiting.update(state="active", reviewed_by=coordinator) == 1


def test_that_somebody_takes_a_break_is_told_to_them_alone(one_of_each, asha, coordinator):
    paused = one_of_each["paused"].person
    for who, known in ((paused, True), (None, True), (asha, False), (coordinator, False)):
        with acting_as(who):
            assert is_spoc(paused) is known
    assert "spoc" in Person.objects.get(pk=paused.pk).roles


def test_whoever_comes_back_is_asked_anew_though_hr_never_saw_that_they_took_a_break(one_of_each, hr):
    person = one_of_each["paused"].person
    with acting_as(hr):
        change_person(person=person, by=hr, left=timezone.localdate())
        change_person(person=person, by=hr, left=None)
    assert own_row(person).state == "withdrawn"


def test_undoing_an_import_takes_the_profile_with_its_person(one_of_each, hr):
    gone = one_of_each["invited"].person
    with acting_as(hr):
        Person.objects.filter(pk=gone.pk).delete()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Person.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_day_after_somebody_left_their_profile_is_emptied_but_under_legal_hold(coordinator):
    gone, held, stays = listed_spoc(topics=[topic("Not sleeping")]), listed_spoc(), listed_spoc()
    for spoc in (gone, held):
        change_person(person=spoc.person, by=None, left=timezone.localdate())
    Person.objects.filter(pk__in=[gone.person_id, held.person_id]).update(gone_at="2026-01-01T00:00Z")
    Person.objects.filter(pk=held.person_id).update(legal_hold=True)

    with the_worker():
        assert purge()["profiles of SPOCs who have left"] == 1
    with acting_as(gone.person):
        assert not TopicConsent.objects.filter(spoc=gone.pk).exists()
    assert [own_row(spoc.person).state for spoc in (gone, held, stays)] == ["withdrawn", "active", "active"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "asked",
    [
        "phone from spocs_spoc",
        "gender from spocs_spoc",
        "topic_id from spocs_topicconsent",
        "topic_id from spocs_storyversion_topics",
    ],
)
def test_the_worker_reads_no_topic_and_nothing_that_a_spoc_entered(asked):
    with the_worker(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"select {asked}")
