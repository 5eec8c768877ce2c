"""A champion's own tally, and what the coordinator sees of all of them."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions as champions
from champions.actions import load
from champions.models import Band, Champion, State, Tally, TallySignpost
from champions.queries import load as queries
from champions.reminders.load import last_month_uncounted
from tests.champions.test_two_at_once import at_once
from tests.champions.test_views import text_of
from tests.databases import as_superuser, the_worker
from tests.factories.champions import champion_at
from wellbeing.people.models import Change, Person
from wellbeing.reminders.actions import sweep
from wellbeing.reminders.models import Reminder
from wellbeing.support.models import Service
from wellbeing.training.dates import months_after
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

MINE, NETWORK = "/champions/me/tally/", "/champions/network/load/"


@pytest.fixture
def services(db):
    return [Service.objects.create(name=name, for_what="To talk", hours="always") for name in ("Listening", "Debt")]


@pytest.fixture
def this():
    return timezone.localdate().replace(day=1)


def page_of(month: date) -> str:
    return f"{MINE}{month.year}-{month.month}/"


def count(person, month, band=Band.FEW, services=()) -> None:
    with acting_as(person):
        load.count(by=person, month=month, conversations=band, services=services)


def several(station, number: int) -> list[Person]:
    return [champion_at(station).person for _ in range(number)]


def seen_by(person) -> tuple[int, int, int]:
    """How many tallies, signposts and services of all together raw SQL shows whoever is signed in to the database."""
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from champions_tally), (select count(*) from champions_tallysignpost), "
            "(select count(*) from champions_signposts())"
        )
        return cursor.fetchone()


# --- One's own months -----------------------------------------------------------------------------------


def test_a_champion_counts_a_month_changes_it_and_takes_it_back(browse_as, champion, services, this):
    browser, page = browse_as(champion), page_of(this)
    assert text_of(browser.get(MINE)).count("You have not counted it.") == 3
    browser.post(page, {"conversations": "3-5", "services": [services[0].pk]})
    said = text_of(browser.get(MINE))
    assert "Conversations: 3 to 5 . You pointed people to Listening." in said
    form = browser.get(page).content.decode()
    assert form.count(" checked") == 2
    browser.post(page, {"conversations": "1-2", "services": [services[1].pk]})
    assert "Conversations: 1 or 2 . You pointed people to Debt." in text_of(browser.get(MINE))
    browser.post(f"{page}delete/")
    with acting_as(champion):
        assert (Tally.objects.count(), TallySignpost.objects.count()) == (0, 0)


def test_none_this_month_is_one_tap_also_where_something_was_counted(browse_as, champion, services, this):
    browser = browse_as(champion)
    page = browser.get(MINE).content.decode()
    assert f'action="{page_of(this)}"' in page
    assert '<input type="hidden" name="conversations" value="none">' in page
    count(champion, this, Band.SOME, services)
    browser.post(page_of(this), {"conversations": "none"})
    with acting_as(champion):
        assert list(Tally.objects.values_list("conversations", flat=True)) == ["none"]
        assert not TallySignpost.objects.exists()


def test_the_page_says_who_sees_it_and_what_it_is_never_used_for(browse_as, champion):
    page = text_of(browse_as(champion).get(MINE))
    assert "You see it, and the coordinator sees the bands of three months" in page
    assert "It is never used for targets" in page
    assert "no day is kept" in page
    assert "I need a break" in page
    assert MINE in browse_as(champion).get("/champions/me/").content.decode()


@pytest.mark.parametrize("answer", [{}, {"conversations": "7"}, {"conversations": "none", "services": "some"}])
def test_what_cannot_be_is_refused_beside_it_and_stays_as_it_was_typed(browse_as, champion, services, this, answer):
    answer = {name: services[0].pk if value == "some" else value for name, value in answer.items()}
    page = browse_as(champion).post(page_of(this), answer)
    assert "There is a problem" in text_of(page)
    assert ("checked" in page.content.decode()) is ("services" in answer)
    with acting_as(champion):
        assert not Tally.objects.exists()


@pytest.mark.parametrize("months", [-3, 1])
def test_only_this_month_and_the_two_before_can_be_counted(browse_as, champion, this, months):
    month = months_after(this, months)
    assert browse_as(champion).post(page_of(month), {"conversations": "none"}).status_code == 404
    with pytest.raises(ValidationError, match="Only this month"):
        count(champion, month)
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(champion):
        Tally.objects.create(person=champion, month=month, conversations=Band.FEW)


def test_a_month_that_is_none_is_not_found(browse_as, champion):
    browser = browse_as(champion)
    assert browser.get(f"{MINE}2026-13/").status_code == 404
    assert browser.post(f"{MINE}0-1/delete/").status_code == 404


def test_whoever_is_no_champion_has_no_such_page(browse_as, asha, hr, this):
    for person in (asha, hr):
        assert browse_as(person).get(MINE).status_code == 404
        assert browse_as(person).get(page_of(this)).status_code == 404
        with pytest.raises(ValidationError, match="Only champions"):
            count(person, this)


def test_a_champion_needs_the_second_step(client, champion):
    client.force_login(champion)
    assert client.get(MINE).status_code == 302


def test_whoever_has_stepped_down_finds_what_they_counted_and_deletes_it(browse_as, champion, this):
    count(champion, this)
    champions.step_down(champion=champion.champion, by=champion)
    browser = browse_as(champion)
    page = text_of(browser.get(MINE))
    assert "Delete" in page
    assert "Change" not in page
    assert "I need a break" not in page
    browser.post(f"{page_of(this)}delete/")
    assert browser.get(MINE).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row(champion, services, this):
    at_once(*[lambda: count(champion, this, Band.SOME, services)] * 2)
    with acting_as(champion):
        assert (Tally.objects.count(), TallySignpost.objects.count()) == (1, 2)


def test_nothing_keeps_the_day_on_which_it_was_written(champion, this):
    before = Change.objects.count()
    count(champion, this)
    assert Change.objects.count() == before
    assert {field.name for field in Tally._meta.concrete_fields} == {"id", "person", "month", "conversations"}
    with pytest.raises(DatabaseError, match="tally_of_a_month"), acting_as(champion):
        Tally.objects.create(person=champion, month=months_after(this, -1) + timedelta(1), conversations=Band.FEW)


# --- The walls ------------------------------------------------------------------------------------------


def test_who_reads_what_with_raw_sql_and_the_login_of_the_web(request, champion, ben, services, this):
    champion.line_manager = ben
    champion.save()
    count(champion, this, Band.SOME, services)
    nobody = ("hr", "lead", "ben", "superuser", "dpo", "guardian", "technical_admin", "spoc")
    expected = {"champion": (1, 2, 0), "coordinator": (1, 0, 2)} | dict.fromkeys(nobody, (0, 0, 0))
    assert {who: seen_by(request.getfixturevalue(who)) for who in expected} == expected


def test_nobody_known_reads_nothing(champion, services, this):
    count(champion, this, Band.SOME, services)
    assert seen_by(None) == (0, 0, 0)


@pytest.mark.parametrize("who", ["coordinator", "hr", "superuser", "asha"])
def test_nobody_else_writes(request, champion, services, this, who):
    count(champion, this, Band.SOME, services[:1])
    with acting_as(champion):
        tally = Tally.objects.get()
    with acting_as(request.getfixturevalue(who)):
        assert Tally.objects.update(conversations=Band.NONE) == 0
        assert Tally.objects.all().delete()[0] == 0
        for row in (
            Tally(person=champion, month=months_after(this, -1), conversations=Band.MORE),
            TallySignpost(tally=tally, service=services[1]),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
    assert seen_by(champion) == (1, 1, 0)


def test_a_champion_moves_no_tally_to_somebody_or_another_month(champion, this):
    count(champion, this)
    for column, value in (("month", months_after(this, -1)), ("person_id", champion.pk)):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(champion):
            Tally.objects.update(**{column: value})


@pytest.mark.django_db(transaction=True)
def test_an_older_month_is_seen_by_its_champion_alone_who_may_delete_it(browse_as, champion, coordinator, this):
    count(champion, this)
    older = months_after(this, -3)
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("update champions_tally set month = %s", [older])
    assert (seen_by(coordinator)[0], seen_by(champion)[0]) == (0, 1)
    page = text_of(browse_as(champion).get(MINE))
    assert f"Delete {older:%B %Y}" in page
    assert f"Change {older:%B}" not in page
    browse_as(champion).post(f"{page_of(older)}delete/")
    assert seen_by(champion)[0] == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_no_band_and_no_signpost(champion, services, this):
    count(champion, this, Band.SOME, services)
    with the_worker():
        assert Tally.objects.values_list("person_id", "month").get() == (champion.pk, this)
        for asked in (Tally.objects.values_list("conversations"), TallySignpost.objects.all()):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                list(asked)


# --- The coordinator's page -----------------------------------------------------------------------------


def test_who_opens_it(answered_otherwise):
    assert answered_otherwise(200, ["coordinator"], [NETWORK]) == []
    others = ["hr", "lead", "champion", "ben", "superuser", "dpo", "secretary"]
    assert answered_otherwise(404, others, [NETWORK]) == []


def test_the_coordinator_sees_bands_by_champion_and_nobody_who_did_not_count(
    browse_as, coordinator, champion, chidi, station, this
):
    champion_at(station, person=chidi)
    count(champion, this, Band.MANY)
    count(champion, months_after(this, -2), Band.NONE)
    page = text_of(browse_as(coordinator).get(NETWORK))
    names = [f"{month:%B %Y}" for month in queries.months()]
    assert f"Aaron Pearce {names[0]} 6 to 10 {names[1]} – {names[2]} None" in page
    assert "Chidi" not in page
    assert "Perhaps ask" not in page


def test_when_nobody_has_counted_the_page_says_that_it_is_all_right(browse_as, coordinator):
    page = text_of(browse_as(coordinator).get(NETWORK))
    assert "Nobody has counted anything in these three months. That is all right" in page
    assert "No champion has ticked a service" in page


def test_two_far_above_are_pointed_out_kindly(browse_as, coordinator, station, this):
    *others, aaron, maya = several(station, 6)
    for person in others:
        count(person, this, Band.FEW)
    Person.objects.filter(pk=aaron.pk).update(known_as="Aaron", last_name="Pearce")
    Person.objects.filter(pk=maya.pk).update(known_as="Maya", last_name="Lindqvist")
    for person in (aaron, maya):
        count(person, this, Band.MORE)
    response = browse_as(coordinator).get(NETWORK)
    assert aaron.champion.get_absolute_url() in response.content.decode()
    page = text_of(response)
    assert (
        "Maya Lindqvist and Aaron Pearce have had far more conversations than the others these three months. "
        "Perhaps ask how they are, and whether somebody can share." in page
    )


@pytest.mark.parametrize(("number", "said"), [(4, "fewer than 5"), (5, "5 to 9"), (9, "5 to 9"), (10, "10 to 14")])
def test_below_five_champions_a_service_says_only_that(browse_as, coordinator, station, services, this, number, said):
    for person in several(station, number):
        for month in (this, months_after(this, -1)):  # two months of one champion count once
            count(person, month, Band.SOME, services[:1])
    page = text_of(browse_as(coordinator).get(NETWORK))
    assert f"Listening Champions {said} " in page
    assert "Debt" not in page


def test_people_in_covert_roles_are_in_no_line_and_no_number(browse_as, coordinator, station, services, this):
    people = several(station, 5)
    for person in people:
        count(person, this, Band.SOME, services[:1])
    Person.objects.filter(pk=people[0].pk).update(hidden=True)
    page = text_of(browse_as(coordinator).get(NETWORK))
    assert people[0].name not in page
    assert "Listening Champions fewer than 5" in page


def test_whoever_has_stepped_down_is_in_no_line(browse_as, coordinator, champion, this):
    count(champion, this)
    champions.step_down(champion=champion.champion, by=champion)
    assert "Aaron Pearce" not in text_of(browse_as(coordinator).get(NETWORK))


def test_as_many_queries_for_three_champions_as_for_one(browse_as, coordinator, station, services, this):
    def queries_of_the_page() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(NETWORK).status_code == 200
        return len(asked)

    browser = browse_as(coordinator)
    first, *others = several(station, 3)
    count(first, this, Band.SOME, services)
    queries_of_the_page()  # fills the cache of what stands on every page
    before = queries_of_the_page()
    for person in others:
        count(person, this, Band.MANY, services)
    assert queries_of_the_page() == before


# --- What is kept, and who is asked ---------------------------------------------------------------------


def the_time_is(time_machine, day: date) -> None:
    time_machine.move_to(timezone.make_aware(datetime(day.year, day.month, day.day, 9)))


@pytest.mark.django_db(transaction=True)
def test_a_tally_goes_after_thirteen_months_unless_the_law_holds_it(champion, station, services, this, time_machine):
    """Also of whoever stepped down meanwhile."""
    held = champion_at(station).person
    for person in (champion, held):
        count(person, this, Band.SOME, services)
    Person.objects.filter(pk=held.pk).update(legal_hold=True)
    champions.step_down(champion=champion.champion, by=champion)
    for months, gone in ((13, 0), (14, 1)):
        the_time_is(time_machine, months_after(this, months))
        with the_worker():
            assert load.purge(before=load.kept_since(None)) == gone
    assert seen_by(champion) == (0, 0, 0)
    assert seen_by(held)[:2] == (1, 2)


def test_a_service_that_is_no_longer_listed_takes_its_signposts_along(champion, services, this):
    count(champion, this, Band.SOME, services)
    services[0].delete()
    assert seen_by(champion)[:2] == (1, 1)


def long_since(champion) -> None:
    Champion.objects.filter(pk=champion.champion.pk).update(created_at=timezone.now() - timedelta(days=90))


@pytest.mark.django_db(transaction=True)
def test_last_month_is_asked_about_until_it_is_counted_and_nobody_else_is_told(champion, station, hr, this):
    long_since(champion)
    champion_at(station)  # since today: not asked about a time before
    with the_worker():
        sweep()
        asked = Reminder.objects.filter(kind="champions.tally")
        assert set(asked.values_list("person_id", flat=True)) == {champion.pk}
    count(champion, months_after(this, -1), Band.NONE)
    with the_worker():
        assert not last_month_uncounted().exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_is_on_a_break_is_not_asked(champion):
    long_since(champion)
    Champion.objects.update(state=State.PAUSED)
    with the_worker():
        assert not last_month_uncounted().exists()


def test_a_tally_goes_with_its_person_though_whoever_deletes_them_sees_no_such_row(champion, this):
    count(champion, this)
    with acting_as(None):
        Champion.objects.filter(person=champion).delete()
        Person.objects.filter(pk=champion.pk).delete()
    assert not Person.objects.filter(pk=champion.pk).exists()
