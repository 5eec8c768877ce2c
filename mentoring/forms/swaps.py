"""Picking a welfare mentor, and offering some."""

from django import forms

from mentoring.queries.swaps import Offered
from wellbeing.people.models import Person

FEWEST, MOST = 2, 3
TAKEN = "Their last place has just been taken. Choose one of the others, or none of these."


class PickForm(forms.Form):
    """Whom the person picks."""

    mentor = forms.TypedChoiceField(
        label="Who should keep contact with you?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them, or none of these.", "invalid_choice": TAKEN},
    )

    def __init__(self, *args, offers: list[Offered], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].choices = [(one.person.pk, one.person.name) for one in offers if one.free]


class OfferForm(forms.Form):
    """Whom the coordinator offers: two or three, or as many as there are."""

    mentors = forms.MultipleChoiceField(
        label="Whom do you offer?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick two or three of them.",
            "invalid_choice": "The last place of one of them has just been taken. Look again and send once more.",
        },
    )

    def __init__(self, *args, suggested: list[Offered], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.pk): one.person for one in suggested}
        self.fields["mentors"].choices = [(one.person.pk, self._label(one)) for one in suggested]
        self.fields["mentors"].help_text = "They learn of it only when they are picked."

    def clean_mentors(self) -> list[Person]:
        chosen = self.cleaned_data["mentors"]
        if not min(FEWEST, len(self.people)) <= len(chosen) <= MOST:
            raise forms.ValidationError("Tick two or three of them.")
        return [self.people[key] for key in chosen]

    @staticmethod
    def _label(one: Offered) -> str:
        station = f", {one.person.station.name}" if one.person.station else ""
        return f"{one.person.name}{station}: has a place"
