"""Importing a roster file: choose it, read what it would do, confirm, undo."""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from wellbeing.people.models import RosterImport
from wellbeing.people.models.roster_import import ImportState
from wellbeing.people.roster import imports, rejects

from .base import ActionsAdmin
from .roster_forms import ConfirmForm, StationsForm, UploadForm

# The parts of a preview: the key in `RosterImport.rows`, and what its table is called.
PARTS = {
    "new": "New people",
    "changed": "Changes",
    "leavers": "Leavers",
    "rejected": "Rejected rows",
    "warnings": "Warnings",
}
_ROWS_A_PAGE = 100


def _of_import(view):
    """The view is given the import without its file, which may be large; an action's refusal becomes a message."""

    @wraps(view)
    def wrapped(self, request, key):
        if not request.user.has_perm("people.add_rosterimport"):
            raise PermissionDenied
        rows = RosterImport.objects.select_related("uploaded_by", "confirmed_by", "undone_by")
        row = rows.defer("file", "rows", "back").filter(pk=key).first()
        if row is None:
            raise Http404
        try:
            return view(self, request, row)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("admin:people_rosterimport_change", key)

    return wrapped


@admin.register(RosterImport)
class RosterImportAdmin(ActionsAdmin):
    list_display = ("file_name", "uploaded_at", "uploaded_by", "state", "applied_at")
    list_select_related = ("uploaded_by",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("file", "rows", "back")

    def get_urls(self):
        moves = {
            "progress": self.progress,
            "stations": require_POST(self.match_stations),
            "check-again": require_POST(self.check_again),
            "confirm": require_POST(self.confirm),
            "undo": require_POST(self.undo),
            "rejected.csv": self.rejected,
        }
        urls = [
            path(f"<int:key>/{name}" + ("" if "." in name else "/"), self.admin_site.admin_view(view),
                 name=f"people_rosterimport_{name.partition('.')[0].replace('-', '_')}")
            for name, view in moves.items()
        ]  # fmt: skip
        return [*urls, *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """Choose a file; it is kept and checked in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            row = imports.receive(by=request.user, **form.received())
            return redirect("admin:people_rosterimport_change", row.pk)
        return self._page(request, "upload", title="Import a roster", form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.page(request, int(object_id) if object_id.isdecimal() else 0)

    @_of_import
    def page(self, request, row):
        """Where the import stands, what it would do or has done, and what can be done next."""
        context = {"title": f"Roster file {row}", "row": row, "step": imports.progress(row)}
        context["waiting_long"] = imports.is_waiting_long(row)
        if row.rows and not row.is_in_the_worker:
            context |= _tables(request, row)
            context["stations_form"] = self._stations_form(row)
            context["confirm_form"] = ConfirmForm(row=row)
        return self._page(request, "import", **context)

    @_of_import
    def progress(self, request, row):
        """What the worker is doing, for a page that asks every two seconds; the whole page once that is over."""
        if not row.is_in_the_worker:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {"row": row, "step": imports.progress(row), "waiting_long": imports.is_waiting_long(row)}
        return TemplateResponse(request, "admin/people/roster/progress.html", context)

    @_of_import
    def match_stations(self, request, row):
        form = self._stations_form(row, request.POST)
        if form is None or not form.is_valid() or not form.chosen():
            raise ValidationError("Choose a station for at least one spelling.")
        imports.match_stations(row=row, stations=form.chosen(), by=request.user)
        return redirect("admin:people_rosterimport_change", row.pk)

    @_of_import
    def check_again(self, request, row):
        imports.check_again(row=row, by=request.user)
        return redirect("admin:people_rosterimport_change", row.pk)

    @_of_import
    def confirm(self, request, row):
        form = ConfirmForm(request.POST, row=row)
        said = form.cleaned_data if form.is_valid() else {}
        seen, accepted = said.get("seen", ""), said.get("accept_leavers", False)
        imports.confirm(row=row, by=request.user, seen=seen, accept_leavers=accepted)
        return redirect("admin:people_rosterimport_change", row.pk)

    @_of_import
    def undo(self, request, row):
        imports.undo(row=row, by=request.user)
        return redirect("admin:people_rosterimport_change", row.pk)

    @_of_import
    def rejected(self, request, row):
        """The refused rows with their reasons, as a file."""
        if row.file is None or not row.rows:
            raise ValidationError("The file is no longer kept.")
        response = HttpResponse(rejects.as_csv(bytes(row.file), row.rows["rejected"]), content_type="text/csv")
        response["Content-Disposition"] = 'attachment; filename="rejected-rows.csv"'
        return response

    def _stations_form(self, row, data=None):
        unknown = (row.rows or {}).get("unknown_stations")
        return StationsForm(data, unknown=unknown) if unknown and row.state == ImportState.PREVIEWED else None

    def _page(self, request, name: str, **context):
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, f"admin/people/roster/{name}.html", {**shared, "opts": self.opts, **context})


def _tables(request, row) -> dict:
    """The parts that hold anything, and one page of the part that was asked for."""
    parts = [{"key": key, "title": title, "count": len(row.rows[key])} for key, title in PARTS.items() if row.rows[key]]
    keys = [part["key"] for part in parts]
    asked = request.GET.get("show")
    shown = asked if asked in keys else next(iter(keys), None)
    if shown is None:
        return {"parts": []}
    page = Paginator(row.rows[shown], _ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {"parts": parts, "shown": shown, "shown_title": PARTS[shown], "page": page}
