"""Adjustments of a return plan: whom they wait for, and when they are to be in place and looked at again."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring.models import Adjustment, Decision, ReturnMeeting
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import CareLink, Kind, Part, Why
from wellbeing.people.models import Person

from .returns import holder_by, links_to_hold
from .returns import visible_to as meetings_visible_to


def of_plan(meeting: ReturnMeeting, *, to: Person):
    """The adjustments of one plan, agreed, asked for or not agreed, for whoever sees the plan's dates."""
    return Adjustment.objects.filter(
        meeting__in=meetings_visible_to(to).filter(pk=meeting.pk), ended_on__isnull=True
    ).select_related("decides", "meeting")


def to_decide(person: Person):
    """The adjustments that `person` is asked to decide, or has decided and which run on, soonest first."""
    links = policy.links_of(person).filter(why=Why.DECIDES, only_record=OuterRef("pk"))
    asked = Adjustment.objects.filter(Exists(links), decides=person, ended_on__isnull=True, until__gte=_today())
    return asked.select_related("subject").order_by("decision", "implement_by", "until")


def may_be_put_in_place(person: Person):
    """The agreed adjustments of which `person` may say that they are in place."""
    whys = (Why.LINE_MANAGER, Why.DECIDES)
    links = policy.links_of(person).filter(policy.for_all_or_this(), why__in=whys, subject=OuterRef("subject"))
    sees_to_it = Exists(links) | Exists(links_to_hold(person, "meeting__plan"))
    return Adjustment.objects.filter(_running(), sees_to_it, decides__isnull=False, implemented_on__isnull=True)


def in_words(adjustments, *, by: Person) -> list[dict]:
    """Adjustments, each with what it is, its latest number, and what was said: opens one record for each."""
    by_key = {adjustment.pk: adjustment for adjustment in adjustments}
    records = {record.pk: record for record in vault.visible_to(by).filter(pk__in=by_key, kind=Kind.ADJUSTMENT)}
    return [_in_words(one, records.get(key), by) for key, one in by_key.items()]


def asked():
    """The adjustments that wait for somebody who is asked, each with `asked_on`, the day since when."""
    return Adjustment.objects.filter(
        Exists(_live_link()), decision=Decision.ASKED, ended_on__isnull=True, until__gte=_today()
    )


def without_a_decider():
    """The adjustments for which the person would rather have somebody else decide, each with `holder`, the key of who
    holds the meeting and names them."""
    asked = Adjustment.objects.filter(decision=Decision.ASKED, decides__isnull=True, ended_on__isnull=True)
    return asked.filter(until__gte=_today()).annotate(holder=holder_by("meeting__plan")).filter(holder__isnull=False)


def named(person: Person):
    """Of the adjustments for `person`, those that somebody is named to decide and is not asked before they say yes."""
    asked = Adjustment.objects.filter(subject=person, decision=Decision.ASKED, decides__isnull=False)
    return asked.filter(~Exists(_live_link()), ended_on__isnull=True, until__gte=_today())


def not_in_place():
    """The agreed adjustments that are to be in place by a day and are not."""
    return Adjustment.objects.filter(_running(), implemented_on__isnull=True, implement_by__isnull=False)


def to_review():
    """The agreed adjustments at which those concerned look again on a day."""
    return Adjustment.objects.filter(_running(), review_on__isnull=False, decides__isnull=False)


def _in_words(adjustment: Adjustment, record, by: Person) -> dict:
    opened = vault.open_record(record, by=by, why="reading a return plan") if record else None
    latest = opened.latest if opened else None
    return {
        "adjustment": adjustment,
        "what": latest.answers.get("what", "") if latest else "",
        "is_author": record is not None and record.author_id == by.pk,
        "number": latest.number if latest else 0,
        "said": [text.answers.get("text", "") for text in opened.of(Part.COMMENT)] if opened else [],
    }


def _live_link():
    return CareLink.objects.live().filter(why=Why.DECIDES, only_record=OuterRef("pk"), carer=OuterRef("decides"))


def _running() -> Q:
    return Q(decision=Decision.AGREED, ended_on__isnull=True, until__gte=_today())


def _today():
    return timezone.localdate()
