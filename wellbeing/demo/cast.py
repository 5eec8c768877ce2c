"""The thirteen people whom a visitor can be, one for each part somebody plays in the portal."""

from dataclasses import dataclass

FIRST_STAFF_NUMBER = 500_000
MAIL_DOMAIN = "force.example"


@dataclass(frozen=True)
class Member:
    """One of the cast: the name they sign in as, who they are, and what a visitor can see as them."""

    key: str
    label: str
    known_as: str
    last_name: str
    rank: str
    sentence: str
    role: str = ""  # an assigned role of wellbeing/roles.py

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.last_name}"

    @property
    def staff_number(self) -> str:
        return str(FIRST_STAFF_NUMBER + list(CAST).index(self.key))

    @property
    def email(self) -> str:
        return f"{self.known_as}.{self.last_name}@{MAIL_DOMAIN}".lower()


_MEMBERS = [
    Member(
        "staff", "Officer", "Asha", "Patel", "PC",
        "An officer who looks for somebody to talk to, by station, by day or by night.",
    ),
    Member(
        "champion", "Champion", "Aaron", "Pearce", "PC",
        "Leads the champions of one station, keeps their own entry, and has a refresher falling due.",
    ),
    Member(
        "spoc", "SPOC", "Niamh", "Gallagher", "Sgt",
        "Has lived through something and is willing to talk about it; keeps their own profile.",
    ),
    Member(
        "manager", "Line manager", "Ben", "Okafor", "Sgt",
        "A sergeant whose people include Asha Patel: sees whose 1-1 is due, and logs one.",
    ),
    Member(
        "mentor", "Mentor", "Tom", "Walsh", "Insp",
        "A welfare mentor, and a career mentor: one person of theirs, and one who waits for an answer.",
    ),
    Member(
        "hr", "HR roster admin", "Hana", "Malik", "Grade F",
        "Keeps the roster: imports a file, reads what would change, confirms it, can undo it.",
        "hr",
    ),
    Member(
        "coordinator", "Coordinator", "Cora", "Lewis", "Grade F",
        "Runs the champions, the SPOCs and the list of services that help.",
        "coordinator",
    ),
    Member(
        "secretary", "Forum secretary", "Sid", "Barker", "Grade D",
        "Prepares the forum's meetings and publishes what it decided; trained as a champion, about to begin.",
        "secretary",
    ),
    Member(
        "lead", "Wellbeing lead", "Leo", "Campbell", "Ch Insp",
        "Answers for the network, and approves who holds which role.",
        "lead",
    ),
    Member(
        "guardian", "Guardian", "Gwen", "Powell", "Ch Supt",
        "Answers whether a record may be opened in an emergency, and reads none.",
        "guardian",
    ),
    Member(
        "dpo", "Data protection officer", "Dot", "Harding", "Head of department",
        "Sees who holds which role and what was changed on the roster.",
        "dpo",
    ),
    Member(
        "admin", "Technical admin", "Tariq", "Hussain", "Grade D",
        "Keeps the portal running: sees its health, and nobody's wellbeing.",
        "technical_admin",
    ),
    Member(
        "away", "Off sick", "Dev", "Nair", "PC",
        "Away since weeks; decides who keeps in touch, how, how often, and what colleagues may be told.",
    ),
]  # fmt: skip

CAST = {member.key: member for member in _MEMBERS}
