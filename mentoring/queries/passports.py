"""Adjustment passports: whose own, whom they are shared with, and who has read them. Nothing here opens one."""

from datetime import timedelta

from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from wellbeing.confidential import policy, vault
from wellbeing.confidential import queries as confidential
from wellbeing.confidential.models import CareLink, Kind, Record, Why
from wellbeing.people.models import Person

TOLD_FOR = timedelta(days=28)


def passport_of(person: Person) -> Record | None:
    """The record of one's own passport, not yet opened; None where there is none."""
    return vault.visible_to(person).filter(kind=Kind.PASSPORT, subject=person).first()


def shared_by(person: Person):
    """The live links through which others read the passport of `person`, oldest first."""
    links = policy.links_about(person).filter(why=Why.PASSPORT, ends__isnull=True)
    return links.select_related("carer__station").order_by("starts", "id")


def shared_with(person: Person) -> list[tuple[Record, CareLink]]:
    """The passports that others share with `person`, by name, each with the link that opens it; two queries."""
    links = policy.links_of(person).filter(why=Why.PASSPORT, ends__isnull=True)
    by_subject = {link.subject_id: link for link in links}
    records = vault.visible_to(person).filter(kind=Kind.PASSPORT, subject__in=by_subject).select_related("subject")
    changed = records.annotate(changed_at=Max("versions__made_at"))
    return [
        (record, by_subject[record.subject_id])
        for record in changed.order_by("subject__last_name", "subject__known_as", "pk")
    ]


def readings_of(person: Person):
    """The lines of the read log about the passport of `person` that are not their own, newest first."""
    return confidential.looks_at(person).filter(kind=Kind.PASSPORT).exclude(reader_id=person.pk)


def shared_lately():
    """The live links of four weeks to passports, each with `shared_on`, the day on which it was shared."""
    lately = CareLink.objects.live().filter(why=Why.PASSPORT, starts__gt=timezone.now() - TOLD_FOR)
    return lately.annotate(shared_on=TruncDate("starts", tzinfo=timezone.get_default_timezone()))
