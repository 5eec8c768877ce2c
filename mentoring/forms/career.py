"""What is asked around career mentoring, and its errors."""

import uuid

from django import forms
from django.utils import timezone

from mentoring.models import CareerProfile, GoalState, SessionState
from mentoring.prompts_career import EXPERIENCE, HELPED, MORE, PATHS
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out

from .one_to_ones import KeptForm

CHOICES = ("first", "second", "third")
LONGEST = 2000
_ROOM = {
    "invalid": "Enter a number of people, from 1 to 10.",
    "min_value": "Enter 1 or more; to take nobody on for a while, tick the pause.",
    "max_value": "Enter 10 or fewer.",
}


def _ticks(label: str, choices: dict, hint: str = "", **options) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=[(key, words[:1].upper() + words[1:]) for key, words in choices.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


def _text(label: str, hint: str, *, required: bool = True, longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, widget=Paragraphs({"rows": 6})
    )


class ProfileForm(forms.Form):
    """What a career mentor says of themselves."""

    experience = _ticks(
        "What have you been through, and are glad to share?",
        EXPERIENCE,
        "Whoever looks for a mentor can read what you tick here. Tick nothing that you would rather keep.",
    )
    path = _ticks("Where have you worked?", PATHS)
    about_me = forms.CharField(
        label="About me",
        help_text="A few sentences that whoever looks for a mentor can read. Up to 500 characters; empty is fine.",
        required=False,
        max_length=500,
        widget=Paragraphs({"rows": 4}),
    )
    capacity = forms.IntegerField(
        label="How many people do you have room for?",
        help_text="At the same time, from 1 to 10.",
        min_value=1,
        max_value=10,
        error_messages=_ROOM,
    )
    paused = forms.BooleanField(
        label="Pause: I take on nobody new for now",
        help_text="Nobody new is led to you. Whom you mentor already, you go on with.",
        required=False,
    )

    def __init__(self, *args, profile: CareerProfile, **kwargs):
        initial = {name: getattr(profile, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = laid_out(*self.base_fields, button="Publish my profile")


class WantedForm(KeptForm):
    """What somebody looks for in a mentor."""

    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)
    experience = _ticks("Should your mentor have been through something?", EXPERIENCE, "Tick what matters to you.")
    path = _ticks("Should your mentor have worked somewhere?", PATHS)
    text = _text(
        "What do you want from it?",
        "In your own words. The mentors who are asked can read this, one after the other, and nobody else.",
    )

    @property
    def wanted(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("version", "replaces", "experience", "path", "text")}


class AvoidForm(forms.Form):
    """Somebody who shall not be suggested."""

    person = PersonChoice(label="Staff number of somebody to leave out", help_text="They are never told, nor asked.")

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["person"].queryset = Person.objects.listed()
        self.helper = laid_out("person", button="Leave them out")

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise forms.ValidationError("That is your own number: you are never suggested to yourself.")
        return self.cleaned_data["person"]


class ChooseForm(forms.Form):
    """Up to three of the mentors who are suggested, in order."""

    def __init__(self, *args, suggestions, ranked, **kwargs):
        initial = dict(zip(CHOICES, ranked, strict=False))
        super().__init__(*args, initial=initial, **kwargs)
        for number, name in enumerate(CHOICES):
            nobody = "Choose a mentor" if number == 0 else "Nobody"
            self.fields[name] = forms.TypedChoiceField(
                label=f"{name.capitalize()} choice",
                choices=[("", nobody), *((one.key, one.name) for one in suggestions)],
                coerce=int,
                empty_value=None,
                required=number == 0,
                error_messages={"invalid_choice": "This mentor cannot be asked any longer: choose somebody else."},
            )
        self.helper = laid_out(*CHOICES, button="Save my choice")

    def clean(self):
        cleaned = super().clean()
        seen = set()
        for name in CHOICES:
            if (key := cleaned.get(name)) in seen:
                self.add_error(name, "You have chosen this mentor already: choose somebody else, or nobody.")
            seen |= {key} - {None}
        return cleaned

    @property
    def mentors(self) -> list[int]:
        return [key for name in CHOICES if (key := self.cleaned_data[name])]


class MoreForm(forms.Form):
    """What a mentor would like to know before they answer: from a list, so that nothing about anybody is typed."""

    more_about = _ticks("What would you like to know?", MORE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["more_about"].required = True
        self.fields["more_about"].error_messages["required"] = "Tick at least one thing."
        self.helper = laid_out("more_about", button="Ask them to tell more")


class _Anew(KeptForm):
    """The base of what has a key of its own, and is written anew from the version that its writer saw."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial={"id": uuid.uuid4(), "replaces": 0} | (initial or {}), **kwargs)


class GoalForm(_Anew):
    """A goal. How it stands is asked once it is there."""

    text = _text("What do you want to reach?", "Both of you can read it, and write it anew.")
    review_on = DayMonthYearField(
        label="When will you look at it again?", help_text="Leave it empty if you like.", required=False, within_years=5
    )
    state = forms.ChoiceField(
        label="How does it stand?", choices=GoalState.choices, initial=GoalState.OPEN, widget=forms.RadioSelect
    )

    def __init__(self, *args, is_new: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["state"]


class SessionForm(_Anew):
    """A session, planned or held."""

    day = DayMonthYearField(label="On which day?", within_years=2)
    state = forms.ChoiceField(
        label="How does it stand?", choices=SessionState.choices, initial=SessionState.PLANNED, widget=forms.RadioSelect
    )
    text = _text(
        "What did you talk about, and agree?",
        "Leave it empty until you have met, or for good. Both of you can read it, and write it anew.",
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == SessionState.HELD and (day := cleaned.get("day")) and day > timezone.localdate():
            self.add_error("day", "This day is still to come. Say that you met once you have.")
        return cleaned


class NoteForm(_Anew):
    """A note of one's own."""

    text = _text("Your note", "")


class HelpedForm(forms.Form):
    """Whether mentoring helped."""

    helped = forms.ChoiceField(
        label="Did this help?",
        choices=HELPED.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, partly or no; or leave this page without an answer."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("helped", button="Send my answer")
