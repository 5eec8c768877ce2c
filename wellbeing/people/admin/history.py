"""What was changed, by whom, when: read by whoever oversees it, edited by nobody."""

from django.contrib import admin

from wellbeing.people.models import Change

from .base import ActionsAdmin


@admin.register(Change)
class ChangeAdmin(ActionsAdmin):
    list_display = ("at", "by", "verb", "about_type", "about_id")
    list_select_related = ("by",)
    search_fields = ("about_id__exact", "by__staff_number__exact")
    search_help_text = "The staff number of who did it, or the number of what was changed."
    fields = ("at", "by", "verb", "about_type", "about_id", "details")
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
