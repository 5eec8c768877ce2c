"""The portal's addresses and one more, `/letters/<uuid>/`, which opens confidential text."""

from django.http import HttpResponse
from django.urls import path

from wellbeing.urls import *  # noqa: F403 - the handlers too
from wellbeing.urls import urlpatterns as portal
from wellbeing.web.step_up import confirmed_lately


@confirmed_lately
def letter(request, key):
    return HttpResponse("Dear diary")


urlpatterns = [path("letters/<uuid:key>/", letter), path("my-data/", letter, {"key": None}), *portal]
