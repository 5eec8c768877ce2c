"""How a browser fills the forms about somebody away."""

import uuid
from datetime import timedelta

from django.utils import timezone

from mentoring.actions import absences as actions
from mentoring.models import Absence
from tests.mentoring.pages import a_day, hidden
from wellbeing.web.identity import acting_as


def days(number: int):
    """So many days from today, before it where negative."""
    return timezone.localdate() + timedelta(days=number)


def away(subject, *, by, first_day: int = -9, expected_back: int | None = 60) -> Absence:
    """Somebody away since so many days ago, as `by` has it."""
    key = uuid.uuid4()
    back = None if expected_back is None else days(expected_back)
    with acting_as(by):
        actions.start(by=by, subject=subject, first_day=days(first_day), expected_back=back, key=key)
    with acting_as(subject):
        return Absence.objects.select_related("subject").get(pk=key)


def new_contact(absence) -> str:
    return f"/mentoring/contacts/{absence.pk}/new/"


def filled(client, absence, **answers) -> dict:
    """The form of a contact of today by phone that was answered, with these answers."""
    page = new_contact(absence)
    ordinary = {"channel": "phone", "answered": "yes", "text": ""}
    dates = a_day("held_on", days(0)) | a_day("next_contact", days(14))
    return hidden(client.get(page), page) | ordinary | dates | answers


def recorded(client, absence, **answers) -> uuid.UUID:
    """Write a contact down through its page; returns its key."""
    sent = filled(client, absence, **answers)
    response = client.post(new_contact(absence), sent)
    assert response.status_code == 302, response.content.decode()
    return uuid.UUID(sent["id"])


def planned(client, page: str = "/my-plan/contact/", **answers):
    """Save how contact is kept through its page; returns the response."""
    ordinary = {"channels": ["phone"], "every_days": 14, "text": "After ten, please"}
    return client.post(page, hidden(client.get(page), page) | ordinary | answers)


def told(client, text: str, page: str = "/my-plan/colleagues/"):
    return client.post(page, hidden(client.get(page), page) | {"text": text})


def chosen(client, carer):
    """Somebody away names who keeps contact: by number, then by name."""
    sent = {"kept_by": "colleague", "person": carer.staff_number}
    shown = client.post("/my-plan/who/", sent)
    assert carer.name in shown.content.decode()
    return client.post("/my-plan/who/", sent | {"confirmed": carer.pk})


def paused(client, number: int):
    """Pause contact for so many days."""
    return client.post("/my-plan/pause/", a_day("until", days(number)))
