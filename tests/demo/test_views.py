import pytest
from django.test import Client
from django.utils.html import escape

from tests.production import ADDRESS
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.web import assurance

ROLES = {
    "staff": set(),
    "champion": {"champion"},
    "spoc": {"spoc"},
    "manager": {"line_manager"},
    "mentor": {"welfare_mentor", "career_mentor"},
    "hr": {"hr"},
    "coordinator": {"coordinator"},
    "secretary": {"secretary"},
    "lead": {"lead"},
    "guardian": {"guardian"},
    "dpo": {"dpo"},
    "admin": {"technical_admin"},
    "away": set(),
}


def test_the_cast_are_the_thirteen():
    assert list(CAST) == list(ROLES)


def test_the_page_shows_the_whole_cast_each_with_a_button(client, demo):
    page = client.get("/demo/").content.decode()

    for member in CAST.values():
        assert f"Sign in as {member.name}" in page
        assert escape(member.sentence) in page


@pytest.mark.parametrize("key", ROLES)
def test_one_signs_in_as_anybody_of_the_cast(client, demo, key):
    answer = client.post("/demo/sign-in/", {"as": key})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    home = client.get("/")
    assert home.status_code == 200
    assert home.wsgi_request.user.name == CAST[key].name
    assert ROLES[key] <= home.wsgi_request.user.roles
    assert home.wsgi_request.user.assigned_roles == {CAST[key].role} - {""}


def test_a_demo_sign_in_is_as_good_as_a_second_factor(client, demo):
    client.post("/demo/sign-in/", {"as": "hr"})

    assert assurance.is_assured(client.get("/").wsgi_request)
    assert client.get("/admin/people/person/").status_code == 200


def test_one_can_change_from_one_of_the_cast_to_another(client, demo):
    client.post("/demo/sign-in/", {"as": "hr"})
    client.post("/demo/sign-in/", {"as": "staff"})

    assert client.get("/").wsgi_request.user.name == "Asha Patel"
    assert client.get("/admin/people/person/").status_code in (302, 403)


@pytest.mark.parametrize("key", ["", "root", "HR", "500005", "hr\x00", "é"])
def test_nobody_outside_the_cast_can_be_signed_in_as(client, demo, key):
    answer = client.post("/demo/sign-in/", {"as": key})

    assert answer.status_code == 400
    assert "Sign in with as= one of: staff, champion, spoc" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_is_by_post_alone(client, demo):
    assert client.get("/demo/sign-in/?as=hr").status_code == 405


def test_a_script_signs_in_without_a_token_and_without_an_origin(demo):
    client = Client(enforce_csrf_checks=True)

    assert client.post("/demo/sign-in/", {"as": "hr"}).status_code == 302


def test_a_browser_on_the_page_itself_signs_in(demo):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/demo/sign-in/", {"as": "hr"}, headers={"origin": "http://testserver"})
    assert answer.status_code == 302


@pytest.mark.parametrize("origin", [ADDRESS, "null", "https://testserver", "http://testserver.example"])
def test_a_page_of_another_site_signs_nobody_in(client, demo, origin):
    answer = client.post("/demo/sign-in/", {"as": "hr"}, headers={"origin": origin})

    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_member_of_the_cast_who_has_left_cannot_be_signed_in_as(client, demo):
    Person.objects.filter(staff_number=CAST["hr"].staff_number).update(left="2020-01-01", joined=None)

    assert client.post("/demo/sign-in/", {"as": "hr"}).status_code == 400
