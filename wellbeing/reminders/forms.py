"""How somebody wants to be told, on which days they work, and the errors of both."""

from datetime import time

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.dateformat import time_format

from wellbeing.web.forms import DayMonthYearField, laid_out

from . import kinds, shift_patterns
from .models import WEEKDAYS, Pattern, Preferences

_LONGEST = 14  # days on, or off
_WHOLE = {
    "invalid": "Enter a number of days, for example 4.",
    "min_value": "Enter 1 day or more.",
    "max_value": f"Enter {_LONGEST} days or fewer.",
}


def _refusing(words: str) -> dict[str, str]:
    return dict.fromkeys(("required", "invalid_choice"), words)


class PreferencesForm(forms.Form):
    """One's own preferences."""

    by_mail = forms.TypedChoiceField(
        label="Mail",
        choices=[("yes", "One mail a day, when something waits"), ("no", "No mail: I look in the portal")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=_refusing("Choose one mail a day, or no mail."),
    )
    hour = forms.TypedChoiceField(
        label="At what time",
        choices=[(hour, time_format(time(hour), "P")) for hour in range(24)],
        coerce=int,
        error_messages=_refusing("Choose a time from the list."),
    )
    kinds = forms.MultipleChoiceField(
        label="Mail me about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you untick stays on your list in the portal.",
    )

    def __init__(self, *args, preferences: Preferences, **kwargs):
        initial = {
            "by_mail": "yes" if preferences.by_mail else "no",
            "hour": preferences.hour,
            "kinds": [name for name in kinds.names(optional=True) if name not in preferences.muted],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kinds"].choices = [(kind.name, kind.title) for kind in kinds.every() if kind.optional]
        self.helper = laid_out("by_mail", "hour", "kinds", button="Save my settings")

    def values(self) -> dict:
        """What `actions.set_preferences` takes."""
        asked = self.cleaned_data
        muted = [name for name in kinds.names(optional=True) if name not in asked["kinds"]]
        return {"by_mail": asked["by_mail"], "hour": asked["hour"], "muted": muted}


class WorkingDaysForm(forms.Form):
    """On which days somebody works. Fields that belong to another choice are not looked at."""

    works = forms.ChoiceField(
        label="Which days do you work?",
        choices=[
            ("usual", "Monday to Friday"),
            ("week", "Certain days of every week"),
            ("rota", "A rota: so many days on, so many off"),
        ],
        widget=forms.RadioSelect,
        error_messages=_refusing("Choose which days you work."),
        help_text="A reminder that would fall on a day off comes on a working day.",
    )
    weekdays = forms.MultipleChoiceField(
        label="Days of every week",
        required=False,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for “certain days of every week”. Bank holidays count as days off.",
    )
    days_on = forms.IntegerField(
        label="Days on",
        required=False,
        min_value=1,
        max_value=_LONGEST,
        error_messages=_WHOLE,
        help_text="Only for a rota.",
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    days_off = forms.IntegerField(
        label="Days off",
        required=False,
        min_value=1,
        max_value=_LONGEST,
        error_messages=_WHOLE,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    first_day = DayMonthYearField(
        label="First day on",
        required=False,
        help_text="Any day on which a run of working days begins, past or to come.",
    )

    def __init__(self, *args, pattern: Pattern | None, **kwargs):
        super().__init__(*args, initial=_as_typed(pattern), **kwargs)
        rota = Fieldset("A rota", "days_on", "days_off", "first_day")
        self.helper = laid_out("works", "weekdays", rota, button="Save my working days")

    def clean(self):
        cleaned = super().clean()
        for works, names in _ASKED_OF.items():
            for name in names if works != cleaned.get("works") else ():
                self.errors.pop(name, None)
        if cleaned.get("works") == "week" and not cleaned.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", "Tick the days on which you work.")
        if cleaned.get("works") == "rota":
            for name, words in _ASKED_OF_A_ROTA.items():
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def pattern(self) -> Pattern | None:
        """What `actions.set_pattern` takes."""
        asked = self.cleaned_data
        if asked["works"] == "week":
            return shift_patterns.weekly({int(day) for day in asked["weekdays"]})
        if asked["works"] == "rota":
            return shift_patterns.rota(on=asked["days_on"], off=asked["days_off"], first_day=asked["first_day"])
        return None


_ASKED_OF = {"week": ("weekdays",), "rota": ("days_on", "days_off", "first_day")}
_ASKED_OF_A_ROTA = {
    "days_on": "Enter how many days in a row you work.",
    "days_off": "Enter how many days off follow.",
    "first_day": "Enter a day on which a run of working days begins.",
}


def _as_typed(pattern: Pattern | None) -> dict:
    """The form's fields as they would have been typed."""
    if pattern is None:
        return {"works": "usual"}
    if pattern.bank_holidays_off:
        return {"works": "week", "weekdays": [str(day) for day in pattern.weekdays]}
    on = pattern.days.count("1")
    return {"works": "rota", "days_on": on, "days_off": len(pattern.days) - on, "first_day": pattern.run_began}
