"""The coordinator's list of services."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models

from wellbeing.people.admin.base import ActionsAdmin, ActionsForm
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person

from .. import actions
from ..models import Service


class ServiceForm(ActionsForm):
    """Who keeps it right: typed as a staff number, and only somebody who works here and may be named."""

    owner = PersonChoice(
        required=False,
        help_text="The staff number of who keeps it right. Empty while nobody does.",
        error_messages={"invalid_choice": "Nobody who works here and may be named has this staff number."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" not in self.fields:
            return
        self.fields["owner"].queryset = Person.objects.listed()
        if self.instance.owner:
            self.fields["owner"].help_text += f" Now: {self.instance.owner.name}."
        else:
            self.initial["owner"] = None  # a hidden person's number is not told either


@admin.register(Service)
class ServiceAdmin(ActionsAdmin):
    form = ServiceForm
    list_display = ("name", "kind", "scope", "phone", "text_number", "urgent", "verified_on", "owner", "review_on")
    list_filter = ("kind", "scope", "urgent", "always_open")
    list_select_related = ("verified_by", "owner")
    search_fields = ("name", "for_what")
    readonly_fields = ("verified_on", "verified_by")
    actions = ("rang_and_works",)
    formfield_overrides = {
        **ActionsAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def view_on_site(self, service):
        """The page as everybody reads it."""
        return service.get_absolute_url()

    @admin.action(description="Checked: it works", permissions=["change"])
    def rang_and_works(self, request, services):
        for service in services:
            try:
                actions.verify_service(service=service, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                self.message_user(
                    request, f"{service}: noted that you checked it today and it works.", messages.SUCCESS
                )

    def add_with_action(self, request, obj):
        return actions.save_service(service=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.save_service(service=stored, by=request.user, **values)

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request, obj):
        actions.remove_service(service=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for service in queryset:
            actions.remove_service(service=service, by=request.user)
