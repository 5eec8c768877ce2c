"""Strands, who represents them and for how long, and the rules of the forum."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions import seats as actions
from forum.models import Rules, Seat, Strand
from forum.queries import seats as queries
from tests.factories.people import DivisionFactory, PersonFactory
from tests.pages import text_of
from wellbeing.people import actions as people
from wellbeing.people.models import Change
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate


@pytest.fixture
def unison(db):
    return Strand.objects.get(name="UNISON")


@pytest.fixture
def seat(secretary):
    """`seat(person, strand)`: that person sits for the strand for a year, since a month ago."""

    def sit(person, strand, **more) -> Seat:
        terms = {"starts_on": TODAY() - timedelta(days=30), "ends_on": TODAY() + timedelta(days=335)} | more
        deputy = terms.pop("is_deputy", False)
        with acting_as(secretary):
            return actions.seat(key=uuid.uuid4(), strand=strand, person=person, is_deputy=deputy, by=secretary, **terms)

    return sit


def typed(person, **more) -> dict:
    first, last = TODAY(), TODAY() + timedelta(days=365)
    days = parts("starts_on", first) | parts("ends_on", last)
    return {"key": uuid.uuid4(), "person": person.staff_number, "is_deputy": "", **days, **more}


def parts(name: str, day) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_a_force_begins_with_the_strands_of_its_network_and_every_division(station):
    DivisionFactory(name="Tactical")
    labels = [chair.strand.label for chair in queries.chairs()]
    assert {"Champions", "SPOCs", "Mentors", "HR", "Police Federation", "UNISON"} <= set(labels)
    assert {"Tactical", station.division.name} <= set(labels)


def test_a_division_that_is_renamed_sits_under_its_new_name(station):
    station.division.name = "North East"
    station.division.save()
    assert "North East" in queries.vacant()


def test_the_secretary_alone_keeps_the_seats(answered_otherwise, unison):
    others = ["asha", "ben", "champion", "spoc", "hr", "coordinator", "lead", "dpo", "superuser"]
    strand = f"/forum/strands/{unison.pk}/"
    pages = ["/forum/strands/", "/forum/strands/add/", strand, f"{strand}change/", "/forum/rules/", "/forum/secretary/"]
    assert answered_otherwise(404, others, pages) == []


def test_anybody_sees_who_sits_at_the_forum(browse_as, answered_otherwise, asha, seat, unison, chidi):
    seat(chidi, unison)
    assert answered_otherwise(200, ["asha"], ["/forum/"]) == []
    assert "Chidi Stranger" in text_of(browse_as(asha).get("/forum/who/"))


def test_the_secretary_gives_a_seat_and_the_person_becomes_a_representative(browse_as, secretary, unison, chidi):
    page = browse_as(secretary).post(f"/forum/strands/{unison.pk}/", typed(chidi), follow=True)
    assert "Chidi Stranger has a seat for UNISON." in text_of(page)
    chidi = type(chidi).objects.get(pk=chidi.pk)
    assert "representative" in chidi.roles
    assert browse_as(chidi).get("/forum/mine/").status_code == 200
    assert Change.objects.filter(about_type="forum.seat", verb="made representative", by=secretary).count() == 1


def test_pressed_twice_it_is_one_term(browse_as, secretary, unison, chidi):
    client, form = browse_as(secretary), typed(chidi)
    client.post(f"/forum/strands/{unison.pk}/", form)
    client.post(f"/forum/strands/{unison.pk}/", form)
    assert unison.seats.count() == 1


def test_a_second_representative_in_the_same_days_is_refused_beside_the_number(
    browse_as, secretary, seat, unison, chidi, asha
):
    seat(chidi, unison)
    page = browse_as(secretary).post(f"/forum/strands/{unison.pk}/", typed(asha))
    assert "Somebody else represents this strand in those days." in text_of(page)
    assert f'value="{asha.staff_number}"' in page.content.decode()
    deputy = browse_as(secretary).post(f"/forum/strands/{unison.pk}/", typed(asha, is_deputy="deputy"), follow=True)
    assert "Asha Patel has a seat for UNISON." in text_of(deputy)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"person": "404404"}, "Nobody on the roster has this staff number."),
        ({"ends_on_year": "2020"}, "The last day comes before the first."),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "Enter a date that exists"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(browse_as, secretary, unison, chidi, change, sentence):
    page = browse_as(secretary).post(f"/forum/strands/{unison.pk}/", typed(chidi) | change)
    assert sentence in text_of(page)
    assert not unison.seats.exists()


def test_somebody_in_a_covert_role_gets_no_seat(browse_as, secretary, unison):
    hidden = PersonFactory(hidden=True)
    page = browse_as(secretary).post(f"/forum/strands/{unison.pk}/", typed(hidden))
    assert "Nobody on the roster has this staff number." in text_of(page)


def test_whoever_leaves_sits_no_longer_nor_once_back(browse_as, secretary, seat, unison, chidi, hr):
    seat(chidi, unison)
    people.change_person(person=chidi, by=hr, left=TODAY())
    assert "UNISON" in queries.vacant()
    assert "UNISON" in text_of(browse_as(secretary).get("/forum/secretary/"))
    people.change_person(person=chidi, by=hr, left=None)
    assert "UNISON" in queries.vacant()


def test_the_seat_of_a_leaver_can_be_given_to_the_next(seat, unison, chidi, asha, hr):
    seat(chidi, unison)
    people.change_person(person=chidi, by=hr, left=TODAY())
    seat(asha, unison, starts_on=TODAY())
    assert [chair.representative.person for chair in queries.chairs() if chair.strand == unison] == [asha]


def test_a_term_ends_by_the_secretarys_day_and_the_seat_is_vacant(browse_as, secretary, seat, unison, chidi):
    term = seat(chidi, unison)
    yesterday = TODAY() - timedelta(days=1)
    browse_as(secretary).post(f"/forum/terms/{term.pk}/", parts("last_day", yesterday))
    assert "UNISON" in queries.vacant()
    assert browse_as(chidi).get("/forum/mine/").status_code == 404


def test_a_strand_without_a_seat_keeps_its_past_and_may_get_one_again(browse_as, secretary, seat, unison, chidi):
    seat(chidi, unison)
    client = browse_as(secretary)
    client.post(f"/forum/strands/{unison.pk}/seat/")
    assert "UNISON" not in [chair.strand.label for chair in queries.chairs()]
    assert "Chidi Stranger" in text_of(client.get(f"/forum/strands/{unison.pk}/"))
    client.post(f"/forum/strands/{unison.pk}/seat/")
    assert "UNISON" in queries.vacant()


def test_strands_are_added_and_renamed_and_a_name_stands_once(browse_as, secretary):
    client = browse_as(secretary)
    client.post("/forum/strands/add/", {"name": "Disability network", "sort": "staff_network", "order": 61})
    strand = Strand.objects.get(name="Disability network")
    refused = client.post("/forum/strands/add/", {"name": "Disability network", "sort": "staff_network", "order": 61})
    assert "There is a strand of this name already." in text_of(refused)
    far = client.post(f"/forum/strands/{strand.pk}/change/", {"name": "A", "sort": "network", "order": 99999999})
    assert "There is a problem" in text_of(far)
    client.post(f"/forum/strands/{strand.pk}/change/", {"name": "Ability", "sort": "staff_network", "order": 61})
    assert "Ability" in queries.vacant()


def test_the_rules_are_set_once_and_hold(browse_as, secretary):
    client = browse_as(secretary)
    values = {field.name: getattr(Rules(), field.name) for field in Rules._meta.fields if field.name != "id"}
    client.post("/forum/rules/", values | {"quorum_share": 60})
    assert queries.rules().quorum_share == 60
    for name, value in (("quorum_share", 300), ("screen_seconds", 1), ("publish_days", "many"), ("post_days", "")):
        assert "There is a problem" in text_of(client.post("/forum/rules/", values | {name: value}))
    assert queries.rules().screen_seconds == Rules().screen_seconds
    wrong = client.post("/forum/rules/", values | {"agenda_opens_days": 5, "agenda_closes_days": 7})
    assert "The agenda closes after it opens" in text_of(wrong)


def test_a_representative_is_told_before_the_term_is_over(seat, unison, chidi):
    seat(chidi, unison, ends_on=TODAY() + timedelta(days=10))
    with acting_as(chidi):
        assert Reminder.objects.filter(kind="forum.term").count() == 1


def test_the_forums_pages_ask_for_the_roles_that_they_name_and_no_other(browse_as, asha):
    client = browse_as(asha)
    client.get("/forum/who/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/forum/who/")
    assert not [query["sql"] for query in asked if "spocs_" in query["sql"] or "mentoring_" in query["sql"]]


@pytest.mark.parametrize("page", ["/forum/who/", "/forum/strands/"])
def test_lists_of_seats_ask_the_same_number_of_questions(browse_as, secretary, seat, django_assert_num_queries, page):
    client = browse_as(secretary)
    strands = list(Strand.objects.exclude(name="")[:3])
    seat(PersonFactory(), strands[0])
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for strand in strands[1:]:
        seat(PersonFactory(), strand)
    with django_assert_num_queries(len(one)):
        client.get(page)
