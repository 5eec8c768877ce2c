"""What may be chosen never tells fewer than five of those who show only a first name."""

from collections import Counter, defaultdict
from itertools import product
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from spocs.models import Spoc
from spocs.queries.narrowing import FEWEST, narrow
from wellbeing.people.models import Person, Station

GENDERS, BANDS, KINDS, DIVISIONS = ("", "woman", "man"), ("", "front_line"), ("officer", "staff"), (1, 2, None)
CHOICES = {
    "gender": (None, "woman", "man"),
    "rank_band": (None, "front_line"),
    "employment_type": (None, "officer", "staff"),
    "division": (None, 1, 2),
    "by_night": (None, True),
}
ASKED = [
    {name: value for name, value in zip(CHOICES, values, strict=True) if value is not None}
    for values in product(*CHOICES.values())
]


def a_spoc(number, gender="", band="", kind="officer", division=1, *, by_night=False, first_name_only=True) -> Spoc:
    station = Station(division_id=division) if division else None
    person = Person(known_as="Kim", last_name="Hale", employment_type=kind, station=station)
    return Spoc(
        id=UUID(int=number),
        person=person,
        gender=gender,
        rank_band=band,
        by_night=by_night,
        first_name_only=first_name_only,
    )


populations = st.lists(
    st.tuples(*map(st.sampled_from, (GENDERS, BANDS, KINDS, DIVISIONS)), st.booleans(), st.booleans(), st.booleans()),
    max_size=60,
).map(
    lambda people: [
        (a_spoc(number, *facts, by_night=by_night, first_name_only=first), of_topic)
        for number, (*facts, by_night, first, of_topic) in enumerate(people)
    ]
)


def where_each_stands(spocs, everyone) -> dict[UUID, str]:
    """For each who shows a first name only: under which heading of the answer to every possible question they stand."""
    seen = {spoc.pk: "" for spoc in spocs if spoc.first_name_only}
    for asked in ASKED:
        found = narrow(spocs, everyone=everyone, asked=asked)
        fit, also = ({spoc.pk for spoc in some} for some in (found.fit, found.also))
        for key in seen:
            seen[key] += "f" if key in fit else "a" if key in also else "-"
    return seen


@given(populations)
@settings(max_examples=40)
def test_whatever_is_chosen_tells_five_from_the_others_or_nobody(population):
    """All questions put together: whoever stands where another stands in every answer cannot be told from them."""
    everyone, of_topic = [spoc for spoc, _ in population], [spoc for spoc, chosen in population if chosen]
    alike = Counter(where_each_stands(of_topic, everyone).values())
    assert len(alike) <= 1 or min(alike.values()) >= FEWEST


@given(populations)
@settings(max_examples=40)
def test_two_lists_put_together_tell_no_fact_of_fewer_than_five(population):
    """What a list tells of somebody is told, whole, of four others at least among all who are listed."""
    everyone, of_topic = [spoc for spoc, _ in population], [spoc for spoc, chosen in population if chosen]
    known = defaultdict(set)
    for spocs in (everyone, of_topic):
        for name, value in (("division", 1), ("division", 2), ("employment_type", "staff")):
            for spoc in narrow(spocs, everyone=everyone, asked={name: value}).fit:
                if spoc.first_name_only:
                    known[spoc.pk].add((name, value))
    for facts in known.values():
        assert sum(facts <= others for others in known.values()) >= FEWEST


def test_a_full_name_is_found_by_every_fact_and_by_no_other():
    named = [a_spoc(1, "woman", first_name_only=False), a_spoc(2, "man", first_name_only=False)]
    found = narrow(named, everyone=named, asked={"gender": "woman", "division": 1})
    assert (found.fit, found.also) == (named[:1], [])


def test_four_women_stay_beside_those_who_fit_and_five_are_found():
    four = [a_spoc(number, "woman") for number in range(4)]
    men = [a_spoc(number, "man") for number in range(10, 16)]
    found = narrow(four + men, everyone=four + men, asked={"gender": "woman"})
    assert (found.fit, found.also) == ([], four + men)
    five = [*four, a_spoc(5, "woman")]
    found = narrow(five + men, everyone=five + men, asked={"gender": "woman"})
    assert (found.fit, found.also) == (five, [])


def test_nobody_is_found_by_a_fact_in_a_topic_with_fewer_than_five():
    everyone = [a_spoc(number, "woman") for number in range(20)]
    found = narrow(everyone[:4], everyone=everyone, asked={"gender": "man"})
    assert (found.fit, found.also) == ([], everyone[:4])
