"""What may be done with a profile, by whom, and what is left of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc
from tests.factories.people import PersonFactory
from tests.factories.spocs import REACHED_BY_PHONE, listed_spoc
from wellbeing.people.actions import change_person, record_death, save_people
from wellbeing.people.models import Change

pytestmark = pytest.mark.django_db


def listed() -> list[str]:
    return [spoc.shown_name for spoc in Spoc.objects.listed()]


def test_an_invitation_shows_nowhere_until_consent(asha, coordinator):
    profile = actions.invite(person=asha, by=coordinator)
    assert listed() == []
    assert "spoc" not in asha.roles
    actions.consent(spoc=profile, by=asha, **REACHED_BY_PHONE)
    assert listed() == ["Asha"]


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
        with pytest.raises(ValidationError):
            actions.invite(person=person, by=coordinator)


@pytest.mark.parametrize("act", [actions.change_profile, actions.pause, actions.resume, actions.withdraw])
@pytest.mark.parametrize("who", ["asha", "ben", "hr", "coordinator", "lead", "superuser"])
def test_nobody_keeps_anothers_profile(spoc, act, who, request):
    with pytest.raises(PermissionDenied):
        act(spoc=spoc.spoc, by=request.getfixturevalue(who))
    assert listed() == ["Sasha"]


def test_nobody_consents_for_another(asha, coordinator):
    profile = actions.invite(person=asha, by=coordinator)
    with pytest.raises(PermissionDenied):
        actions.consent(spoc=profile, by=coordinator, **REACHED_BY_PHONE)


def test_a_break_is_one_step_and_one_back(spoc):
    actions.pause(spoc=spoc.spoc, by=spoc)
    assert listed() == []
    assert "spoc" in spoc.roles
    actions.resume(spoc=spoc.spoc, by=spoc)
    assert listed() == ["Sasha"]


def test_somebody_merely_invited_is_not_listed_by_resuming(asha, coordinator):
    profile = actions.invite(person=asha, by=coordinator)
    with pytest.raises(ValidationError, match="has not been agreed to"):
        actions.resume(spoc=profile, by=asha)


def test_withdrawing_deletes_all_but_two_dates(spoc):
    actions.change_profile(spoc=spoc.spoc, by=spoc, role_words="Response officer", rank_band="supervisor")
    actions.withdraw(spoc=spoc.spoc, by=spoc)
    left = Spoc.objects.values().get()
    assert left.pop("id") == spoc.spoc.pk
    assert left == {
        "person_id": spoc.pk,
        "state": "withdrawn",
        "first_name_only": True,
        "role_words": "",
        "rank_band": "",
        "gender": "",
        "hr_may_know": False,
        "reviewed_by_id": None,
        "reviewed_on": None,
        "confirmed_on": None,
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
    actions.withdraw(spoc=spoc.spoc, by=spoc)
    again = actions.invite(person=spoc, by=coordinator)
    assert (again.state, again.consented_on, again.withdrawn_on) == ("invited", None, None)


def test_no_history_says_that_somebody_is_or_was_a_spoc(spoc):
    actions.pause(spoc=spoc.spoc, by=spoc)
    actions.withdraw(spoc=spoc.spoc, by=spoc)
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
    assert Spoc.objects.get().phone == ""
