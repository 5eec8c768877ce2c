"""Letters: HR prints them, wellbeing lead and guardian read their numbers out. Everybody else finds no such page."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from wellbeing.plan_door import actions
from wellbeing.plan_door.forms import NumberForm, PrintForm
from wellbeing.plan_door.models import LETTER_DAYS
from wellbeing.web import step_up
from wellbeing.web.assurance import assured
from wellbeing.web.urgent_numbers import urgent_numbers

PRINTS, READS_OUT = {"hr"}, {"lead", "guardian"}


def for_holders(roles: set[str], *, page: str):
    """Decorator: a page for holders of one of `roles` who have just shown a second factor; a 404 for all others."""

    def decorate(view):
        @wraps(view)
        @assured
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        def wrapped(request):
            if not request.user.assigned_roles & roles:
                raise Http404
            if not step_up.is_confirmed_lately(request):
                return step_up.ask_before(request, page) if request.method == "POST" else step_up.ask(request)
            step_up.refresh(request)
            return view(request)

        return wrapped

    return decorate


@for_holders(PRINTS, page="letters:print")
@sensitive_variables("code")
def print_letter(request):
    """For whom, then their name, then the letter: the code is on this one answer and nowhere else."""
    form = PrintForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        if "sure" not in request.POST:
            return render(request, "letters/sure.html", {"form": form, "person": person})
        try:
            code = actions.print_letter(by=request.user, person=person, key=form.cleaned_data["key"])
            return render(request, "letters/letter.html", _letter(person, code))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "letters/print.html", {"form": form})


@for_holders(READS_OUT, page="letters:number")
@sensitive_variables("number")
def read_out_number(request):
    form = NumberForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            number = actions.read_out_number(by=request.user, person=person)
            return render(request, "letters/number.html", {"person": person, "number": f"{number[:4]} {number[4:]}"})
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "letters/read_out.html", {"form": form})


def _letter(person, code: str) -> dict:
    """What stands in a letter. Its address comes from the settings: a host that a request names is no address."""
    until = timezone.localdate() + timedelta(days=LETTER_DAYS)
    address, numbers = f"{settings.PORTAL_URL}/my-plan/", urgent_numbers()
    return {"person": person, "code": code, "address": address, "until": until, "numbers": numbers}
