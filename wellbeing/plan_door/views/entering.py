"""Coming in: by a passkey, by a code by mail and the PIN, or for the first time by a letter.

To whoever stands outside, a staff number that nobody has answers as any other does.
"""

from functools import wraps

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wellbeing.people.models import Person
from wellbeing.plan_door import actions, queries, sessions, webauthn
from wellbeing.plan_door.forms import AskForm, CodeForm, LetterForm, ShownForm
from wellbeing.plan_door.models import CODE_TRIES

NOT_IN = "That did not open. The code or the PIN is wrong, or the code is too old. Nobody is told which."
NO_LETTER = (
    "That did not open. One of the three may be mistyped. Or the letter was used, is older than 28 days, or a newer "
    "one was printed. Or its number was not read out to you yet."
)


def from_outside(view):
    """Decorator of a page for whoever is not signed in: the others go on inside. What is sent is counted, by where
    it comes from, in the cache and in the database."""

    @wraps(view)
    @login_not_required
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    def wrapped(request):
        if request.user.is_authenticated:
            return redirect("door:start")
        if request.method == "POST" and _is_too_much(request):
            return render(request, "my_plan/door/too_often.html", status=429)
        return view(request)

    return wrapped


@from_outside
def enter(request):
    """Three ways in; the form asks for a code by mail."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _send_code(request, queries.who_says(form.cleaned_data["staff_number"]))
    return render(request, "my_plan/door/enter.html", {"form": form})


@from_outside
def enter_code(request):
    """The code and the PIN together."""
    waiting = request.session.get(sessions.WAITING)
    if not waiting:
        return redirect("door:enter")
    person = Person.objects.current().filter(pk=waiting["person"] or 0).first()
    if "again" in request.POST:
        return _send_code(request, person)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if actions.take_code(person=person, key=waiting["code"], typed=typed["code"], pin=typed["pin"]):
            return redirect(sessions.begin(request, person, by_mail=True))
        waiting["wrong"] += 1
        request.session[sessions.WAITING] = waiting
        form.add_error(None, NOT_IN)
    context = {"form": form, "is_over": waiting["wrong"] >= CODE_TRIES}
    return render(request, "my_plan/door/enter_code.html", context)


@from_outside
def enter_passkey(request):
    """What the browser needs, as JSON; and what it made of it."""
    if request.method != "POST":
        return JsonResponse({"request_options": webauthn.begin_showing()})
    form = ShownForm(request.POST)
    try:
        person, used = webauthn.check_shown(form.cleaned_data["credential"] if form.is_valid() else {})
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("door:enter")
    goes_to = sessions.begin(request, person)
    webauthn.note_use(request, person, used)
    return redirect(goes_to)


@from_outside
def enter_letter(request):
    """The first time: a letter and the number that was read out. Opens nothing but the page to set up how to return."""
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        person = queries.who_says(typed["staff_number"])
        if actions.use_letter(person=person, code=typed["code"], number=typed["number"]):
            sessions.begin(request, person, setting_up=True)
            return redirect("door:set_up")
        form.add_error(None, NO_LETTER)
    return render(request, "my_plan/door/enter_letter.html", {"form": form})


@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("door:enter")


def _send_code(request, person: Person | None):
    """Have a code sent, and wait for it in this browser."""
    key = actions.send_code(person=person, source=get_ip(request))
    request.session[sessions.WAITING] = {"code": str(key), "person": person and person.pk, "wrong": 0}
    return redirect("door:enter_code")


def _is_too_much(request) -> bool:
    lately = ratelimit.consume(request, action="login")
    return actions.is_source_tired(get_ip(request)) or not lately
