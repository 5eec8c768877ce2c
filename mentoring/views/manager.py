"""The line manager's page: who is due, in dates and counts. Looking at it opens nothing."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import schedules as actions
from mentoring.forms.schedules import ActingForm, AllForm, ScheduleForm
from mentoring.queries import returns
from mentoring.queries import schedules as queries
from mentoring.queries.absences import away_reports
from mentoring.queries.one_to_ones import one_to_ones_visible_to
from mentoring.queries.welfare import coordinates
from wellbeing.confidential import policy
from wellbeing.confidential.models import Why
from wellbeing.people.models import Person
from wellbeing.training.queries import requirements
from wellbeing.web.assurance import assured

ON_A_PAGE = 20
GROUPS = {"overdue": "Overdue", "soon": "Due this week", "later": "Coming up", "resting": "Resting"}


@require_safe
def manager(request):
    """Whoever manages nobody, and acts for nobody, finds their own 1-1s."""
    seen = policy.links_of(request.user).filter(why__in=(Why.LINE_MANAGER, Why.ACTING_MANAGER))
    return _managers_page(request) if seen.exists() else redirect("mentoring:mine")


@assured
def _managers_page(request):
    plans = queries.plans_for(request.user)
    acted_for = queries.acted_for(request.user)
    groups = [(words, [plan for plan in plans if plan.group == name]) for name, words in GROUPS.items()]
    waiting = policy.waiting_links().filter(carer=request.user).count()
    awake = [plan for plan in plans if plan.group not in ("resting", "away")]
    away = away_reports(request.user)
    context = {
        "plans": plans,
        "contact": max(away, key=lambda one: one.days_late, default=None),
        "first": awake[0] if awake else None,
        "groups": [group for group in groups if group[1]],
        "waiting": waiting,
        "acted_for": acted_for,
        "coordinates": coordinates(request.user),
        "away": away,
        "coming_back": returns.among(request.user),
        "required": [one for one in requirements.own(request.user) if one.wants_thought],
    }
    return render(request, "mentoring/manager.html", context)


@assured
@require_POST
def quick(request, person_id):
    subject = _report(request, person_id)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    actions.catch_up(by=request.user, subject=subject, key=key)
    messages.success(request, f"Your catch-up with {subject.name} today is noted. They see it among their 1-1s.")
    return redirect("mentoring:manager")


@assured
@require_http_methods(["GET", "POST"])
def schedule(request, person_id):
    subject = _report(request, person_id)
    plan = next((plan for plan in queries.plans_for(request.user) if plan.person == subject), None)
    if plan is None:  # the link has ended this moment
        raise Http404
    initial = {"next_due": plan.due, "every_weeks": plan.every_weeks, "rests_until": plan.resting_until}
    form = ScheduleForm(request.POST or None, initial=initial, force_weeks=queries.force_weeks())
    if form.is_valid():
        actions.set_schedule(by=request.user, subject=subject, **form.cleaned_data)
        messages.success(request, f"The schedule with {subject.name} is saved.")
        return redirect("mentoring:manager")
    return render(request, "mentoring/schedule.html", {"form": form, "subject": subject})


@assured
@require_http_methods(["GET", "POST"])
def schedule_all(request):
    form = AllForm(request.POST or None)
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        count = actions.set_all(by=request.user, **chosen)
        messages.success(request, f"Changed for {count} {'person' if count == 1 else 'people'}.")
        return redirect("mentoring:manager")
    return render(request, "mentoring/schedule_all.html", {"form": form})


@assured
@require_http_methods(["GET", "POST"])
def acting(request):
    form = ActingForm(request.POST or None, manager=request.user)
    if form.is_valid():
        dates = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        try:
            count = actions.name_acting(by=request.user, acting=form.cleaned_data["person"], **dates)
        except ValidationError as refusal:
            form.add_error("person", refusal)
        else:
            name = form.cleaned_data["person"].name
            messages.success(request, f"{name} sees the dates of {count} of your people, and nothing else.")
            return redirect("mentoring:acting")
    links = queries.acting_links(request.user).select_related("carer").order_by("starts")
    named = {link.carer: queries.last_day_of(link) for link in links}
    return render(request, "mentoring/acting.html", {"form": form, "named": named})


@assured
@require_POST
def end_acting(request, person_id):
    person = get_object_or_404(Person, pk=person_id)
    if actions.end_acting(by=request.user, acting=person):
        messages.success(request, f"{person.name} no longer sees the dates.")
    return redirect("mentoring:acting")


@assured
@require_safe
def with_person(request, person_id):
    """The 1-1s with one person, by their dates: opens nothing."""
    subject = _report(request, person_id)
    meetings = one_to_ones_visible_to(request.user).filter(subject=subject).select_related("manager")
    page = Paginator(meetings, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/with_person.html", {"subject": subject, "meetings": page})


def _report(request, person_id: int) -> Person:
    return get_object_or_404(policy.people_managed(request.user), pk=person_id)
