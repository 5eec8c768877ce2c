"""Welfare mentors as the coordinator meets them: some with room, one on a break, one due for supervision; and somebody
away who has asked for another person and waits."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from mentoring.actions import absences, swaps, welfare
from mentoring.queries import swaps as asked
from mentoring.queries import welfare as queries
from mentoring.queries.absences import current_of
from wellbeing.confidential import policy
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

# What each says of themselves, for how many people, on a break or not; supervision so many days ago.
_PROFILES = (
    ("I was off for five months myself. I ring when I say I will, and never about work.", 2, False, 20),
    ("Twenty years on response, two boys, an allotment. We can talk about tomatoes.", 3, False, 30),
    ("I listen better than I talk. A walk along the front is fine by me.", 2, False, 70),
    ("I am on a break until the spring. Before that I rang on Tuesdays.", 1, True, 40),
    ("I came back on phased hours after an operation. Ask me about the boring parts.", 2, False, 15),
    ("Control room, nights mostly. I am awake when others are not.", 2, False, 25),
    ("A short message is enough for me. You need not be good company.", 2, False, 35),
    ("I lost somebody and had to learn to be at work again. I will not tell you how it goes.", 1, False, 50),
    ("Dog handler, two spaniels. They come along if you like.", 3, False, 45),
)  # those after them are not trained yet
_AWAY_SINCE, _TRAINED, _DUE_AGAIN = 16, 120, 610  # days


def wait(manager: Person, mentor: Person, coordinator: Person, rng: Random) -> int:
    """Give welfare mentors, `mentor` first, their profiles, and have one of the people of `manager` ask for somebody
    else; returns how many profiles, 0 where there is a swap already, or nobody who could ask."""
    with acting_as(coordinator):
        others = [one for one in queries.mentors() if one.person != mentor]
        if asked.told_to(coordinator) or not others:
            return 0
        profiles = [queries.own_profile(mentor), *(one.profile for one in others[: len(_PROFILES) - 1])]
        for profile, (*_, supervised) in zip(profiles, _PROFILES, strict=False):
            _note(profile, supervised, coordinator, rng)
    for profile, (about_me, capacity, paused, _) in zip(profiles, _PROFILES, strict=False):
        with acting_as(profile.person):
            welfare.change_profile(
                by=profile.person, profile=profile, capacity=capacity, paused=paused, about_me=about_me, last_day=None
            )
    _ask(manager, rng)
    return len(profiles)


def _note(profile, supervised: int, coordinator: Person, rng: Random) -> None:
    today = timezone.localdate()
    trained_on, due = today - timedelta(days=_TRAINED), today + timedelta(days=_DUE_AGAIN)
    welfare.note_training(by=coordinator, profile=profile, trained_on=trained_on, training_due=due)
    held_on = today - timedelta(days=supervised)
    welfare.note_supervision(
        by=coordinator, profile=profile, held_on=held_on, with_whom=coordinator, key=UUID(int=rng.getrandbits(128))
    )


def _ask(manager: Person, rng: Random) -> None:
    with acting_as(manager):
        people = list(policy.people_managed(manager).filter(hidden=False).order_by("-staff_number"))
    for person in people:
        with acting_as(person):
            if current_of(person):
                continue
            first_day = timezone.localdate() - timedelta(days=_AWAY_SINCE)
            key = UUID(int=rng.getrandbits(128), version=4)
            absences.start(by=person, subject=person, first_day=first_day, expected_back=None, key=key)
            swaps.ask(by=person, key=UUID(int=rng.getrandbits(128), version=4))
            return
