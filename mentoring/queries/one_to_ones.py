"""1-1s, what was agreed in them and what is still owed, as far as whoever asks may see them."""

from datetime import timedelta

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from mentoring.models import Action, Adjustment, Decision, OneToOne, Owner
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import CareLink, Kind, Part, Record, Version, Why
from wellbeing.people.models import Person

from .returns import links_to_hold

ASKED_FOR = 28  # days in which the person is reminded that they may comment


def one_to_ones_visible_to(person: Person):
    """The 1-1s whose dates `person` may see: their own, and those that a live link opens."""
    return OneToOne.objects.filter(_visible(person, Kind.ONE_TO_ONE))


def open_actions(*, subject: Person, to: Person):
    """What was agreed with `subject` and is not done, as far as `to` may see it, soonest first."""
    return Action.objects.filter(_visible(to, Kind.ONE_TO_ONE), subject=subject, done_on__isnull=True)


def actions_visible_to(person: Person):
    """What was agreed in the 1-1s that `person` may see."""
    return Action.objects.filter(one_to_one__in=one_to_ones_visible_to(person))


def actions_with_doer():
    """What was agreed and is not done, each with `doer`: the person’s key, or that of the manager who may see it."""
    doer = Case(
        When(owner=Owner.PERSON, then=F("subject_id")), default=_manager_who_sees(), output_field=BigIntegerField()
    )
    return Action.objects.filter(done_on__isnull=True).annotate(doer=doer).filter(doer__isnull=False)


def unanswered_records():
    """The records of 1-1s of the last four weeks about which the person has not said anything since they were last
    written, each with `written_on`, the day of that."""
    versions = Version.objects.filter(record=OuterRef("pk")).order_by("-made_at")
    written = Subquery(versions.filter(part=Part.TEXT).values("made_at")[:1])
    said = versions.exclude(part=Part.TEXT).filter(made_at__gt=OuterRef("written"))
    lately = timezone.now() - timedelta(days=ASKED_FOR)
    day = TruncDate("written", tzinfo=timezone.get_default_timezone())
    records = Record.objects.filter(kind=Kind.ONE_TO_ONE).annotate(written=written)
    return records.filter(~Exists(said), written__gt=lately).annotate(written_on=day)


def corrections_asked_for():
    """The records of 1-1s of which a correction was asked for and not yet written, each with `asked_on`, the day, and
    `writer`: the key of the line manager who may correct it."""
    versions = Version.objects.filter(record=OuterRef("pk")).order_by("-made_at")
    asked = Subquery(versions.filter(part=Part.REQUEST).values("made_at")[:1])
    corrected = versions.filter(part=Part.TEXT, made_at__gt=OuterRef("asked"))
    day = TruncDate("asked", tzinfo=timezone.get_default_timezone())
    records = Record.objects.filter(kind=Kind.ONE_TO_ONE).annotate(asked=asked, writer=_manager_who_sees())
    waiting = records.filter(~Exists(corrected), asked__isnull=False, writer__isnull=False)
    return waiting.annotate(asked_on=day)


def actions_agreed_in(record: Record):
    """What was agreed in one 1-1, in the order in which it was written."""
    return Action.objects.filter(one_to_one=record.pk).order_by("made_at", "due")


def adjustments_to_end(person: Person):
    """What is still owed and `person` may end: agreed in a 1-1 with people whom they manage; of a return plan, what
    they decided, or that of a meeting that they hold."""
    decided = policy.links_of(person).filter(why=Why.DECIDES, only_record=OuterRef("pk"))
    of_a_plan = Exists(decided) | Exists(links_to_hold(person, "meeting__plan"))
    of_a_one_to_one = Q(meeting__isnull=True, subject__in=policy.people_managed(person))
    return Adjustment.objects.filter(_owed(), of_a_one_to_one | of_a_plan)


def owed_adjustments(*, subject: Person, to: Person):
    """Adjustments agreed with `subject` and still owed; they follow to a new line manager."""
    opens = [why for why, kinds in policy.OPENS.items() if Kind.ADJUSTMENT in kinds]
    linked = policy.links_of(to).filter(policy.for_all_or_this(), why__in=opens, subject=OuterRef("subject"))
    owed = Adjustment.objects.filter(_owed(), subject=subject)
    return owed.filter(Q(subject=to) | Exists(linked))


def past_adjustments(person: Person):
    """What was agreed for `person` and is no longer owed: for themselves alone."""
    return Adjustment.objects.filter(~_owed(), subject=person, decision=Decision.AGREED)


def wishes_of(subject: Person, *, to: Person) -> Record | None:
    """The record of how `subject` likes to be supported, not yet opened."""
    return vault.visible_to(to).filter(kind=Kind.WISHES, subject=subject).first()


def words_of(actions, *, by: Person, why: str) -> dict:
    """The words of these actions by their key: opens, and so writes down, each 1-1 in which one was agreed."""
    words = {}
    keys = {action.one_to_one_id for action in actions}
    for record in vault.visible_to(by).filter(pk__in=keys, kind=Kind.ONE_TO_ONE):
        opened = vault.open_record(record, by=by, why=why)
        words |= opened.latest.answers.get("actions", {}) if opened.latest else {}
    return words


def in_words(adjustments, *, by: Person) -> list[tuple[Adjustment, str]]:
    """Adjustments, each with what it is: opens one record for each."""
    by_key = {adjustment.pk: adjustment for adjustment in adjustments}
    records = vault.visible_to(by).filter(pk__in=by_key, kind=Kind.ADJUSTMENT)
    opened = [vault.open_record(record, by=by, why="reading agreed adjustments") for record in records]
    return [(by_key[one.record.pk], one.latest.answers.get("what", "")) for one in opened if one.latest]


def _manager_who_sees() -> Subquery:
    """The key of the line manager to whom their link opens a row with `subject` and `made_at`."""
    links = CareLink.objects.live().filter(
        why=Why.LINE_MANAGER, subject=OuterRef("subject"), opens_from__lte=OuterRef("made_at")
    )
    return Subquery(links.order_by("-starts").values("carer_id")[:1])


def _owed() -> Q:
    return Q(ended_on__isnull=True, until__gte=timezone.localdate(), decision=Decision.AGREED)


def _visible(person: Person, kind: str) -> Q:
    opens = [why for why, kinds in policy.OPENS.items() if kind in kinds]
    linked = policy.links_of(person).filter(
        why__in=opens, subject=OuterRef("subject"), opens_from__lte=OuterRef("made_at")
    )
    return Q(subject=person) | Q(Exists(linked))
