"""What the coordinator is asked before a new profile is listed, or goes back."""

from django import forms

from wellbeing.web.forms import Paragraphs, laid_out

LONGEST = 300
# Each is to be ticked: what the coordinator looks at, and the sentence where the tick is missing.
_CHECKS = {
    "singles_nobody_out": (
        "Nothing here singles them out more than they want",
        "Read what they do and their rough rank together with the name that is shown.",
    ),
    "is_about_nobody_else": (
        "It is about themselves alone",
        "No other person, and no job, place or day that would give one away.",
    ),
    "talked": (
        "I have talked with them about what being listed may bring",
        "Who reads it, that people may ring at hard moments, and who is there for them.",
    ),
}


class AgreeForm(forms.Form):
    """The checklist. Nothing of it is kept but that somebody read the profile, and when."""

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        for key, (label, hint) in _CHECKS.items():
            self.fields[key] = forms.BooleanField(
                label=label,
                help_text=hint,
                error_messages={"required": "Tick this once it is so. Until then, send the profile back."},
            )
        self.helper = laid_out(*_CHECKS, button=f"List {name}")


class SendBackForm(forms.Form):
    """What is to be changed, in a sentence or two."""

    sentence = forms.CharField(
        label="What should be changed?",
        help_text=f"Up to {LONGEST} characters. They read it, and it is deleted once they have acted. "
        "Nothing about what they lived through.",
        max_length=LONGEST,
        widget=Paragraphs({"rows": 3}),
        error_messages={
            "required": "Write what should be changed.",
            "max_length": "Shorten this to %(limit_value)d characters: it has %(show_value)d.",
        },
    )

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("sentence", button=f"Send it back to {name}")
