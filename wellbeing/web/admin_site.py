"""The stock Django admin, in the portal's colours, open to those whose role has a page in it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

_NOT_OURS = ("view_on_site", "autocomplete")


class PortalAdminConfig(AdminConfig):
    default_site = "wellbeing.web.admin_site.PortalAdminSite"


class PortalAdminSite(AdminSite):
    """Signs in by the portal's own pages and opens only to a session with a second factor."""

    site_title = "Wellbeing portal"
    site_header = "Wellbeing portal: admin"
    index_title = "What your role looks after"
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def checked(request, *args, **kwargs):
            from . import assurance

            if not self.has_permission(request):
                raise PermissionDenied
            if not assurance.is_assured(request):
                return redirect("second_factor_needed")
            return inner(request, *args, **kwargs)

        return checked

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only the portal's own pages. What libraries register (accounts, factors, tokens, groups) no role needs."""
        if getattr(admin_class, "writes_through_actions", False):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        """Without two of Django's addresses that answer for any model, whatever a role may see of it.

        `r/` leads to the page of any row of any table, and so tells which rows there are; `autocomplete/`
        searches, for a widget that is used nowhere here.
        """
        return [url for url in super().get_urls() if getattr(url, "name", "") not in _NOT_OURS]

    def login(self, request, extra_context=None):
        return redirect("account_login")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
