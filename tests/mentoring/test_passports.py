"""An adjustment passport: the person's own, in versions, shared with whom they name until they stop."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.mentoring.pages import hidden
from tests.mentoring.passport_pages import (
    EDIT,
    PASSPORT,
    PDF,
    SHARE,
    SHARED,
    VERSIONS,
    address_of,
    named,
    record_of,
    shared,
    text,
    written,
)
from tests.reminders.outbox import reminders, shown_to, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

TYPED = "A quiet desk <script>alert(1)</script> & £5"
SHOWN = "A quiet desk &lt;script&gt;alert(1)&lt;/script&gt; &amp; £5"


def log_of(as_owner, *, of: Person) -> list[tuple]:
    as_owner.execute(
        "select reader_id, outcome from confidential_readlog where kind = 'passport' and subject_id = %s order by id",
        [of.pk],
    )
    return as_owner.fetchall()


@pytest.fixture
def client(browse_as, asha):
    return browse_as(asha)


@pytest.fixture
def passport(client):
    written(client, helps=TYPED, what_1="Starts at ten", since_1="March 2024", with_whom_1="Ben")


# --- Writing and reading one's own ---------------------------------------------------------------------


def test_where_there_is_none_the_page_says_so_and_leads_to_writing_one(client):
    for page in (PASSPORT, VERSIONS, SHARE):
        assert "You have no passport yet" in text(client, page)
        assert EDIT in text(client, page)
    assert client.get(PDF).url == PASSPORT


def test_what_is_saved_is_sealed_and_shown_and_each_opening_is_written_down_once(client, asha, passport, as_owner):
    as_owner.execute("select count(*) from confidential_body where sealed like '%%quiet desk%%'")
    assert as_owner.fetchone() == (0,)
    before = len(log_of(as_owner, of=asha))
    page = text(client, PASSPORT)

    assert SHOWN in page
    assert "<script>alert" not in page
    for words in ("Starts at ten", "since March 2024, agreed with Ben", "Adjustments I have agreed"):
        assert words in page
    assert log_of(as_owner, of=asha)[before:] == [(asha.pk, "opened")]


def test_every_box_says_needs_and_not_conditions(client):
    page = text(client, EDIT)
    assert page.count("Needs, not conditions: no diagnosis, no medicines.") >= 7
    assert "Leave out a diagnosis, names of medicines" in page


@pytest.mark.parametrize("address", [PASSPORT, EDIT, VERSIONS, SHARE, PDF])
def test_nothing_opens_before_it_is_confirmed_who_it_is(browse_as, asha, passport, address, as_owner):
    before = log_of(as_owner, of=asha)
    assert browse_as(asha, confirmed=False).get(address).url == "/account/confirm/"
    assert log_of(as_owner, of=asha) == before


def test_earlier_versions_are_all_kept_with_their_date(client, passport):
    form = client.get(EDIT)
    assert "Starts at ten" in form.content.decode()
    written(client, helps="A walk at noon")

    page = text(client, VERSIONS)
    for words in (SHOWN, "A walk at noon", "Version 1, of", "Version 2, of"):
        assert words in page
    assert SHOWN not in text(client, PASSPORT)


def test_a_stale_edit_shows_both_texts_and_loses_neither(client, passport):
    late = hidden(client.get(EDIT), EDIT)
    written(client, helps="Written first")
    assert client.post(EDIT, late | {"helps": "Typed late"}).url == EDIT

    both = client.get(EDIT)
    for words in ("As it is saved now", "Written first", "Typed late", "Save what I typed on top"):
        assert words in both.content.decode()
    client.post(EDIT, hidden(both, EDIT) | {"helps": "Typed late"})
    page = text(client, VERSIONS)
    for words in (SHOWN, "Written first", "Typed late"):
        assert words in page
    assert "We kept what you typed" not in text(client, EDIT)


def test_two_windows_that_write_the_first_one_lose_neither(client):
    forms = [hidden(client.get(EDIT), EDIT) for _ in range(2)]
    assert client.post(EDIT, forms[0] | {"helps": "First window"}).url == PASSPORT
    assert client.post(EDIT, forms[1] | {"helps": "Second window"}).url == EDIT

    page = text(client, EDIT)
    assert "First window" in page
    assert "Second window" in page


def test_a_second_click_writes_one_version(client, asha):
    sent = hidden(client.get(EDIT), EDIT) | {"helps": TYPED}
    for _ in range(2):
        assert client.post(EDIT, sent).url == PASSPORT
    with acting_as(asha):
        assert record_of(asha).versions.count() == 1


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "Write in at least one box."),
        ({"since_3": "March"}, "Enter what the adjustment is, or empty its row."),
        ({"harder": "x" * 4001}, "at most 4000 characters"),
    ],
    ids=["nothing", "a row without its adjustment", "too long"],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client, answers, error):
    page = client.post(EDIT, hidden(client.get(EDIT), EDIT) | answers).content.decode()
    assert error in page
    for typed in answers.values():
        assert typed in page


def test_it_may_be_emptied_and_filled_again(client, passport):
    client.post(EDIT, hidden(client.get(EDIT), EDIT))
    assert "Nothing stands in it now." in text(client, PASSPORT)
    assert client.get(PDF).content.startswith(b"%PDF")


def test_what_is_typed_outlives_the_session_and_can_be_dropped(browse_as, asha, client, passport):
    sent = hidden(client.get(EDIT), EDIT) | {"helps": "Typed late"}
    client.session.flush()
    assert client.post(EDIT, sent).url == "/my-plan/enter/"

    back = browse_as(asha)
    page = back.get(EDIT)
    assert "We kept what you typed" in page.content.decode()
    assert "Typed late" in page.content.decode()
    drop = f"{PASSPORT}draft/drop/"
    assert back.post(drop, hidden(page, drop)).url == EDIT
    assert "Typed late" not in text(back, EDIT)
    assert len(back.post(f"{PASSPORT}draft/", sent).json()["saved"]) == 5


def test_before_leaving_the_page_says_to_take_a_copy_and_afterwards_nobody_signs_in(client, asha, ben, passport, hr):
    shared(client, ben)
    assert "A copy stays yours when you leave the force" in text(client, PASSPORT)
    assert "Before you leave:" not in text(client, PASSPORT)
    people.save_people(by=None, changed=[(asha, {"left": timezone.localdate() + timedelta(days=9)})])
    assert "Before you leave:" in text(client, PASSPORT)

    people.save_people(by=None, changed=[(asha, {"left": timezone.localdate()})])
    assert client.get(PASSPORT).status_code == 302


# --- Sharing ------------------------------------------------------------------------------------------------


def test_a_name_is_shown_before_anything_is_shared(client, asha, ben, passport, browse_as):
    sent = named(client, ben)
    assert "Nobody but you can read your passport." in text(client, SHARE)
    assert "Nobody shares" in text(browse_as(ben), SHARED)

    assert client.post(SHARE, {"person": ben.staff_number, "link": uuid.uuid4()}).content.decode().count(ben.name) >= 3
    for _ in range(2):  # a second click
        client.post(SHARE, sent)
    page = text(client, SHARE)
    assert f"Stop sharing with {ben.name}" in page
    assert page.count(f"<strong>{ben.name} ({ben.staff_number})</strong>") == 1


def test_whom_it_cannot_be_shared_with(client, asha, ben, chidi, passport):
    hidden_one = PersonFactory(known_as="Covert", hidden=True)
    gone = PersonFactory(known_as="Gone", left=timezone.localdate())
    nobody = "Nobody on the roster has this staff number."
    shared(client, ben)
    for number, error in (
        (asha.staff_number, "That is your own number"),
        (ben.staff_number, f"You share it with {ben.name} already."),
        (hidden_one.staff_number, nobody),
        (gone.staff_number, nobody),
        ("0000", nobody),
        ("", "There is a problem"),
    ):
        sent = {"person": number, "link": uuid.uuid4(), "confirmed": "yes"}
        page = client.post(SHARE, sent).content.decode()
        assert error in page
        assert f'value="{number}"' in page or not number
        assert "Covert" not in page
    assert text(client, SHARE).count("Stop sharing with") == 1


def test_without_a_passport_and_without_confirming_nothing_is_shared(browse_as, client, asha, ben):
    sent = {"person": ben.staff_number, "link": uuid.uuid4(), "confirmed": "yes"}
    assert "It was not shared" in client.post(SHARE, sent, follow=True).content.decode()
    written(client, helps=TYPED)
    assert browse_as(asha, confirmed=False).post(SHARE, sent).url == "/account/confirm/"
    assert "Stop sharing" not in text(client, SHARE)


def test_the_one_it_is_shared_with_reads_it_and_the_person_sees_when_until_it_is_over(
    client, browse_as, asha, ben, passport, as_owner
):
    shared(client, ben)
    reader, page = browse_as(ben), address_of(asha)
    listed = text(reader, SHARED)
    assert page in listed
    assert SHOWN not in listed
    assert "Nobody but you has opened it." in text(client, SHARE)
    assert browse_as(ben, confirmed=False).get(page).url == "/account/confirm/"

    assert SHOWN in text(reader, page)
    written(client, helps="A walk at noon")
    assert "A walk at noon" in text(reader, page)
    assert SHOWN not in text(reader, page)
    assert (
        text(client, SHARE).count(f"<strong>{ben.name} ({ben.staff_number})</strong>, shared adjustment passport") == 3
    )

    stop = f"{SHARE}{link_of(ben)}/stop/"
    assert client.post(stop).url == SHARE
    assert reader.get(page).status_code == 404
    assert log_of(as_owner, of=asha)[-1] == (ben.pk, "refused")
    assert page not in text(reader, SHARED)
    assert "was refused" in text(client, SHARE)
    assert client.post(stop).status_code == 404
    shared(client, ben)
    assert "A walk at noon" in text(reader, page)


def test_my_data_says_who_may_open_it_and_ends_it_as_well(client, browse_as, asha, ben, passport):
    people.save_people(by=None, changed=[(asha, {"line_manager_id": None})])
    shared(client, ben)
    page = text(client, "/my-data/")
    assert "May open: your adjustment passport, also from before." in page
    assert "Close what was written before" not in page, "that would close all of it"

    client.post(f"/my-data/links/{link_of(ben)}/end/")
    assert browse_as(ben).get(address_of(asha)).status_code == 404
    assert "Nobody but you can read your passport." in text(client, SHARE)


def link_of(carer) -> uuid.UUID:
    with acting_as(carer), connection.cursor() as cursor:
        cursor.execute("select id from confidential_carelink where carer_id = %s and why = 'passport'", [carer.pk])
        return cursor.fetchone()[0]


def test_nobody_stops_the_sharing_of_somebody_else(client, browse_as, ben, chidi, passport):
    shared(client, ben)
    for person in (ben, chidi):
        assert browse_as(person).post(f"{SHARE}{link_of(ben)}/stop/").status_code == 404
    assert "Stop sharing with" in text(client, SHARE)


def test_ones_own_address_leads_to_ones_own_page(client, asha, passport):
    assert client.get(address_of(asha)).url == PASSPORT


def test_a_new_line_manager_does_not_see_it_and_the_former_one_as_long_as_it_is_shared(
    client, browse_as, asha, ben, hr, passport
):
    shared(client, ben)
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        people.change_person(person=asha, by=hr, line_manager_id=new.pk)

    assert browse_as(new).get(address_of(asha)).status_code == 404
    assert "Nobody shares" in text(browse_as(new), SHARED)
    assert SHOWN in text(browse_as(ben), address_of(asha))


def test_whoever_leaves_reads_nothing_and_nobody_is_shown_the_passport_of_a_leaver(client, browse_as, asha, ben, chidi):
    written(client, helps=TYPED)
    for carer in (ben, chidi):
        shared(client, carer)
    people.save_people(by=None, changed=[(chidi, {"left": timezone.localdate()})])
    assert text(client, SHARE).count("Stop sharing with") == 1

    people.save_people(by=None, changed=[(asha, {"left": timezone.localdate()})])
    assert "Nobody shares" in text(browse_as(ben), SHARED)


def test_the_list_asks_as_much_for_three_as_for_one(browse_as, asha, ben, station):
    counts, reader = [], browse_as(ben)
    for people_who_share in ([asha], [PersonFactory(station=station) for _ in range(2)]):
        for person in people_who_share:
            one = browse_as(person)
            written(one, helps=TYPED)
            shared(one, ben)
        reader.get(SHARED)
        with CaptureQueriesContext(connection) as queries:
            reader.get(SHARED)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("every_day_works")
def test_whom_it_is_shared_with_is_told_until_it_is_over(client, browse_as, asha, ben, passport):
    shared(client, ben)
    sweep()
    assert [one.person_id for one in reminders(kind="mentoring.passport_shared", state="open")] == [ben.pk]
    assert f"{asha.name} shares their adjustment passport with you." in shown_to(ben)

    browse_as(asha).post(f"{SHARE}{link_of(ben)}/stop/")
    assert reminders(kind="mentoring.passport_shared", state="open") == []
    assert shown_to(ben) == []
