"""Everybody of the cast against everything that may be done."""

import pytest

from champions import policy
from champions.models import Champion
from tests.factories.champions import champion_at

CAST = [
    *("asha", "ben", "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator"),
    *("secretary", "lead", "guardian", "dpo", "technical_admin", "superuser"),
]
KEEPERS = {"hr", "coordinator"}
ADMIN_READERS = KEEPERS | {"lead"}
OWN_PAGES = ("entry", "stations", "away", "step-down")


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


def each(*names):
    return pytest.mark.parametrize("person", names or CAST, indirect=True)


@each()
def test_everybody_signed_in_reads_the_directory(person, champion, browse_as):
    client = browse_as(person)
    for address in ("/champions/", "/champions/stations/ashford/", champion.champion.get_absolute_url()):
        page = client.get(address)
        assert page.status_code == 200
        assert "Aaron Pearce" in page.content.decode()


@each()
def test_nobody_sees_who_is_on_a_break(person, champion, browse_as):
    Champion.objects.update(state="paused")
    client = browse_as(person)
    assert client.get(champion.champion.get_absolute_url()).status_code == 404
    assert champion.champion.get_absolute_url() not in client.get("/champions/").content.decode()


@each()
def test_only_a_champion_has_an_entry_of_their_own(person, champion, browse_as):
    client = browse_as(person)
    expected = 200 if person == champion else 404
    assert {client.get(f"/champions/me/{page}/").status_code for page in OWN_PAGES} == {expected}


@each()
def test_only_its_champion_hr_and_coordinator_change_an_entry(person, champion, request):
    allowed = person == champion or person in {request.getfixturevalue(keeper) for keeper in KEEPERS}
    assert policy.may_change(person, champion.champion) is allowed


@each()
def test_only_hr_and_coordinator_keep_the_list_and_the_lead_reads_it(person, request, champion, browse_as):
    name = request.node.callspec.params["person"]
    address = f"/admin/champions/champion/{champion.champion.pk}/change/"
    page = browse_as(person).get(address)
    # Stock Django lets a superuser into every ordinary admin page; entries are directory data, not records.
    assert page.status_code == (200 if name in ADMIN_READERS | {"superuser"} else 403)
    if name == "lead":
        assert 'name="_save"' not in page.content.decode()
    if name in KEEPERS:
        assert 'name="_save"' in page.content.decode()


@each()
def test_nobodys_own_pages_reach_anothers_entry(person, champion, station, browse_as):
    other = champion_at(station)
    client = browse_as(person)
    for step in ("pause", "resume", "back", "step-down", "entry", "stations", "away"):
        client.post(f"/champions/me/{step}/", {"champion": str(other.pk), "pk": str(other.pk)})
    other.refresh_from_db()
    assert other.state == "active"
    assert other.coverage.live().count() == 1
