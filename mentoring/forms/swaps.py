"""Picking a welfare mentor, and offering some."""

from django import forms

from mentoring.queries.swaps import Offered
from wellbeing.people.models import Person

FEWEST, MOST = 2, 3
TAKEN = "Their last place has just been taken. Choose one of the others, or none of these."


class PickForm(forms.Form):
    """Whom the person picks. `close_to` is the line manager who kept contact, to whom earlier text can be closed."""

    mentor = forms.TypedChoiceField(
        label="Who should keep contact with you?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them, or none of these.", "invalid_choice": TAKEN},
    )
    close = forms.BooleanField(required=False)

    def __init__(self, *args, offers: list[Offered], close_to: Person | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].choices = [(one.person.pk, one.person.name) for one in offers if one.free]
        if close_to is None:
            del self.fields["close"]
        else:
            self.fields["close"].label = f"Close what was written before to {close_to.known_as}"
            self.fields["close"].help_text = (
                "That is your 1-1s from before as well. You can still read them. "
                f"{close_to.known_as} may notice that earlier notes no longer open; no page says why."
            )

    @property
    def closes(self) -> bool:
        return self.cleaned_data.get("close", False)


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
        self.fields[
            "mentors"
        ].help_text = "They learn of it only when they are picked. Those with most room come first."

    def clean_mentors(self) -> list[Person]:
        chosen = self.cleaned_data["mentors"]
        if not min(FEWEST, len(self.people)) <= len(chosen) <= MOST:
            raise forms.ValidationError("Tick two or three of them.")
        return [self.people[key] for key in chosen]

    @staticmethod
    def _label(one: Offered) -> str:
        station = f", {one.person.station.name}" if one.person.station else ""
        return f"{one.person.name}{station}: {one.free} place{'' if one.free == 1 else 's'} free"
