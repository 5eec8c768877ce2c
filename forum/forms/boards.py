"""What the secretary is asked of a screen on a wall."""

import uuid

from django import forms

from wellbeing.people.models import Division
from wellbeing.web.forms import laid_out


class ScreenForm(forms.Form):
    """Whose noticeboard it shows, and where it hangs. The key makes two clicks one address."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    division = forms.ModelChoiceField(Division.objects.all(), label="Whose noticeboard", to_field_name="slug")
    place = forms.CharField(
        label="Where the screen hangs", max_length=80, help_text="So that you know which one it is: Ashford, canteen."
    )
    helper = laid_out("key", "division", "place", button="Make an address for this screen")
