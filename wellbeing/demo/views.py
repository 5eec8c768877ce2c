from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from wellbeing.people.models import Person
from wellbeing.web import assurance

from . import mailbox as mailbox_files
from . import ownership
from .cast import CAST


def own_database_only(view):
    """Decorator: answers 503 in words where the database is not the demonstration's own."""

    @wraps(view)
    @login_not_required
    @never_cache
    def wrapped(request, *args, **kwargs):
        if not ownership.is_own():
            return _sorry(request, 503, "The demonstration is not here", ownership.REFUSAL)
        return view(request, *args, **kwargs)

    return wrapped


@require_GET
@own_database_only
def choose(request):
    steps = {"hr": CAST["hr"], "lead": CAST["lead"], "away": CAST["staff"]}
    return render(request, "demo/choose.html", {"cast": CAST.values()} | steps)


# A script signs in with one POST and has no token to send. That no other site can do so in a visitor's
# browser is seen to by `_from_elsewhere`: a browser sends Origin with every POST, a script need not.
@csrf_exempt
@require_POST
@own_database_only
def sign_in(request):
    if _from_elsewhere(request):
        return _sorry(request, 403, "That came from another site", "Sign in from the page “Try the portal”.")
    member = CAST.get(request.POST.get("as", ""))
    person = member and Person.objects.current().filter(staff_number=member.staff_number).first()
    if person is None:
        return _sorry(request, 400, "Nobody of that name in the cast", f"Sign in with as= one of: {', '.join(CAST)}.")
    login(request, person)
    request.session[assurance.KEY] = assurance.DEMO
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_GET
@own_database_only
def mailbox(request):
    return render(request, "demo/mailbox.html", {"mails": mailbox_files.mails()})


@require_GET
@own_database_only
def mail(request, key):
    found = mailbox_files.mail(key)
    if found is None:
        raise Http404("No such mail")
    return render(request, "demo/mail.html", {"mail": found})


def _from_elsewhere(request) -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"


def _sorry(request, status, heading, sentence):
    return render(request, "demo/sorry.html", {"heading": heading, "sentence": sentence}, status=status)
