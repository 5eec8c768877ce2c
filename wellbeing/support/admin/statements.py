"""What is signed: drafted by one person, approved by another, and never changed after that."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import actions, policy, queries
from ..models import Statement, StatementKind
from .preview import PreviewAdmin


@admin.register(Statement)
class StatementAdmin(PreviewAdmin):
    list_display = ("kind", "version", "in_force_from", "proposed_by", "approved_by")
    list_filter = ("kind",)
    list_select_related = ("proposed_by", "approved_by")
    change_form_template = "admin/support/statement.html"
    fields = ("kind", "short", "text", "signed_by", "in_force_from")

    def get_fields(self, request, obj=None):
        return (*self.fields, "version", "proposed_by", "approved_by", "approved_at") if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return ("kind", "version", "proposed_by", "approved_by", "approved_at") if obj else ()

    def get_changeform_initial_data(self, request):
        """A new version begins with the words that hold today; `?kind=` in the address says of what."""
        kind = request.GET.get("kind")
        kind = kind if kind in StatementKind.values else StatementKind.LIMITS
        return queries.to_start_from(kind) | {"in_force_from": timezone.localdate()}

    def previewed(self, posted):
        kinds = dict(StatementKind.choices)
        title = kinds.get(posted.get("kind"), "A signed wording")
        return {"title": title, "summary": "", "text": f"{posted.get('short', '')}\n\n---\n\n{posted.get('text', '')}"}

    def has_change_permission(self, request, obj=None):
        return (obj is None or not obj.is_agreed) and super().has_change_permission(request, obj)

    def view_on_site(self, statement):
        return statement.get_absolute_url()

    def add_with_action(self, request, obj):
        return actions.draft_statement(statement=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.draft_statement(statement=stored, by=request.user, **values)

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.approve))
        return [path("<int:key>/approve/", view, name="support_statement_approve"), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        mine = policy.may_approve_statements(request.user)
        context = {"may_approve": mine, "kinds": StatementKind.choices, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def approve(self, request, key):
        statement = Statement.objects.filter(pk=key).first()
        if statement is None:
            raise Http404
        if not policy.may_approve_statements(request.user):
            raise PermissionDenied
        try:
            with transaction.atomic():
                statement = actions.approve_statement(statement=statement, by=request.user)
            messages.success(request, f"{statement} is agreed. It stays as it is from now on.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("admin:support_statement_change", key)
