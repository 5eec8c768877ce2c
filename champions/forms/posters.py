"""Which posters to make as one file."""

import uuid

from django import forms

from champions.models import Size
from wellbeing.people.models import Division
from wellbeing.web.forms import laid_out


class PostersForm(forms.Form):
    """On which paper, and of which stations. The key makes two clicks one file."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    size = forms.ChoiceField(
        label="Paper",
        choices=[(Size.A4, "A4, for a door or a desk"), (Size.A3, "A3, for a wall")],
        widget=forms.RadioSelect,
        initial=Size.A4,
    )
    division = forms.ModelChoiceField(
        Division.objects.all(),
        label="Only this division",
        required=False,
        empty_label="All stations",
        to_field_name="slug",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("key", "size", "division", button="Make the posters")
