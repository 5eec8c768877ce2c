"""A page as it would read, before it is saved: in a window of its own, so that the form stays as it was typed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from wellbeing.people.admin.base import ActionsAdmin

from .. import markdown


class PreviewAdmin(ActionsAdmin):
    """A page with a button “Preview”. It says in `previewed(posted)` which title, summary and Markdown are shown."""

    change_form_template = "admin/support/with_preview.html"

    def previewed(self, posted) -> dict:
        return {key: posted.get(key, "") for key in ("title", "summary", "text")}

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.preview))
        return [path("preview/", view, name=f"support_{self.opts.model_name}_preview"), *super().get_urls()]

    def preview(self, request):
        """Nothing is saved, and nothing of what was typed is in an address."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        shown = self.previewed(request.POST)
        return render(request, "support/preview.html", {"page": shown, "text": markdown.rendered(shown["text"])})

    def render_change_form(self, request, context, *args, **kwargs):
        context["preview_url"] = f"admin:support_{self.opts.model_name}_preview"
        return super().render_change_form(request, context, *args, **kwargs)
