"""A death that was recorded by mistake."""

from datetime import date

import pytest

from wellbeing.people import actions
from wellbeing.people.models import Change, Person

from .test_admin import PEOPLE, text


def test_a_death_recorded_by_mistake_is_taken_back(hr, lead, champion, browse_as):
    browser = browse_as(hr)
    browser.post(f"{PEOPLE}{champion.pk}/died/", {"on": "2026-01-01", "sure": "on"})
    assert champion.name not in text(browse_as(lead).get("/champions/"))
    address = f"{PEOPLE}{champion.pk}/not-died/"
    assert address in text(browser.get(f"{PEOPLE}{champion.pk}/change/"))
    assert "Roles they held are not restored" in text(browser.get(address))
    assert Person.objects.get(pk=champion.pk).died_on

    browser.post(address)

    back = Person.objects.get(pk=champion.pk)
    assert (back.died_on, back.legal_hold, back.gone_at, back.is_active) == (None, False, None, True)
    assert champion.name in text(browse_as(lead).get("/champions/"))
    assert Change.objects.filter(about_id=str(champion.pk), verb="took back the death of", by=hr).exists()
    assert browser.post(address).status_code == 404


@pytest.mark.parametrize("who", ["lead", "coordinator", "dpo"])
def test_nobody_else_takes_back_a_death(who, request, hr, asha, browse_as):
    actions.record_death(person=asha, by=hr, on=date(2026, 1, 1))

    assert browse_as(request.getfixturevalue(who)).post(f"{PEOPLE}{asha.pk}/not-died/").status_code == 403
    assert Person.objects.get(pk=asha.pk).died_on
