from django.contrib import admin

from wellbeing.people.admin.base import ActionsAdmin

from .actions import schedules
from .models import Rules


@admin.register(Rules)
class RulesAdmin(ActionsAdmin):
    """How often 1-1s are, contact while away, and what else has a number of days. Nothing about anybody is here."""

    fields = tuple(field.name for field in Rules._meta.fields if field.name != "id")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Rules.objects.exists()

    def add_with_action(self, request, obj):
        return schedules.set_rules(by=request.user, **{name: getattr(obj, name) for name in self.fields})

    def change_with_action(self, request, stored, values):
        schedules.set_rules(by=request.user, **values)
