"""Which of the network's champions are asked for."""

from django import forms

from champions.models import State
from champions.queries import network
from wellbeing.people.models import Division, Person


class NetworkForm(forms.Form):
    """The choices of the network's page; they stand in the address, and the page draws them itself."""

    state = forms.ChoiceField(choices=[("", "All")], required=False)
    division = forms.ModelChoiceField(Division.objects.all(), to_field_name="slug", required=False)
    due = forms.ChoiceField(required=False)

    def __init__(self, *args, reader: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "All"), *State.choices]
        self.fields["due"].choices = network.due_choices(reader)

    def asked(self) -> network.Asked:
        """What was asked for, as far as it was understood: a choice that does not exist counts as none."""
        self.full_clean()
        return network.Asked(**{name: value for name, value in self.cleaned_data.items() if value})
