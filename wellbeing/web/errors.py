"""Our pages for what went wrong: a human sentence, and the urgent numbers on top.

The page for a server error is rendered without the request, because whatever broke may break it too.
"""

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from . import doors


def bad_request(request, exception=None):
    return HttpResponse(render_to_string("400.html", {"door": doors.of_address(request)}), status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return HttpResponseServerError(render_to_string("500.html", {"door": doors.of_address(request)}))


def csrf_failure(request, reason=""):
    """A form sent with a token that is missing or old: mostly a page left open over a sign-out."""
    return render(request, "web/form_too_old.html", status=403)
