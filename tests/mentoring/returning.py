"""How somebody away comes back in the tests: through the pages that they and whoever they chose would use."""

import uuid
from datetime import timedelta

from django.utils import timezone

from mentoring.actions import absences as actions
from tests.mentoring.away import away as away_since
from tests.mentoring.pages import a_day, hidden
from wellbeing.web.identity import acting_as

PLAN, CHOOSE, WRITE = "/my-plan/return/", "/my-plan/return/choose/", "/my-plan/return/write/"


def away(subject, *, by, back_in: int | None = None):
    """`subject` has been away for two months, and is expected back in so many days; returns the absence."""
    return away_since(subject, by=by, first_day=-60, expected_back=back_in)


def choose(client, *, person=None, who: str = "other", **ticks):
    """Choose with whom to meet, and confirm the name."""
    sent = {"who": who, "person": person.staff_number if person and who == "other" else ""}
    earlier = ticks.pop("earlier", False)
    sent |= dict.fromkeys(ticks, "on") | {"earlier": "yes" if earlier else "no"}
    check = client.post(CHOOSE, sent)
    assert check.status_code == 200, check.content.decode()
    return client.post(CHOOSE, sent | hidden(check, CHOOSE), follow=True)


def write_own(client, **answers):
    page = client.get(WRITE)
    return client.post(WRITE, hidden(page, WRITE) | answers, follow=True)


def meeting_of(client) -> uuid.UUID:
    """The key of the one meeting on the list of whoever holds it."""
    text = client.get("/mentoring/returns/").content.decode()
    return uuid.UUID(text.partition('href="/mentoring/returns/')[2].partition("/")[0])


def write_plan(client, meeting, **answers):
    address = f"/mentoring/returns/{meeting}/write/"
    return client.post(address, hidden(client.get(address), address) | answers, follow=True)


def hold(client, meeting, day=None):
    return client.post(
        f"/mentoring/returns/{meeting}/held/", a_day("held_on", day or timezone.localdate()), follow=True
    )


def adjust(client, meeting, *, decides, what: str = "No night shifts", **dates):
    """Put an adjustment into the plan; `until`, `implement_by`, `review_on` in days from today."""
    address = f"/mentoring/returns/{meeting}/adjustments/new/"
    sent = hidden(client.get(address), address) | {"what": what, "decides": decides.staff_number}
    for name, days in ({"until": 84} | dates).items():
        sent |= a_day(name, timezone.localdate() + timedelta(days=days))
    return client.post(address, sent, follow=True), uuid.UUID(sent["id"])


def decide(client, adjustment, answer: str, reason: str = ""):
    address = f"/mentoring/adjustments/{adjustment}/decide/"
    return client.post(
        address, hidden(client.get(address), address) | {"answer": answer, "reason": reason}, follow=True
    )


def moved(absence, *, by, back_on=None, expected=None) -> None:
    """`by` says when somebody is back, or is expected back."""
    with acting_as(by):
        actions.change(by=by, absence=absence, first_day=absence.first_day, expected_back=expected, back_on=back_on)
