"""Confines a session that came by the door to its part of the portal: what is not named here is not there for it.

Outside the part is a 404, also for pages that anybody may see: the session reaches nothing by which it could become
another one. And whatever a page inside answers, it leads nowhere else.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse

from wellbeing.web import doors

from . import sessions

# Static files and /urgent/ are answered before sessions are looked at. In the demonstration, what stands for the
# mailbox at home.
ALSO = ("/urgent/", "/static/", "/livez/", *(["/demo/mailbox/"] if settings.DEMO else []))
WHILE_SETTING_UP = ("door:set_up", "door:confirm_address", "door:add_passkey", "door:sign_out", "door:stay",
                    "door:urgent", "door:accessibility")  # fmt: skip


class PlanDoorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if doors.came_by(request):
            sessions.end_if_over(request)
        response = self._confined(request) if doors.came_by(request) else self.get_response(request)
        if doors.framing(request) and sessions.DOOR.holds(request.path_info):
            _lead_inside(request, response)
        return response

    def _confined(self, request):
        if not (sessions.DOOR.holds(request.path_info) or request.path_info.startswith(ALSO)):
            response = render(request, "404.html", status=404)
            response.headers["Cache-Control"] = "no-store"
            return response
        if sessions.is_setting_up(request) and not _may_be_asked_for(request.path_info):
            return redirect("door:set_up")
        return self.get_response(request)


def _may_be_asked_for(path: str) -> bool:
    return path in {reverse(name) for name in WHILE_SETTING_UP} or path.startswith(ALSO)


def _lead_inside(request, response) -> None:
    """A redirect out of this part leads to the page in the place of the one that it means, or to the first page."""
    if "Location" not in response.headers:
        return
    to = urlsplit(response.headers["Location"])
    own = not to.netloc or to.netloc == request.get_host()
    if own and sessions.DOOR.holds(to.path if to.path.startswith("/") else request.path_info):
        return
    meant = next((inside for page, inside in sessions.DOOR.instead.items() if reverse(page) == to.path), "door:start")
    response.headers["Location"] = reverse(meant)
