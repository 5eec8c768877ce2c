"""The least that Django needs to know who is signed in: its own session and sign-in, and nothing of ours around."""

from wellbeing.settings import *  # noqa: F403 - the same database, session store, keys and templates
from wellbeing.settings import DATABASES, TEMPLATES

ROOT_URLCONF = "tests.benchmarks.bare_page"
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # Django's default
TEMPLATES[0]["DIRS"] = []
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
]
