"""Mentors' terms, the line manager's 1-1s, and somebody's absence with the contact meanwhile."""

from .absence import Absence, By, Channel, Contact, ContactPlan, HalfPay
from .mentor import Kind, Mentor
from .one_to_one import Action, Adjustment, How, OneToOne, Owner, Rules, Schedule

__all__ = [
    "Absence",
    "Action",
    "Adjustment",
    "By",
    "Channel",
    "Contact",
    "ContactPlan",
    "HalfPay",
    "How",
    "Kind",
    "Mentor",
    "OneToOne",
    "Owner",
    "Rules",
    "Schedule",
]
