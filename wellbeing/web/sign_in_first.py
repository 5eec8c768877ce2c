"""Asks for a sign-in before every page that is not open to all, and remembers where to go on to.

The address asked for is kept in the session and never in the next address, where an access log or a
proxy would write it down. Of the pages about people, it is shortened to the front page, or dropped, so that not
even the session says whom somebody was looking for. Where there is nothing to keep, no session is made.
"""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect

from . import assurance

KEY = "go_on_to"
# The first part of an address, and where to go on to instead of the address itself.
SHORTENED = {
    "admin": "/admin/",
    "champions": "/champions/",
    "contact": None,
    "emergencies": "/emergencies/",
    "guidance": "/guidance/",
    "mentoring": "/mentoring/",
    "my-plan": "/my-plan/",
    "services": "/services/",
    "spocs": None,
    "stories": None,
}


class SignInFirstMiddleware(LoginRequiredMiddleware):
    def process_view(self, request, view_func, view_args, view_kwargs):
        return super().process_view(request, view_func, view_args, view_kwargs) or assurance.keep_factors(request)

    def handle_no_permission(self, request, view_func):
        return ask(request, self.get_login_url(view_func))


def ask(request, login_url="account_login"):
    """Lead to signing in, from a page that decides for itself whether it is open to all."""
    address = where_to_go_on(request)
    if address and address != request.session.get(KEY):
        request.session[KEY] = address
    return redirect(login_url)


def where_to_go_on(request) -> str | None:
    """The address to go on to after signing in; None for the home page."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        return None
    first = request.path_info.strip("/").split("/")[0]
    return SHORTENED.get(first, request.path_info) if first else None
