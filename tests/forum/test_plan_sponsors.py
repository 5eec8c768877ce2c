"""Who sponsors a commitment of the action plan, changed while it is kept."""

from tests.factories.forum_plan import a_draft, a_sponsor
from tests.forum.test_plan import typed


def test_another_sponsor_is_written_and_taken_away_again(browse_as, lead):
    row, sponsor = a_draft(), a_sponsor()
    client, address = browse_as(lead), f"/forum/plan/keep/{row.pk}/"
    assert client.post(address, typed(sponsor=sponsor.pk)).status_code == 302
    row.refresh_from_db()
    assert row.sponsor == sponsor
    assert client.post(address, typed(sponsor="")).status_code == 302
