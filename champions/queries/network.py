"""The network as whoever runs it sees it: every champion by state, and what is to be done."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from champions import policy
from champions.models import OPEN_STATES, Champion, Coverage, State
from wellbeing.people.models import Change, Division, Person

from .directory import rules

A_PAGE = 50
LATELY = timedelta(days=90)  # for how long after stepping down somebody still stands on the page
STOPPED = ("stepped down", "off the directory, having left")  # as the history says it
REFRESHER, TERM, VETTING, BEGIN, SUPERVISION = "refresher", "term", "vetting", "begin", "supervision"


@dataclass(frozen=True)
class Asked:
    """Which of the champions are asked for; nothing: all of them."""

    state: str = ""
    division: Division | None = None
    due: str = ""


@dataclass(frozen=True)
class ToDo:
    """One kind of thing to be done: how many there are, in words, and the choice that shows them."""

    due: str
    number: int
    words: str


@dataclass(frozen=True)
class Line:
    """One champion, and what is late of them; `supervises`: whether supervision is the reader's to see."""

    champion: Champion
    supervises: bool
    needs_vetting: bool

    @property
    def serves(self) -> bool:
        return self.champion.state in OPEN_STATES

    @property
    def refresher_is_late(self) -> bool:
        return self.serves and _past(self.champion.refresher_due)

    @property
    def term_is_over(self) -> bool:
        return self.serves and _past(self.champion.term_ends)

    @property
    def supervision_is_late(self) -> bool:
        return self.supervises and self.serves and _past(self.champion.supervision_due)

    @property
    def vetting_is_missing(self) -> bool:
        coming = self.serves or self.champion.state == State.TRAINING
        return self.needs_vetting and coming and self.champion.vetting_confirmed_on is None

    @property
    def waits_to_begin(self) -> bool:
        return self.champion.state == State.TRAINING and self.champion.trained_on is not None

    @property
    def is_late(self) -> bool:
        """Whether anything is to be done about them."""
        late = self.refresher_is_late or self.term_is_over or self.supervision_is_late
        return late or self.vetting_is_missing or self.waits_to_begin


@dataclass(frozen=True)
class Network:
    """A page of the network: how many stand where, what is to be done, and those who were asked for."""

    states: list[tuple[str, str, int]] = field(default_factory=list)
    to_do: list[ToDo] = field(default_factory=list)
    page: Page | None = None
    lines: list[Line] = field(default_factory=list)


def network(reader: Person, asked: Asked, page: int = 1) -> Network:
    """The network as `reader` may see it; the same few queries however many champions there are."""
    everybody = of_the_network(reader)
    supervises, needs_vetting = policy.runs_network(reader), rules().needs_vetting
    kinds = _kinds(supervises, needs_vetting)
    found = Paginator(_shown(_asked_for(everybody, asked, kinds)), A_PAGE).get_page(page)
    return Network(
        states=_states(everybody),
        to_do=_to_do(everybody, kinds),
        page=found,
        lines=[Line(champion, supervises, needs_vetting) for champion in found],
    )


def of_the_network(reader: Person) -> QuerySet:
    """Whoever is on the way to being a champion, is one, or has stepped down lately; not whom `reader` may not see."""
    here = Q(person__in=Person.objects.current()) & ~Q(state=State.STEPPED_DOWN)
    return policy.kept_by(reader).filter(here | Q(state=State.STEPPED_DOWN) & Exists(_stopped_lately()))


def one_of_the_network(reader: Person, key) -> Line | None:
    """One champion as `reader` may see them, whatever their state; None for whom they may not see."""
    champion = _shown(policy.kept_by(reader).filter(pk=key)).first()
    return champion and Line(champion, policy.runs_network(reader), rules().needs_vetting)


def due_choices(reader: Person) -> list[tuple[str, str]]:
    """What may be chosen of what is due, in words."""
    named = _kinds(policy.runs_network(reader), rules().needs_vetting)
    return [("", "Everybody"), ("anything", "Something is due"), *((name, kind[1]) for name, kind in named.items())]


def _kinds(supervises: bool, needs_vetting: bool) -> dict[str, tuple[Q, str, str, str]]:
    """Each kind of thing that is due: when, in short, and the words for one and for many."""
    today = timezone.localdate()
    serving = Q(state__in=OPEN_STATES)
    kinds = {
        REFRESHER: (serving & Q(refresher_due__lt=today), "Refresher overdue", "refresher is", "refreshers are"),
        TERM: (serving & Q(term_ends__lt=today), "Term over", "term is", "terms are"),
    }
    if supervises:
        late = serving & Q(supervision_due__lt=today)
        kinds[SUPERVISION] = (late, "Supervision overdue", "supervision is", "supervisions are")
    if needs_vetting:
        missing = Q(state__in=(*OPEN_STATES, State.TRAINING), vetting_confirmed_on=None)
        kinds[VETTING] = (missing, "Vetting not confirmed", "champion’s vetting is", "champions’ vetting is")
    trained = Q(state=State.TRAINING, trained_on__isnull=False)
    kinds[BEGIN] = (trained, "Trained, and not yet listed", "person is", "people are")
    return kinds


_ENDS = {REFRESHER: "overdue", TERM: "over", SUPERVISION: "overdue", VETTING: "not confirmed"}
_ENDS[BEGIN] = "trained and not yet listed"


def _to_do(everybody: QuerySet, kinds: dict) -> list[ToDo]:
    counted = everybody.aggregate(**{name: Count("pk", filter=kind[0]) for name, kind in kinds.items()})
    return [
        ToDo(name, number, f"{number} {one if number == 1 else many} {_ENDS[name]}")
        for name, (_, _, one, many) in kinds.items()
        if (number := counted[name])
    ]


def _states(everybody: QuerySet) -> list[tuple[str, str, int]]:
    counted = dict(everybody.order_by().values_list("state").annotate(Count("pk")))
    labels = {**dict(State.choices), State.STEPPED_DOWN: "Stepped down lately"}
    return [(state, labels[state], counted[state]) for state in State.values if state in counted]


def _asked_for(everybody: QuerySet, asked: Asked, kinds: dict) -> QuerySet:
    if asked.state:
        everybody = everybody.filter(state=asked.state)
    if asked.division:
        covers = Exists(Coverage.objects.live().filter(champion=OuterRef("pk"), station__division=asked.division))
        everybody = everybody.filter(covers | Q(person__station__division=asked.division))
    if asked.due == "anything":
        anything = Q()
        for kind in kinds.values():
            anything |= kind[0]
        return everybody.filter(anything)
    return everybody.filter(kinds[asked.due][0]) if asked.due in kinds else everybody


def _shown(champions: QuerySet) -> QuerySet:
    coverage = Coverage.objects.live().select_related("station").order_by("station__name")
    return (
        champions.select_related("person__station")
        .prefetch_related(Prefetch("coverage", coverage, to_attr="covered"))
        .order_by("person__last_name", "person__known_as", "pk")
    )


def _stopped_lately() -> QuerySet:
    return Change.objects.filter(
        about_type=Champion._meta.label_lower,
        about_id=Cast(OuterRef("pk"), CharField()),
        verb__in=STOPPED,
        at__gte=timezone.now() - LATELY,
    )


def _past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()
