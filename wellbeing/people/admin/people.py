"""The roster, person by person."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from wellbeing.people import actions, queries
from wellbeing.people.forms import PersonChoice
from wellbeing.people.models import Person
from wellbeing.people.roster import cells

from .base import ActionsAdmin, ActionsForm
from .identities import confirm_identity, take_away_factors

SHORTEST_NUMBER = 3  # digits


class PersonForm(ActionsForm):
    line_manager = PersonChoice(required=False, help_text="Their line manager's staff number. Empty while vacant.")

    class Meta:
        model = Person
        fields = (
            "staff_number", "known_as", "last_name", "email", "rank_or_grade", "employment_type", "station",
            "line_manager", "line_manager_outside", "work_phone", "joined", "left", "hidden",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "line_manager" in self.fields and self.instance.line_manager:
            self.fields["line_manager"].help_text += f" Now: {self.instance.line_manager.name}."

    def clean_staff_number(self):
        return _as_in_a_roster(cells.staff_number, self.cleaned_data["staff_number"])

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_work_phone(self):
        typed = self.cleaned_data["work_phone"]
        if typed and sum(character.isdigit() for character in typed) < SHORTEST_NUMBER:
            raise forms.ValidationError("Enter a telephone number, like 01622 690690, or an extension, like ext 4455.")
        return cells.work_phone(typed) if typed else ""


class DeathForm(forms.Form):
    on = forms.DateField(label="They died on", widget=forms.DateInput({"type": "date"}))
    sure = forms.BooleanField(label="I am sure, and somebody is telling the people close to them in person")

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("This day has not come yet.")
        return self.cleaned_data["on"]


class Standing(admin.SimpleListFilter):
    """Who is on the roster now; what HR's list of gaps leads to."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        gaps = [(name, label) for name, (label, *_) in queries.GAPS.items()]
        return [("here", "Here today"), ("gone", "Left"), ("hidden", "Hidden"), *gaps]

    def queryset(self, request, queryset):
        if self.value() == "here":
            return queryset.current()
        if self.value() == "gone":
            return queryset.exclude(pk__in=Person.objects.current())
        if self.value() == "hidden":
            return queryset.filter(hidden=True)
        return queries.with_gap(queryset, self.value())


@admin.register(Person)
class PersonAdmin(ActionsAdmin):
    form = PersonForm
    list_display = ("staff_number", "name", "rank_or_grade", "station", "line_manager", "standing")
    list_display_links = ("staff_number", "name")
    list_filter = (Standing, "employment_type", "station")
    list_select_related = ("station", "line_manager")
    search_fields = ("staff_number", "known_as", "last_name", "email")
    search_help_text = "Staff number, name or e-mail."
    change_form_template = "admin/people/person.html"

    def get_queryset(self, request):
        """Hidden people (covert roles) are seen by those alone who keep the roster."""
        people = super().get_queryset(request)
        return people if request.user.has_perm("people.change_person") else people.filter(hidden=False)

    @admin.display(ordering="last_name")
    def name(self, person):
        return person.name

    @admin.display(description="standing")
    def standing(self, person):
        if not person.is_active:
            return "Left"
        return "Hidden" if person.hidden else "Here"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.died_on is None)

    def add_with_action(self, request, obj):
        values = {name: getattr(obj, Person._meta.get_field(name).attname) for name in PersonForm.Meta.fields}
        columns = {Person._meta.get_field(name).attname: value for name, value in values.items()}
        return actions.add_person(by=request.user, **columns)

    def change_with_action(self, request, stored, values):
        actions.change_person(person=stored, by=request.user, **values)

    def get_urls(self):
        identity, factors = partial(confirm_identity, self.admin_site), partial(take_away_factors, self.admin_site)
        pages = [
            path("<int:key>/died/", self.admin_site.admin_view(self.died), name="people_person_died"),
            path("<int:key>/not-died/", self.admin_site.admin_view(self.not_died), name="people_person_not_died"),
            path("confirm-identity/", self.admin_site.admin_view(identity), name="people_person_confirm_identity"),
            path("take-away-factors/", self.admin_site.admin_view(factors), name="people_person_take_away_factors"),
        ]
        return [*pages, *super().get_urls()]

    def died(self, request, key):
        """Record a death, once, after asking."""
        person = self.get_object(request, str(key))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = DeathForm(request.POST or None)
        if form.is_valid():
            actions.record_death(person=person, by=request.user, on=form.cleaned_data["on"])
            messages.success(request, "It is recorded. Nothing more is sent to them or about them.")
            return redirect(reverse("admin:people_person_changelist"))
        context = {**self.admin_site.each_context(request), "title": "Record a death", "form": form, "person": person}
        return TemplateResponse(request, "admin/people/died.html", context)

    def not_died(self, request, key):
        """Take back a death that was recorded by mistake, after asking."""
        person = self.get_object(request, str(key))
        if person is None or person.died_on is None:
            raise Http404
        if not request.user.has_perm("people.change_person"):
            raise PermissionDenied
        if request.method == "POST":
            actions.take_back_death(person=person, by=request.user)
            messages.success(request, "It is taken back. Look at their roles and the people they manage.")
            return redirect("admin:people_person_change", key)
        context = {**self.admin_site.each_context(request), "title": "Take back a recorded death", "person": person}
        return TemplateResponse(request, "admin/people/not_died.html", context)


def _as_in_a_roster(read, text: str):
    try:
        return read(text)
    except ValueError as reason:
        raise forms.ValidationError(f"{str(reason).capitalize()}.") from None
