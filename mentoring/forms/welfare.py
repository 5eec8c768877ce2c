"""What a welfare mentor says of themselves, and what the coordinator notes of their training and supervision."""

import uuid

from django import forms
from django.utils import timezone

from mentoring.models.welfare import MOST_PEOPLE, WelfareProfile
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out


class ProfileForm(forms.Form):
    """A welfare mentor's own part of their profile."""

    capacity = forms.IntegerField(
        label="With how many people can you keep contact at a time?",
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "required": f"Enter a number from 1 to {MOST_PEOPLE}.",
            "invalid": f"Enter a number from 1 to {MOST_PEOPLE}.",
            "min_value": "Enter 1 or more. To support nobody new, take a break.",
            "max_value": f"Enter {MOST_PEOPLE} or fewer: looking after yourself comes first.",
        },
    )
    paused = forms.BooleanField(
        label="I am taking a break: offer me to nobody new",
        required=False,
        help_text="No reason is asked. Whoever you support now goes on, unless you hand back.",
    )
    about_me = forms.CharField(
        label="About me",
        required=False,
        max_length=600,
        widget=Paragraphs({"rows": 4}),
        help_text="Shown, with your name and station, to somebody who can choose you. Only what you want to say.",
        error_messages={"max_length": "Say it in 600 characters or fewer."},
    )
    last_day = DayMonthYearField(
        label="My last day as a welfare mentor",
        required=False,
        within_years=2,
        help_text="Empty: no plan to stop. You are offered to nobody new in the four weeks before it, and whoever you "
        "still support is handed over by then, without a gap.",
    )

    def __init__(self, *args, profile: WelfareProfile, **kwargs):
        names = ("capacity", "paused", "about_me", "last_day")
        super().__init__(*args, initial={name: getattr(profile, name) for name in names}, **kwargs)
        self.helper = laid_out(*names, button="Save my profile")

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate() and day != self.initial["last_day"]:
            raise forms.ValidationError("Choose today or a later day.")
        return day


class TrainingForm(forms.Form):
    """When a welfare mentor was trained, and until when that is good."""

    trained_on = DayMonthYearField(label="Trained on")
    training_due = DayMonthYearField(
        label="Due again on",
        required=False,
        within_years=10,
        help_text="Empty: no date. Once it has passed, they are offered to nobody new.",
    )

    def __init__(self, *args, profile: WelfareProfile, **kwargs):
        initial = {"trained_on": profile.trained_on, "training_due": profile.training_due}
        super().__init__(*args, initial=initial, auto_id="training_%s", **kwargs)
        self.helper = laid_out("trained_on", "training_due", button="Save the training")

    def clean_trained_on(self):
        return _not_later_than_today(self.cleaned_data["trained_on"])

    def clean(self):
        cleaned = super().clean()
        trained, due = cleaned.get("trained_on"), cleaned.get("training_due")
        if trained and due and due <= trained:
            self.add_error("training_due", "It must be due after the day they were trained.")
        return cleaned


class SupervisionForm(forms.Form):
    """That supervision was held, and with whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = DayMonthYearField(label="Held on")
    with_whom = PersonChoice(label="Staff number of who held it", help_text="What was said is written nowhere.")

    def __init__(self, *args, profile: WelfareProfile, **kwargs):
        self.profile = profile
        super().__init__(*args, initial={"held_on": timezone.localdate()}, auto_id="supervision_%s", **kwargs)
        self.fields["with_whom"].queryset = Person.objects.listed()
        self.helper = laid_out("key", "held_on", "with_whom", button="Note the supervision")

    def clean_held_on(self):
        return _not_later_than_today(self.cleaned_data["held_on"])

    def clean_with_whom(self):
        person = self.cleaned_data["with_whom"]
        if person.pk == self.profile.person_id:
            raise forms.ValidationError("That is their own number: name who held it.")
        return person


def _not_later_than_today(day):
    if day > timezone.localdate():
        raise forms.ValidationError("Enter today or an earlier day.")
    return day
