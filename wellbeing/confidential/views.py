"""“My data”: who may open what is about me, and who has. For the DPO: who opened what. Nothing here opens a text."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web import step_up
from wellbeing.web.assurance import assured, while_certain

from . import links, policy, queries
from .forms import AboutForm

ON_A_PAGE = 25
IN_THE_PORTAL = {"hand_over": "hand_over", "end": "end_link", "reasons": "reasons"}


@while_certain
@require_safe
def my_data(request):
    """Dates and names for whoever is signed in; what was given as a reason for whoever has just confirmed."""
    page = Paginator(queries.looks_at(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": queries.in_words(page, reader=request.user)}
    return render(request, "confidential/my_data.html", context | who_may(request, IN_THE_PORTAL))


def who_may(request, pages: dict[str, str]) -> dict:
    """What `confidential/who_may.html` shows; `pages` are the URL names of its controls."""
    found = queries.links_of(request.user, with_reasons=step_up.is_confirmed_lately(request))
    return {"links": found, "pages": pages}


@step_up.confirmed_lately
def reasons(request, back="my_data"):
    """Confirm who you are, then see the reasons as well."""
    return redirect(back)


@require_POST
def hand_over(request, pk, back="my_data"):
    """The person lets somebody read what was written before, or closes it again; either is written down."""
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, back)
    link, earlier = _own(request, pk), request.POST.get("earlier") == "yes"
    if not links.hand_over(link, by=request.user, earlier=earlier):
        messages.error(request, "That could not be done: this is over, or your sign-in has to be confirmed first.")
    elif earlier:
        messages.success(request, f"{link.carer.name} can read what was written before, until you close it again.")
    else:
        messages.success(request, f"{link.carer.name} no longer reads what was written before.")
    return redirect(back)


@while_certain
@require_POST
def end(request, pk, back="my_data"):
    """The person ends a link that does not follow from the roster."""
    link = _own(request, pk)
    if links.end(link, by=request.user):
        messages.success(request, f"This is over: {link.carer.name} sees nothing about you by it any longer.")
    else:
        messages.error(request, "That could not be ended here: it is over, or it follows from the roster.")
    return redirect(back)


@assured
@require_http_methods(["GET", "POST"])
def read_log(request):
    """Every line for the data protection officer; about one person, typed and not in the address."""
    if not policy.reviews_readings(request.user):
        raise Http404
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    form = AboutForm(request.POST or None)
    about = form.cleaned_data["person"] if form.is_valid() else None
    page = Paginator(queries.looks(about), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "looks": queries.in_words(page, reader=request.user), "about": about}
    return render(request, "confidential/read_log.html", context)


@assured
@require_http_methods(["GET", "POST"])
def new_managers(request):
    """The wellbeing lead says of line managers who are new on the roster whether they are who it says."""
    if not policy.approves_links(request.user):
        raise Http404
    if request.method == "POST":
        return _answer(request, approve=request.POST.get("answer") == "approve")
    page = Paginator(queries.new_managers(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "confidential/new_managers.html", {"page": page})


def _answer(request, *, approve: bool):
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "new_managers")
    everybody = [str(manager.person.pk) for manager in queries.new_managers()]
    named = everybody if request.POST.get("manager") == "all" else request.POST.getlist("manager")
    answered = links.answer_new_managers(by=request.user, managers=set(named) & set(everybody), approve=approve)
    if not answered:
        messages.error(
            request, "Nothing was changed: it was answered already, or it concerns you and is not yours to answer."
        )
    elif approve:
        messages.success(request, "Confirmed. From now on they are line managers here as well.")
    else:
        messages.success(request, "Not confirmed. Nothing opens to them; tell HR what is wrong.")
    return redirect("new_managers")


def _own(request, pk):
    return get_object_or_404(policy.links_about(request.user).select_related("carer"), pk=pk)
