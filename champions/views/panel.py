"""A station's champions and the urgent numbers, for a page of the force's intranet to frame."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from champions import queries
from champions.policy import may_read_station_page
from wellbeing.people.models import Force, Station
from wellbeing.web.urgent_numbers import urgent_numbers


@login_not_required
@require_safe
def panel(request, slug):
    """What is public anyway, and the same for everybody: nothing here looks at who asks."""
    station = Station.objects.filter(slug=slug, closed=False).first()
    is_public = may_read_station_page(AnonymousUser())
    context = {
        "station": station,
        "force": Force.objects.first(),
        "is_public": is_public,
        "champions": queries.for_station(station, limit=None) if station and is_public else [],
        "numbers": urgent_numbers(),
        "portal": settings.PORTAL_URL,
    }
    request.session.modified = False  # a frame in somebody else's page is no click: it keeps nobody signed in
    response = HttpResponse(render_to_string("champions/panel.html", context), status=200 if station else 404)
    return _framed_by(settings.PANEL_ORIGINS, response)


def _framed_by(origins: list[str], response: HttpResponse) -> HttpResponse:
    """The answer, which pages of these origins may frame; with none, no page may."""
    if origins:
        response._csp_replace = {"frame-ancestors": origins}  # what django-csp's decorator sets, from today's settings
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.xframe_options_exempt = True
    return response
