"""What several apps ask alike: whom, by staff number; how champions and SPOCs may be reached, and when."""

from django import forms
from django.core.exceptions import ValidationError

from .models import Person

WAYS = ("show_phone", "show_text", "show_mail")
HOURS = ("by_day", "by_night")
_SHORTEST_NUMBER = 6  # digits


class PersonChoice(forms.ModelChoiceField):
    """A person by staff number, typed: no list of thousands, no script."""

    default_error_messages = {"invalid_choice": "Nobody on the roster has this staff number."}

    def __init__(self, **options):
        options.setdefault("help_text", "Their staff number.")
        widget = forms.TextInput({"autocomplete": "off", "size": 12})
        super().__init__(queryset=Person.objects.all(), to_field_name="staff_number", widget=widget, **options)

    def prepare_value(self, value):
        if isinstance(value, int):
            return Person.objects.filter(pk=value).values_list("staff_number", flat=True).first()
        return super().prepare_value(value)

    def to_python(self, value):
        if "\0" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        typed = value.strip().upper() if isinstance(value, str) else value
        try:
            return super().to_python(typed)
        except ValidationError:
            if isinstance(typed, str) and not any(sign.isdigit() for sign in typed):
                said = f"{self.error_messages['invalid_choice']} Type the number, not a name."
                raise ValidationError(said, code="invalid_choice") from None
            raise


class ReachableForm(forms.ModelForm):
    """The base of the form for one's own entry. The action writes; the form leaves the instance as it was."""

    labels = {
        "show_phone": "Call me",
        "show_text": "Text me",
        "show_mail": "E-mail me",
        "phone": "Number to show",
        "by_day": "By day",
        "by_night": "By night",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
        self.fields["phone"].widget = forms.TextInput(
            {"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20", "maxlength": 20}
        )
        self.fields["phone"].help_text = (
            f"Leave empty to show your work phone, {work_phone}. Work phones log calls."
            if (work_phone := self.instance.person.work_phone)
            else "The roster has no work phone for you."
        )

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and sum(character.isdigit() for character in phone) < _SHORTEST_NUMBER:
            raise ValidationError("Enter a phone number, for example 01622 690690.")
        return phone

    def clean(self):
        cleaned = super().clean()
        shows_number = cleaned.get("show_phone") or cleaned.get("show_text")
        if not (shows_number or cleaned.get("show_mail")):
            self.add_error("show_phone", "Choose at least one way to reach you. To be off the list for a while, pause.")
        if shows_number and "phone" in cleaned and not (cleaned["phone"] or self.instance.person.work_phone):
            self.add_error("phone", "Enter a number to show, or choose another way.")
        if not (cleaned.get("by_day") or cleaned.get("by_night")):
            self.add_error("by_day", "Choose by day, by night, or both.")
        return cleaned

    def _post_clean(self):
        """Django would write what was entered to the instance here."""
