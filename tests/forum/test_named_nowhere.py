"""Whoever takes a covert role stands nowhere at the forum from then on, and whoever owned something owns it no more."""

import uuid
from datetime import timedelta

from django.utils import timezone

from forum.actions import boards, invitations
from forum.models import Measurement, Relay
from tests.factories import forum
from tests.factories.forum_plan import a_commitment
from tests.pages import text_of
from wellbeing.people import actions as people
from wellbeing.web.identity import acting_as


def pages(client, *addresses: str) -> str:
    return " ".join(text_of(client.get(address)) for address in addresses)


def hide(*persons) -> None:
    for person in persons:
        type(person).objects.filter(pk=person.pk).update(hidden=True)


def test_a_covert_chair_and_a_covert_author_are_named_on_no_page(browse_as, secretary, representative, asha):
    met = forum.meeting(by=secretary, chair=asha)
    words = {"key": uuid.uuid4(), "title": "Kitchens", "text": "Six of them.", "position": 1}
    with acting_as(secretary):
        paper = invitations.save_paper(meeting=met, by=secretary, **words)
    client, addresses = browse_as(representative), (met.get_absolute_url(), f"/forum/papers/{paper.pk}/")
    before = pages(client, *addresses)
    assert "Chair Asha Patel" in before
    assert before.count("by Sid Secretary") == 2
    hide(asha, secretary)
    after = pages(client, *addresses)
    assert "Kitchens" in after
    assert "Asha" not in after
    assert "Sid" not in after


def test_a_covert_commenter_on_minutes_and_a_covert_representative_are_named_on_no_page(
    browse_as, secretary, representative, asha
):
    held = forum.over(forum.meeting(by=secretary), by=secretary, came=[representative])
    address, keeper = f"/forum/meetings/{held.pk}/minutes/", browse_as(secretary)
    keeper.post(f"{address}write/", {"seen": 0, "text": "Much was said."})
    keeper.post(f"{address}share/")
    browse_as(representative).post(address, {"key": uuid.uuid4(), "text": "It was on a Tuesday."})
    forum.outcome(held)
    boards.hang(meeting=forum.published(held))
    boards.confirm_relayed(relay=Relay.objects.get(strand=forum.strand()), by=representative)
    before = pages(keeper, address, "/forum/reach/")
    assert "Rita Unison, " in before
    assert "by Rita Unison" in before
    hide(representative)
    after = pages(keeper, address, "/forum/reach/")
    assert "UNISON: told" in after
    assert "Rita" not in after


def test_whoever_left_and_came_back_owns_no_commitment_until_asked_anew(browse_as, hr, asha):
    row = a_commitment(owner=asha)
    address = f"/forum/plan/{row.pk}/measure/"
    assert browse_as(asha).get(address).status_code == 200
    people.change_person(person=asha, by=hr, left=timezone.localdate())
    people.change_person(person=asha, by=hr, left=None)
    today = timezone.localdate()
    day = {"day_day": today.day, "day_month": today.month, "day_year": today.year}
    client = browse_as(asha)
    assert client.get(address).status_code == 404
    assert client.post(address, {"key": uuid.uuid4(), "word": "on", "note": "", **day}).status_code == 404
    assert not Measurement.objects.exists()
    assert address not in client.get(f"/forum/plan/{row.pk}/").content.decode()


def test_an_invitation_is_not_answered_once_the_meeting_is_over(browse_as, secretary, representative):
    met = forum.meeting(by=secretary)
    assert forum.invited(met)[representative.pk].answer == "waiting"
    ago = timezone.now() - timedelta(hours=1)
    forum.put(met, starts_at=ago - timedelta(hours=2), ends_at=ago)
    for answer in ("coming", "apologies"):
        page = browse_as(representative).post(f"/forum/meetings/{met.pk}/answer/", {"answer": answer}, follow=True)
        assert "This meeting is over, or was cancelled." in text_of(page)
    assert forum.invited(met)[representative.pk].answer == "waiting"
