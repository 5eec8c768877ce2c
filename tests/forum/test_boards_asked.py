"""Who is asked to hang up and to relay what was decided, and once more when it is late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import boards, seats
from forum.models import Keeper, Posting, Relay, Seat
from tests.factories import forum
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.pages import text_of
from tests.reminders.outbox import reminders, shown_to, sweep
from wellbeing.web.identity import acting_as

POST, RELAY = "forum.post", "forum.relay"


@pytest.fixture
def decided(secretary):
    """A published meeting, of which nobody has been asked anything yet."""
    meeting = forum.meeting(by=secretary)
    forum.outcome(meeting)
    return forum.published(meeting)


def test_a_closed_station_has_nothing_to_hang(champion, decided, station):
    shut = StationFactory(name="Walmer", division=station.division)
    champion_at(shut)
    type(shut).objects.filter(pk=shut.pk).update(closed=True)
    boards.hang(meeting=decided)
    assert list(Posting.objects.values_list("station", flat=True)) == [station.pk]
    assert list(Keeper.objects.values_list("person", flat=True)) == [champion.pk]


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_new_representative_is_asked_to_relay_what_the_former_one_did_not(
    browse_as, secretary, representative, decided
):
    with acting_as(secretary):
        boards.hang(meeting=decided)
    assert [one.person_id for one in reminders(kind=RELAY, state="open")] == [representative.pk]
    new, yesterday = PersonFactory(known_as="Nia"), timezone.localdate() - timedelta(days=1)
    with acting_as(secretary):
        seats.end_term(seat=Seat.objects.get(person=representative), last_day=yesterday, by=secretary)
        forum.seat(new, by=secretary, starts_on=timezone.localdate())
    assert [one.person_id for one in reminders(kind=RELAY, state="open")] == [new.pk]
    relay = Relay.objects.get(strand=forum.strand())
    assert browse_as(representative).post(f"/forum/relays/{relay.pk}/").status_code == 404
    assert "UNISON has been told" in text_of(browse_as(new).get("/forum/mine/"))
    browse_as(new).post(f"/forum/relays/{relay.pk}/")
    assert Relay.objects.get(pk=relay.pk).relayed_by == new
    assert reminders(kind=RELAY, state="open") == []


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_whoever_is_late_is_asked_once_more_until_they_have_said_so(
    browse_as, secretary, champion, representative, decided, mid_morning, every_day_works
):
    with acting_as(secretary):
        boards.hang(meeting=decided)
    asked = {POST: champion, RELAY: representative}
    assert {one.kind: (one.person_id, one.step) for one in reminders(state="open", kind__in=asked)} == {
        kind: (person.pk, 90) for kind, person in asked.items()
    }
    mid_morning(40)
    sweep()
    late = reminders(state="open", kind__in=asked)
    assert {one.kind: (one.person_id, one.step) for one in late} == {k: (p.pk, -1) for k, p in asked.items()}
    assert any("was to hang on your station's noticeboard by" in one for one in shown_to(champion))
    assert any("Your strand was to hear" in one for one in shown_to(representative))
    page = text_of(browse_as(secretary).get("/forum/reach/"))
    assert "Ashford (late)" in page
    assert "UNISON: not yet, due on" in page
    with acting_as(champion):
        boards.confirm_own(pk=Posting.objects.get().pk, by=champion)
    with acting_as(representative):
        boards.confirm_relayed(relay=Relay.objects.get(strand=forum.strand()), by=representative)
    sweep()
    assert reminders(state="open", kind__in=asked) == []
