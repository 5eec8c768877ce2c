"""The coordinator's list of topics."""

from django.contrib import admin

from wellbeing.people.admin.base import ActionsAdmin

from .. import actions
from ..models import Topic


@admin.register(Topic)
class TopicAdmin(ActionsAdmin):
    list_display = ("name", "also_called", "order", "shown", "urgent")
    list_filter = ("shown", "urgent")
    search_fields = ("name", "also_called")

    def add_with_action(self, request, obj):
        return actions.save_topic(topic=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.save_topic(topic=stored, by=request.user, **values)
