"""What is asked of SPOCs, and its errors."""

from crispy_forms.layout import Fieldset
from django import forms
from django.db.models import Q

from wellbeing.people.forms import HOURS, WAYS, PersonChoice, ReachableForm
from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.forms import laid_out

from ..models import Gender, RankBand, Spoc, State

_UNSAID = ("", "Rather not say")


class ProfileForm(ReachableForm):
    """A SPOC's own profile. Before consent it asks for consent as well."""

    topics = forms.ModelMultipleChoiceField(
        queryset=Topic.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="What I am willing to talk about",
        help_text="Each tick is a consent of its own. While you are listed, the topic is shown beside your name; take "
        "the tick away, and it is deleted. Nobody asks why.",
        error_messages={
            "required": "Tick at least one topic. To be off the list, pause or withdraw on your page.",
            "invalid_choice": "This topic is no longer in the list. Please look again.",
        },
    )
    agree = forms.BooleanField(
        label="I have read who can read my profile, and agree to be listed",
        error_messages={"required": "Tick the box if you agree to be listed. If you do not, simply leave this page."},
    )

    class Meta:
        model = Spoc
        fields = ("first_name_only", "role_words", "rank_band", "gender", *WAYS, "phone", *HOURS, "hr_may_know")
        widgets = {"rank_band": forms.RadioSelect, "gender": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agree = ["agree"] if self.instance.state == State.INVITED else []
        if not agree:
            del self.fields["agree"]
        self.fields["rank_band"].choices = [_UNSAID, *RankBand.choices]
        self.fields["gender"].choices = [_UNSAID, *Gender.choices]
        held = list(self.instance.consents.values_list("topic_id", flat=True))
        self.fields["topics"].queryset = Topic.objects.filter(Q(shown=True) | Q(pk__in=held))
        self.fields["topics"].initial = held
        self._explain()
        self.helper = laid_out(
            "topics",
            Fieldset("What people see beside it", "first_name_only", "role_words", "rank_band", "gender"),
            Fieldset("How people may reach you", *WAYS, "phone"),
            Fieldset("When", *HOURS),
            Fieldset("HR", "hr_may_know"),
            *agree,
            button="I agree: send it to the coordinator" if agree else "Save my profile",
        )

    def _explain(self) -> None:
        person = self.instance.person
        hints = {
            "first_name_only": f"People see “{person.known_as}”. Your e-mail address, which holds your last name, "
            "cannot be shown then.",
            "gender": "Only if you wish. Some people would rather talk with a woman, or with a man.",
            "hr_may_know": "HR then sees your full name in a short list of SPOCs, and never what you talk about. "
            "Without this tick, HR sees what every colleague sees, and no more.",
            "role_words": "For example “response officer”. Leave out what would single you out.",
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first_name_only") and cleaned.get("show_mail"):
            self.add_error(
                "show_mail", "Your address holds your last name: show your full name, or choose another way."
            )
        return cleaned

    @property
    def profile(self) -> dict:
        """What was entered, without the tick of consent."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agree"}


class InviteForm(forms.Form):
    """Whom the coordinator invites, by staff number: typed, never picked from a list of names."""

    person = PersonChoice(
        label="Staff number",
        help_text="Talk to them first. They find the invitation on their first page, and decide for themselves.",
        error_messages={"invalid_choice": "Nobody who can be listed has this staff number."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()
        self.helper = laid_out("person", button="Invite them")
