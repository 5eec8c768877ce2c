"""What was typed into a form is never lost: kept as a draft where the session has ended meanwhile."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mentoring.forms.one_to_ones import typed_into
from wellbeing.confidential import drafts, keeping
from wellbeing.web import sign_in_first
from wellbeing.web.assurance import is_assured


def _go_on_there(request, form: str) -> None:
    """After signing in they are led to the form again: a page that only takes one stands below the page that shows
    it."""
    if not request.user.is_authenticated:
        address = request.path_info
        below = form.startswith(("comment:", "request:"))
        request.session[sign_in_first.KEY] = address.rsplit("/", 2)[0] + "/" if below else address


keeps_what_is_typed = keeping.keeps_what_is_typed(typed_into, may_save=is_assured, afterwards=_go_on_there)


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
