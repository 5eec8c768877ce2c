"""The waiting list: joining, one's place and the rule, a line manager's answer, leaving; and who sees what of it."""

import re

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions
from champions.actions.waiting import purge
from champions.models import Champion, Waiting
from tests.databases import the_worker
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from tests.factories.waiting import WHY, agree, joined, waiting_at
from wellbeing.people.actions import change_person, save_people
from wellbeing.people.models import Change
from wellbeing.reminders import actions as reminders
from wellbeing.reminders.queries import items_for
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

JOIN, WAITING, LIST = "/champions/join/", "/champions/waiting/", "/champions/network/waiting/"


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def agree_page(champion) -> str:
    return f"/champions/agree/{champion.pk}/"


# --- Joining -------------------------------------------------------------------------------------------


def test_anybody_joins_and_reads_their_place_the_rule_and_whom_we_wait_for(browse_as, asha, coordinator):
    browser = browse_as(asha)
    page = text_of(browser.get(JOIN))
    assert "I have talked with Ben Okafor, my line manager, who agrees" in page
    assert "People at stations that have no champion come first" in page
    page = text_of(browser.post(JOIN, {"why": WHY, "agrees": "on"}, follow=True))
    assert "You are first, and nobody else waits." in page
    assert "People at stations that have no champion come first" in page
    assert "We wait for Ben Okafor to confirm" in page
    assert WHY in page
    assert (asha.champion.state, "champion" in asha.roles) == ("waiting", False)


def test_without_a_sentence_or_the_tick_it_says_so_and_keeps_what_was_typed(browse_as, asha):
    page = browse_as(asha).post(JOIN, {"why": WHY})
    assert "Talk with your line manager first, and tick this once they agree." in text_of(page)
    assert WHY in page.content.decode()
    page = text_of(browse_as(asha).post(JOIN, {"why": "x" * 301, "agrees": "on"}))
    assert "Shorten this to 300 characters: it has 301." in page
    assert not Champion.objects.exists()
    assert browse_as(asha).post(JOIN, {"why": "a\r\n" * 149 + "bb", "agrees": "on"}).status_code == 302


def test_a_double_click_and_a_second_try_leave_one_row_and_lead_to_the_place(browse_as, asha):
    for _ in range(2):
        page = browse_as(asha).post(JOIN, {"why": WHY, "agrees": "on"}, follow=True)
        assert page.redirect_chain[-1][0] == WAITING
    assert Champion.objects.count() == 1


def test_champions_are_led_to_their_entry_and_hidden_people_are_told_kindly(browse_as, champion, asha, hr):
    assert browse_as(champion).get(JOIN).url == "/champions/me/"
    change_person(person=asha, by=hr, hidden=True)
    page = text_of(browse_as(asha).post(JOIN, {"why": WHY, "agrees": "on"}))
    assert "You cannot be listed as a champion just now" in page
    assert not Champion.objects.filter(person=asha).exists()


def test_a_former_champion_joins_again_and_is_a_former_champion_when_they_leave_the_list(browse_as, champion):
    actions.change_entry(champion=champion.champion, by=None, trained_on=timezone.localdate(), manager_agreed=True)
    actions.step_down(champion=champion.champion, by=champion)
    browser = browse_as(champion)
    browser.post(JOIN, {"why": WHY, "agrees": "on"})
    again = Champion.objects.get(person=champion)
    assert (again.state, again.trained_on, again.manager_agreed) == ("waiting", None, False)
    browser.post("/champions/waiting/leave/")
    assert Champion.objects.get(person=champion).state == "stepped_down"


def test_leaving_the_list_leaves_nothing_behind_but_the_history_without_the_why(browse_as, asha, ben):
    joined(asha, agreed_by=ben)
    page = browse_as(asha).post("/champions/waiting/leave/", follow=True)
    assert "You are off the waiting list" in page.content.decode()
    assert "How to become a champion" in text_of(page)
    assert not Champion.objects.exists()
    with acting_as(asha):
        assert not Waiting.objects.exists()
    said = [
        (change.verb, change.by) for change in Change.objects.filter(about_type="champions.champion").order_by("id")
    ]
    assert said == [("joined the waiting list", asha), ("agreed", ben), ("left the waiting list", asha)]
    assert not Change.objects.filter(details__icontains=WHY[:10]).exists()


def test_nobody_on_the_list_is_in_the_directory_or_keeps_an_entry(browse_as, asha, chidi, ben, station):
    entry = joined(asha, agreed_by=ben)
    for address in ("/champions/", f"/champions/stations/{station.slug}/"):
        assert "Asha Patel" not in browse_as(chidi).get(address).content.decode()
    assert browse_as(chidi).get(f"/champions/{entry.pk}/").status_code == 404
    assert browse_as(asha).get("/champions/me/entry/").status_code == 404


# --- The order ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("uncovered_first", ["Deal", "Ashford", "Dover", "Nowhere"]),
        ("fewest_first", ["Deal", "Dover", "Ashford", "Nowhere"]),
        ("joined_first", ["Ashford", "Nowhere", "Dover", "Deal"]),
    ],
)
def test_the_rule_orders_the_list_and_the_place_that_people_read(browse_as, ben, station, coordinator, order, expected):
    deal, dover = StationFactory(name="Deal"), StationFactory(name="Dover")
    champion_at(station), champion_at(station), champion_at(dover)
    for place, name in ((station, "Ashford"), (None, "Nowhere"), (dover, "Dover"), (deal, "Deal")):
        last = waiting_at(place, manager=ben, known_as=name)
    actions.set_rules(by=None, waiting_order=order)

    page = browse_as(coordinator).get(LIST).content.decode()
    assert re.findall(r"\d\. (\w+) Hopeful", page) == expected
    ordinal = ("first", "second", "third", "fourth")[expected.index("Deal")]
    assert f"You are {ordinal} of four." in text_of(browse_as(last.person).get(WAITING))


def test_a_move_to_an_uncovered_station_moves_one_up_by_itself(browse_as, ben, station, hr):
    champion_at(station)
    first, second = (waiting_at(station, manager=ben, known_as=name) for name in ("First", "Second"))
    assert "You are second of two." in text_of(browse_as(second.person).get(WAITING))
    change_person(person=second.person, by=hr, station_id=StationFactory(name="Deal").pk)
    assert "You are first of two." in text_of(browse_as(second.person).get(WAITING))
    change_person(person=first.person, by=hr, hidden=True)
    assert "You are first, and nobody else waits." in text_of(browse_as(second.person).get(WAITING))


def test_nobody_on_the_list_reads_of_the_others(browse_as, asha, ben, station):
    joined(asha)
    other = waiting_at(station, manager=ben, known_as="Other")
    assert "Other" not in text_of(browse_as(asha).get(WAITING))
    assert "Asha" not in text_of(browse_as(other.person).get(WAITING))


# --- The line manager ----------------------------------------------------------------------------------------


def swept() -> None:
    """The worker has looked for what is due."""
    with the_worker():
        reminders.sweep()


def items(person) -> list[str]:
    with acting_as(person):
        return [item.sentence for item in items_for(person)]


def test_the_line_manager_is_asked_reads_what_it_takes_and_agrees_by_the_link(browse_as, asha, ben):
    entry = joined(asha)
    assert items(ben) == ["Asha Patel would like to be a champion, and asks whether you agree."]
    page = text_of(browse_as(ben).get(agree_page(entry)))
    assert "usually one day, in duty time" in page
    assert WHY not in page
    page = text_of(browse_as(ben).post(agree_page(entry), {"answer": "yes"}, follow=True))
    assert "You have agreed." in page
    assert items(ben) == []
    assert "Agreed on" in text_of(browse_as(asha).get(WAITING))
    swept()
    assert any("There is an answer about your place" in sentence for sentence in items(asha))
    entry.refresh_from_db()
    assert entry.manager_agreed


def test_not_now_keeps_ones_place_and_can_be_changed(browse_as, asha, ben):
    entry = joined(asha)
    browse_as(ben).post(agree_page(entry), {"answer": "no"})
    page = text_of(browse_as(asha).get(WAITING))
    assert "Not now, said Ben Okafor" in page
    assert "You are first" in page
    assert not Change.objects.filter(verb__icontains="not now").exists()
    browse_as(ben).post(agree_page(entry), {"answer": "yes"})
    assert "Agreed on" in text_of(browse_as(asha).get(WAITING))


def test_the_line_manager_alone_answers_and_everybody_else_finds_no_such_page(
    browse_as, asha, ben, chidi, champion, hr, coordinator, lead, dpo, superuser
):
    entry = joined(asha)
    found = {who: browse_as(who).get(agree_page(entry)).status_code
             for who in (asha, ben, chidi, champion, hr, coordinator, lead, dpo, superuser)}  # fmt: skip
    assert {who.known_as for who, status in found.items() if status != 404} == {"Ben"}
    for who in (asha, chidi, hr, coordinator, superuser):
        assert browse_as(who).post(agree_page(entry), {"answer": "yes"}).status_code == 404
    with acting_as(asha):
        assert Waiting.objects.get().answer == ""


def test_a_new_line_manager_is_asked_and_the_old_one_no_longer(browse_as, asha, ben, chidi, hr):
    entry = joined(asha)
    agree(entry, by=ben, agrees=False)
    change_person(person=asha, by=hr, line_manager_id=chidi.pk)
    swept()
    assert items(ben) == []
    assert items(chidi) == ["Asha Patel would like to be a champion, and asks whether you agree."]
    assert browse_as(ben).get(agree_page(entry)).status_code == 404
    assert "They ask whether you" in text_of(browse_as(chidi).get(agree_page(entry)))
    agree(entry, by=chidi)
    change_person(person=asha, by=hr, line_manager_id=ben.pk)
    assert "Agreed on" in text_of(browse_as(asha).get(WAITING))


def test_where_there_is_no_line_manager_the_coordinator_notes_the_agreement_but_not_their_own(
    browse_as, chidi, asha, coordinator
):
    alone, managed, own = joined(chidi), joined(asha), joined(coordinator)
    browser = browse_as(coordinator)
    page = browser.get(LIST).content.decode()
    assert "Note that whoever manages Chidi agrees" in page
    assert "Note that whoever manages Asha" not in page
    assert "Note that whoever manages Cora" not in page
    posted = {entry: browser.post(f"{LIST}{entry.pk}/agreed/").status_code for entry in (alone, managed, own)}
    assert posted == {alone: 302, managed: 404, own: 404}
    assert "Cora Coordinator noted that their manager agrees" in text_of(browser.get(LIST))


def test_what_a_line_manager_told_the_coordinator_is_noted_once_they_have_been_silent_for_a_fortnight(
    browse_as, asha, ben, coordinator, as_owner
):
    browser, address = browse_as(coordinator), f"{LIST}{joined(asha).pk}/agreed/"
    assert "Write to Ben Okafor" not in text_of(browser.get(LIST))
    assert browser.post(address).status_code == 404

    as_owner.execute("update champions_waiting set asked_on = asked_on - 14")
    assert "Write to Ben Okafor" in text_of(browser.get(LIST))
    assert browser.post(address).status_code == 302
    assert "Cora Coordinator noted that their manager agrees" in text_of(browser.get(LIST))
    as_owner.execute("update champions_waiting set answer = 'declined'")
    assert browser.post(address).status_code == 404


# --- Who sees what --------------------------------------------------------------------------------------------


def test_the_coordinator_alone_opens_the_list_and_reads_why(
    browse_as, asha, ben, chidi, champion, hr, coordinator, lead, dpo, superuser
):
    entry = joined(asha)
    for who in (asha, ben, chidi, champion, hr, lead, dpo, superuser):
        browser = browse_as(who)
        assert browser.get(LIST).status_code == 404, who
        assert browser.post(f"{LIST}{entry.pk}/agreed/").status_code == 404, who
        assert browser.post(f"{LIST}{entry.pk}/off/").status_code == 404, who
    page = text_of(browse_as(coordinator).get(LIST))
    assert "Asha Patel, Ashford" in page
    assert WHY in page
    for who in (hr, coordinator):
        assert WHY not in browse_as(who).get(f"/admin/champions/champion/{entry.pk}/change/").content.decode()


def test_with_every_view_taken_away_the_database_shows_the_row_to_the_person_and_the_coordinator(
    asha, ben, chidi, champion, hr, coordinator, lead, dpo, superuser
):
    joined(asha)

    def seen(by):
        with acting_as(by), connection.cursor() as cursor:
            cursor.execute("select why from champions_waiting")
            return [why for (why,) in cursor.fetchall()]

    watchers = (asha, coordinator, ben, chidi, champion, hr, lead, dpo, superuser, None)
    assert [seen(by) for by in watchers] == [[WHY], [WHY], [], [], [], [], [], [], [], []]


@pytest.mark.parametrize(
    "sql",
    [
        "update champions_waiting set answer = 'agreed', answered_by_id = {ben}, answered_at = now()",
        "delete from champions_waiting",
        "select * from champions_whole_order('joined_first')",
        "select champions_off_list('{entry}')",
        "insert into champions_waiting (champion_id, person_id, is_former, joined_at, why, asked_on, answer) "
        "values ('{entry}', {chidi}, false, now(), '', now(), '')",
    ],
)
def test_nobody_writes_the_list_past_its_functions(asha, ben, chidi, sql):
    entry = joined(asha)
    refused = pytest.raises(DatabaseError, match=r"permission denied|row-level security")
    with refused, acting_as(chidi), connection.cursor() as cursor:
        cursor.execute(sql.format(ben=ben.pk, chidi=chidi.pk, entry=entry.pk))


def test_functions_of_others_answer_nothing_to_somebody_else(asha, chidi, hr):
    entry = joined(asha)
    asked = {
        "select count(*) from champions_in_order('joined_first')": 0,
        "select count(*) from champions_my_place('joined_first')": 0,
        f"select count(*) from champions_asked_of_me('{entry.pk}')": 0,
        f"select champions_answer('{entry.pk}', true)": "refused",
        f"select champions_leave_list('{entry.pk}')": False,
    }
    for who in (chidi, hr):
        with acting_as(who), connection.cursor() as cursor:
            for sql, expected in asked.items():
                cursor.execute(sql)
                assert cursor.fetchone()[0] == expected, sql


def test_the_worker_passes_places_on_and_cannot_read_why(asha):
    joined(asha)
    with the_worker(), connection.cursor() as cursor:
        cursor.execute("select count(*) from champions_in_order('joined_first')")
        assert cursor.fetchone()[0] == 1
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("select why from champions_waiting")


# --- The coordinator's page -----------------------------------------------------------------------------------


def test_an_empty_list_says_so_and_the_gap_is_told_while_no_training_is_planned(browse_as, asha, coordinator, hr):
    assert "No one is waiting." in text_of(browse_as(coordinator).get(LIST))
    joined(asha)
    sentence = "1 person waits to become a champion; no training with a free place is planned"
    assert sentence in browse_as(coordinator).get("/admin/").content.decode()
    assert sentence not in browse_as(hr).get("/admin/").content.decode()


def test_the_coordinator_takes_somebody_off_after_a_question(browse_as, asha, coordinator):
    entry = joined(asha)
    browser = browse_as(coordinator)
    assert "Take Asha Patel off the list?" in text_of(browser.get(f"{LIST}{entry.pk}/off/"))
    assert "Asha Patel is off the waiting list." in browser.post(f"{LIST}{entry.pk}/off/", follow=True).content.decode()
    assert not Champion.objects.exists()
    assert browser.post(f"{LIST}{entry.pk}/off/").status_code == 404


def test_the_list_costs_as_many_queries_for_three_as_for_one(browse_as, coordinator, ben, station):
    def queries() -> int:
        browser = browse_as(coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(LIST).status_code == 200
        return len(captured)

    waiting_at(station, manager=ben, known_as="One")
    one = queries()
    for name in ("Two", "Three"):
        waiting_at(StationFactory(), manager=PersonFactory(station=station), known_as=name)
    assert queries() == one


# --- The roster -----------------------------------------------------------------------------------------------


def test_whoever_leaves_the_force_is_off_the_list_and_back_where_they_were_when_it_is_undone(asha, ben, hr, as_owner):
    entry = joined(asha, agreed_by=ben)
    with acting_as(asha):
        since = Waiting.objects.get().joined_at
    asha.refresh_from_db()
    save_people(by=None, changed=[(asha, {"left": timezone.localdate()})])
    entry.refresh_from_db()
    assert entry.state == "stepped_down"
    save_people(by=None, changed=[(asha, {"left": None})], undoing=True)
    entry.refresh_from_db()
    assert entry.state == "waiting"
    with acting_as(asha):
        assert Waiting.objects.get().joined_at == since

    save_people(by=None, changed=[(asha, {"left": timezone.localdate()})])
    with the_worker():
        assert purge() == 0
    as_owner.execute("update people_person set gone_at = now() - interval '2 days' where id = %s", [asha.pk])
    with the_worker():
        assert purge() == 1
    assert not Champion.objects.exists()


def test_whoever_truly_comes_back_is_on_no_list(asha, ben):
    joined(asha, agreed_by=ben)
    asha.refresh_from_db()
    save_people(by=None, changed=[(asha, {"left": timezone.localdate()})])
    save_people(by=None, changed=[(asha, {"left": None})])
    with acting_as(asha):
        assert not Waiting.objects.exists()


def test_the_office_makes_a_champion_of_somebody_who_waits_and_the_list_forgets_them(asha, coordinator, station):
    joined(asha)
    actions.appoint(person=asha, by=coordinator, stations=[station])
    with acting_as(asha):
        assert not Waiting.objects.exists()
    assert "champion" in type(asha).objects.get(pk=asha.pk).roles
