"""The portal as a force would run it, in a process of its own: no DEMO, https, a mail server."""

import os
import subprocess
import sys

from tests.databases import ROOT

ADDRESS = "https://wellbeing.force.example"


def environment(**more: str) -> dict[str, str]:
    """The environment of such a process, on the servers of the tests; `more` goes before it."""
    kept = {name: value for name, value in os.environ.items() if name != "DEMO"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
        "DB_LOGIN": "app",
        "PORTAL_URL": ADDRESS,
        "EMAIL_URL": "consolemail://",
        **more,
    }


def python(code: str, **more: str) -> subprocess.CompletedProcess:
    """Run a few lines of Python with Django set up."""
    return _run([sys.executable, "-c", f"import django; django.setup()\n{code}"], **more)


def manage(*arguments: str, **more: str) -> subprocess.CompletedProcess:
    return _run([sys.executable, str(ROOT / "manage.py"), *arguments], **more)


def _run(command: list[str], **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, env=environment(**more), cwd=ROOT, capture_output=True, text=True, timeout=60)
