"""What may be done with a profile, by whom, and what is left of it."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc, TopicConsent
from tests.factories.people import PersonFactory
from tests.factories.spocs import REACHED_BY_PHONE, agreed, by_oneself, invited, listed_spoc, own_row, topic
from wellbeing.people.actions import change_person, record_death, save_people
from wellbeing.people.models import Change
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def listed() -> list[str]:
    return [spoc.shown_name for spoc in Spoc.objects.listed()]


def test_an_invitation_shows_nowhere_until_it_is_agreed_to_and_read(asha, coordinator):
    profile = agreed(person=asha)
    assert listed() == []
    assert "spoc" not in asha.roles
    with acting_as(coordinator):
        actions.agree(spoc=profile, by=coordinator)
    assert listed() == ["Asha"]
    assert own_row(asha).reviewed_by == coordinator


def test_consent_gives_the_role_and_its_day_is_kept(spoc):
    assert "spoc" in spoc.roles
    assert spoc.spoc.consented_on == timezone.localdate()


@pytest.mark.parametrize("who", ["asha", "ben", "hr", "lead", "dpo", "superuser", "spoc"])
def test_nobody_but_the_coordinator_invites(who, request, chidi):
    with pytest.raises(PermissionDenied):
        actions.invite(person=chidi, by=request.getfixturevalue(who))


def test_nobody_is_invited_twice_and_nobody_hidden_or_gone(spoc, asha, chidi, coordinator):
    change_person(person=asha, by=None, hidden=True)
    change_person(person=chidi, by=None, left=timezone.localdate())
    for person in (spoc, asha, chidi):
        with acting_as(coordinator), pytest.raises(ValidationError):
            actions.invite(person=person, by=coordinator)


def test_nobody_keeps_anothers_profile(spoc, request):
    for who in ("asha", "ben", "hr", "coordinator", "lead", "superuser"):
        person = request.getfixturevalue(who)
        for act in (actions.change_profile, actions.confirm, actions.pause, actions.resume, actions.withdraw):
            kept = False
            with acting_as(person), suppress(PermissionDenied):
                kept = act(spoc=spoc.spoc, by=person) or True
            assert not kept, (who, act)
            assert listed() == ["Sasha"], (who, act)


def test_nobody_consents_for_another(asha, coordinator):
    profile = invited(asha)
    with acting_as(coordinator), pytest.raises(PermissionDenied):
        actions.consent(spoc=profile, by=coordinator, **REACHED_BY_PHONE)


def test_a_break_is_one_step_and_one_back(spoc):
    by_oneself(actions.pause, spoc.spoc)
    assert listed() == []
    assert "spoc" in spoc.roles
    by_oneself(actions.resume, spoc.spoc)
    assert listed() == ["Sasha"]


def test_somebody_merely_invited_is_not_listed_by_resuming(asha, coordinator):
    profile = invited(asha)
    with pytest.raises(ValidationError, match="has not been agreed to"):
        by_oneself(actions.resume, profile)


def test_withdrawing_deletes_all_but_two_dates(spoc):
    by_oneself(
        actions.change_profile,
        spoc.spoc,
        role_words="Response officer",
        rank_band="supervisor",
        gender="woman",
        hr_may_know=True,
        topics=[topic("Not sleeping")],
    )
    by_oneself(actions.withdraw, spoc.spoc)
    with acting_as(spoc):
        left = Spoc.objects.values().get()
        assert not TopicConsent.objects.exists()
    assert left.pop("id") == spoc.spoc.pk
    assert left == {
        "person_id": spoc.pk,
        "state": "withdrawn",
        "first_name_only": True,
        "role_words": "",
        "rank_band": "",
        "gender": "",
        "hr_may_know": False,
        "sent_back": "",
        "reviewed_by_id": None,
        "reviewed_on": None,
        "confirmed_on": None,
        "ring_asked_on": None,
        "show_phone": False,
        "show_text": False,
        "show_mail": False,
        "phone": "",
        "by_day": True,
        "by_night": False,
        "consented_on": timezone.localdate(),
        "withdrawn_on": timezone.localdate(),
    }
    assert "spoc" not in type(spoc).objects.get(pk=spoc.pk).roles


def test_whoever_withdrew_may_be_invited_again_and_is_asked_anew(spoc, coordinator):
    by_oneself(actions.withdraw, spoc.spoc)
    with acting_as(coordinator):
        actions.invite(person=spoc, by=coordinator)
    again = own_row(spoc)
    assert (again.state, again.consented_on, again.withdrawn_on) == ("invited", None, None)


def test_no_history_says_that_somebody_is_or_was_a_spoc(spoc):
    by_oneself(actions.pause, spoc.spoc)
    by_oneself(actions.withdraw, spoc.spoc)
    assert not Change.objects.filter(about_type__startswith="spocs").exists()


# --- The roster ----------------------------------------------------------------------------------------


def test_whoever_leaves_dies_or_is_hidden_is_off_the_list(spoc):
    other, third = listed_spoc(person=PersonFactory(known_as="Kim")), listed_spoc(person=PersonFactory(known_as="Lou"))
    change_person(person=spoc, by=None, left=timezone.localdate())
    change_person(person=other.person, by=None, hidden=True)
    assert listed() == ["Lou"]
    record_death(person=third.person, by=None, on=timezone.localdate())
    assert listed() == []


def test_an_undone_leaving_changes_nothing(spoc):
    save_people(by=None, changed=[(spoc, {"left": timezone.localdate()})])
    save_people(by=None, changed=[(spoc, {"left": None})], undoing=True)
    assert listed() == ["Sasha"]


def test_whoever_truly_comes_back_is_asked_anew(spoc):
    change_person(person=spoc, by=None, left=timezone.localdate())
    change_person(person=spoc, by=None, left=None)
    assert listed() == []
    assert own_row(spoc).phone == ""
