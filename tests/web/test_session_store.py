"""What stands in the table of sessions signs nobody in."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from tests.databases import as_superuser
from tests.outages import database_away

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(asha):
    client = Client()
    client.force_login(asha)
    return client


def test_a_session_is_found_by_its_cookie_and_ends_with_it(client):
    assert "Hello, Asha" in client.get("/").content.decode()
    client.post("/account/logout/")
    assert "Hello, Asha" not in client.get("/").content.decode()


def test_the_key_in_the_table_is_no_cookie(client):
    stored = Session.objects.get().session_key
    assert stored != client.session.session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stored
    assert "Hello, Asha" not in thief.get("/").content.decode()


def test_the_key_changes_with_the_sign_in_and_the_old_row_goes(client, chidi):
    before = set(Session.objects.values_list("session_key", flat=True))
    client.force_login(chidi)
    assert not before & set(Session.objects.values_list("session_key", flat=True))
    assert "Hello, Chidi" in client.get("/").content.decode()


def test_the_worker_deletes_sessions_that_are_over_and_reads_none(client):
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("set role wellbeing_worker")
        cursor.execute("delete from django_session where expire_date < now()")
        with pytest.raises(Exception, match="denied"):
            cursor.execute("select session_key from django_session")


def test_a_database_that_goes_before_the_session_is_saved_is_no_bad_request(client):
    """Django takes it for a session that is gone, and answers that nothing was saved."""
    session = client.session
    session["anything"] = 1
    with database_away(), pytest.raises(OperationalError):
        session.save()
