"""What is asked of somebody who would like to be contacted, and how their answers read."""

import re

from wellbeing.web.templatetags.components import sms, tel

_NUMBER, _MAIL = re.compile(r"[+\d][\d ()-]{5,20}"), re.compile(r"[^\s@?&]+@[^\s@?&]+\.[^\s@?&]+")
LONGEST, LINE = 500, 120  # characters of a message, and of a line
WAYS = {"call": "Call me", "text": "Text me", "mail": "E-mail me", "in_person": "Meet me in person"}
MESSAGE = {
    "no": "No: speak only to me, and leave no message",
    "yes": "Yes: a first name and a number, but not what it is about",
}
LABELS = {
    "way": "How to get in touch",
    "where": "Number, address or place",
    "message": "May a message be left?",
    "when": "When",
    "words": "Anything to know first",
}


def way_to(answers: dict) -> tuple[str, str] | None:
    """“Call”, “Text” or “E-mail” and the address for it; None for a meeting, and for what is no number or address."""
    where = answers.get("where", "").strip()
    number = _NUMBER.fullmatch(where)
    match answers.get("way"):
        case "call" if number:
            return "Call", tel(where)
        case "text" if number:
            return "Text", sms(where)
        case "mail" if _MAIL.fullmatch(where):
            return "E-mail", f"mailto:{where}"
    return None


def in_words(answers: dict) -> list[tuple[str, str]]:
    """The answers as label and text, in the order in which they were asked; empty ones are left out."""
    said = answers | {"way": WAYS.get(answers.get("way"), ""), "message": MESSAGE.get(answers.get("message"), "")}
    return [(label, said[name]) for name, label in LABELS.items() if said.get(name)]
