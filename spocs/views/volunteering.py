"""Looking after volunteers: their own page, what the coordinator notes, and topics that people lacked.

Asking for a break needs no second factor, as taking consent back does not.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web.assurance import assured, for_permission
from wellbeing.web.refused import say_why

from .. import actions, policy
from ..actions import volunteering as acts
from ..forms import volunteering as forms
from ..queries import volunteering as queries
from .network import RUNS
from .profiles import get_own

_OWN = "spocs:volunteering"


@assured
@require_safe
def show(request):
    """Whoever volunteers; and whoever did, as long as something of theirs is kept here to delete."""
    return _page(request)


@assured
@sensitive_post_parameters()
@require_POST
@say_why(on=_OWN)
def note_conversation(request):
    _volunteers(request)
    form = forms.ConversationForm(request.POST)
    if not form.is_valid():
        return _page(request, conversation=form)
    acts.note_conversation(by=request.user, **form.cleaned_data)
    messages.success(request, "Noted, for your eyes alone.")
    return redirect(_OWN)


@assured
@require_POST
def forget_week(request):
    """Delete one week or, where the page names none, all."""
    form = forms.ForgetWeekForm(request.POST)
    week = form.cleaned_data["week"] if "week" in request.POST and form.is_valid() else None
    if "week" in request.POST and week is None:
        raise Http404
    acts.forget_week(by=request.user, week=week)
    messages.success(request, f"What you noted of {forms.in_words(week)} is deleted." if week else "All is deleted.")
    return redirect(_OWN if policy.volunteers(request.user) else "home")


@assured
@sensitive_post_parameters()
@require_POST
@say_why(on=_OWN)
def tell_lacked(request):
    _volunteers(request)
    form = forms.LackedForm(request.POST)
    if not form.is_valid():
        return _page(request, lacked=form)
    acts.tell_lacked(by=request.user, **form.cleaned_data)
    messages.success(request, "Thank you. It is kept without your name and without the day.")
    return redirect(_OWN)


@require_POST
@say_why(on="spocs:mine")
def ring_me(request):
    actions.pause(spoc=get_own(request), by=request.user, ring_me=True)
    messages.success(request, "You are off the list, and the coordinator is asked to ring you. Nobody else is told.")
    return redirect("spocs:mine")


@for_permission(RUNS)
@require_safe
def supervisions(request):
    context = {"to_ring": queries.to_ring(request.user), "to_supervise": queries.to_supervise(request.user)}
    return render(request, "spocs/volunteering/supervisions.html", context)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="spocs:supervisions")
def note_supervision(request, spoc_id):
    spoc = get_object_or_404(queries.to_supervise(request.user), pk=spoc_id)
    form = forms.SupervisionForm(request.POST or None, spoc=spoc, by=request.user)
    if form.is_valid():
        acts.note_supervision(spoc=spoc, by=request.user, **form.cleaned_data)
        messages.success(request, f"The supervision of {spoc.person.name} is noted.")
        return redirect("spocs:supervisions")
    return render(request, "spocs/volunteering/note_supervision.html", {"form": form, "spoc": spoc})


@for_permission(RUNS)
@require_POST
def has_rung(request, spoc_id):
    spoc = get_object_or_404(queries.to_ring(request.user), pk=spoc_id)
    acts.has_rung(spoc=spoc, by=request.user)
    messages.success(request, f"Thank you for ringing {spoc.person.name}.")
    return redirect("spocs:supervisions")


@for_permission("spocs.view_lacked")
@require_safe
def lacked(request):
    """Topics that nobody was listed for, by quarter; the words that were typed, for the coordinator."""
    context = {"quarters": queries.lacked(), "reads_words": policy.may_invite(request.user), "typed": queries.typed()}
    return render(request, "spocs/volunteering/lacked.html", context)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def settle(request, lacked_id):
    """Typed words become a topic's."""
    typed = get_object_or_404(queries.typed(), pk=lacked_id)
    form = forms.SettleForm(request.POST or None)
    if form.is_valid():
        acts.settle(lacked=typed, by=request.user, **form.cleaned_data)
        messages.success(request, "They count for that topic now, and the words are deleted.")
        return redirect("spocs:lacked")
    return render(request, "spocs/volunteering/settle.html", {"form": form, "typed": typed})


@for_permission(RUNS)
@require_POST
def delete_words(request, lacked_id):
    acts.settle(lacked=get_object_or_404(queries.typed(), pk=lacked_id), by=request.user)
    messages.success(request, "The words are deleted.")
    return redirect("spocs:lacked")


def _volunteers(request):
    if not policy.volunteers(request.user):
        raise Http404


def _page(request, *, conversation=None, lacked=None):
    own, volunteers = queries.own(request.user), policy.volunteers(request.user)
    if not volunteers and not own.weeks:
        raise Http404
    context = {
        "own": own,
        "volunteers": volunteers,
        "guidance": queries.guidance(),
        "roles": request.user.roles,
        "conversation": conversation or forms.ConversationForm(auto_id="conversation_%s"),
        "lacked": lacked or forms.LackedForm(auto_id="lacked_%s"),
    }
    return render(request, "spocs/volunteering/show.html", context)
