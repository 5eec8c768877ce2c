"""What is asked about minutes: the text, a comment, what was done about it, where they were approved."""

import uuid

from crispy_forms.layout import Submit
from django import forms

from forum.models import Meeting
from forum.models.minutes import MOST
from wellbeing.web.forms import Paragraphs, Refusable, laid_out
from wellbeing.web.templatetags.components import day


class MinutesForm(Refusable):
    """The text, with the number of the version that was seen."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)  # by which it is kept when a session ends
    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="The minutes",
        max_length=MOST,
        widget=Paragraphs({"rows": 26}),
        help_text="Markdown: “## ” before a heading, “- ” before a point. What somebody said of their own health "
        "belongs in no minutes.",
    )
    helper = laid_out("ticket", "seen", "text", button="Save this version")
    helper.layout.append(Submit("preview", "Show how it reads", css_class="govuk-button--secondary"))


class CommentForm(forms.Form):
    """What somebody says of the draft."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label="Your comment",
        max_length=600,
        widget=Paragraphs({"rows": 4}),
        help_text="Everybody who sits at the forum reads it, with your name.",
    )
    helper = laid_out("key", "text", button="Send the comment")


class SettleForm(forms.Form):
    """What was done about a comment."""

    settled = forms.CharField(label="What was done about it", max_length=300)


class ApproveForm(Refusable):
    """At which meeting they were approved."""

    at = forms.ModelChoiceField(Meeting.objects.none(), label="Approved at", empty_label=None, widget=forms.RadioSelect)
    helper = laid_out("at", button="They are approved as they stand")

    def __init__(self, *args, could, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].queryset = could
        self.fields["at"].label_from_instance = lambda meeting: f"{meeting.title}, {day(meeting.day)}"
