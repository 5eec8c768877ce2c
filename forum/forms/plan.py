"""Commitments, how they stand, and the chief officers who sponsor them."""

import uuid
from decimal import Decimal

from django import forms
from django.utils import timezone

from forum.models import Closed, Commitment, Sponsor, Word
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Division, Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out

_YEARS = 10
_COMMITMENT = (
    *("area", "division", "origin", "text", "baseline", "target", "due", "unit", "baseline_value", "baseline_on"),
    *("target_value", "owner", "owner_office", "sponsor", "evidence", "measure_months"),
)
_SMALL = "Never a number about fewer than five people: whoever knows them would recognise them."
_MEASUREMENT = ("day", "value", "word", "note")


class _Number(forms.DecimalField):
    def __init__(self, **options):
        super().__init__(max_digits=9, decimal_places=1, min_value=Decimal(0), required=False, **options)
        self.widget = forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-5"})


class CommitmentForm(forms.ModelForm):
    """A commitment: what, from where to where, until when, and whose it is."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    due = DayMonthYearField(label="Target date", required=False, within_years=_YEARS)
    baseline_on = DayMonthYearField(label="Day of that number", required=False)
    baseline_value = _Number(label="Number then", help_text=_SMALL)
    target_value = _Number(label="Number to reach")
    measure_months = forms.IntegerField(
        label="Months between measurements", min_value=1, max_value=24, initial=3, help_text="Three: every quarter."
    )
    owner = PersonChoice(
        label="Owner on the roster", required=False, help_text="Their staff number. They are asked to measure it."
    )

    class Meta:
        model = Commitment
        fields = _COMMITMENT
        labels = {
            "division": "Whose commitment it is",
            "text": "What the force commits to",
            "owner_office": "Or an office that owns it",
            "sponsor": "Sponsoring chief officer",
        }
        help_texts = {
            "text": "One sentence that a colleague understands without knowing the plan.",
            "baseline": "In words, for example “No line manager was trained”.",
            "target": "In words, for example “Every line manager is trained”.",
            "unit": "For example “% of line managers”, or “days until a first appointment”. Empty without numbers.",
            "owner_office": "For example “Head of Occupational Health”; nobody’s name.",
            "evidence": "Short. “- ” before a point, “[words](https://www.example.org/)” for a link. Names nobody.",
        }
        error_messages = {"text": {"required": "Say what the force commits to."}}
        widgets = {
            "text": Paragraphs({"rows": 3}),
            "baseline": Paragraphs({"rows": 2}),
            "target": Paragraphs({"rows": 2}),
            "evidence": Paragraphs({"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("key", *_COMMITMENT, button="Save the commitment")
        self.fields["owner"].queryset = Person.objects.listed()
        if not self.instance.owned_by:
            self.initial["owner"] = None  # who has left, or stands in no list, is not named here either
        self.fields["division"].queryset = Division.objects.order_by("name")
        self.fields["division"].empty_label = "The whole force’s"
        self.fields["sponsor"].empty_label = "Nobody"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("owner") and cleaned.get("owner_office"):
            self.add_error("owner_office", "Give one owner: somebody on the roster, or an office.")
        if cleaned.get("baseline_value") is not None and not cleaned.get("baseline_on"):
            self.add_error("baseline_on", "Enter the day of the number.")
        if not cleaned.get("unit") and any(
            cleaned.get(name) is not None for name in ("baseline_value", "target_value")
        ):
            self.add_error("unit", "Say what the numbers count.")
        return cleaned

    def _post_clean(self):
        """The action writes; the form leaves the instance as it was."""

    def values(self) -> dict:
        """What the action writes, without the key."""
        return {name: self.cleaned_data[name] for name in _COMMITMENT}


class MeasurementForm(forms.Form):
    """How a commitment stands on a day."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    day = DayMonthYearField(label="On which day", initial=timezone.localdate)
    value = _Number(label="Number", help_text=_SMALL)
    word = forms.ChoiceField(
        label="How it stands",
        choices=Word,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands."},
    )
    note = forms.CharField(
        label="A sentence about it",
        max_length=300,
        required=False,
        help_text="Everybody reads it. Names nobody.",
        widget=Paragraphs({"rows": 2}),
    )

    def __init__(self, *args, commitment: Commitment, **kwargs):
        super().__init__(*args, **kwargs)
        shown = list(_MEASUREMENT)
        if commitment.unit:
            self.fields["value"].label = f"Number ({commitment.unit})"
        else:
            del self.fields["value"]
            shown.remove("value")
        self.helper = laid_out("key", *shown, button="Save the measurement")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Choose today or a day before: it says how things stood.")
        return day

    def clean(self):
        return {"value": None} | super().clean()


class CloseForm(forms.Form):
    """What became of a commitment."""

    closed_as = forms.ChoiceField(
        label="What became of it",
        choices=Closed,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )
    because = forms.CharField(
        label="In a sentence, what was reached or why it stops",
        max_length=300,
        required=False,
        help_text="Everybody reads it. Names nobody.",
        widget=Paragraphs({"rows": 2}),
    )
    helper = laid_out("closed_as", "because", button="Close the commitment")


class SponsorForm(forms.ModelForm):
    """A chief officer who sponsors the plan."""

    person = PersonChoice(
        label="On the roster", required=False, help_text="Their staff number. Once they leave, they stand here no more."
    )
    order = forms.IntegerField(
        label="Place in the list", min_value=0, max_value=999, initial=50, help_text="Lower numbers stand first."
    )
    helper = laid_out("name", "title", "words", "person", "order", button="Save the chief officer")

    class Meta:
        model = Sponsor
        fields = ("name", "title", "words", "person", "order")
        labels = {"name": "Name and rank as it is to stand", "title": "What they are"}
        help_texts = {"title": "For example “Deputy Chief Constable”."}
        widgets = {"words": Paragraphs({"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()
        if self.instance.person and self.instance.person.hidden:
            self.initial["person"] = None

    def _post_clean(self):
        """The action writes; the form leaves the instance as it was."""
