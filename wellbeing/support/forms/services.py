"""What the directory of services is asked for. All of it is posted: no need stands in an address."""

from django import forms

from wellbeing.people.models import Division

from ..models import Topic
from ..queries.services import Wish


class DirectoryForm(forms.Form):
    """Nothing in it is required; the page draws it itself."""

    need = forms.ModelChoiceField(Topic.objects.shown(), required=False)
    division = forms.ModelChoiceField(Division.objects.all(), required=False)
    open_now = forms.BooleanField(required=False)

    def wish(self) -> Wish:
        """What was asked for, as far as it was understood: a choice that does not exist counts as none."""
        self.full_clean()
        return Wish(**self.cleaned_data)
