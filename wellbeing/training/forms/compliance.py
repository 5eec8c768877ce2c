"""What may be chosen of who holds what they must hold."""

from django import forms

from wellbeing.people.models import Division, Station
from wellbeing.training.models import Requirement, Standing
from wellbeing.training.queries import compliance


class WhichForm(forms.Form):
    """Which training, and which division; from the address, and so without a button of its own."""

    course = forms.ModelChoiceField(Requirement.objects.none(), to_field_name="course", required=False)
    division = forms.ModelChoiceField(Division.objects.all(), to_field_name="slug", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = compliance.requirements_in_force()


class PeopleForm(WhichForm):
    """Which of the people whom it concerns."""

    station = forms.ModelChoiceField(Station.objects.select_related("division"), to_field_name="slug", required=False)
    nowhere = forms.BooleanField(required=False)
    standing = forms.ChoiceField(choices=[("", "Everybody"), *Standing.choices], required=False)
