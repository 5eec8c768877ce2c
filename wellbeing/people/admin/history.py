"""What was changed, by whom, when: read by whoever oversees it, edited by nobody."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from wellbeing.people import history, policy
from wellbeing.people.models import Change

from .base import ActionsAdmin


class CountedSoFar(Paginator):
    """Counts no further than anybody leafs: a history of years costs no long count."""

    most = 10_000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.most].count()


@admin.register(Change)
class ChangeAdmin(ActionsAdmin):
    paginator = CountedSoFar
    list_display = ("at", "by", "verb", "about_type", "about_id")
    list_select_related = ("by",)
    search_fields = ("about_id__exact", "by__staff_number__exact")
    search_help_text = "The staff number of who did it, or the number of what was changed."
    fields = ("at", "by", "verb", "about_type", "about_id", "details")
    readonly_fields = fields

    def get_queryset(self, request):
        changes = super().get_queryset(request)
        return changes if policy.sees_hidden(request.user) else history.without_hidden(changes)

    def has_view_permission(self, request, obj=None):
        """Whoever holds the role for it: being a superuser opens no history."""
        return "people.view_change" in request.user.get_all_permissions()

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
