"""What is asked by somebody who looks for a person to talk to. Nothing is required, and nothing is kept."""

from collections.abc import Hashable

from django import forms

from wellbeing.people.models import Division, EmploymentType

from ..models import Gender, RankBand

_SELECT = {"class": "govuk-select"}
_WHEN = [("", "By day or by night"), ("by_day", "By day"), ("by_night", "By night")]


class WordsForm(forms.Form):
    """What somebody would like to talk about, in their own words."""

    text = forms.CharField(required=False, max_length=200)

    @property
    def words(self) -> str:
        """What was typed; nothing where it cannot be read."""
        self.full_clean()
        return self.cleaned_data.get("text", "")


class NarrowForm(forms.Form):
    """By whom somebody would rather be listened to."""

    gender = forms.ChoiceField(label="Gender", choices=[("", "Anybody"), *Gender.choices], required=False)
    rank_band = forms.ChoiceField(label="Rank, roughly", choices=[("", "Any rank"), *RankBand.choices], required=False)
    employment_type = forms.ChoiceField(
        label="Role", choices=[("", "Any role"), *EmploymentType.choices], required=False
    )
    division = forms.ModelChoiceField(Division.objects.all(), empty_label="Anywhere", required=False)
    when = forms.ChoiceField(label="Available", choices=_WHEN, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= _SELECT

    @property
    def asked(self) -> dict[str, Hashable]:
        """What was chosen, by the names of the facts; a choice that does not exist counts as none."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if division := chosen.get("division"):
            chosen["division"] = division.pk
        if when := chosen.pop("when", None):
            chosen[when] = True
        return chosen
