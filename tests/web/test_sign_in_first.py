"""Where somebody goes on to after signing in, and what is kept of it meanwhile."""

import uuid

import pytest
from django.contrib.sessions.models import Session

PASSWORD = "four quiet kitchen chairs"


@pytest.fixture
def asha_with_password(asha):
    asha.set_password(PASSWORD)
    asha.save()
    return asha


def sign_in(client, person, **more):
    return client.post("/account/login/", {"login": person.email, "password": PASSWORD, **more})


def test_after_signing_in_one_goes_on_to_the_page_one_asked_for(client, asha_with_password):
    asked = client.get("/reminders/")
    assert asked.headers["Location"] == "/account/login/"
    assert sign_in(client, asha_with_password).headers["Location"] == "/reminders/"


def test_it_is_forgotten_once_used(client, asha_with_password):
    client.get("/reminders/")
    sign_in(client, asha_with_password)
    assert "reminders" not in str(client.session.items())


def test_of_a_champion_only_the_front_page_is_remembered(client, asha_with_password):
    someone = uuid.uuid4()
    asked = client.get(f"/champions/{someone}/")
    assert str(someone) not in asked.headers["Location"]
    assert str(someone) not in str([session.get_decoded() for session in Session.objects.all()])
    assert sign_in(client, asha_with_password).headers["Location"] == "/champions/"


def test_of_a_page_of_guidance_only_the_front_page_is_remembered(client, asha_with_password):
    client.get("/guidance/what-getting-treatment-is-like/")
    assert [session.get_decoded() for session in Session.objects.all()] == [{"go_on_to": "/guidance/"}]
    assert sign_in(client, asha_with_password).headers["Location"] == "/guidance/"


def test_of_a_row_in_the_admin_only_the_front_page_is_remembered(client, asha_with_password):
    client.get(f"/admin/champions/champion/{uuid.uuid4()}/change/")
    assert [session.get_decoded() for session in Session.objects.all()] == [{"go_on_to": "/admin/"}]
    assert sign_in(client, asha_with_password).headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "address",
    ["/", "/spocs/", f"/contact/ask/{uuid.UUID(int=1)}/", "/account/login/", "/urgent/", "/worried/", "/no-such-page/"],
)
def test_where_there_is_nothing_to_keep_no_session_is_made(client, db, address):
    client.get(address)
    assert not Session.objects.exists()


def test_an_address_in_next_leads_nowhere_else(client, asha_with_password):
    answer = sign_in(client, asha_with_password, next="https://elsewhere.example/")
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["//elsewhere.example", "https:elsewhere.example", "/\\elsewhere.example", "javascript:1"]
)
def test_nor_does_a_crooked_one(client, asha_with_password, address):
    answer = sign_in(client, asha_with_password, next=address)
    assert answer.headers["Location"] == "/"


def test_what_was_posted_is_not_gone_on_to(client, asha_with_password):
    client.post(f"/reminders/{uuid.uuid4()}/put-away/")
    assert sign_in(client, asha_with_password).headers["Location"] == "/"
