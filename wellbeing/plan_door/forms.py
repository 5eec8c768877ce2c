"""What is asked at the door, and its errors. Nothing of what is typed here comes back on a page but a staff number."""

import uuid

from django import forms

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import laid_out

from .secrets import PIN_LENGTH


class _Emptied(forms.TextInput):
    """After a wrong try it is empty, as the PIN beside it is."""

    def get_context(self, name, value, attrs):
        return super().get_context(name, None, attrs)


CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
SECRET = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}


class _Typed(forms.CharField):
    """A line of text without what no database takes."""

    def to_python(self, value):
        return super().to_python(value).replace("\0", "")


def _staff_number():
    return _Typed(label="Your staff number", max_length=20, widget=forms.TextInput({"autocomplete": "username"}))


def _pin(label: str, hint: str = ""):
    return _Typed(
        label=label,
        help_text=hint,
        max_length=40,
        widget=forms.PasswordInput({"inputmode": "numeric", "class": "govuk-input--width-10", "autocomplete": "off"}),
    )


class AskForm(forms.Form):
    staff_number = _staff_number()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("staff_number", button="Send me a code")


class CodeForm(forms.Form):
    """The code and the PIN, on one page: neither is asked for by itself, and neither is said to be the wrong one."""

    code = _Typed(label="Code from the mail", max_length=40, widget=_Emptied(CODE))
    pin = _pin("Your PIN")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("code", "pin", button="Come in")


class LetterForm(forms.Form):
    staff_number = _staff_number()
    code = _Typed(
        label="Code from the letter",
        max_length=60,
        help_text="Twenty letters and digits. Small letters and missing hyphens are fine.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    number = _Typed(
        label="Number that was read out to you",
        max_length=40,
        help_text="Eight digits. The letter says whom to ring for it.",
        widget=forms.TextInput(SECRET),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("staff_number", "code", "number", button="Go on")


class PinForm(forms.Form):
    """A new PIN, typed twice."""

    pin = _pin("Choose a PIN", f"At least {PIN_LENGTH} digits, and not one that others would try: no 123456, no year.")
    again = _pin("The PIN once more")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out(*self.fields, button="Save the PIN")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("pin") and cleaned.get("again") and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", "This is not the same PIN. Type both again.")
        return cleaned


class AddressForm(forms.Form):
    mail = forms.EmailField(
        label="E-mail address for codes",
        help_text="One that you can read at home. Nobody else sees it here, and nothing but codes and word of changes "
        "goes to it.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out(*self.fields, button="Send a code to it")

    def clean_mail(self):
        return self.cleaned_data["mail"].lower()


class SetUpForm(AddressForm, PinForm):
    """Address and PIN together, for whoever comes in by a letter."""

    field_order = ("mail", "pin", "again")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("mail", "pin", "again", button="Go on")


class AddressCodeForm(forms.Form):
    code = _Typed(label="Code from the mail", max_length=40, widget=_Emptied(CODE))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("code", button="Confirm the address")


class ConfirmForm(forms.Form):
    pin = _pin("Your PIN")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("pin", button="Confirm")


class PasskeyForm(forms.Form):
    """A passkey that the browser made; the name is for its owner."""

    name = _Typed(label="A name by which you will know it", max_length=60, required=False)
    credential = forms.JSONField(widget=forms.HiddenInput, required=True)


class ShownForm(forms.Form):
    """A passkey that the browser shows."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class PrintForm(forms.Form):
    """For whom HR prints. The name is shown before anything is printed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    person = PersonChoice(label="Their staff number", help_text="")

    def __init__(self, *args, by: Person, **kwargs):
        self.by = by
        super().__init__(*args, initial={"key": uuid.uuid4(), **kwargs.pop("initial", {})}, **kwargs)
        self.fields["person"].queryset = Person.objects.current()
        self.helper = laid_out("key", "person", button="Go on")

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise forms.ValidationError("Nobody prints a letter for themselves: ask a colleague in HR.")
        return self.cleaned_data["person"]


class NumberForm(forms.Form):
    """To whom a number is read out, by somebody who has just spoken with them."""

    person = PersonChoice(label="Their staff number, as they say it", help_text="")
    spoke = forms.BooleanField(
        label="They hold the letter, and I know that it is them",
        help_text="I met them, or rang them on a number that I knew before: not one that they gave me today, nor one "
        "that was changed on the roster lately.",
        error_messages={"required": "Speak with them first, and say so here."},
    )

    def __init__(self, *args, by: Person, **kwargs):
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.current()
        self.helper = laid_out("person", "spoke", button="Show the number")

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise forms.ValidationError("Somebody else reads it out to you.")
        return self.cleaned_data["person"]
