"""What every form of the portal is made of: its layout, and a date in three boxes as public services ask for it."""

from datetime import date, datetime, time, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR_DIGITS = 4
FIRST_YEAR = 1900  # before it somebody has mistyped, and days counted back from it are soon in no calendar
TIMES = ("%H:%M", "%H.%M", "%H%M", "%H")


def laid_out(*fields, button: str) -> FormHelper:
    """The helper of a form with these fields and one button; errors are ours, not the browser's."""
    helper = FormHelper()
    helper.layout = Layout(*fields, Submit("save", button))
    helper.attrs = {"novalidate": True}
    helper.form_class = "app-form"
    return helper


class Refusable(forms.Form):
    """A form that says beside its own fields what an action refuses. `elsewhere`: the action's names for its fields."""

    elsewhere: dict[str, str] = {}

    def say(self, refusal: ValidationError) -> None:
        """Show what was refused beside the field that it is about."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
        for name, errors in by_field.items():
            field = self.elsewhere.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class TimeField(forms.TimeField):
    """A time of day as people type it: “9:30”, “09.30”, “0930”, “9”."""

    def __init__(self, **options):
        widget = forms.TimeInput({"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M")
        errors = {"invalid": "Enter a time, for example 09:30."}
        super().__init__(input_formats=TIMES, widget=widget, error_messages=errors, **options)


def moment(day: date, at: time) -> datetime:
    """That time of that day by the force's clock."""
    return timezone.make_aware(datetime.combine(day, at))


class Paragraphs(forms.Textarea):
    """Words with new lines, each of which counts as one character: so does the browser that holds them to a length."""

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return typed and typed.replace("\r\n", "\n")


class DayMonthYearInput(forms.MultiWidget):
    """Three text boxes; what was typed stays typed, also when it is no date."""

    template_name = "wellbeing/widgets/day_month_year.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in PARTS}, attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, subwidget in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            subwidget["label"] = part.capitalize()
            subwidget["css"] = f"govuk-input--width-{4 if part == 'year' else 2}"
        return context

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return [(part or "").strip() for part in typed]

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_


class DayMonthYearField(forms.Field):
    """Cleans to a `datetime.date`, or None where it is not required and left empty.

    `within_years`: the latest day, counted in years from today.
    """

    widget = DayMonthYearInput
    default_error_messages = {
        "required": "Enter the date: day, month and year.",
        "incomplete": "The date must have a %(missing)s.",
        "invalid": "Enter a date that exists, for example 23 11 2026.",
        "year": "Enter the year with four digits, for example 2026.",
        "too_late": "Choose a day within the next %(years)s years.",
    }

    def __init__(self, *, within_years: int | None = None, **options):
        self.within_years = within_years
        super().__init__(**options)

    def to_python(self, value):
        if value is None or isinstance(value, date):
            return value
        if not any(value):
            return None
        missing = [name for name, part in zip(PARTS, value, strict=True) if not part]
        if missing:
            raise ValidationError(self.error_messages["incomplete"], "incomplete", {"missing": " and a ".join(missing)})
        return self._date(*value)

    def _date(self, day, month, year):
        if len(year) != YEAR_DIGITS or not year.isdecimal() or int(year) < FIRST_YEAR:
            raise ValidationError(self.error_messages["year"], "year")
        try:
            return date(int(year), _month(month), int(day))
        except (ValueError, OverflowError) as error:
            raise ValidationError(self.error_messages["invalid"], "invalid") from error

    def validate(self, value):
        super().validate(value)
        if value and self.within_years and value > timezone.localdate() + timedelta(days=366 * self.within_years):
            raise ValidationError(self.error_messages["too_late"], "too_late", {"years": self.within_years})

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def _month(typed: str) -> int:
    """The number of a month typed as a number or by name; ValueError where it is neither."""
    name = typed[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else int(typed)
