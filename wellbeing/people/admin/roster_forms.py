"""What is asked while a roster file is imported."""

from django import forms

from wellbeing.people.models import Station
from wellbeing.people.roster import reading

_LONGEST_SPELLING = 100


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Roster file",
        allow_empty_file=True,
        help_text="CSV or Excel (.xlsx), at most 20 MB. The first row names the columns.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.xlsm"}),
    )
    full = forms.BooleanField(
        label="The file names everybody who works for the force",
        required=False,
        help_text="Whoever it does not name is then taken to have left. You will see who before anything is changed.",
    )

    def clean_file(self):
        try:
            reading.refuse_size(self.cleaned_data["file"].size)
        except reading.RosterFileError as problem:
            raise forms.ValidationError(str(problem)) from None
        return self.cleaned_data["file"]

    def received(self) -> dict:
        """What `imports.receive` takes."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "name": file.name, "full": self.cleaned_data["full"]}


class ConfirmForm(forms.Form):
    """What was read before it was confirmed: the fingerprint of the preview on that very page."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    accept_leavers = forms.BooleanField(required=False)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, label_suffix="", initial={"seen": row.preview["fingerprint"]}, **kwargs)
        leavers = row.preview["counts"]["leavers"]
        self.fields["accept_leavers"].label = f"Yes: {leavers:,} of {row.preview['current']:,} people have left"
        if not row.preview["too_many_leave"]:
            del self.fields["accept_leavers"]

    def clean(self):
        return {"accept_leavers": False, **super().clean()}


class StationsForm(forms.Form):
    """One choice for each spelling that no station has."""

    def __init__(self, *args, unknown: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self._spellings = [entry for entry in unknown if len(entry["spelling"]) <= _LONGEST_SPELLING]
        for number, entry in enumerate(self._spellings):
            self.fields[f"spelling_{number}"] = forms.ChoiceField(
                label=f"“{entry['spelling']}” {_in_rows(entry['rows'])}",
                choices=[*((str(key), name) for key, name in entry["likeliest"]), ("", "None of these")],
                initial="",
                required=False,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[str, Station]:
        """`{spelling: station}` for the spellings that were matched."""
        said = {
            entry["spelling"]: int(key)
            for number, entry in enumerate(self._spellings)
            if (key := self.cleaned_data[f"spelling_{number}"])
        }
        stations = Station.objects.in_bulk(said.values())
        return {spelling: stations[key] for spelling, key in said.items() if key in stations}


def _in_rows(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"in row {rows[0]}"
    shown = ", ".join(map(str, rows[:5]))
    return f"in rows {shown}" + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
