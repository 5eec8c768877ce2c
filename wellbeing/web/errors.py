"""Our pages for what went wrong: a human sentence, and the urgent numbers on top.

The page for a server error is rendered without the request, because whatever broke may break it too.
"""

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

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


class FormOnlyMiddleware:
    """Somebody signed in who opens an address that only takes a form, from a bookmark or by going back, is told so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and _reads_a_page(request):
            return _takes_only_a_form(request, response.headers.get("Allow", ""))
        return response


def _reads_a_page(request) -> bool:
    """Whether a browser asks to show this, for somebody signed in; what scripts send is answered as it was."""
    is_page = request.method in ("GET", "HEAD") and not request.path_info.endswith("/draft/")
    return is_page and request.accepts("text/html") and request.user.is_authenticated


def _takes_only_a_form(request, allowed: str) -> HttpResponse:
    page = render(request, "web/takes_only_a_form.html", {"above": _page_above(request.path_info)}, status=405)
    page.headers["Allow"] = allowed
    return page


def _page_above(path: str) -> str:
    """The nearest address above this one that the portal knows."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return ""
