"""What whoever organises training is asked: a course, a session, who came, what somebody completed elsewhere."""

import uuid

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person, Station
from wellbeing.people.policy import sees_hidden
from wellbeing.support.models import Guidance
from wellbeing.training import policy
from wellbeing.training.models import Course, Purpose, Session
from wellbeing.web.forms import DayMonthYearField, Paragraphs, Refusable, TimeField, laid_out, moment

_MOST = 500  # places; more is a slip


class SessionForm(Refusable):
    """When and where a course is held. `id` is made with the form, so that a second click plans nothing twice; `seen`
    is how the session stood when the form was opened."""

    elsewhere = {"starts_at": "day", "ends_at": "ends"}

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    course = forms.ModelChoiceField(Course.objects.none(), empty_label="Choose")
    day = DayMonthYearField(label="Day", within_years=3)
    starts = TimeField(label="Begins at", help_text="For example 09:30")
    ends = TimeField(label="Ends at")
    last_day = DayMonthYearField(
        label="Last day", within_years=3, required=False, help_text="Only where it goes on for more than a day."
    )
    station = forms.ModelChoiceField(
        Station.objects.filter(closed=False).order_by("name"),
        required=False,
        empty_label="At no station: by video, or elsewhere",
        help_text="At no station, it is shown to everybody as being for them.",
    )
    room = forms.CharField(
        label="Room, or link", max_length=200, required=False, help_text="Everybody who signs in can read it."
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=_MOST,
        initial=12,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"min_value": "There is one place at least."},
    )
    trainer = forms.CharField(label="Who leads it", max_length=100, required=False)
    notes = forms.CharField(
        label="What to know beforehand",
        max_length=600,
        required=False,
        widget=Paragraphs({"rows": 3}),
        help_text="What to bring, parking, lunch, a hearing loop. Nothing about anybody.",
    )

    def __init__(self, *args, by: Person, session: Session | None = None, course: Course | None = None, **kwargs):
        self.session = session
        kwargs.setdefault("initial", _as_typed(session) if session else {"id": uuid.uuid4(), "course": course})
        super().__init__(*args, **kwargs)
        if session:
            del self.fields["course"], self.fields["id"]
        else:
            del self.fields["seen"]
            self.fields["course"].queryset = policy.organised_by(by).filter(is_offered=True)
        rest = ("station", "room", "capacity", "trainer", "notes")
        when = Fieldset("When", "day", "starts", "ends", "last_day")
        parts = ("seen", when) if session else ("id", "course", when)
        button = "Save the session" if session else "Plan the session"
        self.helper = laid_out(*parts, Fieldset("Where and for how many", *rest), button=button)

    def clean(self):
        cleaned = super().clean()
        day, last_day = cleaned.get("day"), cleaned.get("last_day")
        if day and last_day and last_day < day:
            self.add_error("last_day", "The last day is the first day or a later one.")
        return cleaned

    @property
    def values(self) -> dict:
        """What was asked for, as the action takes it."""
        said = self.cleaned_data
        values = {name: said[name] for name in ("station", "room", "capacity", "trainer", "notes")}
        values |= {"starts_at": moment(said["day"], said["starts"])}
        values |= {"ends_at": moment(said["last_day"] or said["day"], said["ends"])}
        if self.session:
            return values | {"seen": said["seen"]}
        return values | {"course": said["course"]} | ({"id": said["id"]} if said["id"] else {})


class CourseForm(Refusable):
    """A course or event, however often it is held."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(max_length=100)
    purpose = forms.ChoiceField(
        label="What it is",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text="Places in training to become a champion are offered from the waiting list; all others are booked.",
    )
    provider = forms.CharField(
        label="Who teaches it", max_length=100, required=False, help_text="It stands on the certificate."
    )
    summary = forms.CharField(label="What it is about", max_length=600, required=False, widget=Paragraphs({"rows": 4}))
    valid_months = forms.IntegerField(
        label="Months for which it holds",
        min_value=1,
        max_value=120,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
        help_text="Empty: it need not be repeated.",
        error_messages={"min_value": "It holds for a month at least."},
    )
    reading = forms.ModelMultipleChoiceField(
        Guidance.objects.published(),
        label="Pages to read again",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A short refresher between two trainings, shown to whoever has completed it.",
    )
    is_offered = forms.BooleanField(
        label="It is offered",
        required=False,
        initial=True,
        help_text="Otherwise it is kept, and nobody can book it.",
    )

    def __init__(self, *args, course: Course | None = None, **kwargs):
        if course:
            names = ("title", "purpose", "provider", "summary", "valid_months", "is_offered")
            values = {name: getattr(course, name) for name in names}
            values |= {"reading": list(course.reading.all()), "seen": course.edition}
            kwargs.setdefault("initial", values)
        super().__init__(*args, **kwargs)
        if course and course.purpose_is_settled:
            self.fields["purpose"].disabled = True
            self.fields["purpose"].help_text = "Settled, since it has sessions or people must complete it."
        about = ("seen", "title", "purpose", "provider", "summary", "valid_months", "reading", "is_offered")
        self.helper = laid_out(*about, button="Save the course" if course else "Add the course")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("purpose") == Purpose.EVENT and cleaned.get("valid_months"):
            self.add_error("valid_months", "Nobody completes an event: leave this empty.")
        return cleaned


class AttendanceForm(forms.Form):
    """Who came: a box for each person with a place. `seen` is what was written when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    came = forms.MultipleChoiceField(label="Who came", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = choices
        self.fields["came"].help_text = "Whoever is not ticked did not come."
        self.helper = laid_out("seen", "came", button="Save who came")

    @property
    def keys(self) -> set[uuid.UUID]:
        """The keys of the places of those who came."""
        return {uuid.UUID(key) for key in self.cleaned_data["came"]}


class RecordForm(Refusable):
    """What somebody completed elsewhere. `seen`: the staff number of whoever was shown by name before."""

    person = PersonChoice(label="Staff number")
    course = forms.ModelChoiceField(Course.objects.none(), empty_label="Choose")
    completed_on = DayMonthYearField(label="Completed on")
    provider = forms.CharField(
        label="Who taught it", max_length=100, required=False, help_text="Empty: whoever teaches the course here."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by: Person, **kwargs):
        self.by = by
        super().__init__(*args, **kwargs)
        people = Person.objects.current() if sees_hidden(by) else Person.objects.listed()
        self.fields["person"].queryset = people.select_related("station")
        self.fields["course"].queryset = policy.organised_by(by).exclude(purpose=Purpose.EVENT)
        self.helper = laid_out("person", "course", "completed_on", "provider", button="Go on: see whose it is")

    def clean_person(self):
        if self.cleaned_data["person"] == self.by:
            raise ValidationError("That is your own number. Somebody else records what you have completed.")
        return self.cleaned_data["person"]

    def clean_completed_on(self):
        if self.cleaned_data["completed_on"] > timezone.localdate():
            raise ValidationError("Choose today or an earlier day.")
        return self.cleaned_data["completed_on"]

    @property
    def is_confirmed(self) -> bool:
        """Whether the name of this very person was shown before."""
        return self.cleaned_data["seen"] == self.cleaned_data["person"].staff_number

    @property
    def values(self) -> dict:
        """What was asked for, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("person", "course", "completed_on", "provider")}


def _as_typed(session: Session) -> dict:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    kept = {name: getattr(session, name) for name in ("station", "room", "capacity", "trainer", "notes")}
    when = {"day": session.day, "starts": starts.time(), "ends": ends.time()}
    last_day = ends.date() if session.ends_another_day else None
    return {**kept, **when, "last_day": last_day, "seen": session.edition}
