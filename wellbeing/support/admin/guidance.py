"""The coordinator's list of guidance."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from wellbeing.people import policy as people_policy
from wellbeing.people import refusals
from wellbeing.people.admin.base import ActionsForm
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.web.templatetags.components import day

from .. import actions, markdown
from ..models import Guidance, GuidanceVersion
from .preview import PreviewAdmin

_SHOWN = 100


class GuidanceForm(ActionsForm):
    """Who keeps a page right: typed as a staff number, and only somebody who works here and may be named."""

    owner = PersonChoice(
        required=False,
        help_text="The staff number of who keeps it right. Empty while nobody does.",
        error_messages={"invalid_choice": "Nobody who works here and may be named has this staff number."},
    )

    class Meta:
        model = Guidance
        fields = ("title", "summary", "text", "topics", "is_policy", "link", "owner", "review_on", "published")
        field_classes = {"link": partial(forms.URLField, assume_scheme="https")}
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" not in self.fields:
            return
        self.fields["owner"].queryset = Person.objects.listed()
        if self.instance.owner:
            self.fields["owner"].help_text += f" Now: {self.instance.owner.name}."
        else:
            self.initial["owner"] = None  # a hidden person's number is not told either


@admin.register(Guidance)
class GuidanceAdmin(PreviewAdmin):
    form = GuidanceForm
    change_form_template = "admin/support/guidance.html"
    list_display = ("title", "owner", "review_on", "published", "is_policy")
    list_filter = ("published", "is_policy")
    list_select_related = ("owner",)
    search_fields = ("title", "summary")
    readonly_fields = ("reviewed_on",)
    actions = ("still_right",)

    def view_on_site(self, page):
        """The page as everybody reads it, once they can."""
        return page.get_absolute_url() if page.published else None

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else ()

    @admin.action(description="Still right: check again in a year", permissions=["change"])
    def still_right(self, request, pages):
        for page in pages:
            page = actions.reviewed(guidance=page, by=request.user)
            self.message_user(request, f"{page}: to be checked again by {day(page.review_on)}.", messages.SUCCESS)

    def add_with_action(self, request, obj):
        return actions.save_guidance(guidance=obj, by=request.user)

    def change_with_action(self, request, stored, values):
        actions.save_guidance(guidance=stored, by=request.user, **values)

    # --- earlier words

    def get_urls(self):
        of_one = self.admin_site.admin_view(self.earlier)
        again = self.admin_site.admin_view(require_POST(self.restore))
        return [
            path("<int:key>/earlier/", of_one, name="support_guidance_earlier"),
            path("<int:key>/earlier/<int:version>/restore/", again, name="support_guidance_restore"),
            *super().get_urls(),
        ]

    def earlier(self, request, key):
        """The words as they stood before each change, and who changed them."""
        page = self._page(request, key)
        versions = people_policy.conceal(list(page.versions.select_related("replaced_by")[:_SHOWN]), request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Earlier words of “{page}”",
            "original": page,
            "opts": self.opts,
            "versions": [(version, markdown.rendered(version.text)) for version in versions],
        }
        return TemplateResponse(request, "admin/support/earlier.html", context)

    def restore(self, request, key, version):
        page = self._page(request, key)
        found = GuidanceVersion.objects.filter(guidance=page, pk=version).first()
        if found is None:
            raise Http404
        try:
            with transaction.atomic():
                actions.restore_guidance(version=found, by=request.user)
            messages.success(request, f"“{page}” has these words again. Those it had are kept.")
        except IntegrityError as error:
            messages.error(request, " ".join(refusals.as_validation_error(error).messages))
        return redirect("admin:support_guidance_change", page.pk)

    def _page(self, request, key) -> Guidance:
        if not self.has_change_permission(request):
            raise PermissionDenied
        page = Guidance.objects.filter(pk=key).first()
        if page is None:
            raise Http404
        return page
