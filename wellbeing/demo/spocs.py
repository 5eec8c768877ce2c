"""Which of the invented people are SPOCs, and what they would talk about; who is asked, and who waits to be read."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from spocs import actions
from spocs.models import Gender, RankBand, Spoc
from wellbeing.people.models import EmploymentType, Person
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

from .cast import CAST
from .files import words
from .network import keys_of, others, people_of

NUMBER = 45
_SUPERVISORS, _SENIOR = ("Sgt", "Insp"), ("Ch Insp", "Supt", "Ch Supt", "ACC", "CC")
_OF_THE_CAST = ("Not sleeping", "What I saw at work", "Coming back to work")
_ASKED_FOR = "Please leave out the name of your team: with your first name it says who you are."


def list_spocs(coordinator: Person, rng: Random) -> int:
    """Make SPOCs of the cast's and of others who are not champions; returns how many are listed."""
    star = Person.objects.get(staff_number=CAST["spoc"].staff_number)
    *listed, waiting, sent_back, invited = people_of(rng.sample(keys_of(others().filter(champion=None)), NUMBER + 2))
    profiles = [(person, _profile(person, rng)) for person in [star, *listed]]
    more = Random(rng.getrandbits(32))  # noqa: S311 - invents, keeps no secret
    topics = list(Topic.objects.shown())
    profiles = [(person, profile | _more(person, topics, more)) for person, profile in profiles]
    profiles[0][1].update(_of_the_cast(topics))
    made = actions.list_many(profiles=profiles, by=coordinator)
    for person in (waiting, sent_back):
        _consent(person, topics, more)
    _send_back(sent_back, coordinator)
    with acting_as(coordinator):
        actions.invite(person=invited, by=coordinator)
    return len(made)


def _profile(person: Person, rng: Random) -> dict:
    first_name_only = rng.random() < 0.6
    show_phone = first_name_only or rng.random() < 0.7
    by_night = rng.random() < 0.3
    return {
        "id": UUID(int=rng.getrandbits(128), version=4),
        "first_name_only": first_name_only,
        "show_phone": show_phone,
        "show_text": rng.random() < 0.5,
        "show_mail": not first_name_only and (not show_phone or rng.random() < 0.7),
        "rank_band": _band(person) if rng.random() < 0.8 else "",
        "by_day": not by_night or rng.random() < 0.8,
        "by_night": by_night,
    }


def _more(person: Person, topics: list[Topic], rng: Random) -> dict:
    """What they would talk about, whether they say that they are a woman or a man, and what HR may know."""
    since = timezone.localdate() - timedelta(days=rng.randrange(20, 300))
    return {
        "topics": rng.sample(topics, rng.randint(1, 4)),
        "gender": _gender(person) if rng.random() < 0.5 else "",
        "hr_may_know": rng.random() < 0.2,
        "consented_on": since,
        "confirmed_on": since,
    }


def _gender(person: Person) -> str:
    """As their name has it; empty for names that many people have."""
    if person.known_as in words("womens_names.txt"):
        return Gender.WOMAN
    return Gender.MAN if person.known_as in words("mens_names.txt") else ""


def _of_the_cast(topics: list[Topic]) -> dict:
    """Niamh says most of herself, and is to say soon that it is still right."""
    since = timezone.localdate() - timedelta(days=350)
    return {
        "topics": [topic for topic in topics if topic.name in _OF_THE_CAST],
        "gender": Gender.WOMAN,
        "role_words": "response sergeant",
        "consented_on": since,
        "confirmed_on": since,
    }


def _consent(person: Person, topics: list[Topic], rng: Random) -> Spoc:
    profile = _profile(person, rng)
    with acting_as(None):
        spoc = actions.invite(person=person, by=None)
    with acting_as(person):
        said = {name: value for name, value in profile.items() if name != "id"}
        return actions.consent(spoc=spoc, by=person, topics=rng.sample(topics, 2), **said)


def _send_back(person: Person, coordinator: Person) -> None:
    with acting_as(coordinator):
        actions.send_back(spoc=Spoc.objects.get(person=person), by=coordinator, sentence=_ASKED_FOR)


def _band(person: Person) -> str:
    if person.employment_type in (EmploymentType.STAFF, EmploymentType.VOLUNTEER):
        return RankBand.STAFF
    if person.rank_or_grade in _SENIOR:
        return RankBand.SENIOR
    return RankBand.SUPERVISOR if person.rank_or_grade in _SUPERVISORS else RankBand.FRONT_LINE
