import pytest

from wellbeing.support import actions
from wellbeing.support.models import Service


def test_anybody_may_read_what_to_do_when_worried_about_a_colleague(client, db):
    response = client.get("/worried/")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.index("First: is a life in danger now?") < page.index("1. Ask") < page.rindex("116 123")
    for source in ("Samaritans", "Mind", "NHS"):
        assert source in page


def test_urgent_help_says_what_is_shared_and_who_may_keep_what(client, db):
    page = client.get("/urgent/").content.decode()

    assert "Nothing is shared with the force" in page
    assert "Shared with the force only if you agree" in page
    for keeper in ("network", "phone bill", "history"):
        assert keeper in page


def test_urgent_help_says_plainly_where_the_force_has_entered_no_number(client, db):
    assert "Your force has not entered a number here yet" in client.get("/urgent/").content.decode()


def test_urgent_help_says_how_to_reach_a_service_without_a_number(
    client, transactional_db, coordinator, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    actions.load_shipped_services()
    for name in ("Occupational Health", "Welfare and Counselling Service"):
        actions.save_service(
            service=Service.objects.get(name=name), by=coordinator, how_to_reach="Room 12, headquarters."
        )

    page = client.get("/urgent/").content.decode()

    assert "Room 12, headquarters." in page
    assert "has not entered a number" not in page


def test_a_link_says_whom_it_calls(client, db):
    assert "Call Samaritans: " in client.get("/urgent/").content.decode()


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><b>'])
def test_whatever_was_typed_about_a_service_is_shown_as_text(
    client, transactional_db, coordinator, settings, tmp_path, typed
):
    settings.VAR_DIR = tmp_path
    actions.load_shipped_services()
    actions.save_service(
        service=Service.objects.get(name="Shout"), by=coordinator, for_what=typed, text_word=typed[:20]
    )

    assert typed[:20] not in client.get("/urgent/").content.decode()
