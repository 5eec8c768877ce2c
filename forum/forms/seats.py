"""Strands, terms, and what the force has decided about its forum."""

import uuid
from copy import copy
from datetime import timedelta

from django import forms
from django.forms.models import construct_instance
from django.utils import timezone

from forum.models import Rules, Sort, Strand
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, laid_out

_YEARS = 5
_RULES = tuple(field.name for field in Rules._meta.fields if field.name != "id")
_TWO_YEARS = timedelta(days=730)


class _Tried(forms.ModelForm):
    def _post_clean(self):
        """The model's own bounds are tried on a copy: the action writes, and the instance stays as it was."""
        trial = construct_instance(self, copy(self.instance), self._meta.fields)
        try:
            trial.clean_fields(exclude=self._get_validation_exclusions())
        except forms.ValidationError as refusal:
            self._update_errors(refusal)


class StrandForm(_Tried):
    """A strand's name, what it is, and its place in the list; a division's is named by the division."""

    helper = laid_out("name", "sort", "order", button="Save the strand")

    class Meta:
        model = Strand
        fields = ("name", "sort", "order")
        help_texts = {"order": "Lower numbers stand first."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.sort == Sort.DIVISION:
            self.helper = laid_out("order", button="Save the strand")
            del self.fields["name"], self.fields["sort"]
        else:
            self.fields["name"].required = True
            self.fields["sort"].choices = [choice for choice in Sort.choices if choice[0] != Sort.DIVISION]


class SeatForm(forms.Form):
    """Who sits for a strand, and for how long."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    person = PersonChoice(label="Staff number")
    is_deputy = forms.TypedChoiceField(
        label="What they are",
        choices=[("", "Representative"), ("deputy", "Deputy")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    starts_on = DayMonthYearField(label="First day of their term", within_years=_YEARS)
    ends_on = DayMonthYearField(label="Last day of their term", within_years=_YEARS)
    helper = laid_out("key", "person", "is_deputy", "starts_on", "ends_on", button="Give them the seat")

    def __init__(self, *args, **kwargs):
        today = timezone.localdate()
        initial = {"starts_on": today, "ends_on": today + _TWO_YEARS, "is_deputy": ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day comes before the first.")
        if ends and ends < timezone.localdate():
            self.add_error("ends_on", "That term would be over already.")
        return cleaned


class EndTermForm(forms.Form):
    """The last day of a term that ends earlier, or goes on for longer."""

    last_day = DayMonthYearField(label="Last day of their term", within_years=_YEARS)
    helper = laid_out("last_day", button="Save the last day")


class RulesForm(_Tried):
    """What the force has decided about its forum."""

    helper = laid_out(*_RULES, button="Save the rules")

    class Meta:
        model = Rules
        fields = _RULES

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("agenda_opens_days"), cleaned.get("agenda_closes_days")
        if opens is not None and closes is not None and opens <= closes:
            self.add_error("agenda_closes_days", "The agenda closes after it opens: enter fewer days than above.")
        return cleaned
