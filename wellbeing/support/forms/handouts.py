"""What is asked when somebody adds slides or a handout."""

import uuid

from crispy_forms.layout import Field
from django import forms

from wellbeing.web.forms import laid_out

from .. import handout_files


class HandoutForm(forms.Form):
    """A title and a PDF file; `file` cleans to what was checked."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(
        label="What it is",
        max_length=100,
        help_text="As it stands on the page, for example “Slides of the talk on sleep”.",
        error_messages={"required": "Say what it is, so that people know before they download it."},
    )
    file = forms.FileField(
        label="PDF file",
        allow_empty_file=True,
        help_text=f"A PDF of at most {handout_files.MOST_BYTES // 1024 // 1024} MB and {handout_files.MOST_PAGES} "
        "pages. Everybody who signs in can download it, so nothing in it may be about a person.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out(Field("key"), "title", "file", button="Add this file")

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            return handout_files.checked(file.read(handout_files.MOST_BYTES + 1), file.name)
        except handout_files.HandoutError as reason:
            raise forms.ValidationError(str(reason)) from None
