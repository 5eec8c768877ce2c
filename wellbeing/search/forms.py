"""The box."""

from django import forms

from wellbeing.web.forms import laid_out

from .queries import LONGEST


class SearchForm(forms.Form):
    text = forms.CharField(
        label="What are you looking for?",
        help_text="A name, a place, or what is on your mind, in your own words.",
        max_length=LONGEST,
        error_messages={
            "required": "Type a word: a name, a place, or what is on your mind.",
            "max_length": f"Type at most {LONGEST} characters.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = forms.TextInput({"type": "search", "autocomplete": "off", "maxlength": LONGEST})
        self.helper = laid_out("text", button="Search")
        self.helper.attrs |= {"role": "search", "aria-label": "Whole portal"}
