"""What is asked about a 1-1, and its errors. Templates draw these fields: see `templates/mentoring/`."""

import uuid
from datetime import date, timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone

from mentoring.actions.one_to_ones import Agreed, Written
from mentoring.models import Owner
from mentoring.prompts import BY_WHEN, PROMPTS, TOPICS
from wellbeing.reminders import working_days
from wellbeing.web.forms import DayMonthYearField, Paragraphs

ACTIONS = 5
NEXT = 4  # weeks until the next 1-1, where no day is set for it
LONGEST = 4000
NOT_KEPT = {"csrfmiddlewaretoken", "ticket"}


def typed_into(data: QueryDict) -> dict:
    """What was typed into a form, as a draft keeps it."""
    return {name: values for name, values in data.lists() if name not in NOT_KEPT}


class KeptForm(forms.Form):
    """A form whose text is kept: `version` is made when it is first shown."""

    version = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, kept: dict | None = None, initial=None, **options):
        if data is None and kept:
            data = QueryDict(mutable=True)
            for name, values in kept.items():
                data.setlist(name, values)
        super().__init__(data, initial={"version": uuid.uuid4()} | (initial or {}), **options)
        if kept:
            self._errors = {}  # shown as it was typed, and not judged before it is sent

    @property
    def prompts(self):
        return [self[name] for name in PROMPTS]


def _prompt(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST, widget=Paragraphs({"rows": 3})
    )


class TextForm(KeptForm):
    """The words of a 1-1: topics and prompts."""

    topics = forms.MultipleChoiceField(
        label="What did you talk about?",
        choices=TOPICS.items(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in PROMPTS.items():
            self.fields[name] = _prompt(label)

    @property
    def answers(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("topics", *PROMPTS) if self.cleaned_data.get(name)}


class LogForm(TextForm):
    """A 1-1 that was held. Nothing but the day is asked for."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    held_on = DayMonthYearField(label="When did you meet?")
    adjustment = forms.CharField(
        label="What is adjusted",
        help_text="What, never why. For example “starts at ten”.",
        max_length=300,
        required=False,
    )
    adjustment_until = DayMonthYearField(label="Until when", required=False, within_years=5)
    next_due = DayMonthYearField(label="When will you meet next?", required=False, within_years=2)

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(
            *args, initial={"id": uuid.uuid4(), "held_on": timezone.localdate()} | (initial or {}), **kwargs
        )
        for number in range(1, ACTIONS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=f"Action {number}" if number > 1 else "What did you agree to do?", max_length=300, required=False
            )
            self.fields[f"who_{number}"] = forms.ChoiceField(
                label="Who does it", choices=[(Owner.MANAGER, "I do"), (Owner.PERSON, "They do")], initial=Owner.MANAGER
            )
            self.fields[f"when_{number}"] = forms.ChoiceField(
                label="By when", choices=[(key, words.capitalize()) for key, words in BY_WHEN.items()], initial="next"
            )
            for name in (f"who_{number}", f"when_{number}"):
                self.fields[name].required = False

    @property
    def first_action(self):
        return self._action(1)

    @property
    def more_actions(self):
        return [self._action(number) for number in range(2, ACTIONS + 1)]

    @property
    def shows_more(self) -> bool:
        """Whether what is folded away holds something typed."""
        return any(row[0].value() for row in self.more_actions)

    @property
    def shows_adjustment(self) -> bool:
        return bool(self["adjustment"].value() or self["adjustment"].errors or self["adjustment_until"].errors)

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Log a 1-1 once you have met.")
        if held_on < timezone.localdate() - timedelta(days=365):
            raise forms.ValidationError("This day is more than a year ago.")
        return held_on

    def clean_next_due(self):
        next_due = self.cleaned_data["next_due"]
        if next_due and next_due < timezone.localdate():
            raise forms.ValidationError("Choose a day from today on, or leave it empty.")
        return next_due

    def clean(self):
        cleaned = super().clean()
        what, until = cleaned.get("adjustment"), cleaned.get("adjustment_until")
        if what and not until and "adjustment_until" not in self.errors:
            self.add_error("adjustment_until", "Enter the day until which you agreed it.")
        if until and not what:
            self.add_error("adjustment", "Enter what is adjusted, or leave its day empty.")
        if until and until < timezone.localdate():
            self.add_error("adjustment_until", "Choose a day from today on.")
        return cleaned

    @property
    def written(self) -> Written:
        cleaned = self.cleaned_data
        owed = (cleaned["adjustment"], cleaned["adjustment_until"]) if cleaned.get("adjustment") else None
        return Written(
            id=cleaned["id"],
            version=cleaned["version"],
            held_on=cleaned["held_on"],
            answers=self.answers,
            agreed=tuple(self._agreed()),
            adjustment=owed,
        )

    def _agreed(self):
        for number in range(1, ACTIONS + 1):
            if what := self.cleaned_data[f"what_{number}"]:
                owner = self.cleaned_data[f"who_{number}"] or Owner.MANAGER
                yield Agreed(what, owner, self._due(self.cleaned_data[f"when_{number}"]))

    def _due(self, when: str) -> date:
        if when in ("", "next") and self.cleaned_data["next_due"]:
            return self.cleaned_data["next_due"]
        weeks = int(when) if when.isdecimal() else NEXT
        return working_days.on_or_after(self.cleaned_data["held_on"] + timedelta(weeks=weeks))

    def _action(self, number: int):
        return [self[f"{part}_{number}"] for part in ("what", "who", "when")]


class CorrectForm(TextForm):
    """The latest text, to be corrected. `replaces` is the number of the version that it was made from."""

    replaces = forms.IntegerField(min_value=1, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, *args, actions=(), **kwargs):
        super().__init__(*args, **kwargs)
        for number, action in enumerate(actions, start=1):
            self.fields[f"action_{action.pk.hex}"] = forms.CharField(
                label=f"Agreed action {number}", max_length=300, required=False
            )

    @property
    def agreed(self):
        return [field for field in self if field.name.startswith("action_")]

    @property
    def answers(self) -> dict:
        words = {str(uuid.UUID(field.name[7:])): self.cleaned_data[field.name] for field in self.agreed}
        return super().answers | ({"actions": words} if words else {})


class SayForm(KeptForm):
    """A comment, or what somebody would like corrected."""

    text = forms.CharField(max_length=500, widget=Paragraphs({"rows": 3}))

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].help_text = "Up to 500 characters."
        self.fields["text"].error_messages["required"] = "Write something first."


class WishesForm(KeptForm):
    """How somebody likes to be supported."""

    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)
    text = forms.CharField(
        label="In your own words",
        help_text="What helps you, and what does not. Needs, not conditions. Empty it whenever you like.",
        required=False,
        max_length=2000,
        widget=Paragraphs({"rows": 6}),
    )
