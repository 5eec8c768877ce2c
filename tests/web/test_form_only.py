"""Addresses that only take a form, opened as a page."""

import uuid

import pytest

from tests.plan_door.conftest import outside, print_letter, read_out

__all__ = ["outside", "print_letter", "read_out"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/account/stay-signed-in/", "/account/"),
        (f"/mentoring/returns/{uuid.UUID(int=1)}/held/", f"/mentoring/returns/{uuid.UUID(int=1)}/"),
        ("/mentoring/acting/7/end/", "/mentoring/acting/"),
    ],
)
def test_it_says_so_and_leads_back(asha, browse_as, address, above):
    answer = browse_as(asha).get(address, headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "This address only takes a form" in page
    assert f'href="{above}">Go to the page above it' in page
    assert "Content-Security-Policy" in answer.headers


def test_from_outside_its_links_stay_inside(outside):
    page = outside.get("/my-plan/my-entry/end-others/").content.decode()

    assert 'href="/my-plan/my-entry/">Go to the page above it' in page
    assert 'href="/"' not in page


def test_scripts_are_answered_as_before(asha, browse_as):
    assert browse_as(asha).get("/my-plan/draft/").content == b""
    assert browse_as(asha).get("/account/stay-signed-in/", headers={"accept": "application/json"}).content == b""
