"""A month's tally: a band, and services to tick. No box takes words."""

from django import forms

from champions.models import Band
from champions.queries.load import Month
from wellbeing.support.models import Service
from wellbeing.web.forms import laid_out


class TallyForm(forms.Form):
    conversations = forms.ChoiceField(
        label="How many conversations did you have as a champion?",
        choices=Band.choices,
        widget=forms.RadioSelect,
        help_text="About how many. A short one counts too.",
    )
    services = forms.ModelMultipleChoiceField(
        Service.objects.to_point_to(),
        label="Which services did you point people to?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick each once, however often. Nothing about who it was.",
    )

    def __init__(self, *args, month: Month, **kwargs):
        if month.tally:
            ticked = [signpost.service_id for signpost in month.tally.signposts.all()]
            kwargs["initial"] = {"conversations": month.tally.conversations, "services": ticked}
        super().__init__(*args, **kwargs)
        self.helper = laid_out("conversations", "services", button=f"Save {month.first:%B}")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("conversations") == Band.NONE and cleaned.get("services"):
            self.add_error(
                "services", "You ticked a service, but no conversation. Say how many there were, or untick it."
            )
        return cleaned
