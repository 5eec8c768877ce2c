"""The agenda: raised by anybody, decided about by the secretary, read by those who sit at the forum."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import personal, policy
from forum.actions import agenda as actions
from forum.forms.agenda import DecideForm, RaiseForm, WordsForm
from forum.models import Item, Meeting
from forum.policy import RUNS, for_members
from forum.queries import agenda as queries
from forum.queries import outcomes
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def raise_item(request):
    """Raise something. What looks personal is shown first; the page that thanks has the same address for everybody."""
    strands = [seat.strand for seat in policy.seats_of(request.user).select_related("strand__division")]
    form = RaiseForm(request.POST or None, strands=strands)
    context = {"form": form, "meeting": queries.taken_for()}
    if form.is_valid():
        said = form.cleaned_data
        context["findings"] = personal.found_in(said["title"], said["text"])
        if not context["findings"] or "sure" in request.POST:
            actions.raise_item(by=request.user, **said)
            _leave_session(request)
            return redirect("forum:raised")
        form.ask_again()
    return render(request, "forum/agenda/raise.html", context)


@require_safe
def raised(request):
    """Thanks, without a word of what was raised or by whom."""
    _leave_session(request)
    return render(request, "forum/agenda/raised.html", {"meeting": queries.taken_for()})


@require_safe
def my_items(request):
    """What the reader raised with their name, and what became of it."""
    return render(request, "forum/agenda/mine.html", {"items": queries.own(request.user)})


@require_POST
@say_why(on="forum:my_items")
def take_back(request, pk):
    item = get_object_or_404(queries.own(request.user), pk=pk)
    actions.take_back(item=item, by=request.user)
    messages.success(request, "It is taken back, and deleted.")
    return redirect("forum:my_items")


@for_permission(RUNS)
@require_safe
def agenda(request):
    """What waits for the secretary."""
    return render(request, "forum/agenda/waiting.html", {"waiting": queries.waiting()})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """One item, and what becomes of it."""
    item = get_object_or_404(Item.objects.select_related("strand__division", "meeting"), pk=pk)
    waiting = queries.looked_through(item)
    asked = {"waiting": waiting, "meetings": queries.open_meetings(), "others": queries.could_take_in(item)}
    form = DecideForm(request.POST or None, **asked)
    if form.is_valid():
        try:
            _carry_out(item, form, by=request.user)
        except ValidationError as refusal:
            form.say(refusal)
        else:
            messages.success(request, "The decision is saved. Whoever gave their name is told.")
            return redirect("forum:agenda")
    return render(request, "forum/agenda/decide.html", {"form": form, "waiting": waiting, "item": item})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def reword(request, pk):
    item = get_object_or_404(Item, pk=pk)
    form = WordsForm(request.POST or None, initial={"title": item.title, "text": item.text})
    if form.is_valid():
        try:
            actions.reword(item=item, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.say(refusal)
        else:
            messages.success(request, "The words are saved.")
            return redirect("forum:decide", pk)
    return render(request, "forum/agenda/reword.html", {"form": form, "item": item})


@for_permission(RUNS)
@require_POST
@say_why(on="forum:agenda")
def move(request, pk):
    item = get_object_or_404(Item.objects.select_related("meeting"), pk=pk, meeting__isnull=False)
    actions.move(item=item, up="up" in request.POST, by=request.user)
    return redirect("forum:meeting_agenda", item.meeting_id)


@require_safe
def item(request, pk):
    """One item, for those who sit at the forum once it is on an agenda, and for whoever raised it."""
    found = get_object_or_404(policy.items_read_by(request.user).select_related("strand__division", "meeting"), pk=pk)
    context = {"item": found, "runs": policy.runs(request.user), "belongs": policy.belongs(request.user)}
    return render(request, "forum/agenda/item.html", context)


@for_members
@require_safe
def meeting_agenda(request, pk):
    """The agenda of a meeting, to read and to print: first what is overdue and goes on, then what was raised."""
    meeting = get_object_or_404(Meeting, pk=pk)
    if meeting.is_cancelled:
        raise Http404
    context = {"meeting": meeting, "items": queries.on_agenda(meeting), "runs": policy.runs(request.user)}
    return render(request, "forum/agenda/agenda.html", context | {"going_on": outcomes.going_on(meeting)})


def _leave_session(request) -> None:
    """Do not note now when the reader was last here: it would be written next to the item, in the same moment."""
    request.session.modified = False


def _carry_out(item: Item, form: DecideForm, *, by) -> None:
    said = form.cleaned_data
    match said["decision"]:
        case "accept":
            actions.accept(item=item, meeting=said["meeting"], looked=form.looked_at, answer=said["answer"], by=by)
        case "merge":
            actions.merge(item=item, into=said["into"], answer=said["answer"], by=by)
        case "defer":
            actions.defer(item=item, answer=said["answer"], by=by)
        case "decline":
            actions.decline(item=item, answer=said["answer"], by=by)
