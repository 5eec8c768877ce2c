"""Slides and handouts: downloading them, and adding and removing them for whoever keeps a page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.people import refusals
from wellbeing.web.assurance import lacks_factor_for

from .. import actions, policy, queries
from ..forms.handouts import HandoutForm
from ..models import Handout

# It is kept, not shown: nothing in it runs in the portal's name, whatever a browser makes of it.
_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
def handout(request, handout_id):
    """The file, to be downloaded."""
    found = get_object_or_404(queries.handouts_open_to(request.user), pk=handout_id)
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{found.file_name}"'}
    return HttpResponse(queries.content_of(found), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def guidance_handouts(request, address):
    """The files of a page, and a form for one more."""
    page = get_object_or_404(policy.reviewable_by(request.user), address=address)
    if lacks_factor_for(request, page.owner_id):
        return redirect("second_factor_needed")
    form = HandoutForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _added(form, page, request.user):
        messages.success(request, f"“{form.cleaned_data['title']}” can be downloaded from the page.")
        return redirect("guidance_handouts", address)
    context = {"page": page, "handouts": queries.handouts_of(page), "form": form}
    return render(request, "support/handouts.html", context)


@require_POST
def handout_remove(request, handout_id):
    pages = policy.reviewable_by(request.user)
    found = get_object_or_404(Handout.objects.select_related("guidance"), pk=handout_id, guidance__in=pages)
    if lacks_factor_for(request, found.guidance.owner_id):
        return redirect("second_factor_needed")
    actions.remove_handout(handout=found, by=request.user)
    messages.success(request, f"“{found.title}” is taken away.")
    return redirect("guidance_handouts", found.guidance.address)


def _added(form: HandoutForm, page, by) -> bool:
    asked = form.cleaned_data
    try:
        with transaction.atomic():
            actions.add_handout(guidance=page, key=asked["key"], title=asked["title"], file=asked["file"], by=by)
    except (ValidationError, IntegrityError) as error:
        refusal = error if isinstance(error, ValidationError) else refusals.as_validation_error(error)
        form.add_error(None, refusal)
        return False
    return True
