"""The file of another force, and what of it to take in."""

from crispy_forms.layout import Field
from django import forms

from wellbeing.web.forms import laid_out

from . import files
from .checked import FaultError


class FileForm(forms.Form):
    """The file; it cleans to what it says."""

    file = forms.FileField(
        label="The file from another force",
        allow_empty_file=True,
        help_text="A JSON file of at most 1 MB. Nothing is taken in before you have seen what it would bring.",
        error_messages={"required": "Choose the file."},
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )
    helper = laid_out(Field("file"), button="Show what it would bring")

    def clean_file(self):
        file = self.cleaned_data["file"]
        return _read(file.read(files.MOST_BYTES + 1))


class TakeInForm(forms.Form):
    """The same once more, as the page carried it, with what is ticked; it is believed no more than the first time."""

    learning = forms.CharField(strip=False)

    def clean_learning(self):
        return _read(self.cleaned_data["learning"].encode(errors="replace"))


def _read(content: bytes) -> dict:
    try:
        return files.read(content)
    except FaultError as fault:
        raise forms.ValidationError(str(fault)) from None
