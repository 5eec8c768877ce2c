"""What the lead is asked in an emergency, and its errors."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

from wellbeing.confidential.models import BreakGlass
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out

LONGEST_DELAY = 90  # days


class AskForm(forms.Form):
    """Whose records, why, and whether telling them must wait."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    person = PersonChoice(label="Staff number of whom it is about", help_text="")
    reason = forms.CharField(
        label="What is at stake, and why nothing less will do",
        help_text="The guardian and the data protection officer read this, and so does the person. "
        "Name no diagnosis and no medicine. Up to 300 characters.",
        max_length=300,
        error_messages={"required": "Say what is at stake."},
        widget=Paragraphs({"rows": 4}),
    )
    delay = forms.ChoiceField(
        label="When may they be told?",
        choices=BreakGlass.Delay.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Telling them later needs one of these grounds, a separate approval, and a day on which it is done.",
    )
    delay_until = DayMonthYearField(label="Tell them on", required=False)

    def __init__(self, *args, by: Person, **kwargs):
        self.by = by
        super().__init__(*args, initial={"key": uuid.uuid4(), "delay": ""}, **kwargs)
        self.fields["person"].queryset = Person.objects.current()
        self.helper = laid_out("key", "person", "reason", "delay", "delay_until", button="Ask the guardian")
        self.helper.form_action = "break_glass:ask"

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise forms.ValidationError("That is your own number. What is about you is open to you under “My data”.")
        return self.cleaned_data["person"]

    def clean(self):
        cleaned = super().clean()
        day, today = cleaned.get("delay_until"), timezone.localdate()
        if not cleaned.get("delay"):
            if day:
                self.add_error("delay", "Choose a ground for telling them later, or leave the day empty.")
        elif "delay_until" not in self.errors:
            if not day:
                self.add_error("delay_until", "Enter the day on which they are told.")
            elif not today < day <= today + timedelta(days=LONGEST_DELAY):
                self.add_error("delay_until", f"Choose a day from tomorrow on, at most {LONGEST_DELAY} days away.")
        return cleaned
