"""What the secretary is asked of a meeting: when and where, a series, who came, its papers."""

import uuid

from crispy_forms.layout import Fieldset, Submit
from django import forms
from django.utils import timezone

from forum.models import Invitation, Meeting, Paper, Rhythm
from forum.queries.meetings import invited
from forum.series import days_of
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.forms import DayMonthYearField, Paragraphs, Refusable, TimeField, laid_out

_YEARS, _MOST = 3, 24
_WHERE = ("place", "link", "chair")


class MeetingForm(Refusable):
    """When and where a meeting is."""

    elsewhere = {"starts_at": "starts", "ends_at": "ends"}

    title = forms.CharField(max_length=80, initial="Wellbeing forum")
    day = DayMonthYearField(label="Day", within_years=_YEARS)
    starts = TimeField(label="Begins at", help_text="For example 14:00")
    ends = TimeField(label="Ends at")
    place = forms.CharField(label="Place", max_length=120, required=False, help_text="Station and room.")
    link = forms.URLField(
        label="Link for those who join from elsewhere",
        required=False,
        assume_scheme="https",
        help_text="Only those who are invited see it.",
    )
    chair = PersonChoice(label="Staff number of the chair", required=False, help_text="Leave empty where it is open.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = Person.objects.listed()

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The meeting ends after it begins.")
        if not cleaned.get("place") and not cleaned.get("link") and not {"place", "link"} & set(self.errors):
            self.add_error("place", "Say where it is: a place, a link, or both.")
        return cleaned


class PlanForm(MeetingForm):
    """One meeting, or a series of them, whose days are shown before they are planned."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    rhythm = forms.ChoiceField(label="How often", choices=[("", "Once"), *Rhythm.choices], required=False)
    number = forms.IntegerField(
        label="How many meetings",
        min_value=1,
        max_value=_MOST,
        initial=6,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
        help_text="Of a series. One that falls on a weekend or a bank holiday moves to the next working day.",
    )

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def helper(self):
        """With the second button once the days have been shown."""
        parts = [
            Fieldset("When", "title", "day", "starts", "ends"),
            Fieldset("A series", "rhythm", "number"),
            Fieldset("Where", *_WHERE),
        ]
        helper = laid_out("key", "shown", *parts, button="Show the days")
        if self.is_bound and self.is_valid():
            helper.layout.append(Submit("sure", f"Plan {len(self.days)} meeting{'s' * (len(self.days) > 1)}"))
        return helper

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("rhythm") and "number" not in self.errors and not cleaned.get("number"):
            self.add_error("number", "Say how many meetings.")
        if not cleaned.get("rhythm"):
            cleaned["number"] = 1
        return cleaned

    @property
    def days(self):
        """The days on which they would be, once the form is valid."""
        said = self.cleaned_data
        return days_of(said["day"], said["rhythm"], said["number"]) if said["rhythm"] else [said["day"]]

    def show(self) -> list:
        """The days, which the form remembers as those that were shown."""
        self.data = self.data.copy()
        self.data["shown"] = self._as_shown
        return self.days

    @property
    def is_sure(self) -> bool:
        """Whether the days were shown, are still the same, and are to be planned."""
        return "sure" in self.data and self.cleaned_data["shown"] == self._as_shown

    @property
    def planned(self) -> dict:
        """What was asked for, as the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shown"}

    @property
    def _as_shown(self) -> str:
        return " ".join(day.isoformat() for day in self.days)


class ChangeForm(MeetingForm):
    """Another time or place for a meeting, and for the later ones of its series."""

    later = forms.BooleanField(
        label="Change all later meetings of this series in the same way",
        required=False,
        help_text="They move by as many days, and get the same times and place.",
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        kept = {name: getattr(meeting, name) for name in ("title", "place", "link")}
        initial = {**kept, "day": meeting.day, "starts": starts.time(), "ends": ends.time(), "chair": meeting.chair_id}
        super().__init__(*args, initial=initial, **kwargs)
        if meeting.series_id is None:
            del self.fields["later"]
        series = ("later",) if meeting.series_id else ()
        when = Fieldset("When", "title", "day", "starts", "ends")
        self.helper = laid_out(when, Fieldset("Where", *_WHERE), *series, button="Save the meeting")


class CancelForm(Refusable):
    """Why a meeting is cancelled."""

    because = forms.CharField(
        label="Why it is cancelled", max_length=200, help_text="One sentence. Everybody reads it. Name nobody."
    )
    helper = laid_out("because", button="Cancel the meeting")


class HoldForm(forms.Form):
    """Who came."""

    came = forms.ModelMultipleChoiceField(
        Invitation.objects.none(), label="Who came", widget=forms.CheckboxSelectMultiple, required=False
    )
    helper = laid_out("came", button="Save who came")

    def __init__(self, *args, meeting: Meeting, **kwargs):
        people = invited(meeting)
        known = [one.invitation.pk for one in people if _there(one.invitation)]
        super().__init__(*args, initial={"came": known}, **kwargs)
        self.fields["came"].queryset = meeting.invitations.standing()
        self.fields["came"].choices = [(one.invitation.pk, _in_words(one)) for one in people]


class GuestForm(forms.Form):
    """Somebody who does not sit at the forum is invited all the same."""

    person = PersonChoice(label="Staff number of a guest")
    helper = laid_out("person", button="Invite them")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.listed()


class PaperForm(forms.Form):
    """A paper, in Markdown."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(max_length=120)
    text = forms.CharField(
        max_length=20_000,
        widget=Paragraphs({"rows": 18}),
        help_text="Markdown: “## ” before a heading, “- ” before a point. Nothing about anybody’s health.",
    )
    position = forms.IntegerField(
        label="Place in the list",
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    helper = laid_out("key", "title", "text", "position", button="Save the paper")
    helper.layout.append(Submit("preview", "Show how it reads", css_class="govuk-button--secondary"))

    def __init__(self, *args, paper: Paper | None = None, **kwargs):
        if paper:
            kept = {name: getattr(paper, name) for name in ("title", "text", "position")}
            kwargs["initial"] = {"key": paper.pk, **kept}
        super().__init__(*args, **kwargs)


def _there(invitation: Invitation) -> bool:
    return invitation.answer == "coming" if invitation.came is None else invitation.came


def _in_words(one) -> str:
    how = one.strands or one.invitation.get_invited_as_display()
    return f"{one.name}, {how}" + (" (deputy)" if one.invitation.invited_as == "deputy" else "")
