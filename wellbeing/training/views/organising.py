"""Pages of whoever organises training: the coordinator every course, HR those that somebody must complete."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wellbeing.people.refusals import as_validation_error
from wellbeing.training import policy
from wellbeing.training.actions import sessions as actions
from wellbeing.training.forms.organising import CourseForm, SessionForm
from wellbeing.training.models import Course
from wellbeing.training.queries import organising as queries
from wellbeing.web.assurance import for_permission

ON_A_PAGE = 25
organisers = for_permission("training.organise", "training.organise_required")


@organisers
@require_safe
def organise(request):
    context = {
        "page": Paginator(queries.coming(request.user), ON_A_PAGE).get_page(request.GET.get("page")),
        "not_written": queries.not_written(request.user),
        "earlier": queries.earlier(request.user),
        "courses": queries.courses(request.user),
        "every_course": policy.organises_everything(request.user),
    }
    return render(request, "training/organise.html", context)


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """A session of a course; which one may stand in the address."""
    chosen = request.GET.get("course", "")
    course = queries.course(request.user, int(chosen)) if chosen.isdecimal() and len(chosen) < 9 else None
    form = SessionForm(request.POST or None, by=request.user, course=course)
    if form.is_valid() and (session := written(form, actions.plan, by=request.user, **form.values)):
        messages.success(request, f"{session.course} is planned. Whoever may book it sees it from now on.")
        return redirect("training:organise_session", session.pk)
    return render(request, "training/plan.html", {"form": form, "courses": form.fields["course"].queryset.exists()})


@organisers
@require_safe
def session(request, pk):
    """Who has a place in one session."""
    found = session_of(request, pk)
    context = {
        "session": found,
        "sittings": queries.sittings(found),
        "who_sees": policy.who_sees(found.course),
    }
    return render(request, "training/organise_session.html", context)


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    found = session_of(request, pk)
    if not found.is_coming:
        messages.error(request, "This session is cancelled, or has begun: it can no longer be changed.")
        return redirect("training:organise_session", pk)
    form = SessionForm(request.POST or None, by=request.user, session=found)
    if form.is_valid() and written(form, actions.change, session=found, by=request.user, **form.values):
        messages.success(request, "The session is saved. Where day, time or place moved, whoever has a place is told.")
        return redirect("training:organise_session", pk)
    return render(request, "training/change_session.html", {"form": form, "session": found})


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, pk):
    """Asks first, and says how many are told."""
    found = session_of(request, pk)
    if request.method != "POST":
        return render(request, "training/cancel_session.html", {"session": found})
    try:
        actions.cancel(session=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "The session is cancelled. Whoever had a place is told today.")
    return redirect("training:organise_session", pk)


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def course(request, pk):
    found = queries.course(request.user, pk)
    if found is None:
        raise Http404
    form = CourseForm(request.POST or None, course=found)
    if form.is_valid() and written(form, actions.save_course, course=found, by=request.user, **form.cleaned_data):
        messages.success(request, f"{form.cleaned_data['title']} is saved.")
        return redirect("training:organise")
    return render(request, "training/course.html", {"form": form, "course": found})


@for_permission("training.organise")
@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request):
    form = CourseForm(request.POST or None)
    if form.is_valid() and written(form, actions.save_course, course=Course(), by=request.user, **form.cleaned_data):
        messages.success(request, f"{form.cleaned_data['title']} is added. Now plan a session of it.")
        return redirect("training:organise")
    return render(request, "training/course.html", {"form": form})


def session_of(request, pk):
    """A session that the reader organises; 404 for every other."""
    found = queries.session(request.user, pk)
    if found is None:
        raise Http404
    return found


def written(form, action, **values):
    """What the action returns; None where it, or the database, refuses, which the form then says."""
    try:
        return action(**values)
    except IntegrityError as error:
        form.say(as_validation_error(error))
    except ValidationError as refusal:
        form.say(refusal)
    return None
