"""Every role in one page: what it is, in a sentence, and what it lets its holder do.

A permission is a name of the kind Django uses, `app.verb_model`. Nothing here opens a confidential
record: that follows from a live link to one person, never from a role (`docs/decisions/`).

Some roles are assigned (`RoleAssignment`: one person proposes, another approves); the others follow
from what somebody is, and the app that knows it registers a source with `follows_from`.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """One role: its label on pages, one plain sentence, and the permissions it grants."""

    label: str
    sentence: str
    permissions: frozenset[str] = frozenset()


def _all(app: str, model: str, verbs: str = "view add change delete") -> set[str]:
    return {f"{app}.{verb}_{model}" for verb in verbs.split()}


_PLACES = _all("people", "force", "view change") | _all("people", "division") | _all("people", "station")
_ROSTER_READ = {"people.view_person", "people.view_station", "people.view_division"}
_CHAMPIONS = (
    _all("champions", "champion", "view add change")
    | _all("champions", "coverage")
    | _all("champions", "rules", "view add change")
)

ROLES: dict[str, Role] = {
    # --- follow from what somebody is ---
    "champion": Role("Champion", "Is listed in the directory and keeps their own entry."),
    "spoc": Role("SPOC", "Shares lived experience and keeps their own entry."),
    "welfare_mentor": Role("Welfare mentor", "Keeps contact with somebody off long-term sick who asked for them."),
    "career_mentor": Role("Career mentor", "Supports a colleague's career from their own experience."),
    "line_manager": Role("Line manager", "Holds 1-1s with the people the roster says report to them."),
    "representative": Role("Representative", "Speaks for a strand at the forum and tells it what was decided."),
    # --- assigned ---
    "hr": Role(
        "HR roster admin",
        "Keeps the roster, the places and the list of champions; reads nobody's confidential text.",
        frozenset(
            _ROSTER_READ
            | _PLACES
            | _CHAMPIONS
            | _all("people", "person", "view add change")
            | _all("people", "rosterimport", "view add")
            | _all("people", "stationspelling")
            | _all("people", "roleassignment", "view add")
            | _all("mentoring", "rules", "view add change")
            | _all("training", "requirement", "view add change")
            | {"training.organise_required", "training.view_compliance"}
            | {"spocs.view_known"}
        ),
    ),
    "coordinator": Role(
        "Coordinator",
        "Runs champions, SPOCs and mentoring, keeps services and guidance; reads nobody's confidential text.",
        frozenset(
            _ROSTER_READ
            | _CHAMPIONS
            | _all("support", "service")
            | _all("support", "topic", "view add change")
            | _all("support", "guidance", "view add change")
            | _all("support", "statement", "view add change")
            | {"support.view_feedback", "support.approve_statement"}
            | _all("people", "roleassignment", "view add")
            | {"spocs.review_stories", "spocs.run_stories"}
            | {"mentoring.offer_mentors", "champions.run_network", "training.organise", "training.view_compliance"}
            | {"spocs.run_network", "spocs.view_lacked"}
        ),
    ),
    "secretary": Role(
        "Forum secretary",
        "Prepares the forum's meetings and publishes what it decided.",
        frozenset({"forum.run_forum", "forum.keep_plan", "forum.share_learning"}),
    ),
    "lead": Role(
        "Wellbeing lead",
        "Answers for the network, sees whether it works, and approves who holds which role.",
        frozenset(
            _ROSTER_READ
            | {"champions.view_champion", "champions.view_coverage", "support.view_service"}
            | {"support.view_feedback", "support.view_statement", "support.approve_statement"}
            | _all("people", "roleassignment", "view change")
            | {"people.confirm_identity", "confidential.approve_links", "training.view_compliance"}
            | {"contact.handle_reports"}
            | {"spocs.review_stories", "spocs.view_lacked"}
            | {"forum.keep_plan", "forum.share_learning"}
        ),
    ),
    "guardian": Role(
        "Guardian",
        "Approves that somebody else opens a record in an emergency; never reads one.",
        frozenset({"people.confirm_identity", "contact.handle_reports"}),
    ),
    "dpo": Role(
        "Data protection officer",
        "Reads who holds which role and who opened what; of what was written, only a report kept from the lead.",
        frozenset(
            _ROSTER_READ
            | {"people.view_roleassignment", "people.view_change", "people.confirm_identity", "contact.handle_reports"}
            | _all("confidential", "retention", "view add change")
            | _all("support", "statement", "view add change")
            | {"support.approve_statement"}
        ),
    ),
    "technical_admin": Role(
        "Technical admin",
        "Keeps the portal running: sees whether its parts are alive and what could not be delivered, not what it said.",
        frozenset(
            {"web.view_health", "reminders.view_mail", "reminders.view_run"}
            | {"people.confirm_identity", "people.take_away_factors"}
        ),
    ),
}

ASSIGNED = ("hr", "coordinator", "secretary", "lead", "guardian", "dpo", "technical_admin")

# Whoever holds one of these holds none of the others: keeping the roster, running the network,
# overseeing it and running the machine are checks upon each other.
EXCLUSIVE = ("hr", "coordinator", "dpo", "guardian", "technical_admin")

# Roles whose holders must sign in with a second factor before their own pages open.
PRIVILEGED = (
    frozenset(ASSIGNED) | {"champion", "spoc", "welfare_mentor", "career_mentor", "line_manager"} | {"representative"}
)

_SOURCES: dict[str, Callable[[object], bool]] = {}


def follows_from(role: str, holds: Callable[[object], bool]) -> None:
    """Register how a role that is not assigned is known: `holds(person)` is true while they have it."""
    _SOURCES[role] = holds


def follows(person, role: str) -> bool:
    """Whether this one role follows from what this person is; asks its source alone."""
    return role in _SOURCES and _SOURCES[role](person)


def derived_roles(person) -> set[str]:
    """The names of the roles that follow from what this person is; one query for each source."""
    return {role for role, holds in _SOURCES.items() if holds(person)}


def permissions_of(roles) -> frozenset[str]:
    """Every permission that these role names grant together."""
    return frozenset().union(*(ROLES[role].permissions for role in roles))
