"""What is asked of somebody who would like to be contacted, a step at a time.

What was answered travels in the page itself, from step to step, and is checked anew each time: it lies in no session,
no draft and no address until it is sent.
"""

import uuid

from django import forms

from wellbeing.web.forms import Paragraphs

from .words import LABELS, LINE, LONGEST, MESSAGE, WAYS

# The steps after the first page, and what each asks.
STEPS = {"who": (), "reach": ("way", "where", "message", "words"), "when": ("when",), "check": ()}
SEND = "send"


class AskForm(forms.Form):
    """All that is asked; `stand` says at which step somebody is, and what that page shows."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    instead_of = forms.UUIDField(widget=forms.HiddenInput, required=False)
    way = forms.ChoiceField(
        label="How may they get in touch?",
        choices=WAYS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they may get in touch."},
    )
    where = forms.CharField(
        label="At which number or address, or where?",
        help_text="One that only you see: your own phone, rather than a shared phone or a work phone.",
        max_length=LINE,
        error_messages={"required": "Enter a number, an address or a place."},
    )
    message = forms.ChoiceField(
        label="May a message be left?",
        help_text="On a voicemail, or with somebody who picks up.",
        choices=MESSAGE.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether a message may be left."},
    )
    words = forms.CharField(
        label="Anything they should know first, in your own words",
        help_text="Up to 500 characters. Leave out diagnoses, medicines, and anything about other people.",
        required=False,
        max_length=LONGEST,
        widget=Paragraphs({"rows": 5}),
    )
    when = forms.CharField(
        label="When is a good time?",
        help_text="For example: weekdays after six, or any time but Thursday.",
        max_length=LINE,
        error_messages={"required": "Say when, or that any time is fine."},
    )

    def __init__(self, typed):
        super().__init__({name: typed.get(name, "") for name in self.base_fields})
        self.data["id"] = _key(self.data["id"]) or str(uuid.uuid4())
        self.data["instead_of"] = _key(self.data["instead_of"])
        self.shown: list = []

    def begin(self) -> None:
        """The first page asks nothing: what was answered before is hidden in it, and nothing is missing yet."""
        self._errors = forms.utils.ErrorDict()
        self._hide_all_but(())

    def stand(self, wanted: str) -> str:
        """The step to show to somebody who wants to go on to `wanted`: an earlier one where an answer is missing.

        From here on the form is that page: what it does not ask is hidden, and only what it asks has errors.
        """
        step = next((step for step in self._before(wanted) if self._has_errors(step)), wanted)
        asked = STEPS.get(step, ())
        self._errors = forms.utils.ErrorDict(
            {name: error for name, error in self.errors.items() if name in asked and step != wanted}
        )
        self._hide_all_but(asked)
        return step

    @property
    def answers(self) -> dict:
        """What is sealed, once everything is answered."""
        return {name: self.cleaned_data[name] for name in LABELS}

    @property
    def typed(self) -> dict:
        """What was typed, for the page on which it is checked."""
        return {name: self.data[name] for name in LABELS}

    def _hide_all_but(self, asked) -> None:
        for name, field in self.fields.items():
            if name not in asked:
                field.widget = field.hidden_widget()
        self.shown = [self[name] for name in asked]

    def _before(self, wanted: str) -> list[str]:
        names = list(STEPS)
        return names[: names.index(wanted)] if wanted in STEPS else names

    def _has_errors(self, step: str) -> bool:
        return any(name in self.errors for name in STEPS[step])


class ReportForm(forms.Form):
    """What somebody would like looked at."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What happened?",
        help_text="Up to 500 characters.",
        max_length=LONGEST,
        widget=Paragraphs({"rows": 5}),
    )

    @classmethod
    def blank(cls) -> "ReportForm":
        """A new one, with a key of its own."""
        return cls(initial={"id": uuid.uuid4()})


def _key(typed: str) -> str:
    """A key that the page carries; nothing where it is none, so that no step asks for what nobody can type."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return ""
