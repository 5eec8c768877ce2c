"""What was typed into a form is never lost: kept as a draft where the session has ended meanwhile."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mentoring.forms.one_to_ones import typed_into
from wellbeing.confidential import drafts
from wellbeing.confidential.keeping import keep_for_its_author
from wellbeing.web import sign_in_first
from wellbeing.web.assurance import is_assured


def keeps_what_is_typed(view):
    """Decorator for a page with a form: asks for a sign-in itself, after keeping what arrived without one."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method == "POST" and not _is_its_author(request):
            return _keep(request)
        if not request.user.is_authenticated:
            return sign_in_first.ask(request)
        if not is_assured(request):
            return redirect("second_factor_needed")
        return view(request, *args, **kwargs)

    return wrapped


@require_POST
@sensitive_post_parameters()
def keep_draft(request):
    """Asked by the form itself while somebody types; says when it was kept."""
    named = drafts.read_ticket(request.POST.get("ticket", ""))
    if named is None or named[0] != request.user or not is_assured(request):
        return JsonResponse({}, status=403)
    saved_at = drafts.keep(author=request.user, form=named[1], answers=typed_into(request.POST))
    return JsonResponse({"saved": date_format(timezone.localtime(saved_at), "H:i")})


@require_POST
def drop_draft(request, then="mentoring:mine"):
    """Start again: what was kept of one form goes; on to the page `then`."""
    named = drafts.read_ticket(request.POST.get("ticket", ""))
    if named and named[0] == request.user:
        drafts.drop(author=request.user, form=named[1])
        messages.success(request, "What you had typed is gone. What was saved stays as it was.")
    return redirect(then)


def _is_its_author(request) -> bool:
    """Whether whoever is signed in typed this, and may save it."""
    if not request.user.is_authenticated or not is_assured(request):
        return False
    named = drafts.read_ticket(request.POST.get("ticket", ""))
    return named is None or named[0] == request.user


def _keep(request):
    named = drafts.read_ticket(request.POST.get("ticket", ""))
    if named and (elsewhere := keep_for_its_author(request, named, typed_into(request.POST))):
        return elsewhere
    if request.user.is_authenticated:
        return redirect("second_factor_needed")
    if named:
        request.session[sign_in_first.KEY] = _page_of(named[1], request.path_info)
    return redirect("account_login")


def _page_of(form: str, address: str) -> str:
    """Where a form is shown: a page that only takes one stands below the page that shows it."""
    return address.rsplit("/", 2)[0] + "/" if form.startswith(("comment:", "request:")) else address
