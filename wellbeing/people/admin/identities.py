"""Confirming that whoever signs in is still the same person, and taking away a factor that was lost.

Both are done by somebody who has spoken with them. What they say is typed, not chosen: it is held against the roster,
and no list of people is shown.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from wellbeing.people import actions, queries
from wellbeing.people.models import Person


class SpokenForm(forms.Form):
    """Finds the person among `those` by what they said of themselves; `nobody` says what it means if there is none."""

    staff_number = forms.CharField(label="Their staff number, as they say it")
    email = forms.EmailField(label="The e-mail they sign in with, as they say it")
    spoke = forms.BooleanField(
        label="I spoke with them, in person or on a number I knew before, and know it is them",
    )
    nobody = ""

    def those(self):
        return Person.objects.current()

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            number, email = cleaned["staff_number"].strip().upper(), cleaned["email"].lower()
            cleaned["person"] = self.those().filter(staff_number=number, email=email).first()
            if cleaned["person"] is None:
                raise ValidationError(
                    f"Nobody with this staff number and this e-mail {self.nobody}. If they are sure of both, "
                    "the roster says something else: go no further, and tell the data protection officer."
                )
        return cleaned


class IdentityForm(SpokenForm):
    nobody = "waits to be confirmed"

    def those(self):
        return super().those().exclude(identity_changed_at=None)


class FactorsForm(SpokenForm):
    nobody = "has a second step"

    def those(self):
        return queries.with_second_step(super().those())


def confirm_identity(admin_site, request):
    """The page on which one of two people vouches for somebody."""

    def write(person):
        if actions.confirm_identity(person=person, by=request.user):
            return "Two have confirmed, and it is open. They sign in anew, and show or set up a second step."
        return "One of two has confirmed. It stays closed until somebody else has spoken with them and confirms too."

    return _page(admin_site, request, "confirm_identity", "Confirm who somebody is", IdentityForm, write)


def take_away_factors(admin_site, request):
    """The page on which the technical admin takes away the second step of somebody who has lost it."""

    def write(person):
        actions.take_away_factors(person=person, by=request.user)
        return "It is taken away, and they are told by mail. Two others must now confirm that it is them."

    return _page(admin_site, request, "take_away_factors", "Take away somebody's second step", FactorsForm, write)


def _page(admin_site, request, name: str, title: str, form_class, write):
    """A form page for holders of `people.<name>`: `write(person)` does it and returns what to say."""
    if not request.user.has_perm(f"people.{name}"):
        raise PermissionDenied
    form = form_class(request.POST or None)
    if form.is_valid():
        try:
            messages.success(request, write(form.cleaned_data["person"]))
            return redirect("admin:index")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {**admin_site.each_context(request), "title": title, "form": form}
    return TemplateResponse(request, f"admin/people/{name}.html", context)
