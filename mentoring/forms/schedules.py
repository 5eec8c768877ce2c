"""What is asked about when 1-1s are due, and its errors."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, laid_out

LONGEST_ACTING = 92  # days, as the database has it


class ScheduleForm(forms.Form):
    """One person's schedule."""

    next_due = DayMonthYearField(
        within_years=2, label="Next 1-1 due", help_text="A weekend or bank holiday moves to the next working day."
    )
    every_weeks = forms.IntegerField(
        label="A 1-1 every … weeks",
        min_value=1,
        max_value=52,
        required=False,
        error_messages={
            "invalid": "Enter a number of weeks, from 1 to 52.",
            "min_value": "Enter 1 week or more.",
            "max_value": "Enter 52 weeks or fewer.",
        },
    )
    rests_until = DayMonthYearField(
        within_years=2,
        label="Rest until",
        required=False,
        help_text="The last day of a pause, for instance while they are away. No reason is asked or kept. "
        "Empty: no pause.",
    )

    def __init__(self, *args, force_weeks: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["every_weeks"].help_text = f"Empty: every {force_weeks} weeks, as the force has it."
        self.helper = laid_out("next_due", "every_weeks", "rests_until", button="Save the schedule")


class AllForm(forms.Form):
    """Everybody's schedule at once."""

    every_weeks = forms.IntegerField(
        label="A 1-1 every … weeks",
        min_value=1,
        max_value=52,
        required=False,
        help_text="Empty: leave each as it is.",
        error_messages=ScheduleForm.base_fields["every_weeks"].error_messages,
    )
    shift_days = forms.IntegerField(
        label="Shift every next date by … days",
        min_value=-60,
        max_value=180,
        required=False,
        help_text="For example 7 for a week later, -7 for a week earlier. Empty: no shift.",
        error_messages={
            "invalid": "Enter a number of days, for example 7.",
            "min_value": "Enter -60 days or more.",
            "max_value": "Enter 180 days or fewer.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("every_weeks", "shift_days", button="Change all of them")

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("every_weeks") and not cleaned.get("shift_days"):
            self.add_error("every_weeks", "Enter how often, or by how many days to shift, or both.")
        return cleaned


class ActingForm(forms.Form):
    """Who acts for a line manager while they are away."""

    person = PersonChoice(label="Staff number of who acts for you", help_text="")
    first_day = DayMonthYearField(label="First day")
    last_day = DayMonthYearField(label="Last day", help_text="At most three months.")

    def __init__(self, *args, manager: Person, **kwargs):
        self.manager = manager
        kwargs.setdefault("initial", {"first_day": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()
        self.helper = laid_out("person", "first_day", "last_day", button="Let them see the dates")

    def clean_person(self):
        if self.cleaned_data["person"] == self.manager:
            raise forms.ValidationError("That is your own number: name somebody else.")
        return self.cleaned_data["person"]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if last and last < timezone.localdate():
            self.add_error("last_day", "The last day must be today or later.")
        elif first and last and last < first:
            self.add_error("last_day", "The last day must be on or after the first.")
        elif first and last and last - max(first, timezone.localdate()) > timedelta(days=LONGEST_ACTING - 2):
            self.add_error("last_day", "Choose three months or fewer.")
        return cleaned
