from django.contrib import admin

from wellbeing.people.admin.base import ActionsAdmin

from . import retention
from .models import Retention


@admin.register(Retention)
class RetentionAdmin(ActionsAdmin):
    """How long confidential records are kept. Nothing that is confidential itself is in the admin."""

    fields = (
        "records_months", "read_log_months", "drafts_days", "reminders_days", "forum_names_months",
        "forum_invitations_months",
    )  # fmt: skip

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Retention.objects.exists()

    def add_with_action(self, request, obj):
        return retention.set_periods(by=request.user, **{name: getattr(obj, name) for name in self.fields})

    def change_with_action(self, request, stored, values):
        retention.set_periods(by=request.user, **values)
