"""What is asked of whoever would like to become a champion."""

from django import forms

from wellbeing.people.models import Person
from wellbeing.web.forms import Paragraphs, laid_out

LONGEST = 300
_NOT_AGREED = "Talk with your line manager first, and tick this once they agree."


class JoinForm(forms.Form):
    """A sentence on why, and that their line manager agrees."""

    why = forms.CharField(
        label="Why would you like to be a champion?",
        help_text=f"A sentence is enough, up to {LONGEST} characters. The coordinator alone reads it. "
        "Nothing about anybody’s health, your own or another’s.",
        max_length=LONGEST,
        widget=Paragraphs({"rows": 4}),
        error_messages={
            "required": "Write a sentence on why you would like to be a champion.",
            "max_length": "Shorten this to %(limit_value)d characters: it has %(show_value)d.",
        },
    )
    agrees = forms.BooleanField(error_messages={"required": _NOT_AGREED})

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        manager = person.line_manager
        if manager:
            self.fields["agrees"].label = f"I have talked with {manager.name}, my line manager, who agrees"
            hint = f"We ask {manager.known_as} to confirm it, by a link. What you wrote above is not shown to them."
        else:
            self.fields["agrees"].label = "I have talked with whoever manages me, and they agree"
            hint = "The roster names no line manager in the force for you. The coordinator asks, and notes the answer."
        self.fields["agrees"].help_text = hint
        self.helper = laid_out("why", "agrees", button="Join the waiting list")
