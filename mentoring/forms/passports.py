"""What is asked of an adjustment passport, and with whom it is shared; and the errors of both."""

import uuid

from django import forms

from mentoring.passport import AGREED, DETAILS, NEEDS, PROMPTS, TEXTS
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import Paragraphs, laid_out

from .one_to_ones import LONGEST, KeptForm

ROWS = 10  # adjustments
SHOWN = 2  # rows that are not folded away
# Each box of an adjustment: its label and hint. Free text: somebody may only know “since spring”.
BOXES = {
    "what": ("What it is", f"What, never why. {NEEDS}"),
    "since": ("Since when", "As well as you know it: March 2024."),
    "review": ("To be looked at again", "A date, or how often."),
    "with_whom": ("Agreed with", "Whom, and as what: my sergeant at the time."),
}


class PassportForm(KeptForm):
    """One's own passport. Every box may stay empty; `replaces` is the number of the version that it was made from."""

    replaces = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            label, hint = PROMPTS[name]
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                max_length=LONGEST,
                widget=Paragraphs({"rows": 4}),
            )
        for number in range(1, ROWS + 1):
            for box, (label, hint) in BOXES.items():
                self.fields[f"{box}_{number}"] = forms.CharField(
                    label=label,
                    help_text=hint,
                    required=False,
                    max_length=300 if box == "what" else 100,
                )

    def clean(self):
        cleaned = super().clean()
        for number in range(1, ROWS + 1):
            if not cleaned.get(f"what_{number}") and any(cleaned.get(f"{box}_{number}") for box in DETAILS):
                self.add_error(f"what_{number}", "Enter what the adjustment is, or empty its row.")
        if not self.errors and not self.answers and not cleaned.get("replaces"):
            self.add_error("helps", "Write in at least one box.")
        return cleaned

    @property
    def answers(self) -> dict:
        """What is sealed: the texts by their prompt, and the rows that say something."""
        texts = {name: self.cleaned_data[name] for name in TEXTS if self.cleaned_data.get(name)}
        rows = [self._row(number) for number in range(1, ROWS + 1)]
        agreed = [row for row in rows if row.get("what")]
        return texts | ({AGREED: agreed} if agreed else {})

    @property
    def asked(self) -> list[dict]:
        """The form as its page draws it: each text, and the rows of adjustments where they belong."""
        return [
            {"label": PROMPTS[name][0], "rows": self._rows()} if name == AGREED else {"field": self[name]}
            for name in PROMPTS
        ]

    def _rows(self) -> dict:
        """Numbered rows: those shown at once, and those folded away; whether one of these has something in it."""
        rows = [(number, [self[f"{box}_{number}"] for box in BOXES]) for number in range(1, ROWS + 1)]
        shown, more = rows[:SHOWN], rows[SHOWN:]
        is_open = any(field.value() or field.errors for _, row in more for field in row)
        return {"shown": shown, "more": more, "open": is_open}

    def _row(self, number: int) -> dict:
        return {box: text for box in BOXES if (text := self.cleaned_data.get(f"{box}_{number}"))}


def typed_as(answers: dict) -> dict:
    """The answers of a passport by the names of the form's boxes."""
    rows = {
        f"{box}_{number}": text
        for number, row in enumerate(answers.get(AGREED, []), start=1)
        for box, text in row.items()
    }
    return {name: answers[name] for name in TEXTS if name in answers} | rows


class ShareForm(forms.Form):
    """With whom somebody shares their passport. `link` is made with the form, so that a second click is known."""

    person = PersonChoice(label="Staff number of whom to share it with", help_text="You see their name first.")
    link = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, owner: Person, readers: set[int], **kwargs):
        super().__init__(*args, initial={"link": uuid.uuid4()}, **kwargs)
        self.owner, self.readers = owner, readers
        self.fields["person"].queryset = Person.objects.listed().select_related("station")
        self.helper = laid_out("person", "link", button="See who this is")

    def clean_person(self):
        person = self.cleaned_data["person"]
        if person == self.owner:
            raise forms.ValidationError("That is your own number: name somebody else.")
        if person.pk in self.readers:
            raise forms.ValidationError(f"You share it with {person.name} already.")
        return person
