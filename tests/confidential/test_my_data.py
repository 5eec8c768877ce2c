"""“My data”: who may open what is about me, and who has."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import PersonFactory
from wellbeing.confidential import vault
from wellbeing.confidential.models import CareLink
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/my-data/"


@pytest.fixture
def key(asha, ben):
    made = uuid.uuid4()
    with acting_as(ben):
        vault.seal(record=made, by=ben, kind="one_to_one", subject=asha, answers={"how": "Secret words"})
    return made


def look(person, key, times=1):
    for _ in range(times):
        with acting_as(person):
            vault.open_record(vault.find(key, by=person), by=person, why="reading a 1-1")


def text_of(browser) -> str:
    return " ".join(browser.get(PAGE).content.decode().split())


def test_without_a_look_it_says_so(asha, browse_as):
    assert "No one has opened your records." in text_of(browse_as(asha))


def test_each_look_is_told_with_name_role_and_reason_and_no_text(asha, ben, chidi, browse_as, key):
    look(ben, key)
    with pytest.raises(vault.Refused):
        look(chidi, key)
    page = text_of(browse_as(asha))

    assert f"<strong>Ben Okafor ({ben.staff_number})</strong>, line manager: 1-1" in page
    assert f"<strong>Chidi Stranger ({chidi.staff_number})</strong>, was refused: 1-1" in page
    assert "reading a 1-1" in page
    assert "Secret words" not in page


@pytest.mark.parametrize("name", ["ben", "chidi", "hr", "superuser"])
def test_nobody_reads_anothers_list(request, asha, ben, browse_as, key, name):
    look(asha, key)

    assert "No one has opened your records." in text_of(browse_as(request.getfixturevalue(name)))


def test_it_asks_as_often_for_three_looks_as_for_one(asha, ben, browse_as, key):
    counts = []
    for more in (1, 2):
        look(ben, key, times=more)
        browser = browse_as(asha)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts


def test_a_new_line_manager_reads_earlier_text_when_asked_to_and_no_longer_when_closed(asha, ben, browse_as, key):
    new = PersonFactory(known_as="Nora")
    actions.save_people(by=None, changed=[(asha, {"line_manager_id": new.pk})])
    browser = browse_as(asha)
    assert "This follows from the roster." in text_of(browser)
    with acting_as(asha):
        link = CareLink.objects.get(subject=asha, carer=new)
    path = reverse("hand_over", args=[link.pk])

    browser.post(path, {"earlier": "yes"})
    look(new, key)
    browser.post(path, {"earlier": "no"})
    with pytest.raises(vault.Refused):
        look(new, key)


def test_nobody_decides_about_anothers_links(request, asha, ben, browse_as):
    with acting_as(asha):
        link = CareLink.objects.get(subject=asha)

    for name in ("ben", "chidi", "hr", "superuser", "lead"):
        browser = browse_as(request.getfixturevalue(name))
        for address in ("hand_over", "end_link"):
            answer = browser.post(reverse(address, args=[link.pk]), {"earlier": "yes"})
            assert answer.status_code == 404, (name, address)


def test_the_link_to_the_line_manager_is_not_ended_here(asha, ben, browse_as):
    with acting_as(asha):
        link = CareLink.objects.get(subject=asha)
    page = browse_as(asha).post(reverse("end_link", args=[link.pk]), follow=True).content.decode()

    assert "it follows from the roster" in page
    with acting_as(asha):
        assert CareLink.objects.get(pk=link.pk).ends is None


def test_whoever_acts_for_the_line_manager_is_ended_by_the_person(asha, ben, chidi, browse_as):
    with acting_as(ben), connection.cursor() as cursor:
        cursor.execute(
            "select confidential_name_acting(gen_random_uuid(), %s, %s, now(), now() + interval '9 days')",
            [asha.pk, chidi.pk],
        )
    with acting_as(asha):
        link = CareLink.objects.get(subject=asha, carer=chidi)
    browser = browse_as(asha)
    assert "Sees dates only." in text_of(browser)

    browser.post(reverse("end_link", args=[link.pk]))
    assert "Opens nothing any longer." in text_of(browser)


def test_handing_over_takes_a_fresh_confirmation_and_leaves_a_line(asha, ben, hr, browse_as, key, as_owner):
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)
    with acting_as(asha):
        link = CareLink.objects.get(carer=new)
    address = reverse("hand_over", args=[link.pk])

    refused = browse_as(asha, confirmed=False).post(address, {"earlier": "yes"})
    assert refused.url == "/account/confirm/"
    with pytest.raises(vault.Refused):
        look(new, key)
    for earlier in ("yes", "no"):
        browse_as(asha).post(address, {"earlier": earlier})
    page = text_of(browse_as(asha))
    for words in ("opened: Earlier text", "closed: Earlier text", f"to staff number {new.staff_number}"):
        assert words in page


def test_two_people_of_one_name_are_told_apart(asha, ben, hr, browse_as, key):
    double = PersonFactory(known_as="Ben", last_name="Okafor")
    with acting_as(hr):
        actions.change_person(person=asha, by=hr, line_manager_id=double.pk)
    page = text_of(browse_as(asha))
    assert f"Ben Okafor ({double.staff_number})" in page
    assert f"Ben Okafor ({ben.staff_number})" in page
