"""What a return-to-work meeting asks, in the words of its form and of its page."""

PROMPTS = {
    "how": "How do you feel?",
    "worries": "What worries you about coming back?",
    "support": "What would support you?",
    "beside": "Who sits beside you, if anybody",
    "agreed": "What you agreed",
}
WEEKDAYS = {1: "Monday", 2: "Tuesday", 3: "Wednesday", 4: "Thursday", 5: "Friday", 6: "Saturday", 7: "Sunday"}


def prompts_of(answers: dict) -> list[tuple[str, str]]:
    """Each prompt that was answered, with its answer."""
    return [(label, answers[key]) for key, label in PROMPTS.items() if answers.get(key)]
