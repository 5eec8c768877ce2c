"""Career mentoring's first page, the pages of a mentor, and how often it helped. Only `asked` opens a text."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import career as actions
from mentoring.forms.career import MoreForm, ProfileForm
from mentoring.models import CareerProfile
from mentoring.prompts_career import more_in_words, request_in_words
from mentoring.queries import career as queries
from mentoring.queries.career_chart import drawn, height_of
from wellbeing.confidential import vault
from wellbeing.confidential.models import Kind
from wellbeing.web import step_up
from wellbeing.web.assurance import assured, while_certain

ANSWERED = {
    "accepted": "Thank you. You are {name}’s career mentor from now on.",
    "more": "{name} is asked to tell more, and you keep what you have read until then.",
    "declined": "That is fine. {name} is told kindly, without a reason, and the next mentor is asked.",
}
NOT_ANSWERED = {
    "full": "You have no place left just now. Give yourself more room in your profile, or decline.",
    "line": "One of you has come into the other’s line of command. Please decline: the next mentor is asked.",
    "": "This is over: it was answered, taken back, or passed on meanwhile.",
}


@while_certain
@require_safe
def home(request):
    """Where to go on, by what somebody is."""
    me = request.user
    context = {
        "is_mentor": queries.term_of(me),
        "profile": queries.profile_of(me),
        "asked": queries.asked_of(me).count(),
        "people": queries.people_mentored_by(me).count(),
        "pairing": queries.mentor_now(me),
        "mine": queries.request_of(me),
        "feedback": queries.feedback_asked(me),
        "sees_figures": _sees_figures(me),
    }
    return render(request, "mentoring/career/home.html", context)


@assured
@require_http_methods(["GET", "POST"])
def profile(request):
    """What a mentor publishes of themselves, for as long as they like."""
    if queries.term_of(request.user) is None:
        raise Http404
    saved = queries.profile_of(request.user)
    form = ProfileForm(request.POST or None, profile=saved or CareerProfile())
    if form.is_valid():
        actions.save_profile(by=request.user, **form.cleaned_data)
        messages.success(request, "Your profile is published. Change it, pause it or withdraw it whenever you like.")
        return redirect("mentoring:career")
    return render(request, "mentoring/career/profile.html", {"form": form, "saved": saved})


@assured
@require_POST
def withdraw_profile(request):
    actions.withdraw_profile(by=request.user)
    messages.success(request, "Your profile is withdrawn, and nobody new is led to you.")
    return redirect("mentoring:career")


@assured
@require_safe
def people(request):
    """Who has asked a mentor, and whom they mentor: names and dates."""
    asked, pairings = queries.asked_of(request.user), queries.people_mentored_by(request.user)
    context = {"asked": asked, "pairings": pairings, "is_mentor": queries.term_of(request.user)}
    if not (context["is_mentor"] or asked or pairings):
        raise Http404
    return render(request, "mentoring/career/people.html", context)


@step_up.confirmed_lately
def asked(request, pk):
    """What somebody asks of a mentor, in their words. Opens it."""
    asking = _asking(request, pk)
    record = vault.find(asking.request_id, by=request.user, kind=Kind.CAREER_REQUEST)
    latest = vault.open_record(record, by=request.user, why="asked to be a career mentor").latest
    context = {"asking": asking, "text": latest, "words": request_in_words(latest.answers) if latest else []}
    return render(request, "mentoring/career/asked.html", context | {"asks": more_in_words(asking.more_about)})


@assured
@require_http_methods(["GET", "POST"])
def more(request, pk):
    """A mentor says from a list what they would like to know first."""
    asking = _asking(request, pk)
    form = MoreForm(request.POST or None)
    if form.is_valid():
        return _answer(request, asking, "more", form.cleaned_data["more_about"])
    return render(request, "mentoring/career/more.html", {"form": form, "asking": asking})


@assured
@require_POST
def answer(request, pk):
    """Yes or no; no reason is asked."""
    given = "accepted" if request.POST.get("answer") == "yes" else "declined"
    return _answer(request, _asking(request, pk), given)


@assured
@require_safe
def figures(request):
    """How often it helped, as numbers from which nobody can be told."""
    if not _sees_figures(request.user):
        raise Http404
    quarters = drawn(queries.figures())
    context = {"quarters": quarters, "height": height_of(quarters)}
    return render(request, "mentoring/career/figures.html", context)


def _answer(request, asking, given: str, more_about=()):
    outcome = actions.answer(by=request.user, asking=asking, answer=given, more_about=more_about)
    if outcome in ANSWERED:
        messages.success(request, ANSWERED[outcome].format(name=asking.subject.name))
    else:
        messages.warning(request, NOT_ANSWERED[outcome])
    return redirect("mentoring:career_people")


def _asking(request, pk):
    return get_object_or_404(queries.asked_of(request.user), pk=pk)


def _sees_figures(person) -> bool:
    return bool(person.assigned_roles & {"coordinator", "lead"})
