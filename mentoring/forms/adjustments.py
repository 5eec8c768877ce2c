"""What is asked about an adjustment of a return plan, and its errors."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

from mentoring.actions.adjustments import Asked
from mentoring.models import ReturnMeeting
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs

from .one_to_ones import KeptForm

YES, NO = "yes", "no"
SOMEBODY_ELSE = "Name somebody else to decide this."
_WEEKS = 12  # until when, where no day is typed yet


class AdjustmentForm(KeptForm):
    """One adjustment: what, until when, who decides, when it is in place and looked at again."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)
    what = forms.CharField(
        label="What is adjusted",
        help_text="What, never why. For example “no night shifts” or “a desk near the door”.",
        max_length=300,
        error_messages={"required": "Enter what is adjusted."},
    )
    until = DayMonthYearField(label="Until when", within_years=5)
    decides = PersonChoice(
        label="Who decides, by staff number",
        help_text="They are asked here, and read this one adjustment and nothing else of the plan. Your own number: "
        "it is agreed with that. The person sees who is named, and may want somebody else, so it can take some "
        "days until they are asked.",
        error_messages={"required": "Enter the staff number of who decides."},
    )
    implement_by = DayMonthYearField(label="In place by", required=False, within_years=2)
    review_on = DayMonthYearField(label="Look at it again on", required=False, within_years=3)

    def __init__(self, *args, meeting: ReturnMeeting, is_author: bool = True, initial=None, **kwargs):
        today = timezone.localdate()
        fresh = {"id": uuid.uuid4(), "replaces": 0, "until": today + timedelta(weeks=_WEEKS)}
        super().__init__(*args, initial=fresh | (initial or {}), **kwargs)
        self.meeting = meeting
        self.fields["decides"].queryset = Person.objects.listed()
        if not is_author:
            del self.fields["what"]

    def clean_until(self):
        if self.cleaned_data["until"] < timezone.localdate():
            raise forms.ValidationError("Choose a day from today on.")
        return self.cleaned_data["until"]

    def clean_decides(self):
        if self.cleaned_data["decides"].pk == self.meeting.subject_id:
            raise forms.ValidationError(SOMEBODY_ELSE)
        return self.cleaned_data["decides"]

    def clean(self):
        cleaned = super().clean()
        by, review, until = (cleaned.get(name) for name in ("implement_by", "review_on", "until"))
        if by and by < timezone.localdate():
            self.add_error("implement_by", "Choose a day from today on.")
        if by and until and by > until:
            self.add_error("implement_by", "Choose a day before it ends.")
        if review and review < (by or timezone.localdate()):
            self.add_error("review_on", "Choose a day after it is in place.")
        return cleaned

    @property
    def asked(self) -> Asked:
        cleaned = self.cleaned_data
        names = ("id", "version", "until", "decides", "implement_by", "review_on", "replaces")
        return Asked(what=cleaned.get("what"), **{name: cleaned[name] for name in names})


class DecideForm(KeptForm):
    """Whoever is asked says yes or no."""

    answer = forms.ChoiceField(
        label="What do you say?",
        choices=[(YES, "Agreed"), (NO, "Not agreed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree."},
    )
    reason = forms.CharField(
        label="Anything to add",
        help_text="If you do not agree: what could be done instead. "
        "They read it, and whoever holds their meeting. Up to 500 characters.",
        required=False,
        max_length=500,
        widget=Paragraphs({"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == NO and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say what could be done instead.")
        return cleaned
