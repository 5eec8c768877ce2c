"""Looking for a career mentor: a task list, each page kept in the draft, and what comes after it is sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import career as actions
from mentoring.forms.career import AvoidForm, ChooseForm, WantedForm
from mentoring.forms.one_to_ones import typed_into
from mentoring.models import RequestState
from mentoring.prompts_career import experience_in_words, more_in_words, paths_in_words
from mentoring.queries import career as queries
from wellbeing.confidential import drafts, vault
from wellbeing.people.models import Person
from wellbeing.web import step_up
from wellbeing.web.assurance import assured

from .keeping import keeps_what_is_typed

DRAFT = "career:wanted"


@assured
@require_safe
def find(request):
    """The task list; once it is sent, how it stands; once a mentor has said yes, their page."""
    mine = queries.request_of(request.user)
    if pairing := queries.mentor_now(request.user):
        return redirect("mentoring:career_pairing", pairing.pk)
    if mine is None or mine.state == RequestState.DRAFT:
        return render(request, "mentoring/career/find.html", {"mine": mine})
    askings = list(queries.askings_of(mine))
    now = next((one for one in askings if one.answer in ("", "more")), None)
    context = {
        "mine": mine,
        "now": now,
        "asks": more_in_words(now.more_about) if now else "",
        "before": [one for one in askings if one is not now],
        "later": [person for person in queries.chosen_people(mine) if person.pk not in {a.mentor_id for a in askings}],
    }
    return render(request, "mentoring/career/waiting.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def wanted(request):
    """What somebody looks for; their own earlier text is shown to whoever has just confirmed."""
    mine = queries.request_of(request.user)
    if mine and mine.state == RequestState.MATCHED:
        return redirect("mentoring:career_find")
    if request.method == "POST":
        return _save_wanted(request)
    record = queries.record_of(mine, to=request.user)
    kept = drafts.find(author=request.user, form=DRAFT)
    if (record or kept) and not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    latest = None
    if record:
        step_up.refresh(request)
        latest = vault.open_record(record, by=request.user, why="changing it").latest
    initial = (latest.answers | {"replaces": latest.number}) if latest else {"replaces": 0}
    on_top = {"replaces": [str(initial["replaces"])]}
    form = WantedForm(kept=kept and kept.answers | on_top, initial=initial)
    return _show_wanted(request, form, kept, saved=initial.get("text", ""))


@assured
@require_http_methods(["GET", "POST"])
def avoid(request):
    """Whom never to suggest: seen by nobody else."""
    form = AvoidForm(request.POST or None, by=request.user)
    if form.is_valid():
        actions.avoid(by=request.user, person=form.cleaned_data["person"])
        messages.success(request, f"{form.cleaned_data['person'].name} is left out, and is not told.")
        return redirect("mentoring:career_avoid")
    mine = queries.request_of(request.user)
    people = queries.avoided(mine) if mine else []
    return render(request, "mentoring/career/avoid.html", {"form": form, "people": people})


@assured
@require_POST
def avoid_no_longer(request, person_id):
    person = get_object_or_404(Person, pk=person_id)
    actions.avoid_no_longer(by=request.user, person=person)
    messages.success(request, "They may be suggested again.")
    return redirect("mentoring:career_avoid")


@assured
@require_POST
def avoid_no_more(request):
    actions.avoid_no_more(by=request.user)
    return redirect("mentoring:career_find")


@assured
@require_http_methods(["GET", "POST"])
def choose(request):
    """The mentors who fit best, each with the reasons; up to three are chosen, in order."""
    mine = queries.request_of(request.user)
    if mine is None or not mine.has_text:
        messages.warning(request, "Say first what you look for: the suggestions follow from it.")
        return redirect("mentoring:career_find")
    found = queries.suggestions(mine)
    form = ChooseForm(request.POST or None, suggestions=found, ranked=mine.ranked)
    if form.is_valid():
        actions.choose(by=request.user, mentors=form.mentors)
        messages.success(request, "Your choice is saved. Nobody is asked before you send it.")
        return redirect("mentoring:career_check")
    again = queries.look_again_on()
    return render(request, "mentoring/career/choose.html", {"form": form, "found": found, "again": again})


@step_up.confirmed_lately
def check(request):
    """Everything once more before it is sent, each with a link to change it. Opens one's own text."""
    mine = queries.request_of(request.user)
    record = queries.record_of(mine, to=request.user)
    if record is None or mine.state == RequestState.MATCHED:
        return redirect("mentoring:career_find")
    latest = vault.open_record(record, by=request.user, why="checking it before it is sent").latest
    context = {
        "mine": mine,
        "text": latest,
        "experience": experience_in_words(mine.wanted_experience),
        "path": paths_in_words(mine.wanted_path),
        "people": queries.avoided(mine),
        "chosen": queries.chosen_people(mine),
        "answer_by": queries.answer_by(),
    }
    return render(request, "mentoring/career/check.html", context)


@assured
@require_POST
def send(request):
    mine = queries.request_of(request.user)
    return _say(request, actions.send(by=request.user, request=mine) if mine else "")


@assured
@require_POST
def ask_another(request):
    mine = queries.request_of(request.user)
    return _say(request, actions.ask_another(by=request.user, request=mine) if mine else "")


@assured
@require_POST
def withdraw(request):
    mine = queries.request_of(request.user)
    if mine and actions.withdraw(by=request.user, request=mine):
        drafts.drop(author=request.user, form=DRAFT)
        messages.success(request, "Your request is taken back. Nobody is asked any longer.")
    return redirect("mentoring:career")


def _say(request, outcome: str):
    if outcome == actions.ASKED:
        messages.success(request, "Sent. You are told here as soon as there is an answer.")
    elif outcome == actions.NOBODY:
        messages.warning(request, "No match yet: nobody whom you chose can be asked just now.")
    else:
        messages.warning(request, "There was nothing to send: it is sent already, or something is still missing.")
    return redirect("mentoring:career_find")


def _save_wanted(request):
    form = WantedForm(request.POST)
    if not form.is_valid():
        return _show_wanted(request, form)
    if actions.say_what_is_wanted(by=request.user, **form.wanted) == vault.STALE:
        drafts.keep(author=request.user, form=DRAFT, answers=typed_into(request.POST))
        messages.warning(request, "You changed it elsewhere meanwhile. What you typed here is kept below.")
        return redirect("mentoring:career_wanted")
    drafts.drop(author=request.user, form=DRAFT)
    messages.success(request, "Kept. Nobody else can read it before you send your request.")
    return redirect("mentoring:career_find")


def _show_wanted(request, form, kept=None, saved=""):
    ticket = drafts.ticket(author=request.user, form=DRAFT)
    context = {"form": form, "ticket": ticket, "kept": kept, "saved": saved}
    return render(request, "mentoring/career/wanted.html", context)
