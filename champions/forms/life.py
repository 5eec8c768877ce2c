"""What is asked of champions themselves in the course of their time."""

from crispy_forms.layout import Fieldset
from django import forms

from champions.models import Champion
from champions.queries import life
from wellbeing.people.forms import HOURS, WAYS
from wellbeing.web.forms import laid_out
from wellbeing.web.templatetags.components import day as in_words

from .entries import EntryForm, StationChoice

NOBODY_YET = "Nobody yet: the coordinator looks for somebody"


class BeginForm(EntryForm):
    """How people may reach somebody who has just been trained, and which stations they cover: their own is ticked."""

    stations = StationChoice(label="Stations you cover", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.instance.person.station
        self.fields["stations"].initial = [own.pk] if own else []
        self.fields["stations"].help_text = (
            f"You work at {own}. Any other station is one you travel to." if own else "Choose as many as you can reach."
        )
        self.helper = laid_out(
            Fieldset("How people may reach you", *WAYS, "phone"),
            Fieldset("When", *HOURS),
            "about_me",
            "stations",
            button="List me from now on",
        )


class TermForm(forms.Form):
    """Which term somebody goes on after: pressed twice, it is one."""

    term_ends = forms.DateField(widget=forms.HiddenInput)


class StepDownForm(forms.Form):
    """To whom the stations they lead go, what they keep, and whether their manager is told. Nothing is required."""

    tell_manager = forms.BooleanField(
        label="Tell my line manager that I have stepped down",
        required=False,
        help_text="Without a tick nothing about it reaches them, now or later.",
    )

    def __init__(self, *args, champion: Champion, **kwargs):
        super().__init__(*args, **kwargs)
        self.led = life.stations_led(champion)
        for led in self.led:
            self.fields[_name(led)] = _lead_choice(led)
        places = life.coming_trainings(champion.person)
        if has_places := places.exists():
            self.fields["give_back"] = _PlaceChoice(places)
        if champion.person.line_manager_id is None:
            del self.fields["tell_manager"]
        names = [_name(led) for led in self.led] + ["give_back"] * has_places
        self.helper = laid_out(*names, *({"tell_manager"} & self.fields.keys()), button="Step down now")
        self.helper.layout[-1].field_classes += " govuk-button--warning"

    def asked(self) -> dict:
        """What the action takes."""
        chosen = {led.station: self.cleaned_data[_name(led)] for led in self.led}
        return {
            "leads": {station: champion for station, champion in chosen.items() if champion},
            "give_back": self.cleaned_data.get("give_back", ()),
            "tell_manager": self.cleaned_data.get("tell_manager", False),
        }


class _PlaceChoice(forms.ModelMultipleChoiceField):
    """Places in coming trainings, each by its course and day."""

    def __init__(self, places):
        super().__init__(
            places,
            label="Give back my place in",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Leave it unticked to keep it: you are as welcome there as before.",
        )

    def label_from_instance(self, place):
        return f"{place.session.course}, {in_words(place.session.starts_at)}"


class _ChampionChoice(forms.ModelChoiceField):
    def label_from_instance(self, champion):
        return champion.person.name


def _name(led: life.Led) -> str:
    return f"lead_{led.station.pk}"


def _lead_choice(led: life.Led) -> forms.ModelChoiceField:
    return _ChampionChoice(
        Champion.objects.filter(pk__in=[champion.pk for champion in led.others]).select_related("person"),
        label=f"Who leads the champions at {led.station} after you?",
        required=False,
        blank=True,
        empty_label=NOBODY_YET,
        widget=forms.RadioSelect,
        help_text="They are told, and may hand it back." if led.others else "No other champion covers this station.",
        error_messages={"invalid_choice": "They can no longer lead this station. Choose again."},
    )
