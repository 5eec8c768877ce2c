"""Career mentoring of the cast: mentors with profiles, the star with a mentor of theirs, and somebody who waits."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from mentoring.actions import career, career_pairs
from mentoring.models import Kind, Mentor, Pairing
from mentoring.prompts_career import EXPERIENCE, PATHS
from mentoring.queries import career as queries
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

_ABOUT = (
    "I failed my first board and passed my second. Glad to look at yours with you.",
    "An hour over a coffee, once a month. I listen first.",
    "I have changed direction twice and regret neither.",
    "",
)
_WANTED = "I would like to try for the sergeants’ board next year, and do not know where to begin."
_OTHER = "I would like to know what working in custody is really like before I apply."


def mentor(star: Person, mentor: Person, other: Person, rng: Random) -> int:
    """Publish the mentors' profiles, pair `star` with `mentor`, and let `other` wait for an answer of theirs; returns
    how many profiles, 0 where `star` has had a mentor already."""
    with acting_as(star):
        if queries.pairings_of(star).exists():
            return 0
    terms = Mentor.objects.live().filter(kind=Kind.CAREER).select_related("person").order_by("person__staff_number")
    people = [term.person for term in terms]
    for person in people:
        with acting_as(person):
            career.save_profile(by=person, **_profile(person, is_star=person == mentor, rng=rng))
    _ask(star, mentor, _WANTED, ["board"], [], rng)
    pair = _accept(star)
    if pair:
        _meet(pair, rng)
    _ask(other, mentor, _OTHER, [], ["custody"], rng)
    return len(people)


def _profile(person: Person, *, is_star: bool, rng: Random) -> dict:
    experience, path = rng.sample([*EXPERIENCE], 3), rng.sample([*PATHS], 2)
    return {
        "capacity": 3 if is_star else rng.randint(1, 3),
        "paused": not is_star and rng.random() < 1 / 8,
        "experience": sorted({"board", *experience}) if is_star else experience,
        "path": sorted({"custody", *path}) if is_star else path,
        "about_me": _ABOUT[0] if is_star else rng.choice(_ABOUT),
    }


def _ask(person: Person, wished: Person, text: str, experience: list[str], path: list[str], rng: Random) -> None:
    """Send the request of `person` to the mentor wished for, or to whoever fits best where that is in their line."""
    with acting_as(person):
        wanted = {"experience": experience, "path": path, "text": text}
        career.say_what_is_wanted(by=person, version=_key(rng), replaces=0, **wanted)
        request = queries.request_of(person)
        found = [one.key for one in queries.suggestions(request, most=100)]
        found.sort(key=lambda key: key != wished.pk)
        career.choose(by=person, mentors=found[:3])
        career.send(by=person, request=request)


def _accept(star: Person) -> Pairing | None:
    with acting_as(star):
        asked = queries.open_asking(queries.request_of(star))
    if asked is None:
        return None
    with acting_as(asked.mentor):
        career.answer(by=asked.mentor, asking=asked, answer="accepted")
    with acting_as(star):
        return queries.mentor_now(star)


def _meet(pair: Pairing, rng: Random) -> None:
    """A goal of the star's, a session held and one planned, a note of each."""
    today = timezone.localdate()
    with acting_as(pair.subject):
        review_on = working_days.on_or_after(today + timedelta(days=60))
        goal = {"text": "Be ready for the board in spring", "review_on": review_on}
        career_pairs.save_goal(by=pair.subject, pairing=pair, key=_key(rng), version=_key(rng), **goal)
        own = "Ask about the board’s questions on finance."
        career_pairs.note(by=pair.subject, pairing=pair, key=_key(rng), version=_key(rng), text=own)
    with acting_as(pair.mentor):
        for day, state, text in (
            (today, "held", "First talk. Asha writes down three examples before we meet again."),
            (working_days.on_or_after(today + timedelta(days=21)), "planned", ""),
        ):
            session = {"day": day, "state": state, "text": text}
            career_pairs.save_session(by=pair.mentor, pairing=pair, key=_key(rng), version=_key(rng), **session)
        note = "Knows more than she thinks. Bring the competency framework next time."
        career_pairs.note(by=pair.mentor, pairing=pair, key=_key(rng), version=_key(rng), text=note)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
