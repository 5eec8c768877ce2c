"""The force, its divisions and stations, and how rosters spell them."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse

from wellbeing.people import actions
from wellbeing.people.models import Division, Force, Station, StationSpelling, spelling_of

from .base import ActionsAdmin, ActionsForm


class PlaceAdmin(ActionsAdmin):
    """A division or station: changed at will, removed only if nothing ever belonged to it."""

    def add_with_action(self, request, obj):
        return actions.add_place(by=request.user, place=obj)

    def change_with_action(self, request, stored, values):
        actions.change_place(by=request.user, place=stored, **values)

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request, obj):
        actions.remove_place(by=request.user, place=obj)


@admin.register(Division)
class DivisionAdmin(PlaceAdmin):
    fields = ("name",)
    search_fields = ("name",)


@admin.register(Station)
class StationAdmin(PlaceAdmin):
    fields = ("name", "division", "district", "closed")
    list_display = ("name", "division", "district", "closed")
    list_filter = ("division", "closed")
    list_select_related = ("division",)
    search_fields = ("name", "district")


@admin.register(Force)
class ForceAdmin(ActionsAdmin):
    """One row: the list leads to its page."""

    fields = (
        "name", "division_word", "contact_name", "contact_email", "contact_phone", "publish_station_contacts",
    )  # fmt: skip

    def changelist_view(self, request, extra_context=None):
        if self.has_view_or_change_permission(request) and Force.objects.filter(pk=1).exists():
            return redirect(reverse("admin:people_force_change", args=[1]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return request.user.has_perm("people.change_force") and not Force.objects.exists()

    def add_with_action(self, request, obj):
        return actions.set_force(by=request.user, **{name: getattr(obj, name) for name in self.fields})

    def change_with_action(self, request, stored, values):
        actions.set_force(by=request.user, **values)


class SpellingForm(ActionsForm):
    class Meta:
        model = StationSpelling
        fields = ("spelling", "station")

    def clean_spelling(self):
        spelling = spelling_of(self.cleaned_data["spelling"])
        if StationSpelling.objects.filter(spelling=spelling).exclude(pk=self.instance.pk).exists():
            raise ValidationError("This spelling is remembered already.")
        return spelling


@admin.register(StationSpelling)
class StationSpellingAdmin(ActionsAdmin):
    form = SpellingForm
    list_display = ("spelling", "station", "added_by", "added_at")
    list_select_related = ("station", "added_by")
    search_fields = ("spelling", "station__name")

    def get_readonly_fields(self, request, obj=None):
        return ("spelling",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def add_with_action(self, request, obj):
        return actions.remember_spelling(spelling=obj.spelling, station=obj.station, by=request.user)

    def change_with_action(self, request, stored, values):
        station = Station.objects.get(pk=values.get("station_id", stored.station_id))
        actions.remember_spelling(spelling=stored.spelling, station=station, by=request.user)

    def delete_model(self, request, obj):
        actions.forget_spelling(by=request.user, row=obj)
