"""What is asked of whoever raises something, and of the secretary about it."""

import uuid

from crispy_forms.layout import Submit
from django import forms

from forum.models import Item, Meeting, Strand
from wellbeing.web.forms import Paragraphs, Refusable, laid_out
from wellbeing.web.templatetags.components import day


class WordsForm(Refusable):
    """An item's words."""

    title = forms.CharField(label="In a few words", max_length=120)
    text = forms.CharField(
        label="What the forum should know",
        max_length=2000,
        required=False,
        widget=Paragraphs({"rows": 7}),
        help_text="How things work, and what would make them better. No names, and nothing about anybody’s health.",
    )
    helper = laid_out("title", "text", button="Save the words")


class RaiseForm(WordsForm):
    """Something raised, with a name or without. `sure`: once what looked personal in it has been shown."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    strand = forms.ModelChoiceField(
        Strand.objects.none(),
        label="For which strand",
        required=False,
        empty_label="None in particular",
        help_text="Its representative speaks to it.",
    )
    named = forms.TypedChoiceField(
        label="Your name",
        choices=[
            ("yes", "With my name: the secretary sees it, nobody else, and I get an answer"),
            ("no", "Without my name: nobody can find out here who raised it, and so nobody can answer me"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the secretary sees your name."},
    )

    def __init__(self, *args, strands=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strand"].queryset = Strand.objects.seated().select_related("division")
        if strands:
            self.fields["strand"].initial = strands[0].pk
        self.helper = laid_out("key", "title", "text", "strand", "named", button="Raise it")

    def ask_again(self) -> None:
        """Have a second button that sends it as it is."""
        self.helper.layout.append(Submit("sure", "Send it as it is", css_class="govuk-button--secondary"))


class DecideForm(Refusable):
    """What becomes of an item."""

    decision = forms.ChoiceField(
        label="What becomes of it",
        choices=[
            ("accept", "Put it on the agenda"),
            ("merge", "Take it together with another item"),
            ("defer", "Keep it for a later meeting"),
            ("decline", "It is not for the forum"),
        ],
        widget=forms.RadioSelect,
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Of which meeting", required=False, help_text="To put it on the agenda."
    )
    into = forms.ModelChoiceField(
        Item.objects.none(), label="Which other item", required=False, help_text="To take them together."
    )
    answer = forms.CharField(
        label="An answer to whoever raised it",
        max_length=600,
        required=False,
        widget=Paragraphs({"rows": 3}),
        help_text="Only they read it. Where nobody gave a name, nobody does.",
    )
    looked = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    seen = forms.BooleanField(label="I have looked: it may be read by everybody at the forum", required=False)

    def __init__(self, *args, waiting, meetings, others, **kwargs):
        super().__init__(*args, initial={"looked": waiting.fingerprint, "meeting": meetings.first()}, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda meeting: f"{meeting.title}, {day(meeting.day)}"
        self.fields["into"].queryset = others
        self.fields["into"].label_from_instance = lambda item: item.title
        seen = ("looked", "seen") if waiting.findings else ()
        if not waiting.findings:
            del self.fields["seen"], self.fields["looked"]
        self.helper = laid_out("decision", "meeting", *seen, "into", "answer", button="Save the decision")
        self.elsewhere = {"looked": "seen"}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "accept" and not cleaned.get("meeting") and "meeting" not in self.errors:
            self.add_error("meeting", "Choose a meeting. Where none is planned, plan one first.")
        if cleaned.get("decision") == "merge" and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", "Choose the other item.")
        return cleaned

    @property
    def looked_at(self) -> str:
        """What the secretary has seen, where they say that they have looked."""
        return self.cleaned_data.get("looked", "") if self.cleaned_data.get("seen") else ""
