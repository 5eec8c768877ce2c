"""The coordinator's list of services. Every write goes through an action."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models

from . import actions
from .models import Service


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["name", "scope", "phone", "text_number", "urgent", "verified_on", "verified_by"]
    list_filter = ["scope", "urgent", "always_open"]
    list_select_related = ["verified_by"]
    search_fields = ["name", "for_what"]
    readonly_fields = ["verified_on", "verified_by"]
    actions = ["rang_and_works"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.action(description="I rang it and it works", permissions=["change"])
    def rang_and_works(self, request, services):
        for service in services:
            try:
                actions.verify_service(service=service, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                self.message_user(request, f"{service}: noted that you rang it today and it works.", messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        stored = Service.objects.get(pk=obj.pk) if change else Service()
        actions.save_service(service=stored, by=request.user, **form.cleaned_data)
        obj.pk = stored.pk

    def delete_model(self, request, obj):
        actions.remove_service(service=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for service in queryset:
            actions.remove_service(service=service, by=request.user)

    def log_addition(self, request, obj, message):
        """The history of the portal says it already."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """The history of the portal says it already."""
