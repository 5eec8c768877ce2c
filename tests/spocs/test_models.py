"""What the database refuses about SPOCs, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spocs.models import Spoc

pytestmark = pytest.mark.django_db

WITHDRAWN = {
    "state": "withdrawn",
    "withdrawn_on": date(2026, 5, 1),
    "show_phone": False,
    "phone": "",
    "confirmed_on": None,
}


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("spoc_listed_by_consent", {"consented_on": None}),
        ("spoc_listed_by_consent", {"state": "invited"}),
        ("spoc_listed_by_consent", {"state": "famous"}),
        ("spoc_withdrawn_says_when", {**WITHDRAWN, "withdrawn_on": None}),
        ("spoc_withdrawn_says_when", {"withdrawn_on": date(2026, 5, 1)}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "phone": "07700 900123"}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "role_words": "Response officer"}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "rank_band": "senior"}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "gender": "woman"}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "hr_may_know": True}),
        ("spoc_withdrawn_holds_nothing", {**WITHDRAWN, "confirmed_on": date(2026, 5, 1)}),
        ("spoc_reachable", {"show_phone": False}),
        ("spoc_first_name_hides_address", {"show_mail": True}),
        ("spoc_day_or_night", {"by_day": False}),
        ("spoc_rank_band_known", {"rank_band": "gold"}),
        ("spoc_gender_known", {"gender": "gold"}),
    ],
)
def test_pairs_that_cannot_be(spoc, constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Spoc.objects.update(**values)


def test_a_profile_is_named_by_a_number_where_a_name_would_tell(spoc):
    assert str(spoc.spoc) == str(spoc.spoc.pk)
