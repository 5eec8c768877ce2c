"""What is asked when HR chooses a file of absences."""

from django import forms

from mentoring import absence_file
from wellbeing.people.roster.reading import RosterFileError
from wellbeing.web.forms import laid_out


class FeedForm(forms.Form):
    """A file; cleans to what is taken from it."""

    file = forms.FileField(
        label="File of absences",
        allow_empty_file=True,
        help_text="CSV or Excel (.xlsx), at most 5 MB. The first row names the columns: staff number, first day, "
        "expected back, back on. No other column is read.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.xlsm"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("file", button="See what it would do")

    def clean_file(self):
        try:
            return absence_file.read(self.cleaned_data["file"].read(absence_file.MAX_BYTES + 1))
        except RosterFileError as problem:
            raise forms.ValidationError(str(problem)) from None
