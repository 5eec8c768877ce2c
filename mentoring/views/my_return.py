"""One's own coming back to work: with whom to meet, what to say beforehand, the plan as both see it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.actions import adjustments as adjusting
from mentoring.actions import returns as actions
from mentoring.forms.one_to_ones import SayForm, typed_into
from mentoring.forms.returns import CONTACT, MANAGER, OTHER, ChooseForm, TextForm
from mentoring.prompts_return import prompts_of
from mentoring.queries import adjustments
from mentoring.queries import returns as queries
from wellbeing.confidential import drafts, vault
from wellbeing.web import step_up
from wellbeing.web.assurance import while_certain

from .keeping import keeps_what_is_typed
from .returns import form_with_text, in_words, latest_text


@step_up.confirmed_lately
def return_plan(request):
    """The plan as whoever holds the meeting sees it, and what was written with somebody else before."""
    coming_back = queries.own(request.user)
    if coming_back is None:
        return render(request, "my_plan/return_none.html")
    context = in_words(coming_back, by=request.user)
    context["waits"] = set(adjustments.named(request.user).values_list("pk", flat=True))
    context["lets_decide"] = True
    return render(
        request, "my_plan/return.html", context | _say_form(request, context) | _earlier(request, coming_back)
    )


@step_up.confirmed_lately
def return_print(request):
    return render(request, "my_plan/return_print.html", in_words(_own(request), by=request.user))


@while_certain
@require_http_methods(["GET", "POST"])
def return_choose(request):
    """With whom to meet; the name is shown once more before it counts."""
    coming_back = _own(request)
    if coming_back.meeting and coming_back.meeting.held_on:
        messages.warning(request, "The meeting was held. You can end here who reads the plan.")
        return redirect("my_plan:return_plan")
    form = _choose_form(request, coming_back)
    if not form.is_valid():
        return render(request, "my_plan/return_choose.html", {"form": form, "coming_back": coming_back})
    if request.POST.get("confirmed") != form.chosen.staff_number:
        return render(request, "my_plan/return_check.html", {"form": form, "chosen": form.chosen})
    if actions.choose(by=request.user, absence=coming_back.absence, carer=form.chosen, **form.ticks):
        messages.success(request, f"You meet with {form.chosen.name}. You can choose again until you have met.")
    else:
        messages.error(request, f"{form.chosen.name} cannot be chosen. Choose somebody else.")
    return redirect("my_plan:return_plan")


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def return_write(request):
    """One's own answers, before the meeting or after it; whoever holds it writes the same plan."""
    coming_back = _own(request)
    if request.method == "POST":
        return _save(request, coming_back)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    latest = latest_text(coming_back, by=request.user)
    return _show(request, coming_back, *form_with_text(TextForm, request.user, _key(coming_back), latest, {}))


@keeps_what_is_typed
@require_POST
def return_comment(request):
    coming_back = _own(request)
    if queries.text_of(coming_back, to=request.user) is None:
        raise Http404
    form = SayForm(request.POST, label="Your comment")
    if not form.is_valid():
        ticket = drafts.ticket(author=request.user, form=_comment_key(coming_back))
        return render(request, "my_plan/return_say.html", {"form": form, "ticket": ticket})
    actions.comment(by=request.user, meeting=coming_back.meeting, **form.cleaned_data)
    drafts.drop(author=request.user, form=_comment_key(coming_back))
    messages.success(request, "Your comment is saved.")
    return redirect("my_plan:return_plan")


@while_certain
@require_POST
def return_decides(request, pk):
    """Whether whoever is named to decide about an adjustment may, or somebody else should."""
    coming_back = _own(request)
    if coming_back.meeting is None:
        raise Http404
    adjustment = get_object_or_404(adjustments.of_plan(coming_back.meeting, to=request.user), pk=pk)
    if not request.POST.get("decides", "").isdigit() or request.POST["decides"] != str(adjustment.decides_id):
        messages.warning(request, "Somebody else is named meanwhile. Look again.")
        return redirect("my_plan:return_plan")
    yes = request.POST.get("may") == "yes"
    if adjusting.let_decide(by=request.user, adjustment=adjustment, decides=adjustment.decides_id, yes=yes):
        words = f"{adjustment.decides.name} is asked." if yes else "Somebody else will be named to decide."
        messages.success(request, words)
    return redirect("my_plan:return_plan")


@while_certain
@require_POST
def return_let_read(request):
    """Whoever was chosen may read the preparation after all."""
    coming_back = _own(request)
    if coming_back.holder is None:
        raise Http404
    prepared = queries.earlier_texts_of(coming_back).filter(author=request.user).order_by("-made_at").first()
    if prepared and actions.let_read(by=request.user, meeting=coming_back.meeting, text=prepared.pk):
        messages.success(request, f"{coming_back.holder.name} can read your preparation.")
    else:
        messages.warning(request, "Something is written in the plan already, so your preparation stays with you.")
    return redirect("my_plan:return_plan")


@while_certain
@require_POST
def return_end(request):
    """Whoever holds, or held, the meeting reads the plan no longer."""
    coming_back = _own(request)
    if coming_back.holder and actions.end(by=request.user, meeting=coming_back.meeting):
        messages.success(request, f"{coming_back.holder.name} no longer reads your return plan.")
    return redirect("my_plan:return_plan")


def _choose_form(request, coming_back) -> ChooseForm:
    me, holder, plan = request.user, coming_back.holder, coming_back.plan
    manager, contact = queries.line_manager_of(me), queries.contact_of(me)
    initial = {}
    if holder:
        who = {contact: CONTACT, manager: MANAGER}.get(holder, OTHER)
        initial = {"who": who, "person": holder.pk if who == OTHER else None}
        initial |= {"representative": plan.representative, "keeps_contact": plan.keeps_contact}
    written = queries.text_of(coming_back, to=me) is not None
    data = request.POST if request.method == "POST" else None
    return ChooseForm(data, manager=manager, contact=contact, subject=me, written=written, initial=initial)


def _save(request, coming_back):
    form = TextForm(request.POST)
    if not form.is_valid():
        return _show(request, coming_back, form)
    if coming_back.plan is None:
        actions.begin(by=request.user, absence=coming_back.absence)
        coming_back = _own(request)
    outcome = actions.write(by=request.user, meeting=coming_back.meeting, text=form.text)
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=_key(coming_back), answers=typed_into(request.POST))
        messages.warning(request, "The plan was changed meanwhile. Here are both; yours is not saved yet.")
        return redirect("my_plan:return_write")
    drafts.drop(author=request.user, form=_key(coming_back))
    messages.success(request, "Saved." + (f" {coming_back.holder.name} can read it." if coming_back.holder else ""))
    return redirect("my_plan:return_plan")


def _show(request, coming_back, form, kept=None, latest=None):
    context = {
        "coming_back": coming_back,
        "form": form,
        "kept": kept,
        "ticket": drafts.ticket(author=request.user, form=_key(coming_back)),
        "saved": prompts_of(latest.answers) if kept and latest else [],
    }
    return render(request, "my_plan/return_write.html", context)


def _say_form(request, context) -> dict:
    text = context["text"]
    if not text or (text.author_id == request.user.pk and text.number == 1 and not context["said"]):
        return {}
    key = _comment_key(context["coming_back"])
    kept = drafts.find(author=request.user, form=key)
    form = SayForm(kept=kept and kept.answers, label="Your comment")
    return {"say": {"form": form, "kept": kept, "ticket": drafts.ticket(author=request.user, form=key)}}


def _earlier(request, coming_back) -> dict:
    opened = [
        vault.open_record(record, by=request.user, why="reading a return plan")
        for record in queries.earlier_texts_of(coming_back)
    ]
    return {"earlier": [(one.latest, prompts_of(one.latest.answers)) for one in opened if one.latest]}


def _own(request) -> queries.Return:
    coming_back = queries.own(request.user)
    if coming_back is None:
        raise Http404
    return coming_back


def _key(coming_back) -> str:
    return f"return:{coming_back.absence.pk}"


def _comment_key(coming_back) -> str:
    return f"comment:{coming_back.absence.pk}"
