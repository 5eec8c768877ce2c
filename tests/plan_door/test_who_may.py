"""From outside, somebody decides who reads what was written before, and stays inside the door."""

import time

import pytest

from mentoring.actions import contacts
from tests.mentoring.away import away
from wellbeing.confidential.models import CareLink, Why
from wellbeing.web import step_up
from wellbeing.web.identity import acting_as

from .conftest import text

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
PAGE = "/my-plan/who-looked/"


def keeps_contact(asha, ben, chidi) -> CareLink:
    absence = away(asha, by=ben)
    with acting_as(asha):
        contacts.choose(by=asha, absence=absence, kept_by="colleague", carer=chidi)
    with acting_as(asha):
        return CareLink.objects.get(subject=asha, carer=chidi, why=Why.KEEPS_CONTACT)


def test_she_hands_over_and_closes_again_from_home(outside, asha, ben, chidi):
    address = f"{PAGE}links/{keeps_contact(asha, ben, chidi).pk}/hand-over/"
    assert f'action="{address}"' in outside.get(PAGE).content.decode()

    for earlier, sentence in (("yes", "can read what was written before"), ("no", "no longer reads what was")):
        answer = outside.post(address, {"earlier": earlier}, follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        assert sentence in text(answer)


def test_whoever_finds_the_page_open_hands_nothing_over(outside, asha, ben, chidi):
    link = keeps_contact(asha, ben, chidi)
    session = outside.session
    session["door"] = session["door"] | {"proved_at": time.time() - 301}
    session.pop(step_up.KEY, None)
    session.save()

    assert outside.post(f"{PAGE}links/{link.pk}/hand-over/", {"earlier": "yes"}).url == "/my-plan/confirm/"
    with acting_as(asha):
        assert CareLink.objects.get(pk=link.pk).opens_from == link.opens_from


def test_nobody_decides_there_about_anothers_links(browse_as, asha, ben, chidi):
    link = keeps_contact(asha, ben, chidi)
    for step in ("hand-over", "end"):
        for person in (ben, chidi):
            assert browse_as(person).post(f"{PAGE}links/{link.pk}/{step}/", {"earlier": "yes"}).status_code == 404
