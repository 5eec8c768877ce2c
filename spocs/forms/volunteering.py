"""What volunteers are asked about their own load and about what people lacked; and what the coordinator notes."""

import uuid
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.forms import DayMonthYearField, laid_out

from ..actions.volunteering import open_weeks
from ..models import SUPERVISED_AFTER, Heavy, Spoc


class ConversationForm(forms.Form):
    """A week, and how heavy it felt. No box takes words."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    week = forms.TypedChoiceField(label="When was it?", coerce=date.fromisoformat, widget=forms.RadioSelect)
    heavy = forms.TypedChoiceField(
        label="How did it feel?",
        coerce=int,
        choices=Heavy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it felt: choose one."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        this, last = open_weeks()
        self.fields["week"].choices = [(this.isoformat(), "This week"), (last.isoformat(), "Last week")]
        self.fields["week"].initial = this.isoformat()
        self.helper = laid_out("key", "week", "heavy", button="Note this conversation for me")


class ForgetWeekForm(forms.Form):
    """Which week goes."""

    week = forms.DateField()


class LackedForm(forms.Form):
    """One topic, or words for one that is missing."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    topic = forms.ModelChoiceField(
        Topic.objects.shown(), label="Which topic was it?", required=False, empty_label="None of these"
    )
    words = forms.CharField(
        label="If it is none of these: what would you call it?",
        max_length=60,
        required=False,
        help_text="A few words, as they might appear in the list. No names, no details about anybody.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("key", "topic", "words", button="Tell the network what was missing")

    def clean(self):
        cleaned = super().clean()
        topic, words = cleaned.get("topic"), cleaned.get("words")
        if not self.errors and bool(topic) == bool(words):
            sentence = (
                "Choose a topic or type a name for it: one of the two." if topic else "Choose a topic, or type one."
            )
            self.add_error("words" if topic else "topic", sentence)
        return cleaned


class SupervisionForm(forms.Form):
    """That supervision was held, with whom, and when the next is."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = DayMonthYearField(label="Held on")
    with_whom = PersonChoice(
        label="Staff number of whoever held it",
        help_text="Only that it was held is noted. What was said is not written down.",
    )
    next_on = DayMonthYearField(label="The next is due on")

    def __init__(self, *args, spoc: Spoc, by: Person, **kwargs):
        self.spoc = spoc
        today = timezone.localdate()
        initial = {"with_whom": by.staff_number, "next_on": today + SUPERVISED_AFTER}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["with_whom"].queryset = Person.objects.listed()
        button = f"Note the supervision of {spoc.person.name}"
        self.helper = laid_out("key", "held_on", "with_whom", "next_on", button=button)

    def clean_held_on(self):
        if self.cleaned_data["held_on"] > timezone.localdate():
            raise forms.ValidationError("Enter today or an earlier day.")
        return self.cleaned_data["held_on"]

    def clean_with_whom(self):
        if self.cleaned_data["with_whom"].pk == self.spoc.person_id:
            raise forms.ValidationError("That is their own number: name who held it.")
        return self.cleaned_data["with_whom"]

    def clean_next_on(self):
        next_on, held_on = self.cleaned_data["next_on"], self.cleaned_data.get("held_on")
        if held_on and not held_on < next_on <= held_on + timedelta(days=730):
            raise forms.ValidationError("Enter a day after it was held, within two years.")
        return next_on


class SettleForm(forms.Form):
    """Which topic the typed words mean."""

    topic = forms.ModelChoiceField(
        Topic.objects.shown(),
        label="It means the topic",
        empty_label="Choose a topic",
        error_messages={"required": "Choose the topic that these words mean, or go back and delete them."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("topic", button="Count them for this topic, and delete the words")


def in_words(week: date) -> str:
    """How a week is called on a button."""
    return f"the week of {date_format(week, 'j F Y')}"
