"""What career mentoring asks and says: the lists that a mentor and a person looking for one choose from, in words."""

# Where somebody has worked; after “has worked in”.
PATHS = {
    "response": "response and patrol",
    "neighbourhood": "neighbourhood policing",
    "investigation": "investigation",
    "safeguarding": "protecting vulnerable people",
    "custody": "custody",
    "control_room": "the control room",
    "roads": "roads policing",
    "operations": "public order and specialist operations",
    "intelligence": "intelligence",
    "forensics": "forensics",
    "training": "training",
    "corporate": "corporate services",
    "command": "senior command",
}
# What somebody has been through: the words of the form, and of a reason.
_EXPERIENCE = {
    "board": ("A promotion board", "Has been through a promotion board"),
    "specialist": ("Applying for a specialist role", "Has applied for a specialist role"),
    "lateral": ("A sideways move", "Has made a sideways move"),
    "staff_to_officer": ("From staff to officer", "Went from staff to officer"),
    "officer_to_staff": ("From officer to staff", "Went from officer to staff"),
    "another_force": ("Coming from another force", "Came from another force"),
    "first_team": ("Managing people for the first time", "Remembers managing people for the first time"),
    "parenthood": ("Coming back after parenthood", "Came back after parenthood"),
    "long_absence": ("Coming back after a long absence", "Came back after a long absence"),
    "flexible": ("Part-time or flexible hours", "Has worked part-time or flexible hours"),
    "caring": ("Working while caring for somebody", "Has worked while caring for somebody"),
    "disability": ("Working with a disability", "Works with a disability"),
    "minority": ("Being the only one like you in the room", "Has been the only one like them in the room"),
    "study": ("Studying beside the job", "Has studied beside the job"),
    "last_years": ("The last years before retirement", "Has planned the last years before retirement"),
}
EXPERIENCE = {key: label for key, (label, _) in _EXPERIENCE.items()}
# What a mentor may ask to know more about, before they answer.
MORE = {
    "hope": "what you hope to get from it",
    "now": "where you are in your work now",
    "time": "how often and how long you would like to meet",
    "until": "whether something has to be decided by a day",
}
# Did it help?
HELPED = {"yes": "Yes", "partly": "Partly", "no": "No"}
_NUMBERS = ("no one", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def paths_in_words(keys) -> str:
    """“Investigation, custody”: the paths of these keys."""
    return _listed(PATHS[key] for key in keys if key in PATHS)


def experience_in_words(keys) -> str:
    """“A promotion board, a sideways move”: the experience of these keys."""
    return _listed(EXPERIENCE[key] for key in keys if key in EXPERIENCE)


def more_in_words(keys) -> str:
    """What a mentor would like to know, as one sentence goes on."""
    return ", and ".join(MORE[key] for key in keys if key in MORE)


def reasons(*, experience, paths, same_division: bool, room: int) -> list[str]:
    """Why a mentor is suggested, in sentences, the weightiest first."""
    found = [f"{_EXPERIENCE[key][1]}, as you asked." for key in EXPERIENCE if key in experience]
    found += [f"Has worked in {PATHS[key]}, as you asked." for key in PATHS if key in paths]
    found += ["Same division as you."] if same_division else []
    return [*found, f"Has room for {_NUMBERS[min(room, 10)]} more."]


def request_in_words(answers: dict) -> list[tuple[str, str]]:
    """What somebody looks for in a mentor."""
    return _said(
        ("Experience I look for", experience_in_words(answers.get("experience", []))),
        ("Where the mentor has worked", paths_in_words(answers.get("path", []))),
        ("What I want", answers.get("text", "")),
    )


def goal_in_words(answers: dict) -> list[tuple[str, str]]:
    """A goal, or a session: what was talked about and agreed."""
    return _said(("Goal", answers.get("goal", "")), ("What we talked about and agreed", answers.get("session", "")))


def note_in_words(answers: dict) -> list[tuple[str, str]]:
    return _said(("Note", answers.get("text", "")))


def _said(*around: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in around if text]


def _listed(words) -> str:
    text = ", ".join(word[0].lower() + word[1:] for word in words)
    return text[:1].upper() + text[1:]
