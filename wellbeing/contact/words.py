"""What is asked of somebody who would like to be contacted, and how their answers read."""

LONGEST, LINE = 500, 120  # characters of a message, and of a line
WAYS = {"call": "Call me", "text": "Text me", "mail": "E-mail me", "in_person": "Meet me in person"}
MESSAGE = {
    "no": "No, speak to nobody but me, and leave nothing",
    "yes": "Yes, with a first name and a number, and not what it is about",
}
LABELS = {
    "way": "How to get in touch",
    "where": "Number, address or place",
    "message": "May a message be left?",
    "when": "When",
    "words": "Anything to know first",
}


def in_words(answers: dict) -> list[tuple[str, str]]:
    """The answers as label and text, in the order in which they were asked; empty ones are left out."""
    said = answers | {"way": WAYS.get(answers.get("way"), ""), "message": MESSAGE.get(answers.get("message"), "")}
    return [(label, said[name]) for name, label in LABELS.items() if said.get(name)]
