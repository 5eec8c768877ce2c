from .history import Change
from .person import EmploymentType, Person
from .places import Division, Force, Station, StationSpelling, spelling_of
from .role_assignment import RoleAssignment
from .roster_import import RosterImport

__all__ = [
    "Change",
    "Division",
    "EmploymentType",
    "Force",
    "Person",
    "RoleAssignment",
    "RosterImport",
    "Station",
    "StationSpelling",
    "spelling_of",
]
