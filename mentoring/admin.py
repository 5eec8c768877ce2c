from django.contrib import admin

from wellbeing.people.admin.base import ActionsAdmin

from .actions import schedules
from .models import Rules


@admin.register(Rules)
class RulesAdmin(ActionsAdmin):
    """How often 1-1s are, for whoever has set nothing else. Nothing about anybody's 1-1s is in the admin."""

    fields = ("every_weeks",)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Rules.objects.exists()

    def add_with_action(self, request, obj):
        return schedules.set_rules(by=request.user, every_weeks=obj.every_weeks)

    def change_with_action(self, request, stored, values):
        schedules.set_rules(by=request.user, **values)
