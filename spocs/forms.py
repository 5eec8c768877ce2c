"""What is asked of SPOCs, and its errors."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from wellbeing.people.models import Person

from .models import Spoc, State

WAYS = ("show_phone", "show_text", "show_mail")


class ProfileForm(forms.ModelForm):
    """A SPOC's own profile. Before consent it asks for consent as well."""

    agree = forms.BooleanField(
        label="I have read who can read my profile, and agree to be listed",
        error_messages={"required": "Tick the box if you agree to be listed. If you do not, simply leave this page."},
    )

    class Meta:
        model = Spoc
        fields = ("first_name_only", "role_words", "rank_band", *WAYS, "phone", "by_day", "by_night")
        widgets = {
            "phone": forms.TextInput({"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}),
            "rank_band": forms.RadioSelect,
        }
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
        work_phone = self.instance.person.work_phone
        self.fields[
            "first_name_only"
        ].help_text = f"People see “{self.instance.person.known_as}”. Your e-mail address holds your last name, so it cannot be shown then."
        self.fields["role_words"].help_text = "For example “response officer”. Leave out what would single you out."
        self.fields["rank_band"].choices = [("", "Rather not say"), *Spoc._meta.get_field("rank_band").choices]
        self.fields["phone"].help_text = (
            f"Leave empty to show your work phone, {work_phone}. Work phones log calls."
            if work_phone
            else "The roster has no work phone for you."
        )
        agree = [] if self._has_agreed() else ["agree"]
        if not agree:
            del self.fields["agree"]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.form_class = "app-form"
        self.helper.layout = Layout(
            Fieldset("What people see", "first_name_only", "role_words", "rank_band"),
            Fieldset("How people may reach you", *WAYS, "phone"),
            Fieldset("When", "by_day", "by_night"),
            *agree,
            Submit("save", "List me" if agree else "Save my profile"),
        )

    def _has_agreed(self) -> bool:
        return self.instance.state != State.INVITED

    def clean(self):
        cleaned = super().clean()
        shows_number = cleaned.get("show_phone") or cleaned.get("show_text")
        if not (shows_number or cleaned.get("show_mail")):
            self.add_error("show_phone", "Choose at least one way to reach you. To be off the list for a while, pause.")
        if cleaned.get("first_name_only") and cleaned.get("show_mail"):
            self.add_error(
                "show_mail", "Your address holds your last name: show your full name, or choose another way."
            )
        if shows_number and not (cleaned.get("phone") or self.instance.person.work_phone):
            self.add_error("phone", "Enter a number to show.")
        if not (cleaned.get("by_day") or cleaned.get("by_night")):
            self.add_error("by_day", "Choose by day, by night, or both.")
        return cleaned

    def _post_clean(self):
        """The action writes; the form leaves the profile it was given as it is."""

    @property
    def profile(self) -> dict:
        """What was entered, without the tick of consent."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agree"}


class InviteForm(forms.Form):
    """Whom the coordinator invites, by staff number: typed, never picked from a list of names."""

    staff_number = forms.CharField(
        max_length=20,
        help_text="Talk to them first. They see the invitation when they open “SPOCs” in the portal, and decide there.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.form_class = "app-form"
        self.helper.layout = Layout("staff_number", Submit("invite", "Invite them"))

    def clean_staff_number(self):
        person = Person.objects.listed().filter(staff_number=self.cleaned_data["staff_number"].strip()).first()
        if person is None:
            raise forms.ValidationError("Nobody who can be listed has this staff number.")
        self.person = person
        return person.staff_number
