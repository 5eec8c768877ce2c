"""How a browser without JavaScript fills the forms of a 1-1."""

import re
import uuid

from django.utils import timezone

PROMPT = "Tired, but <b>well</b> & £5"


def hidden(page, action: str = "") -> dict:
    """The hidden fields of the form that goes to `action`, as a browser would send them."""
    form = next(part for part in page.content.decode().split("<form ")[1:] if f'action="{action}"' in part)
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0])
    return dict(found)


def log_page(subject) -> str:
    return f"/mentoring/1-1s/new/{subject.pk}/"


def a_day(name: str, day) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def filled(page, subject, **answers) -> dict:
    """A form of today, with these answers."""
    return hidden(page, log_page(subject)) | a_day("held_on", timezone.localdate()) | answers


def logged(client, subject, **answers) -> uuid.UUID:
    """Log a 1-1 through its page; returns its key."""
    sent = filled(client.get(log_page(subject)), subject, **answers)
    response = client.post(log_page(subject), sent)
    assert response.status_code == 302, response.content.decode()
    return uuid.UUID(sent["id"])
