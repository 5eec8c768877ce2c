from .history import Change
from .old_address import OldAddress
from .person import EmploymentType, Person
from .places import Division, Force, Station, StationSpelling, spelling_of
from .reachable import Reachable, when_available
from .role_assignment import RoleAssignment
from .roster_import import RosterImport

__all__ = [
    "Change",
    "Division",
    "EmploymentType",
    "Force",
    "OldAddress",
    "Person",
    "Reachable",
    "RoleAssignment",
    "RosterImport",
    "Station",
    "StationSpelling",
    "spelling_of",
    "when_available",
]
