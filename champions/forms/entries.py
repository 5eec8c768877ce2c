"""What is asked about champions, and its errors."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone

from champions import queries
from champions.models import Champion
from wellbeing.people.forms import HOURS, WAYS, ReachableForm
from wellbeing.people.models import Division, Station
from wellbeing.web.forms import DayMonthYearField, Paragraphs, laid_out


class StationChoice(forms.ModelMultipleChoiceField):
    """Open stations, with the division beside each name."""

    def __init__(self, **options):
        stations = Station.objects.filter(closed=False).select_related("division").order_by("division__name", "name")
        super().__init__(stations, widget=forms.CheckboxSelectMultiple, **options)

    def label_from_instance(self, station):
        return f"{station.name} ({station.division.name})"


class SearchForm(forms.Form):
    """The directory's search. Nothing in it is required; the page draws it itself."""

    text = forms.CharField(required=False, max_length=100)
    division = forms.ModelChoiceField(Division.objects.all(), to_field_name="slug", required=False)
    when = forms.ChoiceField(choices=[("", "At any time"), ("day", "By day"), ("night", "By night")], required=False)

    def search(self, near: Station | None) -> queries.Search:
        """What was asked for, as far as it was understood: a choice that does not exist counts as none."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return queries.Search(near=near, **asked)


class EntryForm(ReachableForm):
    """A champion's own entry: how to be reached, when, and a few words."""

    class Meta:
        model = Champion
        fields = (*WAYS, "phone", *HOURS, "about_me")
        widgets = {"about_me": Paragraphs({"rows": 4})}
        labels = {"about_me": "About me"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["show_mail"].help_text = self.instance.person.email
        self.fields["about_me"].help_text = (
            "A sentence or two, if you like: what you do, where to find you. Nothing about anybody's health, "
            "your own or another's. At most 300 characters."
        )
        self.helper = laid_out(
            Fieldset("How people may reach you", *WAYS, "phone"),
            Fieldset("When", *HOURS),
            "about_me",
            button="Save my entry",
        )


class StationsForm(forms.Form):
    """Which stations somebody covers."""

    stations = StationChoice(label="Stations you cover", required=False)

    def __init__(self, *args, champion: Champion, **kwargs):
        kwargs.setdefault("initial", {"stations": [row.station_id for row in champion.coverage.live()]})
        super().__init__(*args, **kwargs)
        own = champion.person.station
        self.fields["stations"].help_text = (
            f"You work at {own}. Any other station is one you travel to." if own else "Choose as many as you can reach."
        )
        self.helper = laid_out("stations", button="Save my stations")


class AwayForm(forms.Form):
    """An absence: two dates, and who covers."""

    first_day = DayMonthYearField(label="First day away")
    last_day = DayMonthYearField(label="Last day away")
    cover = forms.ModelChoiceField(
        Champion.objects.none(),
        label="Who covers meanwhile",
        required=False,
        empty_label="Nobody in particular",
        help_text="Ask them first. They stand beside your name while you are away.",
    )

    def __init__(self, *args, champion: Champion, **kwargs):
        first_day = champion.away_from or timezone.localdate()
        initial = {"first_day": first_day, "last_day": champion.away_until, "cover": champion.cover_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["cover"].queryset = queries.possible_covers(champion)
        self.fields["cover"].label_from_instance = lambda other: f"{other.person.name} ({other.person.station})"
        self.helper = laid_out("first_day", "last_day", "cover", button="Save the dates")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if last and last < timezone.localdate():
            self.add_error("last_day", "The last day away must be today or later.")
        elif first and last and last < first:
            self.add_error("last_day", "The last day away must be on or after the first.")
        return cleaned
