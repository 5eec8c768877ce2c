"""The coordinator's list of services."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models

from wellbeing.people.admin.base import ActionsAdmin

from .. import actions
from ..models import Service


@admin.register(Service)
class ServiceAdmin(ActionsAdmin):
    list_display = ("name", "scope", "phone", "text_number", "urgent", "verified_on", "verified_by")
    list_filter = ("scope", "urgent", "always_open")
    list_select_related = ("verified_by",)
    search_fields = ("name", "for_what")
    readonly_fields = ("verified_on", "verified_by")
    actions = ("rang_and_works",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

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
