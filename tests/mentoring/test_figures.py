"""The wellbeing lead's figures: from many people and of nobody, made in the database, once, and for the lead alone."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring import tasks
from mentoring.actions import figures as actions
from mentoring.models import Figure
from tests.databases import as_superuser, the_worker
from tests.factories.people import DivisionFactory, StationFactory
from wellbeing.people import actions as people
from wellbeing.people.models import EmploymentType, Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/mentoring/figures/"
OTHERS = (
    *("asha", "ben", "chidi", "hr", "coordinator", "secretary", "guardian", "dpo", "technical_admin", "superuser"),
    "welfare_mentor",
)
QUARTER = actions.quarters_before(timezone.localdate())[2]  # over for long, whatever the day
LAST = actions.quarter_of(QUARTER + timedelta(days=95)) - timedelta(days=1)
AWAY = """
with made as (
    insert into mentoring_absence (id, subject_id, first_day, back_on, made_at)
    values (gen_random_uuid(), %(subject)s, %(first)s, %(back)s, now()) returning id, subject_id
)
insert into mentoring_contactplan (absence_id, subject_id, kept_by, channels, every_days, unanswered, agreed_on,
                                   first_contact_on, first_paused_on)
select id, subject_id, %(kept_by)s, '{phone}', 14, 0, %(agreed)s, %(contacted)s, %(paused)s from made
"""

MET = """
insert into mentoring_returnmeeting (id, absence_id, subject_id, held_on, duty, made_at)
select gen_random_uuid(), id, subject_id, %s, 'none', now() from mentoring_absence where subject_id = %s
"""


def staff(name: str, number: int) -> list[Person]:
    """So many people of a division called `name`."""
    station = StationFactory(division=DivisionFactory(name=name))
    first = Person.objects.count() + 600_000
    new = [
        Person(staff_number=str(n), known_as=f"K{n}", last_name="L", email=f"k{n}@force.example", station=station,
               employment_type=EmploymentType.OFFICER)
        for n in range(first, first + number)
    ]  # fmt: skip
    return people.save_people(by=None, new=new) or new


def away(cursor, persons, *, first=QUARTER - timedelta(days=10), met: int = 0, **more) -> None:
    """These people are away from `first` on; the first `met` of them were reached on the tenth day."""
    for number, person in enumerate(persons):
        said = {"kept_by": "line_manager", "back": None, "agreed": None, "paused": None, "contacted": None}
        said["contacted"] = first + timedelta(days=9) if number < met else None
        cursor.execute(AWAY, said | {"subject": person.pk, "first": first} | more)


def counted(cursor, what: str, quarter: date = QUARTER) -> dict:
    """The true counts by division, which nobody but a superuser can ask for."""
    last = actions.quarter_of(quarter + timedelta(days=95)) - timedelta(days=1)
    cursor.execute("select what, division, whole, met from mentoring_count(%s, %s, '{}')", [quarter, last])
    return {division: (whole, met) for name, division, whole, met in cursor.fetchall() if name == what}


def publish(lead) -> int:
    with acting_as(lead):
        return actions.publish()


def shown(lead, what="contacted") -> dict:
    with acting_as(lead):
        rows = Figure.objects.filter(quarter=QUARTER, what=what)
        return {row.division or row.scope: (row.band, row.about, row.share) for row in rows}


@pytest.fixture
def superuser_sql():
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        yield cursor


# --- What counts ----------------------------------------------------------------------------------


def test_counted_is_whoever_is_still_away_on_day_28_of_which_a_pause_or_a_contact_by_then_is_met(superuser_sql, db):
    day_1, day_28, day_29 = QUARTER, QUARTER + timedelta(days=27), QUARTER + timedelta(days=28)
    cases = [
        {"contacted": day_28},  # met
        {"contacted": day_29},
        {"paused": day_28},  # met
        {"paused": day_29},
        {},
        {"back": day_29, "contacted": day_1},  # met: back on the day after
        {"back": day_28, "contacted": day_1},  # not counted
        {"first": QUARTER - timedelta(days=28)},  # day 28 was in the quarter before
    ]
    for person, case in zip(staff("North", len(cases)), cases, strict=True):
        away(superuser_sql, [person], **({"first": day_1} | case))

    assert counted(superuser_sql, "contacted") == {"North": (6, 3)}


def test_a_plan_is_in_place_once_it_was_agreed_or_the_person_has_chosen(superuser_sql, db):
    after = LAST + timedelta(days=1)
    cases = [{"agreed": LAST}, {"agreed": after}, {"paused": LAST}, {"paused": after}, {"kept_by": "mentor"}, {}]
    for person, case in zip(staff("North", len(cases)), cases, strict=True):
        away(superuser_sql, [person], **case)

    assert counted(superuser_sql, "planned") == {"North": (6, 3)}


def test_a_return_is_met_within_two_working_days_bank_holidays_left_out(superuser_sql, db):
    back = date(2025, 12, 24)  # a Wednesday; Thursday and Friday are bank holidays
    held = [back - timedelta(days=1), back, date(2025, 12, 30), date(2025, 12, 31), None]
    for person, day in zip(staff("North", len(held)), held, strict=True):
        away(superuser_sql, [person], first=date(2025, 11, 1), back=back)
        superuser_sql.execute(MET, [day, person.pk])
    superuser_sql.execute(
        "select whole, met from mentoring_count('2025-10-01', '2025-12-31', '{2025-12-25,2025-12-26}')"
        " where what = 'returned'"
    )

    assert superuser_sql.fetchone() == (5, 3)


def test_a_holiday_that_is_no_day_makes_no_return_met_and_is_refused(superuser_sql, lead):
    superuser_sql.execute("select mentoring_working_days('2025-12-01', '2025-12-31', '{NULL}')")
    assert superuser_sql.fetchone() == (22,)

    away(superuser_sql, staff("North", 20))
    with acting_as(lead), connection.cursor() as cursor:
        cursor.execute("select mentoring_publish_figures(%s, '{NULL}')", [QUARTER])
        assert cursor.fetchone() == (0,)


def test_somebody_away_twice_in_a_quarter_counts_once(superuser_sql, db):
    (person,) = staff("North", 1)
    away(superuser_sql, [person], first=QUARTER - timedelta(days=27), back=QUARTER + timedelta(days=1))
    away(superuser_sql, [person], first=QUARTER + timedelta(days=2), met=1)

    assert counted(superuser_sql, "contacted") == {"North": (1, 0)}


def test_who_had_left_by_day_28_does_not_count(superuser_sql, db):
    persons = staff("North", 2)
    away(superuser_sql, persons)
    superuser_sql.execute('update people_person set "left" = %s where id = %s', [QUARTER, persons[0].pk])

    assert counted(superuser_sql, "contacted") == {"North": (1, 0)}


# --- What is shown --------------------------------------------------------------------------------


def test_many_people_give_a_share_close_to_the_truth_in_steps_of_five(superuser_sql, lead):
    away(superuser_sql, staff("North", 400), met=300)
    publish(lead)

    band, about, share = shown(lead)["North"]
    assert (band, about % 5, share % 5) == ("share", 0, 0)
    assert abs(about - 400) <= 40
    assert share in (70, 75, 80)


def test_a_small_division_is_hidden_and_no_total_gives_it_away(superuser_sql, lead):
    for name, number in (("North", 60), ("South", 60), ("East", 4)):
        away(superuser_sql, staff(name, number), met=number // 2)
    publish(lead)

    cells = shown(lead)
    assert cells["East"] == ("hidden", None, None)
    assert "others" not in cells  # four are too few together as well
    assert cells["force"][1] <= 120 + 2 * 20 + 5  # of the two that are shown, whatever chance has added


def test_several_small_divisions_are_shown_together(superuser_sql, lead):
    for name, number in (("North", 60), ("South", 4), ("East", 4), ("West", 4), ("Mid", 4), ("Far", 4), ("Near", 4)):
        away(superuser_sql, staff(name, number), met=number)
    superuser_sql.execute("create or replace function mentoring_chance() returns integer language sql as 'select 0'")
    publish(lead)

    cells = shown(lead)
    assert cells["others"] == ("most", 25, None)
    assert {cells[name] for name in ("South", "East", "West", "Mid", "Far", "Near")} == {("hidden", None, None)}
    assert cells["force"] == ("most", 85, None)


@pytest.mark.parametrize(
    ("whole", "met", "cell"),
    [
        (10, 0, ("few", 10, None)),
        (10, 4, ("few", 10, None)),
        (10, 5, ("share", 10, 50)),
        (10, 6, ("most", 10, None)),
        (400, 396, ("most", 400, None)),
        (400, 395, ("share", 400, 95)),
        (400, 5, ("share", 400, 5)),
        (23, 12, ("share", 25, 50)),
    ],
)
def test_few_and_all_but_few_are_said_so_and_everything_else_in_fives(superuser_sql, db, whole, met, cell):
    superuser_sql.execute("select * from mentoring_shown(%s, %s)", [whole, met])

    assert superuser_sql.fetchone() == cell


def test_a_published_quarter_is_never_made_again(superuser_sql, lead):
    away(superuser_sql, staff("North", 60), met=30)
    assert publish(lead) > 0
    before = shown(lead), shown(lead, "planned")
    away(superuser_sql, staff("North", 60), met=60)

    with the_worker():
        tasks.publish_figures()
    assert publish(lead) == 0
    assert (shown(lead), shown(lead, "planned")) == before


def test_a_quarter_that_runs_or_has_just_ended_is_not_published(superuser_sql, lead):
    running = actions.quarter_of(timezone.localdate())
    persons = staff("North", 60)
    away(superuser_sql, persons, first=running - timedelta(days=10))

    assert publish(lead) == 0
    with acting_as(lead), connection.cursor() as cursor:
        for day in (running, QUARTER + timedelta(days=1), date(2001, 1, 1)):
            cursor.execute("select mentoring_publish_figures(%s, '{}')", [day])
            assert cursor.fetchone() == (0,)


# --- Nobody can be told from it -------------------------------------------------------------------

TIMES = 300
# Publishes the same quarter many times over, as nobody can, and says how often each outcome came.
AGAIN = f"""
create temporary table seen (outcome text);
do $$ begin
    for i in 1 .. {TIMES} loop
        delete from mentoring_figure;
        perform mentoring_publish_figures('{QUARTER}', '{{}}');
        insert into seen select string_agg(concat(what, scope, division, band, about, share), ' ' order by id)
        from (select *, what || scope || division as id from mentoring_figure where what = 'contacted') f
            (key, quarter, what, scope, division, band, about, share, id);
    end loop;
end $$;
select outcome, count(*) from seen group by outcome;
"""


def outcomes(cursor, lead) -> Counter:
    cursor.execute("select set_config('app.person', %s, false)", [str(lead.pk)])
    cursor.execute(AGAIN)
    found = Counter(dict(cursor.fetchall()))
    cursor.execute("drop table seen; delete from mentoring_figure")
    return found


def guessed_rightly(cursor, lead, person) -> float:
    """How often somebody is right who knows of everybody else, and has seen what comes of either answer."""
    samples = []
    for day in (None, QUARTER):
        cursor.execute("update mentoring_contactplan set first_contact_on = %s where subject_id = %s", [day, person.pk])
        samples.append([outcomes(cursor, lead), outcomes(cursor, lead)])
    (learnt_no, no), (learnt_yes, yes) = samples
    right = sum(number for outcome, number in no.items() if learnt_no[outcome] >= learnt_yes[outcome])
    right += sum(number for outcome, number in yes.items() if learnt_yes[outcome] > learnt_no[outcome])
    return right / (2 * TIMES)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_knows_of_everybody_but_one_cannot_tell_about_the_one(superuser_sql, lead, seed):
    """The odds change by a factor of two at most, so that the best of guessers is right two times in three."""
    rng = Random(seed)  # noqa: S311 - invents a force, keeps no secret
    for name in ("North", "South", "East")[: rng.randint(1, 3)]:
        number = rng.randint(8, 24)
        away(superuser_sql, persons := staff(name, number), met=rng.randint(4, number - 4))
    one = persons[-1]

    assert guessed_rightly(superuser_sql, lead, one) < 0.76  # two in three, and what so few throws may add


def test_without_chance_they_could(superuser_sql, lead):
    superuser_sql.execute("create or replace function mentoring_chance() returns integer language sql as 'select 0'")
    away(superuser_sql, persons := staff("North", 20), met=10)

    assert guessed_rightly(superuser_sql, lead, persons[-1]) == 1


def test_chance_is_even_handed_and_each_step_half_as_likely_as_the_one_before(superuser_sql, db):
    superuser_sql.execute("select mentoring_chance(), count(*) from generate_series(1, 60000) group by 1")
    thrown = dict(superuser_sql.fetchall())

    for number in range(-4, 5):
        expected = 60000 / 3 / 2 ** abs(number)
        assert abs(thrown[number] - expected) < 6 * expected**0.5
    assert min(thrown) < -8
    assert max(thrown) > 8


# --- For whom -------------------------------------------------------------------------------------


def test_nobody_but_the_lead_sees_or_makes_a_figure_not_even_by_raw_sql(request, superuser_sql, lead, browse_as):
    away(superuser_sql, staff("North", 60), met=30)
    everybody = [request.getfixturevalue(who) for who in OTHERS]
    for person in [*everybody, None]:
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("select mentoring_publish_figures(%s, '{}')", [QUARTER])
            assert cursor.fetchone() == (0,), person
    publish(lead)
    for person in [*everybody, None]:
        assert person is None or browse_as(person).get(PAGE).status_code == 404, person
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("select count(*) from mentoring_figure")
            assert cursor.fetchone() == (0,), person


@pytest.mark.parametrize(
    "sql",
    [
        "select * from mentoring_count('2026-01-01', '2026-03-31', '{}')",
        "select mentoring_chance()",
        "delete from mentoring_figure",
        "insert into mentoring_figure (quarter) values ('2026-01-01')",
        "update mentoring_figure set about = 50",
    ],
)
def test_neither_the_lead_nor_the_worker_gets_at_what_is_behind_the_figures_or_changes_them(lead, sql):
    with pytest.raises(ProgrammingError), acting_as(lead), connection.cursor() as cursor:
        cursor.execute(sql)
    with the_worker(), pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_lead_reads_charts_with_tables_by_division_and_quarter(superuser_sql, lead, browse_as):
    for name, number in (("North", 60), ("South", 4)):
        away(superuser_sql, staff(name, number), met=number)
    with the_worker():
        tasks.publish_figures()

    page = browse_as(lead).get(PAGE).content.decode()
    assert page.count("figures__chart") == page.count("<table") == 2
    assert "Nearly all" in page
    assert page.count('href="#figure-') == page.count('id="figure-') == 2
    assert "Too few people to show by themselves: South." in page
    assert "Station" not in page
    narrowed = browse_as(lead).get(f"{PAGE}?division=south&station=1&manager=1&quarter=2026-07-01").content.decode()
    assert narrowed.count("<td") == page.count("<td")


def test_before_anything_is_published_the_page_says_when_it_will_be(lead, browse_as):
    assert "Nothing is published yet." in browse_as(lead).get(PAGE).content.decode()


def test_the_page_takes_the_same_number_of_queries_for_one_division_and_for_three(superuser_sql, lead, browse_as):
    client, asked = browse_as(lead), []
    for names in (["North"], ["North"], ["South", "East", "West"]):  # the first time warms the caches
        for name in names:
            away(superuser_sql, staff(name, 60), met=30)
        superuser_sql.execute("delete from mentoring_figure")
        publish(lead)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))

    assert asked[1] == asked[2]
