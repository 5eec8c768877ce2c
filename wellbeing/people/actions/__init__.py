"""The only writes to people, places and roles. Each is atomic, recorded in the history, and takes who did it."""

from .identities import close_changed_factor, confirm_identity, confirm_with_factor, take_away_factors
from .people import add_person, carry_out_leaving, change_person, record_death, save_people, take_back_death
from .places import (
    add_place,
    add_places,
    change_place,
    forget_spelling,
    remember_spelling,
    remove_place,
    set_force,
)
from .role_assignments import approve_role, end_role, name_first_holder, propose_role, reopen_roles

__all__ = [
    "add_person",
    "add_place",
    "add_places",
    "approve_role",
    "carry_out_leaving",
    "change_person",
    "change_place",
    "close_changed_factor",
    "confirm_identity",
    "confirm_with_factor",
    "end_role",
    "forget_spelling",
    "name_first_holder",
    "propose_role",
    "record_death",
    "remember_spelling",
    "remove_place",
    "reopen_roles",
    "save_people",
    "set_force",
    "take_away_factors",
    "take_back_death",
]
