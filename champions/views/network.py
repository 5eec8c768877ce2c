"""The pages of whoever runs the network: the coordinator, and HR for what the office keeps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from champions import actions, gaps
from champions.forms.network import NetworkForm, SupervisionForm, TermForm, VettingForm
from champions.queries import life, timeline
from champions.queries import network as queries
from wellbeing.web.assurance import for_permission

KEEPERS = ("champions.run_network", "champions.change_champion")


@for_permission(*KEEPERS)
@require_safe
def network(request):
    """Every champion by state, what is due on top; what was chosen stands in the address."""
    form = NetworkForm(request.GET, reader=request.user)
    asked = form.asked()
    context = {
        "form": form,
        "asked": asked,
        "network": queries.network(request.user, asked, _page(request)),
        "gaps": gaps.in_the_network(request.user),
        "chosen": _address(request),
    }
    return render(request, "champions/network/list.html", context)


def _address(request) -> str:
    """The choices as they stand in the address, for the links to other pages of the same."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


@for_permission(*KEEPERS)
@require_safe
def champion(request, champion_id):
    return _page_of(request, _line(request, champion_id))


@for_permission(*KEEPERS)
@require_POST
def vetting(request, champion_id):
    line = _not_ones_own(request, champion_id)
    form = VettingForm(request.POST, champion=line.champion)
    if not form.is_valid():
        return _page_of(request, line, vetting=form)
    return _changed(request, line, form, f"The vetting of {line.champion} is noted.")


@for_permission(*KEEPERS)
@require_POST
def term(request, champion_id):
    line = _not_ones_own(request, champion_id)
    form = TermForm(request.POST, champion=line.champion)
    if not line.serves or not form.is_valid():
        return _page_of(request, line, term=form)
    return _changed(request, line, form, f"The term of {line.champion} is saved.")


@for_permission("champions.run_network")
@require_POST
def supervision(request, champion_id):
    line = _not_ones_own(request, champion_id)
    form = SupervisionForm(request.POST, champion=line.champion, by=request.user)
    if not line.serves or not form.is_valid():
        return _page_of(request, line, supervision=form)
    actions.note_supervision(champion=line.champion, by=request.user, **form.cleaned_data)
    return _done(request, line, f"The supervision of {line.champion} is noted.")


def _line(request, champion_id) -> queries.Line:
    line = queries.one_of_the_network(request.user, champion_id)
    if line is None:
        raise Http404
    return line


def _not_ones_own(request, champion_id) -> queries.Line:
    """Nobody notes their own dates: another does."""
    line = _line(request, champion_id)
    if line.champion.person_id == request.user.pk:
        raise Http404
    return line


def _page_of(request, line, **typed):
    champion, form = line.champion, next(iter(typed.values()), None)
    moments, page = timeline.timeline(champion, _page(request))
    context = {
        "line": line,
        "champion": champion,
        "own": champion.person_id == request.user.pk,
        "moments": moments,
        "page": page,
        "check_ins": life.check_ins(champion) if line.supervises else [],
        "vetting": VettingForm(champion=champion),
        "term": TermForm(champion=champion),
        "supervision": SupervisionForm(champion=champion, by=request.user),
        "form": form,
        **typed,
    }
    return render(request, "champions/network/champion.html", context)


def _changed(request, line, form, sentence: str):
    """Save what the form says, unless that is how it stands."""
    stands = all(getattr(line.champion, name) == value for name, value in form.cleaned_data.items())
    actions.change_entry(champion=line.champion, by=request.user, **form.cleaned_data)
    return _done(request, line, "Nothing was changed." if stands else sentence)


def _done(request, line, sentence: str):
    messages.success(request, sentence)
    return redirect("champions:network_champion", line.champion.pk)


def _page(request) -> int:
    page = request.GET.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
