"""Career mentoring, as far as whoever asks may see it: profiles, a request of one's own, who was asked, who meets whom.

Looking at any of this opens no text; `opened` does.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring.models import (
    Asking,
    Avoid,
    CareerGoal,
    CareerProfile,
    CareerRequest,
    CareerSession,
    Kind,
    Mentor,
    Pairing,
    RequestState,
    Rules,
    SessionState,
)
from mentoring.models.career import OPEN_REQUEST, STILL_OPEN
from mentoring.prompts_career import HELPED, reasons
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import Kind as RecordKind
from wellbeing.confidential.models import Why
from wellbeing.people.models import Person
from wellbeing.reminders import working_days

SUGGESTIONS = 12
LOOK_AGAIN_DAYS = 14
NEWS_DAYS = 28  # for which somebody is reminded of what was decided
FEEDBACK_DAYS = 60


@dataclass(frozen=True)
class Suggestion:
    """A mentor who may be asked, and in sentences why they are suggested."""

    key: int
    name: str
    rank: str
    station: str
    about_me: str
    reasons: list[str]


@dataclass(frozen=True)
class Load:
    """How many places a mentor has, and how many people they support and are asked by; no capacity: no profile yet."""

    mentor: Person
    capacity: int | None
    paused: bool
    supports: int
    asked: int

    @property
    def is_over(self) -> bool:
        return self.supports > (self.capacity or 0)

    @property
    def room(self) -> int:
        return 0 if self.paused else max((self.capacity or 0) - self.supports, 0)


@dataclass(frozen=True)
class Waiting:
    """A request that waits: since when, in working days too, and until when somebody has to answer it."""

    since: date
    answer_by: date | None
    nobody_left: bool

    @property
    def age(self) -> int:
        return working_days.between(self.since, timezone.localdate())


# --- Profiles and requests -------------------------------------------------------------------------


def term_of(person: Person) -> Mentor | None:
    """The term in which `person` is a career mentor today."""
    return Mentor.objects.live().filter(person=person, kind=Kind.CAREER).first()


def profile_of(person: Person) -> CareerProfile | None:
    """What a career mentor of today says of themselves; None before they have."""
    return CareerProfile.objects.filter(mentor=term_of(person)).first()


def request_of(person: Person) -> CareerRequest | None:
    """The one request of `person` that is not over: a draft, one that waits, or one with a mentor."""
    return CareerRequest.objects.filter(subject=person, state__in=OPEN_REQUEST).first()


def avoided(request: CareerRequest):
    """Whom the person of this request would not have as a mentor."""
    return Person.objects.filter(pk__in=Avoid.objects.filter(request=request).values("person_id"))


def askings_of(request: CareerRequest):
    """Who was asked, in order."""
    return Asking.objects.filter(request=request).select_related("mentor").order_by("asked_at")


def record_of(request: CareerRequest | None, *, to: Person):
    """What the person of this request looks for, sealed; None where nothing is written, or `to` may not see it."""
    return vault.visible_to(to).filter(pk=request.pk).select_related("subject").first() if request else None


def open_asking(request: CareerRequest) -> Asking | None:
    """Whom the request is with now; None where it is with nobody."""
    return askings_of(request).filter(answer__in=STILL_OPEN).first()


def asked_of(mentor: Person):
    """The requests on which `mentor` may decide now."""
    open_ones = Asking.objects.filter(mentor=mentor, answer__in=STILL_OPEN)
    return open_ones.select_related("subject").order_by("answer_by", "asked_at")


def suggestions(request: CareerRequest, *, most: int = SUGGESTIONS) -> list[Suggestion]:
    """The mentors who fit best, from the database's function, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.mentor, p.known_as || ' ' || p.last_name, p.rank_or_grade, coalesce(st.name, ''), f.about_me,"
            " s.experience, s.path, s.same_division, s.room"
            " from career_suggest(%s, %s) s join people_person p on p.id = s.mentor"
            " left join people_station st on st.id = p.station_id"
            " join mentoring_mentor m on m.person_id = p.id and m.kind = 'career'"
            " and (m.ends is null or m.ends > london_today())"
            " join mentoring_careerprofile f on f.mentor_id = m.id order by s.place",
            [request.pk, most],
        )
        return [_suggestion(*row) for row in cursor.fetchall()]


def _suggestion(key, name, rank, station, about_me, experience, path, same_division, room) -> Suggestion:
    words = reasons(experience=experience, paths=path, same_division=same_division, room=room)
    return Suggestion(key, name, rank, station, about_me, words)


def chosen_people(request: CareerRequest) -> list[Person]:
    """The mentors whom the person has chosen, in their order."""
    found = Person.objects.in_bulk(request.ranked)
    return [found[key] for key in request.ranked if key in found]


def answer_by() -> date:
    """By when a mentor who is asked today answers: so many working days from now, as the force has it."""
    day = timezone.localdate()
    for _ in range((Rules.objects.first() or Rules()).mentor_answer_days):
        day = working_days.on_or_after(day + timedelta(days=1))
    return day


def look_again_on() -> date:
    """When somebody for whom nobody is left today is reminded to look again."""
    return timezone.localdate() + timedelta(days=LOOK_AGAIN_DAYS)


# --- Pairings --------------------------------------------------------------------------------------


def pairings_of(person: Person):
    """The pairings of which `person` is one of the two, past ones too."""
    mine = Pairing.objects.filter(Q(subject=person) | Q(mentor=person))
    return mine.select_related("subject", "mentor")


def mentor_now(person: Person) -> Pairing | None:
    """The pairing in which somebody is `person`'s career mentor today."""
    return pairings_of(person).filter(subject=person, ended_on__isnull=True).first()


def feedback_asked(person: Person):
    """The pairings that ended lately of which `person` may still say whether they helped."""
    since = timezone.localdate() - timedelta(days=FEEDBACK_DAYS)
    return pairings_of(person).filter(subject=person, feedback_open=True, ended_on__gt=since)


def people_mentored_by(person: Person):
    """The pairings that last in which `person` is the mentor."""
    return pairings_of(person).filter(mentor=person, ended_on__isnull=True).order_by("began")


def goals_of(pairing: Pairing, *, to: Person):
    """The goals of a pairing by their days and states, as far as `to` may see them."""
    return CareerGoal.objects.filter(_opened_to(to), pairing=pairing)


def sessions_of(pairing: Pairing, *, to: Person):
    """The sessions of a pairing, the latest first, as far as `to` may see them."""
    return CareerSession.objects.filter(_opened_to(to), pairing=pairing)


def one_of(model, pk, *, to: Person):
    """The goal or session of that key which `to` may see, with its pairing; None where there is none."""
    rows = model.objects.filter(_opened_to(to), pk=pk)
    return rows.select_related("pairing__subject", "pairing__mentor").first()


def notes_of(pairing: Pairing, *, to: Person, kind: str):
    """Notes from this pairing's days, newest first, not opened: those of the mentor, or the person's own."""
    author = pairing.mentor if kind == RecordKind.CAREER_NOTE else pairing.subject
    theirs = vault.visible_to(to).filter(kind=kind, subject=pairing.subject, author=author)
    theirs = theirs.filter(made_at__date__gte=pairing.began).select_related("subject", "author")
    return theirs.filter(made_at__date__lte=pairing.ended_on) if pairing.ended_on else theirs


def opened(records, *, by: Person, why: str) -> dict:
    """What these records say now, by their key: opens each, and so writes it down."""
    return {record.pk: vault.open_record(record, by=by, why=why).latest for record in records}


def words_of(rows, *, by: Person, why: str) -> dict:
    """What these goals and sessions say, by their key: opens each that has words."""
    keys = [row.pk for row in rows]
    return opened(vault.visible_to(by).filter(pk__in=keys, kind=RecordKind.CAREER_GOAL), by=by, why=why)


def asked_in(pairing: Pairing, *, to: Person):
    """What was asked of the mentor at the start, sealed, where `to` may open it."""
    return vault.visible_to(to).filter(pk=pairing.request_id).select_related("subject").first()


def line_between(pairing: Pairing) -> bool:
    """Whether one of the two has come into the other's line of command since, at any depth."""
    with connection.cursor() as cursor:
        cursor.execute("select %s in (select career_line_of(%s))", [pairing.mentor_id, pairing.subject_id])
        return cursor.fetchone()[0]


def _opened_to(person: Person) -> Q:
    linked = policy.links_of(person).filter(
        why=Why.CAREER_MENTOR, subject=OuterRef("subject"), opens_from__lte=OuterRef("made_at")
    )
    return Q(subject=person) | Q(Exists(linked))


# --- For the coordinator and the wellbeing lead ----------------------------------------------------


def load() -> list[Load]:
    """Each career mentor of today, the fullest first; empty for all but the coordinator. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("select * from career_load()")
        rows = {key: rest for key, *rest in cursor.fetchall()}
    people = Person.objects.listed().filter(pk__in=rows).select_related("station").order_by("last_name", "known_as")
    found = [Load(person, *rows[person.pk]) for person in people]
    return sorted(found, key=lambda one: (one.room, -one.supports))


def waiting() -> list[Waiting]:
    """The requests that wait, the oldest first, without a word of whose they are; for the coordinator alone."""
    with connection.cursor() as cursor:
        cursor.execute("select * from career_waiting()")
        return [Waiting(*row) for row in cursor.fetchall()]


def figures() -> list[tuple[date, dict[str, int | None]]]:
    """For each of the last four quarters that are over, how many said yes, partly and no; None: fewer than five.

    Empty for all but the coordinator and the wellbeing lead.
    """
    quarters: dict[date, dict] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from career_figures()")
        for quarter, helped, number in cursor.fetchall():
            quarters.setdefault(quarter, dict.fromkeys(HELPED))[helped] = number
    return list(quarters.items())


# --- What somebody is to be told, for the reminders ------------------------------------------------


def askings_to_answer():
    """Who has to answer a request, by when."""
    return Asking.objects.filter(answer="")


def askings_for_more():
    """Whom a mentor has asked to tell more."""
    return Asking.objects.filter(answer="more")


def askings_passed_on():
    """Requests that are with another mentor than the first."""
    before = Asking.objects.filter(request=OuterRef("request"), asked_at__lt=OuterRef("asked_at"))
    return Asking.objects.filter(Exists(before), answer__in=STILL_OPEN, asked_on__gt=_lately())


def requests_with_nobody_left():
    """Requests for which nobody is left to be asked."""
    return CareerRequest.objects.filter(state=RequestState.WAITING, look_again_on__isnull=False)


def new_pairings():
    """Pairings of the last four weeks."""
    return Pairing.objects.filter(ended_on__isnull=True, began__gt=_lately())


def sessions_to_hold():
    """Sessions planned in pairings that last."""
    return CareerSession.objects.filter(state=SessionState.PLANNED, pairing__ended_on__isnull=True)


def goals_to_look_at():
    """Goals on their way, with a day on which the two look at them again."""
    return CareerGoal.objects.filter(state="open", review_on__isnull=False, pairing__ended_on__isnull=True)


def pairings_ended():
    """Pairings that ended lately while both live: of a death people are told by people."""
    return Pairing.objects.filter(ended_on__gt=_lately(), subject__died_on=None, mentor__died_on=None)


def _lately() -> date:
    return timezone.localdate() - timedelta(days=NEWS_DAYS)
