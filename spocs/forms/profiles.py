"""What is asked of SPOCs, and its errors."""

from crispy_forms.layout import Fieldset
from django import forms

from wellbeing.people.forms import HOURS, WAYS, PersonChoice, ReachableForm
from wellbeing.people.models import Person
from wellbeing.web.forms import laid_out

from ..models import RankBand, Spoc, State


class ProfileForm(ReachableForm):
    """A SPOC's own profile. Before consent it asks for consent as well."""

    agree = forms.BooleanField(
        label="I have read who can read my profile, and agree to be listed",
        error_messages={"required": "Tick the box if you agree to be listed. If you do not, simply leave this page."},
    )

    class Meta:
        model = Spoc
        fields = ("first_name_only", "role_words", "rank_band", *WAYS, "phone", *HOURS)
        widgets = {"rank_band": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agree = ["agree"] if self.instance.state == State.INVITED else []
        if not agree:
            del self.fields["agree"]
        self.fields["rank_band"].choices = [("", "Rather not say"), *RankBand.choices]
        self._explain()
        self.helper = laid_out(
            Fieldset("What people see", "first_name_only", "role_words", "rank_band"),
            Fieldset("How people may reach you", *WAYS, "phone"),
            Fieldset("When", *HOURS),
            *agree,
            button="List me" if agree else "Save my profile",
        )

    def _explain(self) -> None:
        person = self.instance.person
        hints = {
            "first_name_only": f"People see “{person.known_as}”. Your e-mail address, which holds your last name, "
            "cannot be shown then.",
            "role_words": "For example “response officer”. Leave out what would single you out.",
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first_name_only") and cleaned.get("show_mail"):
            self.add_error(
                "show_mail", "Your address holds your last name: show your full name, or choose another way."
            )
        return cleaned

    @property
    def profile(self) -> dict:
        """What was entered, without the tick of consent."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agree"}


class InviteForm(forms.Form):
    """Whom the coordinator invites, by staff number: typed, never picked from a list of names."""

    person = PersonChoice(
        label="Staff number",
        help_text="Talk to them first. They find the invitation on their first page, and decide for themselves.",
        error_messages={"invalid_choice": "Nobody who can be listed has this staff number."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()
        self.helper = laid_out("person", button="Invite them")
