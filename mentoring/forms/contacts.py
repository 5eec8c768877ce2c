"""What is asked about contact with somebody away, by themselves and by whoever keeps it, and its errors."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

from mentoring.actions.contacts import Written
from mentoring.agreeing import PLAN, STEPS, TOLD
from mentoring.models import By, Channel, ContactPlan
from mentoring.queries.contacts import Kept, is_written_down
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out
from wellbeing.web.templatetags.components import day

from .one_to_ones import KeptForm

LONGEST, LONGEST_AGREED = 1000, 2000
EARLY = 2  # working days before the day agreed, on which contact needs no reason
FURTHEST = 90  # days until the next contact, as for how often it is
_EVERY = {
    "required": "Enter a number of days, for example 14.",
    "invalid": "Enter a number of days, for example 14.",
    "min_value": "Enter 1 day or more.",
    "max_value": "Enter 90 days or fewer.",
}


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ContactForm(KeptForm):
    """A contact that was made or tried. What it breaks of what was agreed asks for a tick, and is then saved."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    held_on = DayMonthYearField(label="When was it?")
    channel = forms.ChoiceField(
        label="How?",
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you were in touch."},
    )
    answered = forms.ChoiceField(
        label="Did they answer?",
        choices=[("yes", "Yes, we were in touch"), ("no", "No answer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they answered."},
    )
    text = forms.CharField(
        label="In a few words",
        help_text="Only if it helps you both. Up to 1,000 characters.",
        required=False,
        max_length=LONGEST,
        widget=Paragraphs({"rows": 3}),
    )
    next_contact = DayMonthYearField(
        label="When is the next contact?",
        help_text="As agreed, unless you agreed another day. A day off moves to the next working day.",
    )
    despite_pause = _tick("They asked for it, in spite of the pause")
    despite_day = _tick("They asked for it, or had to be told something before that day")
    despite_way = _tick("They asked for it, or there was no other way")
    despite_home = _tick("They asked me to come to their home this time")
    not_alone = _tick("For a home visit: somebody knew where I was, and when I would ring back")
    TICKS = ("despite_pause", "despite_day", "despite_way", "despite_home", "not_alone")

    def __init__(self, *args, kept_contact: Kept, **kwargs):
        self.contact = kept_contact
        today = timezone.localdate()
        nobody_answered = bool(kept_contact.plan.unanswered)
        wait = 1 if nobody_answered else kept_contact.plan.every_days
        proposed = working_days.on_or_after(today + timedelta(days=wait))
        initial = {"id": uuid.uuid4(), "held_on": today, "next_contact": proposed}
        super().__init__(*args, initial=initial, **kwargs)
        if nobody_answered:
            self.fields["next_contact"].help_text = (
                "Nobody answered last time, so the next working day stands here. If they answered now: "
                f"every {kept_contact.plan.every_days} days, as agreed, or another day."
            )

    @property
    def ticks(self):
        """What is asked for once it is known that something was not as agreed."""
        return [self[name] for name in self.TICKS if self[name].errors or self[name].value()]

    def clean_held_on(self):
        held_on, today = self.cleaned_data["held_on"], timezone.localdate()
        if held_on > today:
            raise forms.ValidationError("This day is still to come. Write a contact down once it was.")
        if held_on < today - timedelta(days=365):
            raise forms.ValidationError("This day is more than a year ago.")
        if self.contact.since and held_on < self.contact.since:
            raise forms.ValidationError(
                f"You keep contact since {day(self.contact.since)}. What was before is not yours to write down."
            )
        return held_on

    def clean_next_contact(self):
        next_contact, today = self.cleaned_data["next_contact"], timezone.localdate()
        if not today <= next_contact <= today + timedelta(days=FURTHEST):
            raise forms.ValidationError(f"Choose a day from today on, within {FURTHEST} days.")
        if self.contact.is_paused and next_contact <= self.contact.plan.paused_until:
            raise forms.ValidationError(f"Contact is paused until {day(self.contact.plan.paused_until)}: choose later.")
        return next_contact

    def clean(self):
        cleaned = super().clean()
        if is_written_down(cleaned.get("id")):  # a second click: the first has moved what was agreed
            return cleaned
        for tick, sentence in self._not_as_agreed(cleaned.get("held_on"), cleaned.get("channel")):
            if not cleaned.get(tick):
                self.add_error(tick, sentence)
        return cleaned

    @property
    def written(self) -> Written:
        cleaned = self.cleaned_data
        return Written(
            id=cleaned["id"],
            version=cleaned["version"],
            held_on=cleaned["held_on"],
            channel=cleaned["channel"],
            answered=cleaned["answered"] == "yes",
            text=cleaned["text"],
            next_contact=working_days.on_or_after(cleaned["next_contact"]),
        )

    def _not_as_agreed(self, held_on, channel):
        """Each tick that is wanted, with the sentence that asks for it."""
        plan, who = self.contact.plan, self.contact.absence.subject.known_as
        agreed_day = plan.next_contact or (None if plan.agreed_on else self.contact.first_contact.first)
        if held_on and self.contact.is_paused and held_on >= (plan.first_paused_on or held_on):
            yield "despite_pause", f"{who} paused contact until {day(plan.paused_until)}. Tick if they asked for it."
        elif held_on and agreed_day and working_days.between(held_on, agreed_day) > EARLY:
            yield "despite_day", f"Contact was due on {day(agreed_day)}, and not before. Tick if there was a reason."
        if channel == Channel.HOME:
            if Channel.HOME not in plan.channels:
                yield "despite_home", f"{who} has not agreed to home visits. Tick only if they asked you to come."
            yield "not_alone", "Nobody visits alone without somebody knowing. Tick once that is so."
        elif channel and plan.agreed_on and channel not in plan.channels:
            words = Channel(channel).label.lower()
            yield "despite_way", f"{who} has not agreed to this way ({words}). Tick if there was a reason."


class _SharedForm(KeptForm):
    """A text that either of two people may change. `replaces` is the number of the version that it was made from."""

    replaces = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)


class PlanForm(_SharedForm):
    """How contact is kept: by the person away, or by whoever keeps it, for them."""

    channels = forms.MultipleChoiceField(
        label="How may it be?",
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one way. To hear from nobody for a while, pause contact."},
    )
    every_days = forms.IntegerField(label="Every … days", min_value=1, max_value=90, error_messages=_EVERY)
    next_contact = DayMonthYearField(
        label="Next contact", required=False, help_text="Leave it as it is, or choose another day."
    )
    text = forms.CharField(
        label=PLAN,
        help_text="In your own words: what helps, what does not, at which time of day. Needs, not conditions.",
        required=False,
        max_length=LONGEST_AGREED,
        widget=Paragraphs({"rows": 4}),
    )
    reach_phone = forms.CharField(
        label="Phone number",
        max_length=20,
        required=False,
        widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}),
    )
    reach_mail = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.org."},
    )
    ring_name = forms.CharField(label="Whom to ring", max_length=80, required=False)
    ring_number = forms.CharField(
        label="Their number",
        max_length=20,
        required=False,
        widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}),
    )
    NAMED = ("text", "reach_phone", "reach_mail", "ring_name", "ring_number")
    LADDER = ("First", "Then", "After that", "Last before the duty welfare officer")

    def __init__(self, *args, plan: ContactPlan, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channels"].help_text = (
            "A home visit is never the default: somebody comes to your home only if you tick it."
            if is_own
            else "Only they themselves can agree to home visits."
        )
        if not is_own:
            self.fields["channels"].choices = [one for one in Channel.choices if one[0] != Channel.HOME]
            self.fields["text"].help_text = "In their words. They read it. Needs, not conditions."
        for number, label in enumerate(self.LADDER, start=1):
            choices = [("", "Nothing more"), *STEPS.items()]
            self.fields[f"step_{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.plan = plan

    @property
    def steps(self):
        return [self[f"step_{number}"] for number in range(1, len(self.LADDER) + 1)]

    def clean_next_contact(self):
        next_contact, today = self.cleaned_data["next_contact"], timezone.localdate()
        if next_contact == self.plan.next_contact:
            return None
        if next_contact and not today <= next_contact <= today + timedelta(days=FURTHEST):
            raise forms.ValidationError(f"Choose a day from today on, within {FURTHEST} days. To wait, pause contact.")
        return next_contact and working_days.on_or_after(next_contact)

    def clean(self):
        cleaned = super().clean()
        chosen = [(field.name, cleaned.get(field.name)) for field in self.steps]
        steps = [step for _, step in chosen if step]
        for name, step in chosen:
            if step and [one for _, one in chosen if one].count(step) > 1 and not self.errors:
                self.add_error(name, "Choose each step once.")
        if "ring" in steps:
            for name, sentence in (("ring_name", "Enter whom to ring."), ("ring_number", "Enter their number.")):
                if not cleaned.get(name):
                    self.add_error(name, sentence)
        return cleaned

    @property
    def answers(self) -> dict:
        steps = [self.cleaned_data[field.name] for field in self.steps if self.cleaned_data[field.name]]
        return {name: self.cleaned_data[name] for name in self.NAMED} | {"steps": steps}

    @property
    def values(self) -> dict:
        """What is not sealed."""
        return {name: self.cleaned_data[name] for name in ("channels", "every_days", "next_contact")}

    @staticmethod
    def initial_of(plan: ContactPlan, answers: dict) -> dict:
        """What stands in the form before anything is typed."""
        steps = {f"step_{number}": step for number, step in enumerate(answers.get("steps", []), start=1)}
        row = {name: getattr(plan, name) for name in ("channels", "every_days", "next_contact")}
        return row | steps | {name: answers.get(name, "") for name in PlanForm.NAMED}


class ToldForm(_SharedForm):
    """What colleagues may be told."""

    text = forms.CharField(
        label=TOLD,
        help_text="For example: that you are away and until when, that cards are welcome, that nobody should ring. "
        "Up to 1,000 characters. Empty: only that you are away.",
        required=False,
        max_length=LONGEST,
        widget=Paragraphs({"rows": 4}),
    )

    def __init__(self, *args, plan: ContactPlan, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)

    @property
    def answers(self) -> dict:
        return {"text": self.cleaned_data["text"]}

    @property
    def values(self) -> dict:
        return {}

    @staticmethod
    def initial_of(plan: ContactPlan, answers: dict) -> dict:
        return {"text": answers.get("text", "")}


class WhoForm(forms.Form):
    """Who keeps contact, as the person away decides. Somebody named is shown by name before it counts."""

    kept_by = forms.ChoiceField(
        label="Who should keep in touch with you?",
        choices=[choice for choice in By.choices if choice[0] != By.MENTOR],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who should keep in touch."},
    )
    person = PersonChoice(label="Staff number of somebody else", help_text="Anybody at work here.", required=False)

    def __init__(self, *args, subject: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.fields["person"].queryset = Person.objects.listed()

    @property
    def is_confirmed(self) -> bool:
        """Whether whoever was named has been shown by name, and confirmed."""
        carer = self.carer
        return carer is None or self.data.get("confirmed") == str(carer.pk)

    @property
    def carer(self) -> Person | None:
        return self.cleaned_data["person"] if self.cleaned_data["kept_by"] == By.COLLEAGUE else None

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("person")
        if cleaned.get("kept_by") == By.COLLEAGUE and "person" not in self.errors:
            if person is None:
                self.add_error("person", "Enter their staff number.")
            elif person == self.subject:
                self.add_error("person", "That is your own number: name somebody else.")
        elif cleaned.get("kept_by") and person:
            self.add_error("person", "Leave this empty, or choose “Somebody else whom I name” above.")
        return cleaned


class PauseForm(forms.Form):
    """Until when contact is paused."""

    until = DayMonthYearField(label="Last day of the pause")

    def __init__(self, *args, days: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        self.fields[
            "until"
        ].help_text = f"At most {days} days ahead. You can make it longer again, as often as you like."
        self.helper = laid_out("until", button="Pause contact")

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + timedelta(days=self.days):
            last = day(today + timedelta(days=self.days))
            raise forms.ValidationError(f"Choose a day from today to {last}. You can make the pause longer later.")
        return until
