"""Adjustments of a return plan: who is asked, what they may read, what follows, and what moves with the return date."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from icalendar import Calendar

from mentoring.models import Absence
from tests.databases import as_superuser, the_worker
from tests.factories.people import PersonFactory
from tests.mentoring import returning
from tests.mentoring.away import chosen, days
from tests.mentoring.pages import a_day, hidden
from tests.mentoring.returning import PLAN, adjust, away, choose, decide, hold, meeting_of, moved, write_plan
from tests.reminders.outbox import reminders, shown_to, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as
from wellbeing.web.templatetags.components import day

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

TO_DECIDE = "/mentoring/adjustments/to-decide/"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def dana(station):
    """A colleague whom Asha trusts."""
    return PersonFactory(known_as="Dana", last_name="Trusted", station=station)


@pytest.fixture
def dex(station):
    """Somebody who decides about adjustments."""
    return PersonFactory(known_as="Dex", last_name="Decider", station=station)


@dataclass
class Met:
    """Asha, expected back in two weeks, has chosen Dana."""

    absence: Absence
    me: object
    holder: object
    meeting: object


@pytest.fixture
def met(browse_as, asha, ben, dana):
    absence = away(asha, by=ben, back_in=14)
    me, holder = browse_as(asha), browse_as(dana)
    choose(me, person=dana)
    return Met(absence, me, holder, meeting_of(holder))


def follow(client, met, adjustment, **dates):
    address = f"/mentoring/adjustments/{adjustment}/"
    return client.post(address, hidden(client.get(address), address) | dates, follow=True)


def test_whoever_is_asked_reads_that_one_adjustment_says_yes_and_sees_it_put_in_place(met, browse_as, asha, dex):
    write_plan(met.holder, met.meeting, how="Wordplan")
    _, one = adjust(met.holder, met.meeting, decides=dex, what="Wordasked", implement_by=20, review_on=40)
    _, other = adjust(met.holder, met.meeting, decides=PersonFactory(station=asha.station), what="Wordother")
    assert "Waiting for Dex Decider to decide" in text_of(met.me.get(PLAN))

    decider = browse_as(dex)
    listed = text_of(decider.get(TO_DECIDE))
    assert "Decide the adjustment for Asha Patel" in " ".join(listed.split())
    assert "Wordasked" not in listed, "a list opens nothing"
    asked = text_of(decider.get(f"/mentoring/adjustments/{one}/decide/"))
    assert "Wordasked" in asked
    assert decider.get(f"/mentoring/adjustments/{other}/decide/").status_code == 404
    assert decider.get(f"/mentoring/returns/{met.meeting}/").status_code == 404
    assert f"/mentoring/adjustments/{one}/decide/" in listed
    assert str(other) not in listed

    decide(decider, one, "yes", "Wordreason")
    for reader, page in ((met.me, PLAN), (met.holder, f"/mentoring/returns/{met.meeting}/")):
        shown = text_of(reader.get(page))
        assert "Agreed by Dex Decider" in shown
        assert "Wordreason" in shown
    decider.post(f"/mentoring/adjustments/{one}/in-place/")
    assert f"In place since {day(days(0))}" in text_of(met.me.get(PLAN))
    assert met.holder.get(f"/mentoring/adjustments/{one}/").status_code == 404, "it is changed no longer"


@pytest.mark.usefixtures("every_day_works")
def test_what_is_not_agreed_is_seen_in_the_plan_and_follows_to_nobody(met, browse_as, asha, ben, hr, dex):
    _, kept = adjust(met.holder, met.meeting, decides=dex, what="Wordkept")
    _, refused = adjust(met.holder, met.meeting, decides=dex, what="Wordrefused")
    _, waiting = adjust(met.holder, met.meeting, decides=dex, what="Wordwaiting")
    decider = browse_as(dex)
    decide(decider, kept, "yes")
    assert "Say what could be done instead." in text_of(decide(decider, refused, "no"))
    empty = text_of(decide(decider, refused, ""))
    assert "Choose whether you agree." in empty
    assert "Wordrefused" in empty, "what is to be decided stays"
    decide(decider, refused, "no", "Wordinstead")
    assert decider.get(f"/mentoring/adjustments/{refused}/decide/").status_code == 404, "it is closed with that"
    assert "Wordinstead" in text_of(met.me.get(PLAN))
    sweep()
    assert "return_written" in {one.kind.removeprefix("mentoring.") for one in reminders(person=asha, state="open")}
    assert "Is it right?" in " ".join(shown_to(asha))
    assert "Not agreed by Dex Decider" in text_of(met.me.get(PLAN))
    write_plan(met.holder, met.meeting, how="Wordplan", hours_1="17.5")

    nora = PersonFactory(known_as="Nora", station=asha.station)
    with acting_as(hr):
        people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, line_manager_id=nora.pk)
    manager = browse_as(nora)
    owed = text_of(manager.get(f"/mentoring/adjustments/of/{asha.pk}/"))
    hours = text_of(manager.get(f"/mentoring/returns/of/{asha.pk}/"))
    assert "Wordkept" in owed
    assert "17.5" in hours
    for word in ("Wordrefused", "Wordwaiting", "Wordplan", "Dana"):
        assert word not in owed + hours
    assert browse_as(ben).get(f"/mentoring/returns/of/{asha.pk}/").status_code == 404
    assert waiting


@pytest.mark.usefixtures("every_day_works")
def test_who_kept_contact_before_somebody_else_did_decides_once_the_person_says_so_and_nobody_else_can_tell(
    browse_as, asha, ben, dana, chidi, dex
):
    away(asha, by=ben, back_in=0)
    me, holder = browse_as(asha), browse_as(dana)
    chosen(me, chidi)  # from Ben to Chidi
    choose(me, person=dana)
    meeting = meeting_of(holder)
    page, _ = adjust(holder, meeting, decides=asha, what="Wordstays")
    assert "Name somebody else to decide this." in text_of(page)
    assert "Wordstays" in text_of(page)

    shown = {}
    for person in (ben, chidi, dex):
        page, key = adjust(holder, meeting, decides=person, what="Wordasked")
        assert f"Waiting for {person.name} to decide" in text_of(page), "for whoever names them all are the same"
        shown[person] = (key, "Decide" in " ".join(text_of(browse_as(person).get(TO_DECIDE)).split("<li>")[1:]))
    assert [listed for _, listed in shown.values()] == [False, True, True]
    for name, (key, _) in shown.items():
        assert _rows_of(dana, "confidential_carelink", "only_record", key) == 0
        assert _rows_of(ben, "mentoring_adjustment", "id", key) == 0, name

    mine = text_of(me.get(PLAN))
    assert mine.count("Would you rather have somebody else decide?") == 1
    assert f"{ben.name} is named to decide" in mine
    me.post(f"/my-plan/return/adjustments/{shown[ben][0]}/decides/", {"decides": ben.pk, "may": "yes"})
    assert "Decide" in text_of(browse_as(ben).get(TO_DECIDE)).partition("<li>")[2]
    assert "Would you rather" not in text_of(me.get(PLAN))

    for person in (ben, dex):
        me.post(f"/my-plan/return/adjustments/{shown[person][0]}/decides/", {"decides": person.pk, "may": "no"})
        assert browse_as(person).get(f"/mentoring/adjustments/{shown[person][0]}/decide/").status_code == 404
    again = text_of(holder.get(f"/mentoring/returns/{meeting}/"))
    assert again.count("Asha would rather have somebody else decide.") == 2
    sweep()
    assert "adjustment_name_decider" in told(dana)


def _rows_of(person, table: str, column: str, key) -> int:
    with acting_as(person), connection.cursor() as cursor:
        return _asked(cursor, f"select count(*) from {table} where {column} = %s", key)


def test_what_its_writer_decides_is_agreed_and_a_change_asks_again(met, browse_as, dana, dex):
    page, one = adjust(met.holder, met.meeting, decides=dana, what="Wordfirst")
    assert "Agreed by Dana Trusted" in text_of(page)
    decider = browse_as(dex)
    address = f"/mentoring/adjustments/{one}/"
    form = hidden(met.holder.get(address), address) | {"what": "Wordsecond", "decides": dex.staff_number}
    page = met.holder.post(address, form | a_day("until", days(50)), follow=True)
    assert "Waiting for Dex Decider" in text_of(page)
    assert "Wordsecond" in text_of(decider.get(f"/mentoring/adjustments/{one}/decide/"))

    stale = met.holder.post(
        address, form | {"version": one, "what": "Wordthird"} | a_day("until", days(50)), follow=True
    )
    assert "Here are both" in text_of(stale)
    assert "Wordsecond" in text_of(stale)
    assert "Wordthird" in text_of(stale)


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ({"until": -1}, "Choose a day from today on."),
        ({"implement_by": 90}, "Choose a day before it ends."),
        ({"implement_by": 20, "review_on": 10}, "Choose a day after it is in place."),
    ],
)
def test_dates_that_cannot_be_are_said_beside_their_box(met, dex, dates, says):
    page, _ = adjust(met.holder, met.meeting, decides=dex, what="Wordstays", **dates)
    assert says in text_of(page)
    assert "Wordstays" in text_of(page)


# --- Who sees what: over HTTP, and with raw SQL ---------------------------------------------------------

# Who sees: t the words of the plan, d that it is due and held, h the hours, p the rest of it, a the adjustment.
SEES = {"asha": "tdhpa", "dana": "tdhpa", "ben": "dha", "dex": "a"}
OTHERS = ("former", "chidi", "welfare_mentor", "hr", "coordinator", "lead", "superuser")


@pytest.fixture
def everybody(request, met, browse_as, station, asha, ben, dana, dex):
    """By name, once Dana's plan and its one adjustment stand; somebody else was chosen before her."""
    former = PersonFactory(known_as="Former", station=station)
    choose(met.me, person=former)
    choose(met.me, person=dana)
    write_plan(met.holder, met.meeting, how="Wordplan", hours_1="17.5", duty="recuperative")
    _, one = adjust(met.holder, met.meeting, decides=dex, what="Wordadjusted")
    decide(browse_as(dex), one, "yes")
    named = {"asha": asha, "ben": ben, "dana": dana, "dex": dex, "former": former}
    return named | {name: request.getfixturevalue(name) for name in OTHERS if name != "former"}, one


def test_over_http_each_sees_what_is_theirs_and_no_more(everybody, met, browse_as, asha):
    cast, one = everybody
    pages = [
        *(f"/mentoring/returns/{page}" for page in (f"{met.meeting}/", f"{met.meeting}/write/", f"of/{asha.pk}/")),
        *(f"/mentoring/adjustments/{page}" for page in (f"of/{asha.pk}/", f"{one}/", f"{one}/decide/")),
        *(PLAN, returning.WRITE),
    ]
    found = {}
    for name, person in cast.items():
        client = browse_as(person)
        read = " ".join(text_of(client.get(page)) for page in pages)
        words = {"t": "Wordplan", "h": "17.5", "a": "Wordadjusted"}
        found[name] = "".join(letter for letter, word in words.items() if word in read)
    assert found == {name: "".join(c for c in SEES.get(name, "") if c in "tha") for name in cast}


def test_with_raw_sql_each_finds_their_own_rows_and_writes_nothing(everybody, met):
    cast, one = everybody
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("select text from mentoring_returnplan")
        record = cursor.fetchone()[0]
    tables = {
        "t": ("confidential_record", "id", record),
        "d": ("mentoring_returnmeeting", "id", met.meeting),
        "h": ("mentoring_phasedweek", "meeting_id", met.meeting),
        "p": ("mentoring_returnplan", "meeting_id", met.meeting),
        "a": ("mentoring_adjustment", "id", one),
    }
    found = {}
    for name, person in (cast | {"nobody": None}).items():
        with acting_as(person), connection.cursor() as cursor:
            seen = [
                letter
                for letter, (table, column, key) in tables.items()
                if _asked(cursor, f"select exists (select from {table} where {column} = %s)", key)
            ]
            assert _asked(cursor, "select exists (select from confidential_record where id = %s)", one) == ("a" in seen)
        found[name] = "".join(seen)
        if name not in ("dana", "dex"):
            assert not _writes(person, met.meeting, one)
    assert found == {name: SEES.get(name, "") for name in found}


def _asked(cursor, sql: str, *values):
    cursor.execute(sql, values)
    return cursor.fetchone()[0]


def _writes(person, meeting, one) -> list[str]:
    """Which of these statements did something, each taken back."""
    done = []
    for sql, values in (
        ("update mentoring_returnmeeting set duty = 'none' where id = %s", [meeting]),
        ("update mentoring_returnplan set oh_suggested = true where meeting_id = %s", [meeting]),
        ("delete from mentoring_phasedweek where meeting_id = %s", [meeting]),
        ("select 1 where mentoring_hold_return(%s, london_today())", [meeting]),
        ("select 1 where mentoring_decide_adjustment(%s, false)", [one]),
        (
            "select 1 where mentoring_put_adjustment(gen_random_uuid(), %s, london_today(), 1, null, null) = 'put'",
            [meeting],
        ),
    ):
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute(sql, values)
            if cursor.rowcount:
                done.append(sql)
            transaction.set_rollback(True)
    return done


def test_the_web_changes_no_date_of_a_meeting_by_itself(everybody, met, dana):
    for column in ("held_on", "counted_from", "subject_id"):
        with pytest.raises(DatabaseError, match="denied"), acting_as(dana), connection.cursor() as cursor:
            cursor.execute(f"update mentoring_returnmeeting set {column} = null where id = %s", [met.meeting])


# --- What is told, and what moves ------------------------------------------------------------------------


def told(person) -> set[str]:
    return {one.kind.removeprefix("mentoring.") for one in reminders(person=person, state="open")} - {
        "one_to_one", "first_contact", "contact", "keeps_contact", "return_written"
    }  # fmt: skip


@pytest.mark.usefixtures("every_day_works")
def test_each_is_told_of_what_waits_for_them(browse_as, asha, ben, dana, dex, time_machine):
    away(asha, by=ben, back_in=0)
    sweep()
    assert told(asha) == {"return_choose"}
    me, holder, decider = browse_as(asha), browse_as(dana), browse_as(dex)
    choose(me, person=dana)
    assert told(asha) == set(), "at once"
    meeting = meeting_of(holder)
    assert told(dana) == {"return_meeting"}
    _, one = adjust(holder, meeting, decides=dex, implement_by=0, review_on=0)
    sweep()
    assert told(dex) == {"adjustment_decide"}
    assert "to decide about an adjustment for Asha Patel" in shown_to(dex)[0]
    decide(decider, one, "yes")
    assert told(dex) == {"adjustment_in_place", "adjustment_review"}
    assert told(asha) == {"adjustment_in_place_for_me", "adjustment_review_of_mine"}
    decider.post(f"/mentoring/adjustments/{one}/in-place/")
    assert told(dex) == {"adjustment_review"}
    assert told(asha) == {"adjustment_review_of_mine"}

    time_machine.move_to(timezone.now() + timedelta(days=7))
    sweep()
    assert told(dana) == {"return_meeting", "return_late"}
    assert "overdue" in text_of(browse_as(dana).get("/mentoring/returns/"))
    time_machine.move_to(timezone.now() - timedelta(days=7))
    hold(browse_as(dana), meeting)
    assert told(dana) == set()


def test_a_return_date_that_moves_moves_everything_whoever_moves_it(
    met, browse_as, asha, ben, dana, dex, hr, client, as_owner
):
    write_plan(met.holder, met.meeting, hours_1="20", hours_2="30")
    _, one = adjust(met.holder, met.meeting, decides=dex, what="Wordmoving", implement_by=20, review_on=40)
    _, placed = adjust(met.holder, met.meeting, decides=dana, what="Wordstaying", implement_by=20, review_on=40)
    met.holder.post(f"/mentoring/adjustments/{placed}/in-place/")
    page = browse_as(dana).post("/reminders/calendar/open/").content.decode()
    calendar = re.search(r'value="https?://[^/]+(/reminders/calendar/[\w-]+\.ics)"', page)[1]

    def now(back: int) -> None:
        """Everything stands where a return in `back` days puts it."""
        sweep()
        due = working_days.on_or_after(days(back))
        monday = days(back) - timedelta(days=days(back).weekday())
        left = [number for number in range(7) if working_days.is_working_day(monday + timedelta(days=number))]
        if len([number for number in left if number >= days(back).weekday()]) < 3:
            monday += timedelta(weeks=1)
        shown = text_of(browse_as(dana).get(f"/mentoring/returns/{met.meeting}/"))
        assert f"Due on {day(due)}" in shown
        for begins in (monday, monday + timedelta(weeks=1)):
            assert day(begins) in shown
        as_owner.execute("select implement_by, review_on, until from mentoring_adjustment where id = %s", [one])
        assert as_owner.fetchone() == tuple(days(number + back - 14) for number in (20, 40, 84))
        as_owner.execute("select follows_until from confidential_record where id = %s", [one])
        assert as_owner.fetchone() == (days(84 + back - 14),)
        as_owner.execute("select implement_by, review_on, until from mentoring_adjustment where id = %s", [placed])
        assert as_owner.fetchone() == (days(20), days(40), days(84)), "it is in place already"
        events = Calendar.from_ical(client.get(calendar).content).walk("VEVENT")
        assert [event.decoded("DTSTART") for event in events if str(event["SUMMARY"]).endswith("meeting")] == [due]
        assert {one.due for one in reminders(kind="mentoring.return_meeting", state="open")} <= {days(back)}

    now(14)
    moved(met.absence, by=hr, expected=days(21))
    now(21)
    moved(met.absence, by=ben, expected=days(21), back_on=days(5))
    now(5)
    dates = {**a_day("first_day", met.absence.first_day), **a_day("back_on", days(28))}
    met.me.post("/my-plan/dates/", dates)
    now(28)
    with the_worker(), connection.cursor() as cursor:  # HR's feed
        cursor.execute(
            "select mentoring_change_absence(%s, %s, %s, null)", [met.absence.pk, met.absence.first_day, days(9)]
        )
    now(9)
