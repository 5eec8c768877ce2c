"""What HR says of who must hold which course."""

from django import forms

from wellbeing.people.admin.base import ActionsForm
from wellbeing.training.models import Course, Purpose, Requirement
from wellbeing.training.queries import requirements

_LONGEST = Requirement._meta.get_field("ranks").base_field.max_length


class RanksField(forms.CharField):
    """Ranks and grades, one on each line; cleans to a list without blanks and without doubles."""

    widget = forms.Textarea({"rows": 6})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return list({line.casefold(): line for line in (" ".join(line.split()) for line in lines) if line}.values())

    def validate(self, value):
        super().validate(value)
        if too_long := [line for line in value if len(line) > _LONGEST]:
            raise forms.ValidationError(f"“{too_long[0]}” is longer than {_LONGEST} characters.")

    def run_validators(self, value):
        """Those of a text would not know a list."""

    def has_changed(self, initial, data):
        return self.to_python(data) != (initial or [])


class RequirementForm(ActionsForm):
    """Which course, and whom it concerns. The ranks that the roster has stand beside the box."""

    course = forms.ModelChoiceField(
        Course.objects.filter(purpose=Purpose.COURSE),
        help_text="The coordinator adds courses. Events, and training to become a champion, are never required.",
    )
    ranks = RanksField(label="Ranks and grades", required=False)

    class Meta:
        model = Requirement
        fields = ("course", "line_managers", "ranks", "within_days", "is_in_force")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "ranks" in self.fields:
            known = ", ".join(requirements.ranks_on_the_roster()) or "none yet"
            self.fields["ranks"].help_text = (
                f"One on each line, for people whom it concerns whether or not anybody reports to them. "
                f"On the roster now: {known}."
            )
