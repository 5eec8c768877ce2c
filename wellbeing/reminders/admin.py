"""What the technical admin sees of reminders: mail that could not be sent, and that the work is done. Not of what."""

from django.contrib import admin, messages
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst

from wellbeing.people.admin.base import ActionsAdmin

from . import actions
from .models import Mail, Run


class ReadOnlyAdmin(ActionsAdmin):
    """A list to read, without pages of single rows."""

    list_display_links = None

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        raise Http404

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Mails given up after the last attempt. The mail server's own log says under the Message-ID whose they are."""

    list_display = ("message_id", "made_at", "attempts", "trouble")
    actions = ("try_again",)

    def get_queryset(self, request):
        """The columns that the web may read: not whose mail it is."""
        return super().get_queryset(request).only("id", "state", "attempts", "made_at", "trouble")

    def get_actions(self, request):
        return super().get_actions(request) if self.get_queryset(request).exists() else {}

    @admin.display(description="Message-ID", ordering="id")
    def message_id(self, mail):
        return f"{mail.pk}"

    @admin.action(description="Try again", permissions=["view"])
    def try_again(self, request, mails):
        mails = list(mails)
        number = actions.try_again(mails=mails, by=request.user)
        self.message_user(request, f"{number} of {len(mails)} will be tried again within a minute.", messages.SUCCESS)


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """What ran, when, how many: one row for each sort of work and day."""

    list_display = ("what", "day", "times", "number", "last", "last_seconds", "failures", "last_failure")
    list_filter = ("what",)

    @admin.display(description="last at", ordering="last_at")
    def last(self, run):
        return timezone.localtime(run.last_at).strftime("%H:%M:%S")
