"""Asking a volunteer to get in touch, step by step, at one address.

Only the last step writes. Until then what was typed stands in the page that the browser holds, and nowhere here.
"""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wellbeing.web.assurance import while_certain

from .. import actions, queries, volunteers
from ..forms import SEND, STEPS, AskForm
from ..words import LABELS, in_words

START = "start"


@while_certain
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, key):
    """Who cannot be asked, for whatever reason, gets the same answer, so that it proves nothing."""
    volunteer = queries.askable(key, by=request.user)
    if volunteer is None:
        return somebody_else(request)
    wanted = request.POST.get("to", START)
    if wanted == SEND:
        return _send(request, volunteer)
    if asked := queries.unanswered_of(request.user).filter(volunteer=volunteer.person, kind=volunteer.kind).first():
        return _asked_already(request, volunteer, asked)
    return _step(request, volunteer, wanted if wanted in STEPS else START)


def somebody_else(request):
    """For whoever wants to ask somebody who cannot be asked: what they have typed goes on to whom they pick."""
    typed = {name: text for name in (*LABELS, "instead_of") if (text := request.POST.get(name))}
    context = {"others": queries.others(request.user), "kinds": volunteers.every(), "typed": typed}
    return render(request, "contact/somebody_else.html", context, status=410)


def _step(request, volunteer, wanted):
    form = AskForm(request.POST)
    if wanted == START:
        form.begin()
        return _show(request, volunteer, form, START)
    return _show(request, volunteer, form, form.stand(wanted))


def _show(request, volunteer, form, step, refusal=""):
    context = {"form": form, "volunteer": volunteer, "step": step, "refusal": refusal, "number": _number(step)}
    if step == START:
        context["is_in_line"] = queries.is_in_line(volunteer.person)
    if step == "check":
        context["answers"] = in_words(form.typed)
    return render(request, f"contact/ask/{step}.html", context)


def _number(step: str) -> int:
    """Which step of how many, counted from one."""
    return [START, *STEPS].index(step) + 1


def _send(request, volunteer):
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(request, volunteer, form, form.stand(SEND))
    typed = form.cleaned_data
    try:
        sent = actions.requests.ask(
            by=request.user,
            volunteer=volunteer,
            key=typed["id"],
            answers=form.answers,
            instead_of=typed["instead_of"],
        )
    except actions.requests.AskedAlready as same:
        return _asked_already(request, volunteer, same.request)
    except ValidationError as refusal:
        return _show(request, volunteer, form, form.stand("check"), " ".join(refusal.messages))
    return redirect("contact:request", sent.pk)


def _asked_already(request, volunteer, asked):
    return render(request, "contact/asked_already.html", {"volunteer": volunteer, "asked": asked})
