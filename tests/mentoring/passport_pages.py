"""How a browser without JavaScript writes and shares an adjustment passport."""

import uuid

from tests.mentoring.pages import hidden
from wellbeing.confidential.models import Kind, Record
from wellbeing.web.identity import acting_as

PASSPORT = "/my-plan/passport/"
EDIT, VERSIONS, SHARE, PDF = (f"{PASSPORT}{page}" for page in ("edit/", "versions/", "share/", "passport.pdf"))
SHARED = "/mentoring/passports/"


def written(client, **answers) -> None:
    """The next version, as its form sends it."""
    sent = hidden(client.get(EDIT), EDIT) | answers
    response = client.post(EDIT, sent)
    assert (response.status_code, response.url) == (302, PASSPORT), response.content.decode()


def named(client, carer) -> dict:
    """What the page that shows a name sends to share the passport with them."""
    return hidden(client.post(SHARE, {"person": carer.staff_number, "link": uuid.uuid4()}), SHARE)


def shared(client, carer) -> None:
    response = client.post(SHARE, named(client, carer))
    assert (response.status_code, response.url) == (302, SHARE), response.content.decode()


def record_of(person) -> Record:
    with acting_as(person):
        return Record.objects.get(kind=Kind.PASSPORT, subject=person)


def address_of(person) -> str:
    """The page of somebody's passport for whom they share it with."""
    return f"{SHARED}{record_of(person).pk}/"


def text(client, page: str) -> str:
    return client.get(page, follow=True).content.decode()
