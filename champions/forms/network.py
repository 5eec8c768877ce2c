"""Which of the network's champions are asked for, and what the office and the coordinator note of one."""

import uuid

from django import forms
from django.utils import timezone

from champions import policy
from champions.models import Champion, State
from champions.queries import network
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Division, Person
from wellbeing.web.forms import DayMonthYearField


class NetworkForm(forms.Form):
    """The choices of the network's page; they stand in the address, and the page draws them itself."""

    state = forms.ChoiceField(choices=[("", "All")], required=False)
    division = forms.ModelChoiceField(Division.objects.all(), to_field_name="slug", required=False)
    due = forms.ChoiceField(required=False)

    def __init__(self, *args, reader: Person, **kwargs):
        super().__init__(*args, **kwargs)
        on_the_list = () if policy.runs_network(reader) else (State.WAITING, State.OFFERED)
        states = [choice for choice in State.choices if choice[0] not in on_the_list]
        self.fields["state"].choices = [("", "All"), *states]
        self.fields["due"].choices = network.due_choices(reader)

    def asked(self) -> network.Asked:
        """What was asked for, as far as it was understood: a choice that does not exist counts as none."""
        self.full_clean()
        return network.Asked(**{name: value for name, value in self.cleaned_data.items() if value})


class VettingForm(forms.Form):
    """When vetting was confirmed: the date alone."""

    vetting_confirmed_on = DayMonthYearField(
        label="Vetting confirmed on", help_text="The date alone: nothing about what it found."
    )

    def __init__(self, *args, champion: Champion, **kwargs):
        initial = {"vetting_confirmed_on": champion.vetting_confirmed_on}
        super().__init__(*args, initial=initial, auto_id="vetting_%s", **kwargs)

    def clean_vetting_confirmed_on(self):
        return _not_later_than_today(self.cleaned_data["vetting_confirmed_on"])


class TermForm(forms.Form):
    """Until when somebody serves."""

    term_ends = DayMonthYearField(
        label="Last day of their term",
        required=False,
        within_years=10,
        help_text="Empty: no term is set. Nobody is taken off the directory when it is over; they are asked.",
    )

    def __init__(self, *args, champion: Champion, **kwargs):
        self.champion = champion
        super().__init__(*args, initial={"term_ends": champion.term_ends}, auto_id="term_%s", **kwargs)

    def clean_term_ends(self):
        day = self.cleaned_data["term_ends"]
        if day and self.champion.serving_since and day <= self.champion.serving_since:
            raise forms.ValidationError("The term ends after they became a champion.")
        return day


class SupervisionForm(forms.Form):
    """That supervision was held, and with whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = DayMonthYearField(label="Held on")
    with_whom = PersonChoice(
        label="Staff number of whoever held it",
        help_text="That it was held is noted. What was said is written nowhere.",
    )

    def __init__(self, *args, champion: Champion, by: Person, **kwargs):
        self.champion = champion
        initial = {"held_on": timezone.localdate(), "with_whom": by.staff_number}  # mostly, who notes it held it
        super().__init__(*args, initial=initial, auto_id="supervision_%s", **kwargs)
        self.fields["with_whom"].queryset = Person.objects.listed()

    def clean_held_on(self):
        return _not_later_than_today(self.cleaned_data["held_on"])

    def clean_with_whom(self):
        person = self.cleaned_data["with_whom"]
        if person.pk == self.champion.person_id:
            raise forms.ValidationError("That is their own number: name who held it.")
        return person


def _not_later_than_today(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("Enter today or an earlier day.")
    return day
