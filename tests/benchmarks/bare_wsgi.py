"""The bare page's web process. Its middleware is exchanged after set-up, at which allauth insists on its own."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.bare_settings"
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
