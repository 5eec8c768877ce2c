"""What the DPO asks of the read log."""

from django import forms

from wellbeing.people.forms import PersonChoice
from wellbeing.web.forms import laid_out


class AboutForm(forms.Form):
    """Whose records; posted, so that no address says whom somebody looked up."""

    person = PersonChoice(label="About whom", help_text="A staff number.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("person", button="Show lines about them")
