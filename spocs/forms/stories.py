"""What is asked of whoever writes a story, reads it first, or keeps it where it is printed."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Hidden, Layout, Submit
from django import forms
from django.urls import reverse_lazy

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.forms import Paragraphs, laid_out

from ..models import NameShown, Printing, StoryVersion, Tick

WORDS = ("title", "text", "content_note", "name_shown", "role_words", "leader")


class StoryForm(forms.ModelForm):
    """A story's words. The action writes; the key makes one draft of a form that is sent twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = StoryVersion
        fields = ("title", "text", "content_note", "topics", "name_shown", "role_words", "leader")
        widgets = {
            "text": Paragraphs(
                {
                    "rows": 18,
                    "hx-post": reverse_lazy("spocs:story_cautions"),
                    "hx-trigger": "input changed delay:1s",
                    "hx-target": "#cautions",
                    "hx-sync": "this:replace",
                }
            ),
            "topics": forms.CheckboxSelectMultiple,
            "name_shown": forms.RadioSelect,
        }
        labels = {"text": "Your story", "content_note": "This story speaks of …", "topics": "What is it about?"}
        help_texts = {
            "title": "A few words. Nobody's name.",
            "text": "As you would tell it to a colleague. A blank line begins a new paragraph; two stars around "
            "**words** make them bold; a line that begins with ## is a heading.",
            "content_note": "Finish the sentence, for example “the death of a parent, and not sleeping”. It is "
            "shown above your story, so that anybody who is not up to it today can leave it for another day.",
            "topics": "Your story is found under what you tick. Nothing ticked is fine.",
            "name_shown": "Without a name, nobody is told who wrote it, not even the person who reads it first.",
            "role_words": "For example “response officer”. Leave it empty if it would single you out.",
        }
        error_messages = {
            "title": {"required": "Give your story a title."},
            "text": {"required": "Write your story, or leave this page without saving."},
            "content_note": {"required": "Say what your story speaks of, so that a reader can choose."},
            "name_shown": {"required": "Choose how your name is shown."},
        }

    def __init__(self, data=None, *, kept=None, ticket="", **kwargs):
        """`kept` is what was typed before, shown as it was and not judged before it is sent."""
        super().__init__(data if kept is None else kept, **kwargs)
        if kept is not None:
            self._errors = forms.utils.ErrorDict()
        # A published version is begun from, not written in: what is typed becomes a version of its own.
        self.fields["key"].initial = self.instance.pk if self.instance.is_open else uuid.uuid4()
        self.fields["topics"].queryset = Topic.objects.shown()
        self.fields["name_shown"].choices = NameShown.choices
        self.helper = laid_out(
            "key",
            Hidden("ticket", ticket),
            Fieldset("Your story", "title", "text", "content_note", "topics"),
            Fieldset("How you are shown", "name_shown", "role_words", "leader"),
            button="Save, and see how it looks",
        )

    def clean_content_note(self):
        """The end of a sentence: without its full stop, and without its beginning said twice."""
        note = self.cleaned_data["content_note"].strip().rstrip(".")
        beginning = "this story speaks of"
        return note[len(beginning) :].strip() if note.lower().startswith(beginning) else note

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("leader") and cleaned.get("name_shown") == NameShown.NONE:
            self.add_error("leader", "Your rank shows with your name: choose a name, or leave the rank out.")
        return cleaned

    def _post_clean(self):
        """The instance stays as it is: the action writes."""

    @property
    def written(self) -> dict:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("key", "topics", *WORDS)}


class AskForm(forms.Form):
    """Consent, before somebody else reads it."""

    agree = forms.BooleanField(
        label="I have read who can read my story, and what it may lead to",
        error_messages={"required": "Tick the box once you have read it. If you would rather wait, leave this page."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("agree", button="Ask for it to be read")


class ReviewForm(forms.Form):
    """The list that a second person reads a story against, or the sentence with which it goes back."""

    ticks = forms.MultipleChoiceField(
        label="I have made sure of each of these",
        choices=Tick.choices,
        error_messages={"required": "Tick every line, or send the story back with a sentence."},
        widget=forms.CheckboxSelectMultiple,
    )
    sentence = forms.CharField(
        label="If it goes back: what would help",
        help_text="A kind sentence or two that whoever wrote it can work with. Only they read it.",
        error_messages={"required": "Say what would help. Nobody is sent away without a word."},
        max_length=500,
        widget=Paragraphs({"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:  # of the two, what the other button would have asked for is not asked
            self.fields["ticks" if "back" in self.data else "sentence"].required = False
        back = Submit("back", "Send it back with this sentence", css_class="govuk-button--secondary")
        self.helper = FormHelper()
        self.helper.layout = Layout("ticks", Submit("pass", "Pass this story"), "sentence", back)
        self.helper.attrs = {"novalidate": True}
        self.helper.form_class = "app-form"

    def clean_ticks(self):
        ticks = self.cleaned_data["ticks"]
        if "back" not in self.data and set(ticks) != set(Tick.values):
            raise forms.ValidationError(self.fields["ticks"].error_messages["required"])
        return ticks


class PrintingForm(forms.ModelForm):
    """Where else a story is printed, and who keeps it there."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    address = forms.URLField(
        label="Its address on the intranet",
        help_text="If it has one. It begins with https://",
        required=False,
        max_length=300,
        assume_scheme="https",
    )
    kept_by = PersonChoice(
        label="Who keeps it there: their staff number",
        help_text="They are asked to take it down when the story is withdrawn.",
        error_messages={"invalid_choice": "Nobody who can be asked has this staff number."},
    )

    class Meta:
        model = Printing
        fields = ("place",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept_by"].queryset = Person.objects.listed()
        self.helper = laid_out("key", "place", "address", "kept_by", button="Note it")


class TakeOffForm(forms.Form):
    """Why the coordinator takes a published story off."""

    sentence = forms.CharField(
        label="What you tell whoever wrote it",
        help_text="A kind sentence or two. If its author has taken their name off, nobody reads it.",
        max_length=500,
        widget=Paragraphs({"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("sentence", button="Take this story off every page")


class DaysForm(forms.Form):
    """How many days there are to think again."""

    days_to_think = forms.IntegerField(
        label="Days to think again",
        help_text="From when a story is passed until its author may publish it: 7 to 60.",
        min_value=7,
        max_value=60,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out("days_to_think", button="Save the days")
