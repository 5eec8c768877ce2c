"""What the database itself keeps at the forum, whatever the web asks of it in SQL; and how long it is kept."""

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from forum.models import Invitation, Item, Outcome, Raiser, Relay, Seat, Strand
from tests.databases import the_worker
from tests.factories import forum
from tests.factories.people import DivisionFactory
from wellbeing.confidential import retention
from wellbeing.people import actions as people
from wellbeing.people.models import Change, Person
from wellbeing.web.identity import acting_as

TODAY = timezone.localdate


@pytest.fixture
def cast(asha, hr, lead, superuser, representative, deputy, former):
    """Nobody, and everybody who is not the secretary."""
    return [None, asha, hr, lead, superuser, representative, deputy, former]


@pytest.fixture
def planned(secretary, representative, deputy, chidi):
    """A meeting to come, to which its representative is invited, and Chidi as a guest."""
    met = forum.meeting(by=secretary)
    with acting_as(secretary):
        Invitation.objects.create(meeting=met, person=chidi, invited_as="guest")
    return met


def touched(person, statement: str, *values) -> int:
    """How many rows this SQL writes, typed by whoever has the web's login, as that person; -1 where it is refused."""
    try:
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount
    except ProgrammingError as refusal:
        if "row-level security" in str(refusal) or "permission denied" in str(refusal):
            return -1
        raise


def test_nobody_but_the_secretary_writes_who_sits(cast, secretary, representative):
    sit = "insert into forum_seat (id, strand_id, person_id, is_deputy, starts_on, ends_on) select gen_random_uuid(), "
    sit += "id, %s, true, current_date, current_date from forum_strand where name = 'Mentors'"
    for person in cast:
        me = person.pk if person else representative.pk
        assert touched(person, sit, me) == -1
        assert touched(person, "update forum_seat set ends_on = ends_on + 1, person_id = %s", me) == 0
        assert touched(person, "delete from forum_seat") == 0
        assert touched(person, "update forum_strand set retired_on = null") == 0
        assert touched(person, "insert into forum_strand (name, sort, \"order\") values ('Mine', 'force', 1)") == -1
        assert touched(person, "delete from forum_strand") == 0
        assert touched(person, "insert into forum_rules select 1, 1, 28, 7, 10, 10, 7, 14, 20") == -1
        with acting_as(person):
            assert Seat.objects.count() == 3  # who sits is no secret
    assert touched(secretary, sit, secretary.pk) == 1


def test_whoever_comes_back_sits_no_longer_by_the_hand_of_hr_who_writes_no_term(hr, secretary, asha):
    now = forum.seat(asha, by=secretary)
    later = forum.seat(asha, forum.strand("HR"), by=secretary, starts_on=TODAY() + timedelta(days=9))
    with acting_as(hr):
        people.change_person(person=asha, by=hr, left=TODAY())
        assert Seat.objects.get(pk=now.pk).ends_on > TODAY()
        people.change_person(person=asha, by=hr, left=None)
    assert Seat.objects.get(pk=now.pk).ends_on == TODAY() - timedelta(days=1)
    assert not Seat.objects.filter(pk=later.pk).exists()
    noted = Change.objects.filter(about_type="forum.seat", by=hr).order_by("verb")
    assert list(noted.values_list("verb", "about_id")) == [("did not begin", str(later.pk)), ("ended", str(now.pk))]


def test_a_division_takes_its_strand_and_seat_with_it_and_what_was_decided_stays(hr, secretary, asha):
    met, division = forum.meeting(by=secretary), DivisionFactory(name="Marine")
    own = Strand.objects.get(division=division)
    forum.seat(asha, own, by=secretary)
    draft = forum.outcome(met, division=division, strand=own)
    Relay.objects.create(meeting=met, strand=own, due=TODAY())
    with acting_as(hr):
        people.remove_place(by=hr, place=division)
        connection.check_constraints()
    assert not Seat.objects.filter(person=asha).exists()
    assert not Relay.objects.exists()
    with acting_as(secretary):
        assert Outcome.objects.values_list("strand", "division").get(pk=draft.pk) == (None, None)


def test_who_is_invited_is_read_by_those_who_sit_and_of_oneself(
    cast, planned, secretary, representative, deputy, chidi
):
    everybody = {representative.pk, chidi.pk}
    for person in (*cast, chidi, secretary):
        with acting_as(person):
            read = set(Invitation.objects.values_list("person", flat=True))
        sits = person in (representative, deputy, secretary)
        assert read == (everybody if sits else {chidi.pk} if person == chidi else set()), person


def test_nobody_but_the_secretary_writes_an_invitation(cast, planned, secretary, representative, chidi):
    row = "insert into forum_invitation (id, meeting_id, person_id, invited_as, invited_on, answer, turn) "
    row += "values (gen_random_uuid(), %s, %s, 'guest', current_date, 'waiting', 0)"
    of_the_representative = forum.invited(planned)[representative.pk].pk
    for person in (*cast, chidi):
        assert touched(person, row, planned.pk, person.pk if person else secretary.pk) == -1
        assert touched(person, "update forum_invitation set came = true") == 0
        assert touched(person, "delete from forum_invitation") == 0
        if person != representative:
            touched(person, "select forum_answer(%s, true)", of_the_representative)
            assert forum.invited(planned)[representative.pk].answer == "waiting", person
        touched(person, "select forum_invite(%s, current_date)", planned.pk)
    assert set(forum.invited(planned)) == {representative.pk, chidi.pk}
    assert touched(secretary, row, planned.pk, secretary.pk) == 1


def test_a_guest_answers_and_everybody_else_stays_invited(browse_as, planned, representative, chidi):
    answer = f"/forum/meetings/{planned.pk}/answer/"
    browse_as(representative).post(answer, {"answer": "apologies"})
    before = forum.invited(planned)
    assert browse_as(chidi).post(answer, {"answer": "coming"}).status_code == 302
    after = forum.invited(planned)
    assert {key: one.pk for key, one in after.items()} == {key: one.pk for key, one in before.items()}
    assert (after[chidi.pk].answer, after[representative.pk].answer) == ("coming", "apologies")


def test_outcomes_are_the_secretarys_and_drafts_of_them_are_read_by_nobody_else(cast, planned, secretary, hr):
    draft = forum.outcome(planned, owner=hr)
    new = (
        f'insert into forum_outcome select * from json_populate_record(null::forum_outcome, \'{{"id": "{uuid.uuid4()}",'
    )
    new += f' "meeting_id": "{planned.pk}", "position": 1, "said": "", "text": "Mine", "next": "", "area": "",'
    new += ' "owner_office": "", "status": "open", "looked_at": "", "checked": ""}\')'
    for person in cast:
        with acting_as(person):
            assert not Outcome.objects.exists()
        assert touched(person, "update forum_outcome set position = 9") == 0
        assert touched(person, "delete from forum_outcome") == 0
        assert touched(person, new) == -1
    assert touched(secretary, new) == 1
    with acting_as(secretary):
        Outcome.objects.exclude(pk=draft.pk).delete()
    forum.published(planned)
    for person in cast:
        with acting_as(person):
            assert Outcome.objects.count() == 1
        assert touched(person, "update forum_outcome set status = 'under_way'") == (-1 if person == hr else 0), person


def test_who_knows_the_key_of_a_nameless_item_gives_it_nobodys_name(browse_as, asha, secretary, cast, chidi):
    form = {"key": uuid.uuid4(), "title": "Hot food at night", "text": "", "strand": "", "named": "no"}
    browse_as(asha).post("/forum/raise/", form)
    with acting_as(secretary):
        item = Item.objects.get()
    for person in (*cast, chidi, secretary):
        whose = (person or chidi).pk
        assert touched(person, "insert into forum_raiser values (%s, %s)", item.pk, whose) == -1
        for proof in (item.pk.bytes, str(item.pk).encode(), form["key"].bytes, str(form["key"]).encode()):
            touched(person, "select forum_give_name(%s)", proof)
    with acting_as(secretary):
        assert not Raiser.objects.exists()
    browse_as(asha).post("/forum/raise/", form | {"named": "yes"})
    with acting_as(secretary):
        assert Raiser.objects.get().person == asha
        assert Item.objects.get().pk == item.pk


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_names_and_invitations_go_when_their_period_is_over(browse_as, secretary, asha, chidi, planned, as_owner):
    names, invitations = "names of those who raised something for the forum", "invitations to meetings of the forum"
    for title, person in (("Decided", asha), ("Forgotten", asha), ("Young", asha), ("Held", chidi)):
        form = {"key": uuid.uuid4(), "title": title, "text": "", "strand": "", "named": "yes"}
        browse_as(person).post("/forum/raise/", form)
    Person.objects.filter(pk=chidi.pk).update(legal_hold=True)

    def purged(**options) -> tuple[int, int]:
        with the_worker():
            gone = retention.purge(**options)
        return gone[names], gone[invitations]

    as_owner.execute("update forum_item set raised_on = raised_on - 366 where title <> 'Young'")
    as_owner.execute("update forum_item set dealt_on = current_date, state = 'declined' where title = 'Decided'")
    back = "update forum_meeting set starts_at = starts_at - interval '{0}', ends_at = ends_at - interval '{0}'"
    as_owner.execute(back.format("24 months"))
    assert purged(dry_run=True) == (1, 0)
    assert purged() == (1, 0)
    as_owner.execute("update forum_item set dealt_on = current_date - 367 where title = 'Decided'")
    as_owner.execute(back.format("1 month"))
    assert purged(dry_run=True) == (1, 1)
    assert purged() == (1, 1)
    assert purged() == (0, 0)
    with acting_as(secretary):
        assert set(Raiser.objects.values_list("item__title", flat=True)) == {"Young", "Held"}
        assert list(Invitation.objects.values_list("person", flat=True)) == [chidi.pk]
        assert Item.objects.count() == 4
