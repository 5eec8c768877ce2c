"""What a 1-1 asks, in the words of its form and of its page."""

TOPICS = {
    "workload": "Workload",
    "team": "The team",
    "development": "Development",
    "health": "Health and wellbeing",
    "home": "Home and family",
    "return": "Coming back to work",
    "hours": "Hours and leave",
    "other": "Something else",
}
PROMPTS = {
    "how": "How are you?",
    "well": "What is going well, or is hard?",
    "help": "What would help?",
}
WISHES = "How I like to be supported"
# When an agreed action is to be done: weeks from the 1-1; nothing for the next 1-1.
BY_WHEN = {"next": "by the next 1-1", "1": "within a week", "2": "within two weeks", "4": "within a month"}


def topics_of(answers: dict) -> list[str]:
    """The topics that were ticked, in words."""
    return [TOPICS[key] for key in answers.get("topics", []) if key in TOPICS]


def prompts_of(answers: dict) -> list[tuple[str, str]]:
    """Each prompt that was answered, with its answer."""
    return [(label, answers[key]) for key, label in PROMPTS.items() if answers.get(key)]


def one_to_one_in_words(answers: dict) -> list[tuple[str, str]]:
    """A 1-1 for a page that opens records of any kind."""
    topics, agreed = topics_of(answers), "\n".join(answers.get("actions", {}).values())
    around = [("Talked about", ", ".join(topics)), *prompts_of(answers), ("Agreed", agreed)]
    return [(label, text) for label, text in around if text]


def adjustment_in_words(answers: dict) -> list[tuple[str, str]]:
    return [("What is adjusted", answers.get("what", ""))]


def wishes_in_words(answers: dict) -> list[tuple[str, str]]:
    return [(WISHES, answers.get("text", ""))]
