"""Who holds which role: proposed on one page, approved on another, by two people."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from wellbeing.people import actions, refusals
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import RoleAssignment

from .base import ActionsAdmin, ActionsForm


class ProposalForm(ActionsForm):
    person = PersonChoice()

    class Meta:
        model = RoleAssignment
        fields = ("person", "role", "starts", "ends")

    def clean_person(self):
        if not self.cleaned_data["person"].is_active:
            raise ValidationError("This person has left.")
        return self.cleaned_data["person"]


class Stage(admin.SimpleListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [("waiting", "Waiting for approval"), ("live", "In force"), ("over", "Over")]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.waiting()
        if self.value() == "live":
            return queryset.live()
        return queryset.filter(ends__lte=timezone.localdate()) if self.value() == "over" else queryset


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ActionsAdmin):
    """A role that is proposed is not edited: it is approved, or ended, and another one proposed."""

    form = ProposalForm
    list_display = ("role", "person", "starts", "ends", "proposed_by", "approved_by", "stage")
    list_select_related = ("person", "proposed_by", "approved_by")
    list_filter = (Stage, "role")
    search_fields = ("person__staff_number", "person__last_name")
    search_help_text = "Staff number or last name."
    change_form_template = "admin/people/role.html"
    fields = ("person", "role", "starts", "ends")

    def get_fields(self, request, obj=None):
        return (*self.fields, "proposed_by", "approved_by", "approved_at") if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def get_queryset(self, request):
        roles = super().get_queryset(request)
        return roles if request.user.has_perm("people.change_person") else roles.filter(~Q(person__hidden=True))

    @admin.display(description="stage")
    def stage(self, assignment):
        if assignment.is_over:
            return "Over"
        return "In force" if assignment.approved_at else "Waiting for approval"

    def add_with_action(self, request, obj):
        return actions.propose_role(person=obj.person, role=obj.role, by=request.user, starts=obj.starts, ends=obj.ends)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"may_decide": request.user.has_perm("people.change_roleassignment"), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def has_change_permission(self, request, obj=None):
        """Approving and ending have buttons of their own; nothing on the page itself is typed over."""
        return obj is None and super().has_change_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("people.view_roleassignment")

    def get_urls(self):
        moves = [
            path("<int:key>/approve/", self.admin_site.admin_view(self.approve), name="people_roleassignment_approve"),
            path("<int:key>/end/", self.admin_site.admin_view(self.end), name="people_roleassignment_end"),
        ]
        return [*moves, *super().get_urls()]

    def approve(self, request, key):
        assignment = self._decided(request, key)
        return self._do(
            request, assignment, "In force.", lambda: actions.approve_role(assignment=assignment, by=request.user)
        )

    def end(self, request, key):
        assignment = self._decided(request, key)
        return self._do(request, assignment, "Ended.", lambda: actions.end_role(assignment=assignment, by=request.user))

    def _decided(self, request, key) -> RoleAssignment:
        assignment = self.get_queryset(request).filter(pk=key).first()
        if assignment is None:
            raise Http404
        if request.method != "POST" or not request.user.has_perm("people.change_roleassignment"):
            raise PermissionDenied
        return assignment

    def _do(self, request, assignment, done: str, action):
        try:
            with transaction.atomic():
                action()
                refusals.check_now()
            messages.success(request, done)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        except IntegrityError as error:
            messages.error(request, " ".join(refusals.as_validation_error(error).messages))
        return redirect("admin:people_roleassignment_change", assignment.pk)
