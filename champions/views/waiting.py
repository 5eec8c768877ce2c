"""The waiting list as those on it see it, and the page on which a line manager agrees."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions import policy, queries
from champions.actions import waiting as actions
from champions.forms.waiting import JoinForm
from champions.queries import life
from champions.queries import waiting as on_list
from wellbeing.training.actions import places
from wellbeing.training.policy import places_of
from wellbeing.web.assurance import assured
from wellbeing.web.refused import say_why

# What a button says: the action, and the sentence that follows it.
ANSWERS = {
    "yes": (places.accept, "The place is yours. We look forward to seeing you."),
    "no": (places.decline, "You have said no to this place. It goes to the next person; you keep yours on the list."),
    "back": (places.withdraw, "You have given the place back. You are on the waiting list again, where you were."),
}


@sensitive_post_parameters("why")
@require_http_methods(["GET", "HEAD", "POST"])
@say_why(on="champions:waiting")
def join(request):
    if life.on_the_way(request.user):
        return redirect("champions:waiting")
    if policy.own_entry(request.user).exists():
        return redirect("champions:mine")
    form = JoinForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.user.hidden:
        return render(request, "champions/waiting/cannot.html")
    if form.is_valid():
        actions.join(by=request.user, why=form.cleaned_data["why"])
        messages.success(request, "You are on the waiting list. Thank you.")
        return redirect("champions:waiting")
    context = {"form": form, "rule": on_list.rule_in_words(), "rules": queries.rules()}
    return render(request, "champions/waiting/join.html", context)


@require_safe
def waiting(request):
    standing = on_list.standing(request.user)
    context = {
        "standing": standing,
        "rule": on_list.rule_in_words(),
        "manager": request.user.line_manager,
        "serves": standing is None and policy.own_entry(request.user).exists(),
    }
    return render(request, "champions/waiting/waiting.html", context)


@require_POST
@say_why(on="champions:waiting")
def leave(request):
    standing = on_list.standing(request.user)
    if standing and standing.may_leave:
        actions.leave(champion=standing.champion, by=request.user)
    messages.success(request, "You are off the waiting list, and what you wrote is deleted. Nobody asks why.")
    return redirect("champions:waiting")


@require_POST
@say_why(on="champions:waiting")
def answer_offer(request, pk):
    if request.POST.get("answer") not in ANSWERS:
        raise Http404
    act, sentence = ANSWERS[request.POST["answer"]]
    place = get_object_or_404(places_of(request.user).select_related("session"), pk=pk)
    act(place=place, by=request.user)
    messages.success(request, sentence)
    return redirect("champions:waiting")


@assured
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request, champion_id):
    asked = on_list.asked_of(request.user, champion_id)
    if asked is None:
        raise Http404
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        return _agree(request, asked, agrees=request.POST["answer"] == "yes")
    return render(request, "champions/waiting/agree.html", {"asked": asked, "rules": queries.rules()})


@say_why(on="home")
def _agree(request, asked, *, agrees: bool):
    actions.answer(champion_id=asked.champion_id, agrees=agrees, by=request.user)
    name = asked.person.name
    said = f"You agree that {name} becomes a champion." if agrees else f"You have answered “not now” for {name}."
    messages.success(request, f"{said} Thank you for answering.")
    return redirect("champions:agree", asked.champion_id)
