"""What the database refuses, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from champions.models import Champion, Coverage, Rules
from tests.factories.champions import champion_at

pytestmark = pytest.mark.django_db


def refuses(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def written(champion, **values):
    with transaction.atomic():
        Champion.objects.filter(pk=champion.champion.pk).update(**values)


def test_a_station_has_one_lead(champion, station):
    other = champion_at(station)
    with refuses("one_lead_per_station"), transaction.atomic():
        other.coverage.update(is_lead=True)


def test_a_former_lead_stands_in_nobodys_way(champion, station):
    champion.champion.coverage.update(ended_at=timezone.now(), ended_because="left")
    other = champion_at(station)
    other.coverage.update(is_lead=True)
    assert Coverage.objects.filter(station=station, is_lead=True).count() == 2


def test_a_champion_covers_a_station_once(champion, station):
    with refuses("coverage_once"), transaction.atomic():
        Coverage.objects.create(champion=champion.champion, station=station)


def test_somebody_is_a_champion_once(champion):
    with refuses("person_id"), transaction.atomic():
        Champion.objects.create(person=champion, serving_since=date(2026, 1, 1))


def test_coverage_ends_for_a_reason(champion):
    with refuses("coverage_ends_for_a_reason"), transaction.atomic():
        champion.champion.coverage.update(ended_at=timezone.now())
    with refuses("coverage_ends_for_a_reason"), transaction.atomic():
        champion.champion.coverage.update(ended_because="moved")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("champion_state_known", {"state": "tired"}),
        ("champion_reachable", {"show_phone": False, "show_text": False, "show_mail": False}),
        ("champion_day_or_night", {"by_day": False, "by_night": False}),
        ("champion_away_says_when", {"state": "away"}),
        ("champion_dates_only_when_away", {"away_from": date(2026, 1, 1), "away_until": date(2026, 1, 2)}),
        ("champion_away_has_both_dates", {"state": "away", "away_from": date(2026, 1, 1)}),
        (
            "champion_back_after_going",
            {"state": "away", "away_from": date(2026, 1, 2), "away_until": date(2026, 1, 1)},
        ),
        ("champion_left_from_a_state", {"state_before_leaving": "active"}),
        ("champion_left_from_a_state", {"state": "stepped_down", "state_before_leaving": "stepped_down"}),
        ("champion_refresher_after_training", {"refresher_due": date(2026, 1, 1)}),
        ("champion_refresher_after_training", {"trained_on": date(2026, 1, 1), "refresher_due": date(2026, 1, 1)}),
    ],
)
def test_pairs_that_cannot_be(champion, constraint, values):
    with refuses(constraint):
        written(champion, **values)


def test_nobody_covers_for_themselves(champion):
    away = {"state": "away", "away_from": date(2026, 1, 1), "away_until": date(2026, 1, 2)}
    with refuses("champion_does_not_cover_themselves"):
        written(champion, cover=champion.champion, **away)


def test_a_cover_is_for_somebody_who_is_away(champion, station):
    with refuses("champion_away_has_both_dates"):
        written(champion, cover=champion_at(station))


def test_there_is_one_set_of_rules():
    with refuses("only_one_set_of_rules"), transaction.atomic():
        Rules.objects.create(pk=2)


def test_training_holds_for_a_month_at_least():
    with refuses("refresher_after_a_month_or_more"), transaction.atomic():
        Rules.objects.create(pk=1, refresher_months=0)
