"""What somebody and their career mentor do together: dates on one page; words on pages that open them."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.actions import career_pairs as actions
from mentoring.forms.career import GoalForm, HelpedForm, NoteForm, SessionForm
from mentoring.forms.one_to_ones import typed_into
from mentoring.models import CareerGoal, CareerSession, Pairing
from mentoring.prompts_career import goal_in_words, note_in_words, request_in_words
from mentoring.queries import career as queries
from wellbeing.confidential import drafts, vault
from wellbeing.confidential.models import Kind
from wellbeing.web import step_up
from wellbeing.web.assurance import assured

from .keeping import keeps_what_is_typed

ON_A_PAGE = 20


@dataclass(frozen=True)
class Shown:
    """One thing on a page that opens: its heading, who wrote it last and when, what it says; where it is changed."""

    heading: str
    text: object
    words: list[tuple[str, str]]
    author: str = ""
    row: object = None


@assured
@require_safe
def pairing(request, pk):
    """Dates and counts, for the two. Opens nothing."""
    pair = _pairing(request, pk)
    me = request.user
    is_mentor = me == pair.mentor
    context = {
        "pair": pair,
        "is_mentor": is_mentor,
        "other": pair.subject if is_mentor else pair.mentor,
        "goals": queries.goals_of(pair, to=me),
        "sessions": queries.sessions_of(pair, to=me),
        "own_notes": queries.notes_of(pair, to=me, kind=_kind(is_mentor)).count(),
        "mentors_notes": 0 if is_mentor else queries.notes_of(pair, to=me, kind=Kind.CAREER_NOTE).count(),
        "in_line": not pair.ended_on and queries.line_between(pair),
        "may_say": queries.feedback_asked(me).filter(pk=pair.pk).exists(),
    }
    return render(request, "mentoring/career/pairing.html", context)


@step_up.confirmed_lately
def words(request, pk):
    """What was asked, the goals and the sessions, in words. Opens each."""
    pair = _pairing(request, pk)
    me = request.user
    goals, sessions = list(queries.goals_of(pair, to=me)), list(queries.sessions_of(pair, to=me))
    texts = queries.words_of([*goals, *sessions], by=me, why="reading goals and sessions")
    first = queries.asked_in(pair, to=me)
    asked = queries.opened([first], by=me, why="reading goals and sessions")[first.pk] if first else None
    named = [(f"Goal: {goal.get_state_display().lower()}", goal) for goal in goals]
    named += [("Session", session) for session in sessions]
    found = [(name, row, texts[row.pk]) for name, row in named if row.pk in texts]
    shown = [Shown(name, text, _in_words(goal_in_words, text), row=row) for name, row, text in found]
    if asked:
        shown.append(Shown("What was asked at the start", asked, _in_words(request_in_words, asked)))
    context = {"pair": pair, "shown": shown, "title": "Goals and sessions", "may_write": not pair.ended_on}
    return render(request, "mentoring/career/read.html", context)


@step_up.confirmed_lately
def notes(request, pk):
    """Notes of one's own: the mentor's working notes, or what the person wrote for themselves. Opens a page of them."""
    pair = _pairing(request, pk)
    is_mentor = request.user == pair.mentor
    return _read_notes(request, pair, _kind(is_mentor), title="My working notes" if is_mentor else "My own notes")


@step_up.confirmed_lately
def mentors_notes(request, pk):
    """The mentor's working notes, which the person whom they are about may obtain. Opens a page of them."""
    pair = _pairing(request, pk)
    if request.user != pair.subject:
        raise Http404
    return _read_notes(request, pair, Kind.CAREER_NOTE, title="Your mentor’s working notes")


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def new_note(request, pk):
    pair = _running(request, pk)
    form, kept, ticket = _form(request, NoteForm, f"career:note:{pair.pk}")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.note(by=request.user, pairing=pair, key=given["id"], version=given["version"], text=given["text"])
        drafts.drop(author=request.user, form=f"career:note:{pair.pk}")
        messages.success(request, "Your note is saved.")
        return redirect("mentoring:career_pairing", pair.pk)
    return _write(request, pair, form, kept, ticket, title="Write a note", is_note=True)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def new_goal(request, pk):
    pair = _running(request, pk)
    return _goal(request, pair, f"career:goal:{pair.pk}", "Set a goal", is_new=True)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def goal(request, pk):
    """A goal as it stands, to be written anew; shows its words to whoever has just confirmed."""
    row = _row(request, CareerGoal, pk)
    return _goal(request, row.pairing, f"career:goal:{row.pk}", "A goal", row)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def new_session(request, pk):
    pair = _running(request, pk)
    return _session(request, pair, f"career:session:{pair.pk}", "Plan a session")


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def session(request, pk):
    """A session as it stands, to be written anew; shows its words to whoever has just confirmed."""
    row = _row(request, CareerSession, pk)
    return _session(request, row.pairing, f"career:session:{row.pk}", "A session", row)


@assured
@require_http_methods(["GET", "POST"])
def end(request, pk):
    """Either of the two ends it. No reason is asked, and none is kept."""
    pair = _running(request, pk)
    if request.method == "POST":
        actions.end(by=request.user, pairing=pair)
        messages.success(request, "This mentoring has ended. Nobody asks why.")
        is_mentor = request.user == pair.mentor
        return redirect("mentoring:career_people") if is_mentor else redirect("mentoring:career_helped", pair.pk)
    return render(request, "mentoring/career/end.html", {"pair": pair, "is_mentor": request.user == pair.mentor})


@assured
@require_http_methods(["GET", "POST"])
def helped(request, pk):
    """One answer, counted in its quarter and tied to nobody."""
    if queries.pairings_of(request.user).filter(pk=pk, subject=request.user, feedback_open=False).exists():
        messages.info(request, "Your answer is counted.")
        return redirect("mentoring:career")
    pair = get_object_or_404(queries.feedback_asked(request.user), pk=pk)
    form = HelpedForm(request.POST or None)
    if form.is_valid():
        actions.say_whether_it_helped(by=request.user, pairing=pair, helped=form.cleaned_data["helped"])
        messages.success(request, "Thank you. Your answer is counted, and nobody can see that it was yours.")
        return redirect("mentoring:career")
    return render(request, "mentoring/career/helped.html", {"form": form, "pair": pair})


def _goal(request, pair, key, title, row=None, *, is_new=False):
    asked = _ask_first(request, row, row is not None, key)
    if asked:
        return asked
    initial = _initial(request, row, "goal") | ({"review_on": row.review_on, "state": row.state} if row else {})
    form, kept, ticket = _form(request, GoalForm, key, initial, is_new=is_new)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        outcome = actions.save_goal(
            by=request.user,
            pairing=pair,
            key=row.pk if row else given["id"],
            version=given["version"],
            text=given["text"],
            review_on=given["review_on"],
            state=given.get("state", "open"),
            replaces=given["replaces"],
        )
        return _saved(request, pair, key, outcome, "The goal is saved. You both see it.")
    return _write(request, pair, form, kept, ticket, title=title, saved=initial.get("text", ""))


def _session(request, pair, key, title, row=None):
    asked = _ask_first(request, row, row is not None and row.has_text, key)
    if asked:
        return asked
    initial = _initial(request, row, "session") | ({"day": row.day, "state": row.state} if row else {})
    form, kept, ticket = _form(request, SessionForm, key, initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        outcome = actions.save_session(
            by=request.user,
            pairing=pair,
            key=row.pk if row else given["id"],
            version=given["version"],
            day=given["day"],
            state=given["state"],
            text=given["text"],
            replaces=given["replaces"],
        )
        return _saved(request, pair, key, outcome, "The session is saved. You both see it.")
    return _write(request, pair, form, kept, ticket, title=title, saved=initial.get("text", ""))


def _saved(request, pair, key, outcome, sentence):
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=key, answers=typed_into(request.POST))
        messages.warning(request, "The other of you wrote here meanwhile. What you typed is kept below, not saved yet.")
        return redirect(request.path)
    drafts.drop(author=request.user, form=key)
    messages.success(request, sentence)
    return redirect("mentoring:career_pairing", pair.pk)


def _ask_first(request, row, has_text: bool, key: str):
    """Lead to confirming before earlier text is shown; None where there is none, or a form is sent."""
    if request.method == "POST" or step_up.is_confirmed_lately(request):
        return None
    shows = has_text or drafts.find(author=request.user, form=key)
    return step_up.ask(request) if shows else None


def _initial(request, row, prompt: str) -> dict:
    """What stands there now: opened for a page that shows it, and not for a form that is sent."""
    if row is None or request.method == "POST":
        return {}
    text = queries.words_of([row], by=request.user, why="changing it").get(row.pk)
    if text:
        step_up.refresh(request)
    found = {"text": text.answers.get(prompt, ""), "replaces": text.number} if text else {}
    return {"id": row.pk} | found


def _form(request, form_class, key, initial=None, **options):
    kept = drafts.find(author=request.user, form=key) if request.method == "GET" else None
    on_top = {"replaces": [str((initial or {}).get("replaces", 0))]}
    answers = kept and kept.answers | on_top
    form = form_class(request.POST or None, kept=answers, initial=initial, **options)
    return form, kept, drafts.ticket(author=request.user, form=key)


def _write(request, pair, form, kept, ticket, **around):
    context = {"pair": pair, "form": form, "kept": kept, "ticket": ticket, "is_mentor": request.user == pair.mentor}
    return render(request, "mentoring/career/write.html", context | around)


def _read_notes(request, pair, kind, *, title):
    records = queries.notes_of(pair, to=request.user, kind=kind)
    page = Paginator(records, ON_A_PAGE).get_page(request.GET.get("page"))
    texts = queries.opened(page, by=request.user, why="reading notes on career mentoring")
    shown = [Shown("Note", texts[one.pk], _in_words(note_in_words, texts[one.pk]), one.author.name) for one in page]
    context = {"pair": pair, "shown": shown, "title": title, "page": page, "kind": kind}
    return render(request, "mentoring/career/read.html", context)


def _in_words(words_of, text) -> list[tuple[str, str]]:
    return words_of(text.answers) if text else []


def _kind(is_mentor: bool) -> str:
    return Kind.CAREER_NOTE if is_mentor else Kind.CAREER_OWN


def _pairing(request, pk) -> Pairing:
    return get_object_or_404(queries.pairings_of(request.user), pk=pk)


def _running(request, pk) -> Pairing:
    return get_object_or_404(queries.pairings_of(request.user).filter(ended_on__isnull=True), pk=pk)


def _row(request, model, pk):
    """A goal or session that may be written anew; whoever asks in vain for one with words is written down."""
    row = queries.one_of(model, pk, to=request.user)
    if row is None:
        vault.refuse(pk, by=request.user)
    if row is None or row.pairing.ended_on:
        raise Http404
    return row
