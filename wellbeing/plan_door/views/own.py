"""One's own way in: setting it up, changing it, and confirming that it is still oneself."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wellbeing.plan_door import actions, queries, sessions, webauthn
from wellbeing.plan_door.forms import (
    AddressCodeForm,
    AddressForm,
    ConfirmForm,
    PasskeyForm,
    PinForm,
    SetUpForm,
    ShownForm,
)
from wellbeing.web import assurance, doors, step_up

ADDRESS = "door_address"  # in the session: the key of the code that confirms a new address


def when_sure(view):
    """Decorator of a page that changes how somebody comes in: asks first that it is them, unless a letter just has.

    Of a session that came by the door, within five minutes: whoever finds it open must not take it over for good.
    """

    @wraps(view)
    @login_required
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    def wrapped(request, *args, **kwargs):
        if not sessions.is_setting_up(request) and not sessions.has_just_shown(request):
            sessions.forget(request)
        if not (sessions.is_setting_up(request) or step_up.is_confirmed_lately(request)):
            is_reading = request.method != "POST"
            return step_up.ask(request) if is_reading else step_up.ask_before(request, "door:my_entry")
        return view(request, *args, **kwargs)

    return wrapped


@when_sure
def set_up(request):
    """After a letter: an address and a PIN, or a passkey. Until then nothing else opens."""
    if not sessions.is_setting_up(request):
        return redirect("door:my_entry")
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set_pin(request, form):
        return _confirm_first(request, form.cleaned_data["mail"])
    return render(request, "my_plan/door/set_up.html", {"form": form})


@step_up.confirmed_lately
def my_entry(request):
    """How I come in from outside, and the ways to change it."""
    context = {"entry": queries.way_in_of(request.user), "passkeys": queries.passkeys_of(request.user)}
    return render(request, "my_plan/door/my_entry.html", context | {"is_confined": bool(doors.came_by(request))})


@when_sure
def change_pin(request):
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set_pin(request, form):
        messages.success(request, "Your PIN is saved. Wherever else you had come in, you are signed out.")
        return redirect("door:my_entry")
    return render(request, "my_plan/door/change_pin.html", {"form": form})


@when_sure
def change_address(request):
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _confirm_first(request, form.cleaned_data["mail"])
    return render(request, "my_plan/door/change_address.html", {"form": form})


@when_sure
def confirm_address(request):
    """The code that was sent to a new address. With it, somebody who came by a letter has come in."""
    key = request.session.get(ADDRESS)
    if not key:
        return redirect("door:my_entry")
    address = queries.address_waiting(request.user, key)
    if "again" in request.POST and address:
        messages.success(request, "A new code is on its way. The one before may be thrown away.")
        return _confirm_first(request, address)
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if taken := actions.take_code(person=request.user, key=key, typed=form.cleaned_data["code"]):
            del request.session[ADDRESS]
            actions.confirm_address(by=request.user, address=taken.address)
            return _is_set_up(request, f"Codes go to {taken.address} from now on.", by_mail=True)
        form.add_error("code", "That is not the code, or it is too old. After three tries it opens nothing.")
    return render(request, "my_plan/door/confirm_address.html", {"form": form, "address": address})


@when_sure
def add_passkey(request):
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webauthn.check_new(form.cleaned_data["credential"])
            name = form.cleaned_data["name"] or "My passkey"
            actions.add_passkey(by=request.user, name=name, credential=form.cleaned_data["credential"])
            return _is_set_up(request, "The passkey is added. It opens these pages, and nothing else of the portal.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    options = {"creation_options": webauthn.begin_adding(request.user)}
    return render(request, "my_plan/door/add_passkey.html", {"form": form, "js_data": options})


@when_sure
def remove_passkey(request, pk):
    passkey = get_object_or_404(queries.passkeys_of(request.user), pk=pk)
    if request.method == "POST":
        actions.remove_passkey(by=request.user, passkey=passkey)
        sessions.stay(request)
        messages.success(request, f"“{passkey.name}” no longer opens these pages.")
        return redirect("door:my_entry")
    return render(request, "my_plan/door/remove_passkey.html", {"passkey": passkey})


@when_sure
@require_POST
def end_others(request):
    actions.end_sessions(by=request.user)
    sessions.stay(request)
    messages.success(request, "Wherever else you had come in from outside, you are signed out.")
    return redirect("door:my_entry")


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    """Between confidential text and somebody who came from outside: the PIN again, or a passkey."""
    if not doors.came_by(request):
        return redirect("confirm_it_is_you")
    if step_up.is_confirmed_lately(request):
        return redirect(step_up.take_address(request) or "door:start")
    takes_pin = bool(sessions.mark_of(request).get("by_mail"))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and takes_pin and form.is_valid():
        if actions.check_pin(person=request.user, pin=form.cleaned_data["pin"]):
            sessions.prove(request)
            return redirect("door:confirm")
        form.add_error("pin", "That is not your PIN. After five wrong ones it is locked, and you are told by mail.")
    context = {"form": form, "takes_pin": takes_pin, "unconfirmed": assurance.is_unconfirmed(request.user)}
    if webauthn.has_any(request.user):
        context["js_data"] = {"request_options": webauthn.begin_showing(request.user)}
    return render(request, "my_plan/door/confirm.html", context)


@login_required
@require_POST
def confirm_passkey(request):
    form = ShownForm(request.POST)
    try:
        credential = form.cleaned_data["credential"] if form.is_valid() else {}
        _, used = webauthn.check_shown(credential, of=request.user)
        webauthn.note_use(request, request.user, used)
        sessions.prove(request)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("door:confirm")


def _set_pin(request, form) -> bool:
    """Whether the PIN of a form is theirs now; else the form says why not."""
    try:
        actions.set_pin(by=request.user, pin=form.cleaned_data["pin"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    sessions.stay(request)
    return True


def _confirm_first(request, address: str):
    request.session[ADDRESS] = str(actions.send_code(person=request.user, address=address))
    return redirect("door:confirm_address")


def _is_set_up(request, sentence: str, **mark):
    """What was set up counts from now on; whoever came by a letter is in."""
    was_setting_up = sessions.is_setting_up(request)
    sessions.stay(request)
    if was_setting_up:
        sessions.change(request, setting_up=False, **mark)
        sessions.prove(request)
    messages.success(request, sentence)
    return redirect("door:start" if was_setting_up else "door:my_entry")
