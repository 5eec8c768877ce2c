"""Away a second time: what was arranged for the first return opens and changes nothing of the second."""

import uuid

import pytest
from django.db import DatabaseError, connection

from tests.databases import the_worker
from tests.mentoring.absent import called, holder, is_away, truth
from tests.mentoring.away import chosen, days
from tests.mentoring.returning import PLAN, adjust, away, choose, hold, meeting_of, write_own, write_plan
from wellbeing.confidential import retention
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def rows(sql: str, *values, by) -> list:
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_whoever_held_the_last_return_reads_and_ends_nothing_when_the_person_is_away_again(
    browse_as, asha, ben, hr, chidi, superuser
):
    first, me = is_away(asha, since=200), browse_as(asha)
    called("mentoring_change_absence(%s, %s, null, %s)", first, days(-200), days(-100), by=hr)
    choose(me, person=ben)
    past = meeting_of(browse_as(ben))
    assert called("mentoring_hold_return(%s, %s)", past, days(-99), by=ben)
    ((ends,),) = truth("select ends::date from confidential_carelink where why = 'return_to_work'")
    assert ends == days(-99 + 183)

    is_away(asha, since=60)
    chosen(me, chidi)
    write_own(me, agreed="Wordafresh")
    assert rows("select kind from confidential_record where kind = 'return_plan'", by=ben) == []
    assert rows("select text from mentoring_returnplan", by=ben) == []
    browse_as(ben).post(f"/mentoring/returns/{past}/held/")
    assert not called("mentoring_hold_return(%s, %s)", past, days(-98), by=ben)
    assert holder(asha) == (chidi.pk, "keeps_contact")

    choose(me, person=superuser)
    meeting = meeting_of(browse_as(superuser))
    assert rows("select meeting_id from mentoring_returnplan", by=superuser) == [(meeting,)]
    assert meeting != past
    assert "Not agreed yet" in me.get(PLAN).content.decode()


def test_the_line_manager_puts_nothing_into_the_plan_of_others_and_ends_nothing_of_it(browse_as, asha, ben, chidi, dpo):
    is_away(asha, since=60)
    choose(browse_as(asha), person=chidi)
    client = browse_as(chidi)
    meeting = meeting_of(client)
    _, theirs = adjust(client, meeting, decides=chidi)
    for name, value in (("meeting_id", meeting), ("decides_id", ben.pk)):
        with pytest.raises(DatabaseError, match="row-level security"):
            rows(
                f"insert into mentoring_adjustment (id, {name}, subject_id, agreed_on, until, made_at, decision)"
                " values (%s, %s, %s, current_date, current_date, now(), 'agreed') returning id",
                *(uuid.uuid4(), value, asha.pk),
                by=ben,
            )
    manager = browse_as(ben)
    assert (
        f"/mentoring/adjustments/{theirs}/end/"
        not in manager.get(f"/mentoring/adjustments/of/{asha.pk}/").content.decode()
    )
    assert manager.post(f"/mentoring/adjustments/{theirs}/end/").status_code == 404
    for person, may in ((ben, False), (dpo, False), (asha, True)):
        assert called("mentoring_end_adjustment(%s)", theirs, by=person) is may
    mine = uuid.uuid4()
    truth("insert into mentoring_adjustment (id, subject_id, agreed_on, until, made_at, decision)"
          " values (%s, %s, current_date, current_date, now(), 'agreed')", mine, asha.pk)  # fmt: skip
    for person, may in ((chidi, False), (asha, False), (ben, True)):
        assert called("mentoring_end_adjustment(%s)", mine, by=person) is may


def test_what_is_past_its_period_goes_with_its_absence(browse_as, asha, ben, chidi, as_owner):
    absence = away(asha, by=ben, back_in=0)
    choose(browse_as(asha), person=chidi)
    holder = browse_as(chidi)
    write_plan(holder, meeting_of(holder), hours_1="20")
    hold(holder, meeting_of(holder))
    as_owner.execute(
        "update mentoring_absence set first_day = first_day - 900, back_on = london_today() - 800 where id = %s",
        [absence.pk],
    )
    as_owner.execute(
        "delete from mentoring_contactplan; update confidential_record set made_at = made_at - interval '900 days'"
    )
    with acting_as(None):
        retention.set_periods(by=None, records_months=6)
    with the_worker():
        assert retention.purge()["absences without a record"] == 1
    for table in ("absence", "returnmeeting", "returnplan", "phasedweek"):
        as_owner.execute(f"select count(*) from mentoring_{table}")
        assert as_owner.fetchone() == (0,), table
