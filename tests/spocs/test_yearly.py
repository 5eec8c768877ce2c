"""Once a year a SPOC says that their profile is still right; and what a tick stands for meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc, TopicConsent
from tests.factories.people import PersonFactory
from tests.factories.spocs import by_oneself, invited, listed_spoc, own_row, topic
from tests.reminders.outbox import reminders, shown_to, sweep
from tests.spocs.test_views import LIST, filled_in, text_of
from wellbeing.web.identity import acting_as


def in_days(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def consents_of(person) -> dict:
    with acting_as(person):
        return dict(TopicConsent.objects.filter(spoc__person=person).values_list("topic__name", "consented_at"))


@pytest.mark.django_db(transaction=True)
def test_a_spoc_is_asked_after_a_year_left_out_four_weeks_later_and_back_with_one_tap(browse_as, spoc, asha):
    def asked_of(person) -> list[str]:
        sweep()
        return [sentence for sentence in shown_to(person) if "still right" in sentence]

    with in_days(328):
        assert asked_of(spoc) == []
        assert "Still right" not in text_of(browse_as(spoc).get("/spocs/me/"))
    with in_days(340):
        assert len(asked_of(spoc)) == 1
        assert "Still right" in text_of(browse_as(spoc).get("/spocs/me/"))
    with in_days(392):
        assert "Call Sasha" in text_of(browse_as(asha).get(LIST))
    with in_days(394):
        assert any("off the list since" in sentence for sentence in asked_of(spoc))
        assert "Call Sasha" not in text_of(browse_as(asha).get(LIST))
        assert browse_as(asha).get(spoc.spoc.get_absolute_url()).status_code == 410
        own = browse_as(spoc)
        assert "You are off the list" in text_of(own.get("/spocs/me/"))
        own.post("/spocs/me/confirm/")
        assert "Call Sasha" in text_of(browse_as(asha).get(LIST))
        assert asked_of(spoc) == []
        assert own_row(spoc).confirmed_on == timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_with_a_withdrawal_every_reminder_of_the_profile_is_deleted(spoc, coordinator):
    sweep()
    assert reminders(kind__startswith="spocs.") != []
    by_oneself(actions.withdraw, spoc.spoc)
    assert reminders(kind__startswith="spocs.") == []


@pytest.mark.django_db
def test_coming_back_from_a_long_break_says_that_the_profile_is_right(spoc):
    by_oneself(actions.pause, spoc.spoc)
    with in_days(500):
        by_oneself(actions.resume, spoc.spoc)
        assert [listed.shown_name for listed in Spoc.objects.listed()] == ["Sasha"]


@pytest.mark.django_db
def test_each_tick_is_a_consent_with_its_own_time_kept_as_long_as_the_tick(browse_as, spoc, asha):
    sleep, grief = topic("Not sleeping"), topic("Losing somebody")
    browse_as(spoc).post("/spocs/me/profile/", filled_in())
    first = consents_of(spoc)["Not sleeping"]
    with in_days(3):
        own = browse_as(spoc)
        own.post("/spocs/me/profile/", filled_in(topics=[sleep.pk, grief.pk]))
        own.post("/spocs/me/profile/", filled_in(topics=[sleep.pk, grief.pk]))
        assert consents_of(spoc)["Not sleeping"] == first
        assert consents_of(spoc)["Losing somebody"] > first
        assert "Losing somebody" in text_of(browse_as(asha).get(spoc.spoc.get_absolute_url()))
        own.post("/spocs/me/profile/", filled_in(topics=[grief.pk]))
        assert "Not sleeping" not in text_of(browse_as(asha).get(spoc.spoc.get_absolute_url()))
    assert list(consents_of(spoc)) == ["Losing somebody"]


@pytest.mark.django_db
def test_topics_are_asked_before_consent_in_their_order_and_one_at_least(browse_as, asha):
    invited(asha)
    topic("Second of the test", order=2)
    topic("First of the test", order=1)
    topic("Not in the list any more", shown=False)
    own = browse_as(asha)
    page = text_of(own.get("/spocs/me/profile/"))
    assert "Each tick is a consent of its own" in page
    assert page.index("First of the test") < page.index("Second of the test") < page.index("I have read who can read")
    assert "any more" not in page
    assert "Tick at least one topic" in text_of(own.post("/spocs/me/profile/", filled_in(topics=[], agree="on")))


@pytest.mark.django_db
def test_a_topic_that_is_no_longer_asked_stays_its_spocs_to_keep_or_take_back_and_is_shown_to_nobody(browse_as, asha):
    kept = topic("Not sleeping")
    kim = listed_spoc(person=PersonFactory(known_as="Kim"), topics=[kept])
    type(kept).objects.update(shown=False)
    own = browse_as(kim.person)
    assert "Not sleeping" in text_of(own.get("/spocs/me/profile/"))
    own.post("/spocs/me/profile/", filled_in(topics=[kept.pk]))
    assert list(consents_of(kim.person)) == ["Not sleeping"]
    assert "Not sleeping" not in text_of(browse_as(asha).get(kim.get_absolute_url()))
