"""Meetings: for everybody when they are, for those invited where and with whom, for the secretary to keep."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import ics, policy
from forum.actions import invitations
from forum.actions import meetings as actions
from forum.forms.meetings import CancelForm, ChangeForm, GuestForm, HoldForm, PlanForm
from forum.models import Invitation, Meeting
from forum.policy import RUNS
from forum.queries import meetings as queries
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why
from wellbeing.web.templatetags.components import day


@require_safe
def meetings(request):
    """Every meeting, to come and past."""
    context = {
        "to_come": queries.to_come(),
        "past": queries.past(request.GET.get("page", 1)),
        "runs": policy.runs(request.user),
    }
    return render(request, "forum/meetings/list.html", context)


@require_safe
def meeting(request, pk):
    """One meeting: for anybody when it is and what it published; besides, what the reader may see of the rest."""
    found = get_object_or_404(queries.with_papers(pk))
    belongs, runs = policy.belongs(request.user), policy.runs(request.user)
    last = queries.last_invitation(found, request.user)
    own = None if last is None or last.is_withdrawn else last
    context = {"meeting": found, "belongs": belongs, "runs": runs, "own": own, "sees_where": belongs or bool(own)}
    context["is_uninvited"] = bool(last) and not own and found.is_to_come
    if belongs:
        quorum = queries.expected(found) if found.is_to_come else queries.attended(found)
        context |= {"invited": queries.invited(found), "quorum": quorum}
    return render(request, "forum/meetings/meeting.html", context)


@require_safe
def invitation(request, pk):
    """Where a reminder leads: the page of the meeting to which somebody is, or was, invited."""
    return redirect(get_object_or_404(Invitation.objects.select_related("meeting"), pk=pk, person=request.user).meeting)


@require_safe
def meeting_ics(request, pk):
    """The meeting for a calendar: as an invitation for whoever is invited, or was; theirs takes it out again."""
    found = get_object_or_404(Meeting, pk=pk)
    last = queries.last_invitation(found, request.user)
    content = ics.for_invited(last) if last else ics.for_anybody(found)
    headers = {"Content-Disposition": 'attachment; filename="forum.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
@say_why(on="forum:meeting", with_its_key=True)
def answer(request, pk):
    """Whoever is invited says whether they come."""
    own = queries.own_invitation(get_object_or_404(Meeting, pk=pk), request.user)
    if own is None or request.POST.get("answer") not in ("coming", "apologies"):
        raise Http404
    coming = request.POST["answer"] == "coming"
    invitations.answer(invitation=own, coming=coming, by=request.user)
    messages.success(request, "Thank you. You are expected." if coming else "Thank you for saying so.")
    return redirect("forum:meeting", pk)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def plan(request):
    """Plan a meeting or a series: first its days are shown, then it is planned."""
    form = PlanForm(request.POST or None)
    if form.is_valid() and form.is_sure:
        try:
            first = actions.plan(by=request.user, **form.planned)
        except ValidationError as refusal:
            form.say(refusal)
        else:
            messages.success(request, f"Planned. Everybody who sits at the forum on {day(first.day)} is invited.")
            return redirect("forum:meetings")
    days = form.show() if form.is_bound and form.is_valid() else None
    return render(request, "forum/meetings/plan.html", {"form": form, "days": days})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def change(request, pk):
    found = get_object_or_404(Meeting.objects.to_come(), pk=pk)
    form = ChangeForm(request.POST or None, meeting=found)
    if form.is_valid():
        try:
            number = actions.change(meeting=found, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.say(refusal)
        else:
            messages.success(request, f"{number} meetings are changed." if number > 1 else "The meeting is saved.")
            return redirect("forum:meeting", pk)
    return render(request, "forum/meetings/change.html", {"form": form, "meeting": found})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="forum:meeting", with_its_key=True)
def cancel(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    actions.refuse_over(found)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel(meeting=found, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            if not hasattr(refusal, "error_dict"):
                raise
            form.say(refusal)
        else:
            messages.success(request, "The meeting is cancelled, and everybody who was invited is told.")
            return redirect("forum:meeting", pk)
    return render(request, "forum/meetings/cancel.html", {"form": form, "meeting": found})


@for_permission(RUNS)
@require_POST
@say_why(on="forum:meeting", with_its_key=True)
def open_agenda(request, pk):
    actions.open_agenda(meeting=get_object_or_404(Meeting, pk=pk), by=request.user)
    messages.success(request, "The agenda is open: anybody can raise something for this meeting.")
    return redirect("forum:meeting", pk)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="forum:meeting", with_its_key=True)
def hold(request, pk):
    """Who came; with it, the meeting was held."""
    found = get_object_or_404(Meeting, pk=pk)
    actions.refuse_to_hold(found)
    form = HoldForm(request.POST if request.method == "POST" else None, meeting=found)
    if form.is_valid():
        held = actions.hold(meeting=found, came=list(form.cleaned_data["came"]), by=request.user)
        quorum = queries.attended(held)
        note = "" if quorum.is_reached else " That is no quorum: the page of the meeting says so."
        messages.success(request, f"Saved: {quorum.in_words}{note}")
        return redirect("forum:meeting", pk)
    return render(request, "forum/meetings/hold.html", {"form": form, "meeting": found})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def guests(request, pk):
    found = get_object_or_404(Meeting.objects.to_come(), pk=pk)
    form = GuestForm(request.POST or None)
    if form.is_valid():
        try:
            invitations.invite_guest(meeting=found, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{form.cleaned_data['person'].name} is invited.")
            return redirect("forum:meeting", pk)
    return render(request, "forum/meetings/guests.html", {"form": form, "meeting": found})


@for_permission(RUNS)
@require_POST
@say_why(on="forum:meetings")
def take_back(request, pk):
    guest = get_object_or_404(Invitation.objects.select_related("meeting", "person"), pk=pk)
    invitations.take_back(invitation=guest, by=request.user)
    messages.success(request, f"{guest.person.name} is no longer invited.")
    return redirect(guest.meeting)
