"""Who has far more conversations than the other champions: the rule, case by case."""

import pytest

from champions.models import Band, Tally
from champions.queries import load as queries
from wellbeing.people.models import Person

_NONE, _FEW, _SOME, _MANY, _MORE = Band.values


def lines(*bands: tuple) -> list[queries.Line]:
    return [
        queries.Line(Person(pk=number), tuple(Tally(conversations=band) if band else None for band in of))
        for number, of in enumerate(bands)
    ]


@pytest.mark.parametrize(
    ("counted", "named"),
    [
        pytest.param([(_FEW,)] * 4 + [(_MORE,)], [4], id="one of five"),
        pytest.param([(_FEW,)] * 3 + [(_MORE,)], [], id="fewer than five counted"),
        pytest.param([(_FEW,)] * 4 + [(_MORE,), (_MORE,)], [4, 5], id="two"),
        pytest.param([(_FEW,)] * 6 + [(_MORE,)] * 3, [], id="three alike: nothing sets two of them apart"),
        pytest.param(
            [(_FEW,)] * 6 + [(_MORE,), (_MANY, _MANY), (_MANY, _MANY)], [6], id="one more than two who are alike"
        ),
        pytest.param(
            [(_FEW,)] * 6 + [(_MORE, _MANY), (_MORE,), (_MANY, _MANY)], [7, 6], id="the two with most of three"
        ),
        pytest.param([(_FEW,)] * 4 + [(_MANY,)], [], id="eight conversations are not many, however few the others had"),
        pytest.param([(_NONE,)] * 4 + [(_MANY,)], [], id="nor where the others had none"),
        pytest.param([(_NONE,)] * 4 + [(_MORE,)], [4], id="twelve are"),
        pytest.param([(_SOME,)] * 6 + [(_SOME, _SOME, _SOME)], [], id="nobody stands out by counting more often"),
        pytest.param([(_MANY,)] * 4 + [(_MORE, _MORE, _MORE)], [], id="not twice the median"),
        pytest.param([(_SOME,)] * 4 + [(_MANY, _MANY, None)], [4], id="exactly twice the median"),
        pytest.param([(_MORE,)] * 9, [], id="all have many"),
        pytest.param([], [], id="nobody counted"),
    ],
)
def test_who_is_far_above_the_others(counted, named):
    assert [line.person.pk for line in queries.far_above(lines(*counted))] == named
