"""What is asked about an absence, and its errors: dates, never a reason."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

from mentoring.models import Absence
from wellbeing.web.forms import DayMonthYearField, laid_out

LONG_AGO, AHEAD = timedelta(days=2 * 365), timedelta(days=365)


class _Dates(forms.Form):
    first_day = DayMonthYearField(label="First day away")
    expected_back = DayMonthYearField(
        label="Expected back", required=False, within_years=3, help_text="As far as it is known. Empty: not known yet."
    )

    def clean_first_day(self):
        first_day, today = self.cleaned_data["first_day"], timezone.localdate()
        if not today - LONG_AGO <= first_day <= today + AHEAD:
            raise forms.ValidationError("Choose a day within the last two years or the next one.")
        return first_day

    def clean(self):
        cleaned = super().clean()
        first_day = cleaned.get("first_day")
        for name in ("expected_back", "back_on"):
            if first_day and cleaned.get(name) and cleaned[name] <= first_day:
                self.add_error(name, "This day must be after the first day away.")
        return cleaned


class StartForm(_Dates):
    """Somebody is away, or will be."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, button: str, **kwargs):
        kwargs.setdefault("initial", {"id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.helper = laid_out("id", "first_day", "expected_back", button=button)


class DatesForm(_Dates):
    """The dates of an absence that is there."""

    back_on = DayMonthYearField(
        label="First day back",
        required=False,
        within_years=3,
        help_text="Once it is certain. Empty: not known yet, or not back after all.",
    )

    def __init__(self, *args, absence: Absence, **kwargs):
        names = ("first_day", "expected_back", "back_on")
        kwargs.setdefault("initial", {name: getattr(absence, name) for name in names})
        super().__init__(*args, **kwargs)
        self.helper = laid_out(*names, button="Save the dates")
