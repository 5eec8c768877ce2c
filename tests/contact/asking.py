"""Going through the steps as a browser without JavaScript does: every button posts what its page holds."""

import re
from html import unescape

from wellbeing.contact.models import ContactRequest

ANSWERS = {"way": "call", "where": "07700 900555", "message": "no", "words": "I cannot sleep.", "when": "after six"}


def ask_page(volunteer) -> str:
    """The first page of asking the entry of a SPOC or a champion."""
    return f"/contact/ask/{volunteer.pk}/"


def held_in(page) -> dict:
    """What the page's form would send again: the hidden fields."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def send(client, volunteer, **answers):
    """All steps, one after the other; returns what the last one answered."""
    said = ANSWERS | answers
    address = ask_page(volunteer)
    page = client.get(address)
    page = client.post(address, {"to": "who"})
    page = client.post(address, {**held_in(page), "to": "reach"})
    typed = {name: said[name] for name in ("way", "where", "message", "words")}
    page = client.post(address, {**held_in(page), **typed, "to": "when"})
    page = client.post(address, {**held_in(page), "when": said["when"], "to": "check"})
    return client.post(address, {**held_in(page), "to": "send"})


def asked(client, volunteer, **answers) -> str:
    """Asks, and returns the key of the request."""
    return send(client, volunteer, **answers)["Location"].split("/")[-2]


def page_of(key) -> str:
    return f"/contact/requests/{key}/"


def every_row() -> list[ContactRequest]:
    return list(ContactRequest.objects.all())


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
