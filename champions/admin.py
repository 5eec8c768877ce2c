"""The office's list of champions: HR and the coordinator keep it, the wellbeing lead reads it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from wellbeing.people.admin import ActionsAdmin
from wellbeing.people.admin.base import ActionsForm
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person, Station

from . import actions, policy
from .actions.entries import OFFICE
from .models import Champion, Coverage, Rules

ENTRY = ("show_phone", "show_text", "show_mail", "phone", "by_day", "by_night", "about_me")


class ChampionForm(ActionsForm):
    """Whom: typed as a staff number, and only somebody who may be listed."""

    person = PersonChoice()

    class Meta:
        model = Champion
        fields = ("person", *ENTRY, *OFFICE)
        labels = {
            "show_phone": "Call them",
            "show_text": "Text them",
            "show_mail": "E-mail them",
            "phone": "Number to show",
            "about_me": "About them, in their words",
        }
        help_texts = {"phone": "Empty: their work phone."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].queryset = Person.objects.listed()

    def validate_unique(self):
        """The action knows who was a champion before and may be one again, and says who is one now."""


class CoverageForm(forms.ModelForm):
    class Meta:
        model = Coverage
        fields = ("station", "is_lead")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "station" in self.fields:
            self.fields["station"].queryset = Station.objects.filter(closed=False)
            # Places have a page of their own: no way from here to add, change or delete one.
            widget = self.fields["station"].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False


class CoverageInline(admin.StackedInline):  # a table's boxes would have no labels of their own
    model = Coverage
    form = CoverageForm
    extra = 1
    verbose_name = "station"
    verbose_name_plural = "stations they cover"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(ended_at__isnull=True)


@admin.register(Champion)
class ChampionAdmin(ActionsAdmin):
    form = ChampionForm
    inlines = (CoverageInline,)
    list_display = ("name", "staff_number", "works_at", "state", "covers", "refresher_due")
    list_filter = ("state", "manager_agreed", "coverage__station__division")
    list_select_related = ("person__station",)
    search_fields = ("person__staff_number", "person__known_as", "person__last_name")
    search_help_text = "Staff number or name."
    actions = ("take_a_break", "list_again", "step_down")
    fieldsets = (
        (None, {"fields": ("person",)}),
        ("How people may reach them", {"fields": ENTRY}),
        ("Kept by the office", {"fields": OFFICE}),
    )

    def get_queryset(self, request):
        """Who waits to become a champion is seen by the coordinator alone, hidden people by who keeps the roster."""
        return policy.kept_by(request.user, among=super().get_queryset(request)).prefetch_related(
            Prefetch("coverage", Coverage.objects.live().select_related("station"), to_attr="covered")
        )

    def view_on_site(self, champion):
        """Their entry in the directory, while there is one."""
        return champion.get_absolute_url() if champion.is_listed else None

    def get_readonly_fields(self, request, obj=None):
        return ("person",) if obj else ()

    @admin.display(ordering="person__last_name")
    def name(self, champion):
        return champion.person.name

    @admin.display(ordering="person__staff_number")
    def staff_number(self, champion):
        return champion.person.staff_number

    @admin.display(ordering="person__station__name")
    def works_at(self, champion):
        return champion.person.station

    @admin.display
    def covers(self, champion):
        return ", ".join(f"{row.station} (lead)" if row.is_lead else str(row.station) for row in champion.covered)

    # --- writing

    def add_with_action(self, request, obj):
        entry = {name: getattr(obj, name) for name in (*ENTRY, *OFFICE)}
        return actions.appoint(person=obj.person, by=request.user, **entry)

    def change_with_action(self, request, stored, values):
        actions.change_entry(champion=stored, by=request.user, **values)

    def save_formset(self, request, form, formset, change):
        """The rows as they stand in the form are what the champion covers and leads from now on."""
        rows = [row for row in formset.cleaned_data if row.get("station") and not row.get("DELETE")]
        champion = Champion.objects.get(pk=form.instance.pk)
        if formset.has_changed():
            actions.set_coverage(champion=champion, stations=[row["station"] for row in rows], by=request.user)
            leads = [row["station"] for row in rows if row["is_lead"]]
            actions.set_leads(champion=champion, stations=leads, by=request.user)
        formset.new_objects = formset.changed_objects = formset.deleted_objects = []

    # --- moves

    @admin.action(description="Take off the directory for a break", permissions=["change"])
    def take_a_break(self, request, champions):
        self._each(request, champions, actions.pause, "off the directory until listed again")

    @admin.action(description="List again after a break", permissions=["change"])
    def list_again(self, request, champions):
        self._each(request, champions, actions.resume, "listed again")

    @admin.action(description="Step down, at once", permissions=["change"])
    def step_down(self, request, champions):
        self._each(request, champions, actions.step_down, "no longer a champion")

    def _each(self, request, champions, act, what: str):
        for champion in champions:
            try:
                act(champion=champion, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, refusal.messages[0], messages.ERROR)
            else:
                self.message_user(request, f"{champion}: {what}.", messages.SUCCESS)


@admin.register(Rules)
class RulesAdmin(ActionsAdmin):
    fields = ("refresher_months", "waiting_order", "offer_days", "term_months", "supervision_weeks", "needs_vetting")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Rules.objects.exists()

    def add_with_action(self, request, obj):
        return actions.set_rules(by=request.user, **{name: getattr(obj, name) for name in self.fields})

    def change_with_action(self, request, stored, values):
        actions.set_rules(by=request.user, **values)
