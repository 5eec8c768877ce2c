"""The invented force's action plan: who sponsors it, what it took over from its pledge, how far that is."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from forum.actions import elsewhere
from forum.actions import plan as actions
from forum.models import Area, Closed, Commitment, Origin, Sponsor, Status, Word
from wellbeing.people.models import Division, Person
from wellbeing.training.dates import months_after

_SPONSORS = (
    (
        "Rosalind Achterberg",
        "Chief Constable",
        "Nobody here should have to be ill before somebody asks how they are. I read this plan every quarter, and so "
        "should you.",
    ),
    (
        "Casper Wetherall",
        "Deputy Chief Constable",
        "A 1-1 is not a form. It is forty minutes in which somebody listens. I hold mine, and I ask every line manager "
        "to hold theirs.",
    ),
)
# Area, from the pledge, commitment, unit, (baseline, number), (target, number), office, sponsor, numbers by quarter,
# evidence.
_PLAN = (
    (Area.LEADERSHIP, True, "Every line manager is trained to talk about mental health.", "% of line managers",
     ("One in five line managers had been trained when the pledge was signed.", 21),
     ("Every line manager has been trained.", 100), "Head of Learning and Development", 1, (34, 48, 57, 69, 78, 86),
     "The training records of Learning and Development, counted every quarter."),
    (Area.ABSENCE, False, "Whoever is off for long hears from the force within four weeks.", "% reached by day 28",
     ("Half of those who were away for long had heard from nobody.", 52),
     ("Nine in ten are reached, or have chosen a pause.", 90), "Head of HR", 0, (55, 61, 66, 74, 79),
     "The portal’s own count of absences and first contacts, every quarter."),
    (Area.ENVIRONMENT, True, "Every station has a champion whom people know by name.", "% of stations",
     ("A few stations had somebody.", 18), ("Every station has one, by day and by night.", 100),
     "Wellbeing coordinator", 0, (40, 61, 72, 83, 91),
     "The portal’s list of stations and their champions."),
    (Area.MENTAL_HEALTH, True, "Mental health is talked about as openly as a broken leg.", "% who say so in the survey",
     ("A third said so.", 33), ("Two thirds say so.", 66), "Head of Corporate Communications", 1, (36, 39, 38, 41),
     "The staff survey, and the short one between two surveys."),
    (Area.OCCUPATIONAL_HEALTH, False, "A first appointment with Occupational Health comes soon.", "working days",
     ("Six weeks and more.", 31), ("Within two weeks.", 10), "Head of Occupational Health", 0, (30, 24, 19, 14),
     "Occupational Health’s own list of referrals and first appointments."),
    (Area.PROTECTING, False, "Whoever was assaulted on duty is visited in the same week.", "",
     ("It was left to chance.", None), ("It happens every time.", None), "Head of Response", 1,
     (Word.BEHIND, Word.ON, Word.ON),
     "Response tells the forum at every meeting."),
    (Area.RESILIENCE, True, "A leaflet for families of new officers.", "",
     ("There was none.", None), ("Every family gets it.", None), "Head of Learning and Development", None,
     (Word.ON, Word.DONE),
     "Copies were handed out at the last passing-out parade."),
    (Area.RESILIENCE, False, "A quiet room at every custody suite.", "of 5 custody suites",
     ("There was one.", 1), ("Each of the five has one.", 5), "Head of Estates", 1, (),
     "Estates tells the forum when a room is ready."),
)  # fmt: skip
_LATE, _DONE = 3, 6  # places in the list above: past its target date; closed as done
_ELSEWHERE = (
    (Area.ENVIRONMENT, "Shift plans come too late to arrange anything.", "Plans stand eight weeks ahead.",
     "We ask again in spring.", Status.DONE),
    (Area.ABSENCE, "Nobody knows whom to ring when off sick.", "A card with three numbers lies in every locker.", "",
     Status.UNDER_WAY),
)  # fmt: skip


@transaction.atomic
def commit(lead: Person, secretary: Person, owner: Person, rng: Random) -> int:
    """Have the `lead` write the plan, of which `owner` owns one commitment, and the `secretary` take in what another
    force decided. Returns how many commitments there are, 0 where there is a plan already."""
    if Commitment.objects.exists():
        return 0
    sponsors = [
        actions.save_sponsor(sponsor=Sponsor(), by=lead, name=name, title=title, words=words, order=place, person=None)
        for place, (name, title, words) in enumerate(_SPONSORS, start=1)
    ]
    for place in range(len(_PLAN)):
        _one(place, sponsors, owner, lead, rng)
    _draft(lead, rng)
    _take_in(secretary)
    return len(_PLAN)


def _one(place: int, sponsors: list[Sponsor], owner: Person, lead: Person, rng: Random) -> None:
    area, pledged, text, unit, (baseline, then), (target, goal), office, sponsor, steps, evidence = _PLAN[place]
    today = timezone.localdate()
    first = months_after(today, -3 * (len(steps) + 1))
    row = actions.draft(
        key=_key(rng), by=lead, area=area, division=None, origin=Origin.PLEDGE if pledged else Origin.NEW, text=text,
        unit=unit, baseline=baseline, baseline_value=then, baseline_on=first if then is not None else None,
        target=target, target_value=goal, due=_due(place, today), owner=owner if place == 1 else None,
        owner_office="" if place == 1 else office, sponsor=None if sponsor is None else sponsors[sponsor],
        evidence=evidence, measure_months=3,
    )  # fmt: skip
    actions.publish(commitment=row, by=lead)
    for number, step in enumerate(steps):
        day = months_after(first, 3 * (number + 1)) + timedelta(days=7)
        _measure(row, min(day, today), step, place, lead, rng)
    if place == _DONE:
        actions.close(commitment=row, closed_as=Closed.DONE, because="Every new officer's family has had it.", by=lead)


def _due(place: int, today: date) -> date:
    return today - timedelta(days=20) if place == _LATE else months_after(today, 9 + place)


def _measure(row: Commitment, day: date, step, place: int, lead: Person, rng: Random) -> None:
    is_word = isinstance(step, Word)
    word = step if is_word else Word.BEHIND if place == _LATE else Word.ON
    value = None if is_word else Decimal(step)
    actions.measure(key=_key(rng), commitment=row, day=day, value=value, word=word, note="", by=lead)


def _draft(lead: Person, rng: Random) -> None:
    division = Division.objects.order_by("name").first()
    actions.draft(
        key=_key(rng), by=lead, area=Area.ENVIRONMENT, division=division, origin=Origin.NEW,
        text="A room to sit down in, away from the front desk.",
    )  # fmt: skip


def _take_in(secretary: Person) -> None:
    month = months_after(timezone.localdate(), -4).replace(day=1)
    decided = [
        {"month": month, "said": said, "text": text, "next": then, "strand": "", "area": area, "status": status}
        for area, said, text, then, status in _ELSEWHERE
    ]
    elsewhere.take_in(force="Mercia Vale Police (invented)", decided=decided, by=secretary)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
