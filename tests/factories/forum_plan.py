"""Commitments of the action plan for tests, written as the portal does it."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from forum.actions import plan as actions
from forum.models import Area, Commitment, Measurement, Sponsor, Word


def a_draft(by=None, **values) -> Commitment:
    """A commitment that has all it needs and is not published."""
    values = {
        "area": Area.LEADERSHIP,
        "text": "Every line manager is trained.",
        "target": "All of them.",
        "due": timezone.localdate() + timedelta(days=400),
        "owner_office": "Head of Learning",
    } | values
    if values.get("owner"):
        values["owner_office"] = ""
    return actions.draft(key=uuid.uuid4(), by=by, **values)


def a_commitment(by=None, **values) -> Commitment:
    """A published one."""
    return actions.publish(commitment=a_draft(by, **values), by=by)


def counted(by=None, **values) -> Commitment:
    """A published one with numbers: from 20 a year ago to 80."""
    numbers = {
        "unit": "% of line managers",
        "baseline_value": Decimal(20),
        "baseline_on": timezone.localdate() - timedelta(days=400),
        "target_value": Decimal(80),
    }
    return a_commitment(by, **numbers | values)


def measured(commitment: Commitment, day: date | None = None, **values) -> Measurement:
    """How it stood, today unless told otherwise."""
    values = {"value": None, "word": Word.ON, "note": "", "by": None} | values
    return actions.measure(key=uuid.uuid4(), commitment=commitment, day=day or timezone.localdate(), **values)


def a_sponsor(by=None, **values) -> Sponsor:
    """A chief officer who sponsors the plan."""
    values = {"name": "Rosalind Achterberg", "title": "Chief Constable", "words": "I read it.", "order": 1} | values
    return actions.save_sponsor(sponsor=Sponsor(), by=by, **{"person": None} | values)
