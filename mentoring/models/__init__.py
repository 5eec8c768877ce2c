"""Mentors' terms, career mentoring, the line manager's 1-1s, and somebody's absence with the contact meanwhile."""

from .absence import Absence, By, Channel, Contact, ContactPlan, HalfPay
from .absence_feed import AbsenceFeed
from .career import (
    Answer,
    Asking,
    Avoid,
    CareerFeedback,
    CareerGoal,
    CareerProfile,
    CareerRequest,
    CareerSession,
    GoalState,
    Pairing,
    RequestState,
    SessionState,
)
from .figures import Band, Figure, Scope, What
from .mentor import Kind, Mentor
from .one_to_one import Action, Adjustment, Decision, How, OneToOne, Owner, Rules, Schedule
from .returns import Duty, PhasedWeek, ReturnMeeting, ReturnPlan
from .swaps import Cover, Offer, Swap
from .welfare import Supervision, WelfareProfile

__all__ = [
    "Absence",
    "AbsenceFeed",
    "Action",
    "Adjustment",
    "Answer",
    "Asking",
    "Avoid",
    "Band",
    "By",
    "CareerFeedback",
    "CareerGoal",
    "CareerProfile",
    "CareerRequest",
    "CareerSession",
    "Channel",
    "Contact",
    "ContactPlan",
    "Cover",
    "Decision",
    "Duty",
    "Figure",
    "GoalState",
    "HalfPay",
    "How",
    "Kind",
    "Mentor",
    "Offer",
    "OneToOne",
    "Owner",
    "Pairing",
    "PhasedWeek",
    "RequestState",
    "ReturnMeeting",
    "ReturnPlan",
    "Rules",
    "Schedule",
    "Scope",
    "SessionState",
    "Supervision",
    "Swap",
    "WelfareProfile",
    "What",
]
