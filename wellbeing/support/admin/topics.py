"""The coordinator's list of topics."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from wellbeing.people.admin.base import ActionsAdmin, ActionsForm

from .. import actions
from ..models import Topic

_LONGEST = 60  # letters of one entry, as its column has it


class CommaSeparatedField(forms.CharField):
    """Words and phrases with commas or new lines between them, each once; cleans to a list."""

    widget = forms.Textarea({"rows": 4})

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        typed = super().to_python(value).replace("\n", ",").replace(";", ",").split(",")
        once = {}
        for phrase in (" ".join(part.split()) for part in typed):
            once.setdefault(phrase.casefold(), phrase)
        return [phrase for phrase in once.values() if phrase]

    def validate(self, value):
        super().validate(value)
        for phrase in value:
            if len(phrase) > _LONGEST:
                raise ValidationError(f"Put a comma into “{phrase[:_LONGEST]}…”: an entry has at most 60 letters.")

    def has_changed(self, initial, data):
        return self.to_python(data or "") != (initial or [])


class TopicForm(ActionsForm):
    """Other words for a topic are typed as words, with commas between."""

    also_called = CommaSeparatedField(
        required=False,
        help_text="Other words by which it is found, with commas between: “insomnia, awake at night”.",
    )

    class Meta:
        model = Topic
        fields = ("name", "also_called", "summary", "order", "shown", "urgent")


@admin.register(Topic)
class TopicAdmin(ActionsAdmin):
    form = TopicForm
    list_display = ("name", "also_called", "order", "shown", "urgent")
    list_filter = ("shown", "urgent")
    search_fields = ("name", "also_called")

    def add_with_action(self, request, obj):
        return actions.save_topic(topic=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.save_topic(topic=stored, by=request.user, **values)
