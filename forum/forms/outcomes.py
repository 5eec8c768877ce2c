"""Outcomes as the secretary types them: pasted, row by row, corrected, and how they go on."""

import uuid

from crispy_forms.layout import Fieldset, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.meanwhile import Overtaken, marks_of
from forum.models import Area, Outcome, Status, Strand
from forum.models.outcomes import MOST as MOST_OUTCOMES
from forum.notes import LONGEST, MOST, Line, lines_of, written_in
from forum.owners import name_of, owner_of
from wellbeing.people.models import Division
from wellbeing.web.forms import PARTS, DayMonthYearField, Paragraphs, Refusable, laid_out

_YEARS, _MOST_NOTES = 5, 60_000
_WORDS = ("said", "text", "next")


class NotesForm(forms.Form):
    """The notes of a meeting, whole."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)  # by which they are kept when a session ends
    notes = forms.CharField(
        label="Your notes",
        max_length=_MOST_NOTES,
        widget=Paragraphs({"rows": 14}),
        help_text="A line for each point. “Action: hot food at night. Owner: Estates. Due: 12 January” is understood.",
    )
    helper = laid_out("ticket", "notes", button="Show the lines")

    def clean_notes(self):
        notes = self.cleaned_data["notes"]
        if (number := len(written_in(notes))) > MOST:
            raise ValidationError(f"These are {number} lines: paste at most {MOST} at a time.")
        return notes


class LinesForm(forms.Form):
    """The same notes line by line: which of them are outcomes."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    notes = forms.CharField(max_length=_MOST_NOTES, widget=forms.HiddenInput)
    # Says that lines were shown, so that none ticked is told from none asked.
    marking = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")
    take = forms.MultipleChoiceField(
        label="Which of these lines are outcomes?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, notes: str, ticket: str, **kwargs):
        self.lines = lines_of(notes, today=timezone.localdate())
        likely = [str(line.number) for line in self.lines if line.looks_like_one]
        begun = {"notes": notes, "take": likely, "marking": "yes", "ticket": ticket}
        super().__init__(*args, initial=begun, **kwargs)
        self.fields["take"].choices = [(str(line.number), _in_words(line)) for line in self.lines]
        self.helper = laid_out("ticket", "notes", "marking", "take", button="Make these lines outcomes")
        self.helper.layout.append(Submit("again", "Change the notes", css_class="govuk-button--secondary"))

    def clean_take(self):
        if not self.cleaned_data["take"]:
            raise ValidationError("Tick at least one line.")
        return self.cleaned_data["take"]

    @property
    def taken(self) -> list[Line]:
        return [line for line in self.lines if str(line.number) in self.cleaned_data["take"]]


class OwnedForm(Refusable):
    """What an outcome says, and who owns it: one box for a name, a staff number or an office."""

    text = forms.CharField(label="What was decided", max_length=LONGEST, widget=Paragraphs({"rows": 3}))
    owned_by = forms.CharField(
        label="Owner",
        max_length=120,
        help_text="A name or staff number on the roster, who is reminded; or an office, such as Estates.",
        widget=forms.TextInput({"list": "members", "autocomplete": "off"}),
    )
    due = DayMonthYearField(label="Due", within_years=_YEARS)
    said = forms.CharField(label="You said", max_length=LONGEST, required=False, widget=Paragraphs({"rows": 2}))
    next = forms.CharField(label="Next", max_length=LONGEST, required=False, widget=Paragraphs({"rows": 2}))
    strand = forms.ModelChoiceField(Strand.objects.none(), required=False, empty_label="None in particular")
    division = forms.ModelChoiceField(Division.objects.order_by("name"), required=False, empty_label="The whole force")
    area = forms.ChoiceField(
        label="Area of the framework", choices=[("", "None in particular"), *Area.choices], required=False
    )
    # The marks of what the form showed (`forum/meanwhile.py`).
    seen = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    elsewhere = {"owner": "owned_by", "owner_office": "owned_by"}

    def __init__(self, *args, choices: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strand"].queryset = Strand.objects.seated().select_related("division")
        for name, known in (choices or {}).items():
            self.fields[name].choices = known

    def clean_owned_by(self):
        typed = self.cleaned_data["owned_by"]
        self.owner, self.office = owner_of(typed) if typed else (None, "")
        return typed

    @property
    def values(self) -> dict:
        """What was asked for, as the actions take it."""
        said = self.cleaned_data
        plain = ("text", "due", "said", "next", "strand", "division", "area")
        return {name: said[name] for name in plain} | {"owner": self.owner, "owner_office": self.office}

    def say_overtaken(self, refusal: Overtaken) -> None:
        """Say beside its fields what somebody changed meanwhile. What was typed stays; what was left alone is shown as
        it stands now. Sent again, it is as if this had been seen from the first."""
        self.say(refusal)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = refusal.seen
        for name in refusal.left_alone:
            self._show(self.elsewhere.get(name, name), refusal.outcome)

    def _show(self, name: str, outcome: Outcome) -> None:
        value, box = typed_of(outcome)[name], self.add_prefix(name)
        if name == "due":
            parts = self.fields[name].widget.decompress(value)
            for part, said in zip(PARTS, parts, strict=True):
                self.data[f"{box}_{part}"] = str(said)
        else:
            self.data[box] = "" if value is None else str(value)


class DraftForm(OwnedForm):
    """One draft in the list of them: it may lack what it needs until it is published."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    gone = forms.BooleanField(label="Take this outcome away", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("text", "owned_by", "due"):
            self.fields[name].required = False
        self.empty_permitted = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        names = ("text", "owned_by", "due", "said", "next", "strand", "division", "area")
        return not any(self.cleaned_data.get(name) for name in names)

    @property
    def draft(self) -> dict:
        """What was asked for, as the action takes it: what is blank is taken away."""
        said = self.cleaned_data
        return self.values | {"id": said["id"], "seen": said["seen"], "gone": said["gone"] or self.is_blank}

    @property
    def name(self) -> str:
        return self["text"].value() or "New outcome"


def choices_of_places() -> dict[str, list]:
    """The choices of strand and division, read once for all forms of a page."""
    return {name: list(OwnedForm()[name].field.choices) for name in ("strand", "division")}


DraftFormSet = forms.formset_factory(
    DraftForm, extra=1, max_num=MOST_OUTCOMES, absolute_max=MOST_OUTCOMES + 1, validate_max=True
)


class CorrectForm(OwnedForm):
    """A published outcome put right."""

    why = forms.CharField(
        label="What was wrong",
        max_length=200,
        help_text="Everybody reads it beside the outcome. Nothing about anybody.",
    )
    was_personal = forms.BooleanField(
        label="What stood there was personal",
        required=False,
        help_text="Then the former words are kept nowhere, and are not shown as a correction.",
    )
    reprint = forms.BooleanField(
        label="Noticeboards are to be printed anew",
        required=False,
        initial=True,
        help_text="Champions are asked again.",
    )
    looked = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args, outcome: Outcome, **kwargs):
        super().__init__(*args, initial=typed_of(outcome), **kwargs)
        parts = [
            "seen",
            "looked",
            Fieldset("The outcome", "said", "text", "next", "owned_by", "due"),
            Fieldset("What it belongs to", "strand", "division", "area"),
            Fieldset("The correction", "why", "was_personal", "reprint"),
        ]
        self.helper = laid_out(*parts, button="Publish the correction")

    @property
    def correction(self) -> dict:
        said = self.cleaned_data
        return self.values | {name: said[name] for name in ("why", "was_personal", "reprint", "seen", "looked")}


class ProgressForm(Refusable):
    """How it goes on."""

    status = forms.ChoiceField(label="How it stands", choices=Status.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="In a sentence", max_length=400, required=False, widget=Paragraphs({"rows": 3}),
        help_text="Everybody reads it. Nothing about anybody.",
    )  # fmt: skip
    due = DayMonthYearField(label="Due", within_years=_YEARS)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=30, required=False)

    def __init__(self, *args, outcome: Outcome, runs: bool, **kwargs):
        kept = {"status": outcome.status, "due": outcome.due, "seen": outcome.stands}
        super().__init__(*args, initial=kept, **kwargs)
        if not runs:
            del self.fields["due"]
        self.helper = laid_out("seen", "status", "note", *(("due",) if runs else ()), button="Save how it stands")

    def say_overtaken(self, outcome: Outcome) -> None:
        """Sent again, it is as if what stands now had been seen from the first."""
        self.data = self.data.copy()
        self.data["seen"] = outcome.stands


class ArchiveForm(forms.Form):
    """What is looked for in the archive."""

    text = forms.CharField(label="Words", max_length=100, required=False)
    strand = forms.ModelChoiceField(Strand.objects.none(), required=False, empty_label="All")
    area = forms.ChoiceField(label="Area of the framework", choices=[("", "All"), *Area.choices], required=False)
    division = forms.ModelChoiceField(
        Division.objects.order_by("name"), to_field_name="slug", required=False, empty_label="All"
    )
    status = forms.ChoiceField(label="How it stands", choices=[("", "All"), *Status.choices], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strand"].queryset = Strand.objects.select_related("division")
        self.helper = laid_out(*self.fields, button="Show these")


def typed_of(outcome: Outcome) -> dict:
    """An outcome as it stands in a form."""
    kept = {"seen": marks_of(outcome)} | {name: getattr(outcome, name) for name in (*_WORDS, "due", "area")}
    places = {"strand": outcome.strand_id, "division": outcome.division_id}
    return {"id": outcome.pk, **kept, **places, "owned_by": name_of(outcome.owner, outcome.owner_office)}


def _in_words(line: Line) -> str:
    understood = [f"owner: {line.owner}" if line.owner else "", f"due: {line.due:%-d %B %Y}" if line.due else ""]
    if len(line.text) > LONGEST:
        understood.append(f"longer than {LONGEST} characters: you shorten it on the next page")
    more = ", ".join(filter(None, understood))
    return f"{line.text} ({more})" if more else line.text
