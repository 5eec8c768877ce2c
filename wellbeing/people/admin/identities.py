"""Confirming that a changed address or staff number is still its person's, by somebody who has spoken with them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from wellbeing.people import actions
from wellbeing.people.models import Person


class IdentityForm(forms.Form):
    """Typed, not chosen: what the person says on the telephone is held against the roster, and no list is shown."""

    staff_number = forms.CharField(label="Their staff number, as they say it")
    email = forms.EmailField(label="The e-mail they sign in with, as they say it")
    spoke = forms.BooleanField(
        label="I spoke with them, in person or on a number I knew before, and know it is them",
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            number, email = cleaned["staff_number"].strip().upper(), cleaned["email"].lower()
            waiting = Person.objects.current().exclude(identity_changed_at=None)
            cleaned["person"] = waiting.filter(staff_number=number, email=email).first()
            if cleaned["person"] is None:
                raise ValidationError(
                    "Nobody with this staff number and this e-mail waits to be confirmed. If they are sure of both, "
                    "the roster says something else: do not confirm, and tell the data protection officer."
                )
        return cleaned


def confirm_identity(admin_site, request):
    """The page on which the lead or the technical admin vouches for somebody."""
    if not request.user.has_perm("people.confirm_identity"):
        raise PermissionDenied
    form = IdentityForm(request.POST or None)
    if form.is_valid():
        try:
            actions.confirm_identity(person=form.cleaned_data["person"], by=request.user)
            messages.success(request, "It is confirmed. They sign in anew, and their pages open with a second step.")
            return redirect("admin:index")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {**admin_site.each_context(request), "title": "Confirm who somebody is", "form": form}
    return TemplateResponse(request, "admin/people/confirm_identity.html", context)
