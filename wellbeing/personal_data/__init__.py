"""What each column of each table holds about people, and how long it stays: the list for the data protection officer.

A test holds this page against the database: a new column is classified here before it is built.
Tables of the packages that the portal stands on are classified as a whole.
"""

from dataclasses import dataclass

from . import forum, shared, strands


@dataclass(frozen=True)
class Kind:
    """A kind of data: what it is, and how long it stays."""

    what: str
    kept: str


_WITH_THE_PERSON = "As long as the person's row on the roster."
_WITH_THE_ROW = "As long as the row it belongs to."

KINDS = {
    "none": Kind("Nothing about anybody.", "Without limit."),
    "key": Kind("A number without meaning, or a link to another row.", _WITH_THE_ROW),
    "identity": Kind("Who somebody is: name, staff number, address.", _WITH_THE_PERSON),
    "employment": Kind("What the force's own HR system says of them.", _WITH_THE_PERSON),
    "sensitive": Kind("That somebody is in a covert role, or has died.", _WITH_THE_PERSON),
    "sign_in": Kind("What lets somebody sign in, and when they last did.", "Until they leave, or change it."),
    "volunteer": Kind("What a volunteer says of themselves, by their own choice.", "Until they withdraw it."),
    "story": Kind(
        "What somebody has lived through, in their own words, and who wrote it (health data).",
        "Until they withdraw it; a draft, 180 days from when it was last written in; 90 days from when they leave.",
    ),
    "printing": Kind("Where else a story was printed, and who keeps it there.", "Until it is taken down."),
    "experience": Kind(
        "That somebody has lived through something (health data).",
        "Until they withdraw it; a SPOC's profile a day after they left; that they had supervision, two years. The "
        "days of consent and withdrawal stay.",
    ),
    "service": Kind("Who holds which task, and since when.", "As evidence of who was responsible, with the row."),
    "training": Kind(
        "What somebody is trained in or must be, and in which sessions they have a place.",
        "As long as the person's row on the roster; who had a place at an event, 28 days.",
    ),
    "waiting": Kind(
        "That somebody waits to become a champion, why, and what their line manager answered.",
        "Until they are trained, or leave the list or the force.",
    ),
    "load": Kind(
        "How many conversations a champion counted in a month, in bands, and to which services they pointed; no names.",
        "13 months, or until they take it back.",
    ),
    "own_load": Kind(
        "In which week a volunteer had a conversation, and how heavy it felt: read by nobody but them.",
        "13 months, or until they delete it; a SPOC's until they withdraw.",
    ),
    "lacked": Kind(
        "What somebody wanted to talk about while nobody was listed for it; neither who, nor who told it.",
        "24 months; words that were typed, until the coordinator has read them.",
    ),
    "supervision": Kind(
        "That a champion had supervision, on which day and with whom; never what was said.",
        "72 months (`Retention`).",
    ),
    "acts": Kind("Who did what to the portal's own rows, and when.", "As long as what it was done to."),
    "reminder": Kind(
        "That somebody is to be told of something, by its key; never what it says.",
        "90 days from when it is over (`Retention`).",
    ),
    "wishes": Kind("How somebody wants to be told, and that they have paused all mail.", _WITH_THE_PERSON),
    "roster_file": Kind("A roster file and what it says of each person.", "ROSTER_IMPORT_KEPT_DAYS, 30 days."),
    "way_back": Kind("What an import changed, so that it can be undone.", "A day after the import."),
    "link": Kind("Why somebody may see another's records, and who allowed it.", "As long as the read log."),
    "avoided": Kind("Whom somebody does not want as a career mentor.", "Until they have a mentor, or take it back."),
    "record": Kind(
        "That a confidential text is there, whom it is about, who wrote it.",
        "72 months from when it was last written in (`Retention`).",
    ),
    "absence": Kind("That somebody was away for long, from when until when; never why.", "As long as its records."),
    "swap": Kind(
        "That somebody away asked for another person to keep contact, or was given one; never why.",
        "90 days from when it is over (`Retention`).",
    ),
    "absence_feed": Kind("Dates of absences from a file of HR's, sealed, and who chose the file.", "A day."),
    "confidential": Kind("Confidential text, sealed (health data).", "As long as its record."),
    "read_log": Kind("Who opened whose record, when and why.", "84 months (`Retention`)."),
    "draft": Kind("Confidential text not saved yet, sealed.", "Until it is saved or dropped; 30 days (`Retention`)."),
    "source": Kind("A fingerprint of where a try at the door of My plan came from; nobody reads it.", "A day."),
    "posters": Kind("A file of stations' posters, and who asked for it.", "A day."),
    "contact": Kind(
        "That somebody asked a volunteer to get in touch, and what they wrote, sealed (health data).",
        "28 days, or until either of the two deletes it; in no backup.",
    ),
    "held_off": Kind("Whom somebody does not want to be brought together with.", "Until they take it back."),
    "contact_report": Kind(
        "What one of the two reported about the other, with a copy of the request, sealed.",
        "90 days from when it is closed.",
    ),
    "minutes": Kind(
        "What was said at the forum, and who said what of its draft: for those who sit there.",
        "As long as the forum's papers.",
    ),
    "raised": Kind(
        "What somebody raised for the forum, and who, where they gave their name.",
        "The name: 12 months from the last decision about it (`Retention`). The words: as long as the forum's papers.",
    ),
    "invited": Kind(
        "Who was invited to a meeting of the forum, what they answered, and whether they came.",
        "24 months from the meeting (`Retention`).",
    ),
    "old_address": Kind("An earlier address, until a word has been sent to it.", "Minutes; three days at most."),
}

# table → {kind: columns}; a file for each part of the portal.
COLUMNS: dict[str, dict[str, str]] = shared.COLUMNS | strands.COLUMNS | forum.COLUMNS

# Tables of packages: one kind for the whole of each.
TABLES = {
    "account.emailaddress": "identity",
    "account.emailconfirmation": "sign_in",
    "socialaccount.socialapp": "none",
    "socialaccount.socialaccount": "sign_in",
    "socialaccount.socialtoken": "sign_in",
    "mfa.authenticator": "sign_in",
    "sessions.session": "sign_in",
    "admin.logentry": "acts",
    "auth.permission": "none",
    "auth.group": "none",
    "auth.group_permissions": "none",
    "contenttypes.contenttype": "none",
}
