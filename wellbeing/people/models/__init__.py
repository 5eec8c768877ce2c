from .history import Change
from .person import EmploymentType, Person
from .places import Division, Force, Station, StationSpelling
from .role_assignment import RoleAssignment

__all__ = [
    "Change",
    "Division",
    "EmploymentType",
    "Force",
    "Person",
    "RoleAssignment",
    "Station",
    "StationSpelling",
]
