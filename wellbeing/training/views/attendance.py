"""Who came, and what somebody completed elsewhere."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wellbeing.training.actions import completions as actions
from wellbeing.training.forms.organising import AttendanceForm, RecordForm
from wellbeing.training.models import PlaceState
from wellbeing.training.queries import organising as queries
from wellbeing.web.refused import say_why

from .organising import organisers, session_of, written


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, pk):
    """A box for each person with a place but the reader. At an event nobody writes who came."""
    session = session_of(request, pk)
    if session.course.is_event:
        raise Http404
    held = [sitting for sitting in queries.sittings(session) if sitting.place.state in actions.HELD]
    own = [one for one in held if one.place.person_id == request.user.pk]
    held = [one for one in held if one not in own]
    choices = [(str(one.place.pk), ", ".join(filter(None, (one.name, one.known_by)))) for one in held]
    came = [str(one.place.pk) for one in held if one.place.state != PlaceState.MISSED]
    initial = {"came": came, "seen": actions.attendance_edition(one.place for one in held)}
    form = AttendanceForm(request.POST or None, choices=choices, initial=initial)
    if form.is_valid() and _marked(request, form, session):
        return redirect("training:organise_session", pk)
    is_written = any(one.place.state != PlaceState.BOOKED for one in held)
    context = {"session": session, "form": form, "held": held, "own": own and actions.OWN, "is_written": is_written}
    return render(request, "training/attendance.html", context)


@organisers
@require_safe
def sheet(request, pk):
    """The list to sign, for the wall or the desk."""
    session = session_of(request, pk)
    return render(request, "training/sheet.html", {"session": session, "sittings": queries.sittings(session)})


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
def record(request):
    """What somebody completed elsewhere: their number, then their name, then it is written."""
    form = RecordForm(request.POST or None, by=request.user)
    context = {"form": form, "lately": queries.recorded(request.user)[: queries.LATELY]}
    if not form.is_valid():
        return render(request, "training/record.html", context)
    if not form.is_confirmed:
        return render(request, "training/record_confirm.html", {"said": form.values, "form": form})
    if written(form, actions.record, by=request.user, **form.values) is None:
        return render(request, "training/record.html", context)
    messages.success(request, f"Recorded: {form.values['person'].name} has completed {form.values['course']}.")
    return redirect("training:organise")


@organisers
@require_http_methods(["GET", "HEAD", "POST"])
@say_why(on="training:record")
def take_back(request, pk):
    """What was recorded by mistake: asks first, and says whose it is."""
    found = get_object_or_404(queries.recorded(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "training/take_back.html", {"completion": found})
    actions.take_back(completion=found, by=request.user)
    messages.success(request, f"Taken back: that {found.person.name} has completed {found.course}.")
    return redirect("training:record")


def _marked(request, form, session) -> bool:
    try:
        actions.mark_attendance(session=session, came=form.keys, by=request.user, seen=form.cleaned_data["seen"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, "It is saved who came. Whoever came has completed the course, and finds a certificate.")
    return True
