"""What HR is asked about absences: whose, and dates; nothing else."""

from django import forms

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, laid_out

from . import absences

OWN = "That is your own number. A colleague in HR enters your absence, or you do on “My plan”."


class SearchForm(forms.Form):
    """Whose absence; posted, so that it stands in no address."""

    text = forms.CharField(label="Staff number or name", max_length=60, required=False)


class StartForm(absences.StartForm):
    """Somebody is away. `id` is made with the form: a second click is known by it. `seen`: whose name was shown."""

    person = PersonChoice(label="Staff number")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by: Person, **kwargs):
        self.by = by
        super().__init__(*args, button="", **kwargs)
        self.fields["person"].queryset = Person.objects.current().select_related("station")
        self.helper = laid_out("id", "person", "first_day", "expected_back", button="Go on: see whose it is")

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise forms.ValidationError(OWN)
        return self.cleaned_data["person"]

    @property
    def is_confirmed(self) -> bool:
        """Whether the name of this very person was shown before."""
        return self.cleaned_data["seen"] == self.cleaned_data["person"].staff_number


class HalfPayForm(forms.Form):
    """From when half pay is."""

    starts = DayMonthYearField(
        within_years=3, label="Half pay from", required=False, help_text="Empty: no half pay during this absence."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("starts", button="Save half pay")
