"""What is asked around coming back to work, and its errors. Templates draw these fields: see `templates/mentoring/`."""

from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.utils import timezone

from mentoring.actions.returns import Agreed, Text
from mentoring.models import Duty
from mentoring.models.returns import LONGEST_WEEK
from mentoring.prompts_return import PROMPTS, WEEKDAYS
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out

from .one_to_ones import LONGEST, KeptForm

WEEKS, SHOWN_WEEKS = 12, 4
PROPOSED = (50, 60, 75, 100)  # per cent of the contracted hours, week by week
MANAGER, CONTACT, OTHER = "manager", "contact", "other"
_HINTS = {
    "beside": "For example a Federation or union representative, or a friend from work.",
    "agreed": "What, and by when. Hours and adjustments have boxes of their own.",
}


class ChooseForm(forms.Form):
    """With whom somebody holds their return-to-work meeting."""

    who = forms.ChoiceField(
        label="With whom would you like to meet?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose with whom you would like to meet."},
    )
    person = PersonChoice(label="Staff number of somebody else", help_text="Only for somebody else.", required=False)
    representative = forms.BooleanField(
        label="A representative or friend sits beside me",
        help_text="Yes or no is all that is kept here. Write who it is in your plan, if you like.",
        required=False,
    )
    keeps_contact = forms.BooleanField(
        label="Whoever keeps contact goes on for four more weeks",
        help_text="Without it, they see nothing of your contact plan any longer once you are back and have met.",
        required=False,
    )
    earlier = forms.ChoiceField(
        label="May they read what stands in your plan already?",
        help_text="If not, it stays with you, and they begin with an empty page. You can let them read it later.",
        choices=[("yes", "Yes, they may read it"), ("no", "No, it stays with me")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they may read what stands in your plan already."},
    )

    def __init__(self, *args, manager: Person | None, contact: Person | None, subject: Person, written: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject, self.contact, self.named = subject, contact, {MANAGER: manager, CONTACT: contact}
        if contact == manager:
            self.named[CONTACT] = None
        words = {MANAGER: "My line manager, {}", CONTACT: "Whoever keeps contact with me, {}"}
        known = [(key, words[key].format(person.name)) for key, person in self.named.items() if person]
        self.fields["who"].choices = [*known, (OTHER, "Somebody else")]
        self.fields["person"].queryset = Person.objects.listed()
        if not written:
            del self.fields["earlier"]
        ticks = [name for name in ("representative", "keeps_contact", "earlier") if name in self.fields]
        self.helper = laid_out("who", "person", *ticks, button="Go on")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("who") == OTHER and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", "Enter the staff number of whom you would like to meet.")
        if cleaned.get("who") == OTHER and cleaned.get("person") == self.subject:
            self.add_error("person", "That is your own number: name somebody else.")
        return cleaned

    @property
    def chosen(self) -> Person:
        return (
            self.cleaned_data["person"] if self.cleaned_data["who"] == OTHER else self.named[self.cleaned_data["who"]]
        )

    @property
    def ticks(self) -> dict[str, bool]:
        named = {name: self.cleaned_data.get(name, False) for name in ("representative", "keeps_contact")}
        return named | {"earlier": self.cleaned_data.get("earlier") == "yes"}


class TextForm(KeptForm):
    """The words of a plan. Both write them: `replaces` is the number of the text that was seen, or 0."""

    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in PROMPTS.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=_HINTS.get(name, ""),
                required=False,
                max_length=LONGEST,
                widget=Paragraphs({"rows": 1 if name == "beside" else 3}),
            )

    @property
    def prompts(self):
        return [self[name] for name in PROMPTS]

    @property
    def text(self) -> Text:
        answers = {name: self.cleaned_data[name] for name in PROMPTS if self.cleaned_data.get(name)}
        return Text(self.cleaned_data["version"], answers, self.cleaned_data["replaces"])


def _hours(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=LONGEST_WEEK,
        max_digits=4,
        decimal_places=1,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={
            "invalid": "Enter hours as a number, for example 18.5.",
            "min_value": "Enter 0 hours or more.",
            "max_value": f"Enter {LONGEST_WEEK} hours or fewer.",
            "max_decimal_places": "Enter hours with one decimal place, for example 18.5.",
            "max_digits": "Enter hours as a number, for example 18.5.",
            "max_whole_digits": f"Enter {LONGEST_WEEK} hours or fewer.",
        },
    )


class PlanForm(TextForm):
    """What whoever holds the meeting writes: the words, the duty, the phased hours, whether OH is suggested."""

    duty = forms.ChoiceField(label="Duty to begin with", choices=Duty.choices, required=False, widget=forms.RadioSelect)
    oh_suggested = forms.BooleanField(label="A referral to Occupational Health is suggested", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contracted"] = _hours("Contracted hours a week")
        self.fields["contracted"].help_text = "Only to propose phased hours from. It is not kept."
        for number in range(1, WEEKS + 1):
            self.fields[f"hours_{number}"] = _hours(f"Hours in week {number}")
            self.fields[f"days_{number}"] = forms.MultipleChoiceField(
                label=f"Days in week {number}",
                choices=WEEKDAYS.items(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def first_weeks(self):
        return [self._week(number) for number in range(1, SHOWN_WEEKS + 1)]

    @property
    def more_weeks(self):
        return [self._week(number) for number in range(SHOWN_WEEKS + 1, WEEKS + 1)]

    @property
    def shows_more(self) -> bool:
        """Whether what is folded away holds something typed, or an error."""
        return any(hours.value() or hours.errors for hours, _ in self.more_weeks)

    def clean(self):
        cleaned = super().clean()
        filled = [number for number in range(1, WEEKS + 1) if cleaned.get(f"hours_{number}") is not None]
        gap = next((number for number in range(1, max(filled, default=0)) if number not in filled), None)
        if gap and f"hours_{gap}" not in self.errors:
            self.add_error(f"hours_{gap}", f"Enter the hours of week {gap} too, or 0 for a week off.")
        return cleaned

    @property
    def agreed(self) -> Agreed:
        cleaned = self.cleaned_data
        weeks = tuple(
            (number, cleaned[f"hours_{number}"], sorted(int(day) for day in cleaned[f"days_{number}"]))
            for number in range(1, WEEKS + 1)
            if cleaned.get(f"hours_{number}") is not None
        )
        return Agreed(cleaned["duty"], cleaned["oh_suggested"], weeks)

    def proposed(self) -> dict[str, Decimal] | None:
        """Hours for the first weeks by their field, from the contracted hours; None where these are not there."""
        contracted = self.cleaned_data.get("contracted") if self.is_bound and self.full_clean() is None else None
        if not contracted:
            return None
        return {
            f"hours_{number}": (contracted * percent / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
            for number, percent in enumerate(PROPOSED, start=1)
        }

    def _week(self, number: int):
        return self[f"hours_{number}"], self[f"days_{number}"]


class HeldForm(forms.Form):
    """That the meeting was held."""

    held_on = DayMonthYearField(label="When did you meet?")

    def __init__(self, *args, first_day, **kwargs):
        super().__init__(*args, initial={"held_on": timezone.localdate()}, **kwargs)
        self.first_day = first_day
        self.helper = laid_out("held_on", button="We have met")

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Say so once you have met.")
        if held_on < self.first_day:
            raise forms.ValidationError("This day is before they were away.")
        return held_on
