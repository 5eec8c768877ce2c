"""What the database refuses about SPOCs, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spocs.models import Spoc
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

ENTERED = {
    "phone": "07700 900123",
    "role_words": "Response officer",
    "rank_band": "senior",
    "gender": "woman",
    "hr_may_know": True,
    "confirmed_on": date(2026, 5, 1),
    "reviewed_on": date(2026, 5, 1),
}


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("spoc_listed_by_consent", {"consented_on": None}),
        ("spoc_listed_by_consent", {"state": "invited"}),
        ("spoc_listed_by_consent", {"state": "famous"}),
        ("spoc_withdrawn_says_when", {"withdrawn_on": date(2026, 5, 1)}),
        ("spoc_reachable", {"show_phone": False}),
        ("spoc_first_name_hides_address", {"show_mail": True}),
        ("spoc_day_or_night", {"by_day": False}),
        ("spoc_rank_band_known", {"rank_band": "gold"}),
        ("spoc_gender_known", {"gender": "gold"}),
        ("spoc_sent_back_while_invited", {"sent_back": "Say less."}),
    ],
)
def test_pairs_that_cannot_be(spoc, constraint, values):
    with acting_as(spoc), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Spoc.objects.update(**values)


def test_whatever_is_written_with_it_a_withdrawn_profile_holds_nothing(spoc):
    with acting_as(spoc):
        Spoc.objects.update(state="withdrawn", **ENTERED)
        left = Spoc.objects.values(*ENTERED, "show_phone").get()
    assert set(left.values()) == {"", False, None}


def test_nobody_reviews_their_own_profile(spoc):
    with acting_as(spoc), pytest.raises(IntegrityError, match="spoc_reviewed_by_another"), transaction.atomic():
        Spoc.objects.update(reviewed_by=spoc)


def test_a_profile_is_named_by_a_number_where_a_name_would_tell(spoc):
    assert str(spoc.spoc) == str(spoc.spoc.pk)
