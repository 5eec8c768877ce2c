"""What is agreed about contact while somebody is away, in the words of its forms and of its pages."""

STEPS = {
    "text": "Send a text message",
    "mail": "Send an e-mail",
    "post": "Send a letter",
    "ring": "Ring the person named",
}
REACH = "How to reach me"
PLAN, TOLD, CONTACT = "How contact should be", "What colleagues may be told", "About the contact"


def steps_of(answers: dict) -> list[tuple[str, str]]:
    """The steps agreed for when nobody answers twice, in their order: each in words, with a number to ring."""
    ring = (f"Ring {answers.get('ring_name', '')}", answers.get("ring_number", ""))
    return [ring if step == "ring" else (STEPS[step], "") for step in answers.get("steps", []) if step in STEPS]


def contact_in_words(answers: dict) -> list[tuple[str, str]]:
    return [(CONTACT, answers.get("text", ""))]


def plan_in_words(answers: dict) -> list[tuple[str, str]]:
    steps = "\n".join(f"{words} {number}".strip() for words, number in steps_of(answers))
    reach = "\n".join(answers[name] for name in ("reach_phone", "reach_mail") if answers.get(name))
    found = [(PLAN, answers.get("text", "")), (REACH, reach), ("If nobody answers twice", steps)]
    return [(label, text) for label, text in found if text]


def told_in_words(answers: dict) -> list[tuple[str, str]]:
    return [(TOLD, answers.get("text", ""))]
