"""The coordinator's list of guidance."""

from functools import partial

from django import forms
from django.contrib import admin, messages

from wellbeing.people.admin.base import ActionsAdmin, ActionsForm
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.templatetags.components import day

from .. import actions
from ..models import Guidance


class GuidanceForm(ActionsForm):
    """Who keeps a page right: typed as a staff number, and only somebody who works here and may be named."""

    owner = PersonChoice(
        required=False,
        help_text="The staff number of who keeps it right. Empty while nobody does.",
        error_messages={"invalid_choice": "Nobody who works here and may be named has this staff number."},
    )

    class Meta:
        model = Guidance
        fields = ("title", "summary", "text", "is_policy", "link", "owner", "review_on", "published")
        field_classes = {"link": partial(forms.URLField, assume_scheme="https")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" not in self.fields:
            return
        self.fields["owner"].queryset = Person.objects.listed()
        if self.instance.owner:
            self.fields["owner"].help_text += f" Now: {self.instance.owner.name}."
        else:
            self.initial["owner"] = None  # a hidden person's number is not told either


@admin.register(Guidance)
class GuidanceAdmin(ActionsAdmin):
    form = GuidanceForm
    list_display = ("title", "owner", "review_on", "published", "is_policy")
    list_filter = ("published", "is_policy")
    list_select_related = ("owner",)
    search_fields = ("title", "summary")
    readonly_fields = ("reviewed_on",)
    actions = ("still_right",)

    def view_on_site(self, page):
        """The page as everybody reads it, once they can."""
        return page.get_absolute_url() if page.published else None

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else ()

    @admin.action(description="Still right: check again in a year", permissions=["change"])
    def still_right(self, request, pages):
        for page in pages:
            page = actions.reviewed(guidance=page, by=request.user)
            self.message_user(request, f"{page}: to be checked again by {day(page.review_on)}.", messages.SUCCESS)

    def add_with_action(self, request, obj):
        return actions.save_guidance(guidance=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.save_guidance(guidance=stored, by=request.user, **values)
