"""The only writes to support services and to guidance. Each is recorded.

What is written of services also renews the file that needs no database.
"""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.actions import refresh

from . import policy, shipped_guidance, snapshot
from .models import Guidance, Service
from .reminders import REVIEW

# Whoever changes one of these has not rung the number that now stands there.
_WHAT_WAS_TRIED = ("phone", "text_number", "text_word")

_LONGEST_SLUG = 90  # leaves room for “-2”
_OUR_ADDRESSES = {"mine"}  # under /guidance/, so that no page may have them


@transaction.atomic
def load_shipped_services(*, by: Person | None = None) -> int:
    """Add the services that ship with the portal and are not listed yet, unverified; returns how many were added."""
    known = {name.lower() for name in Service.objects.values_list("name", flat=True)}
    new = [_from_shipped(listed) for listed in snapshot.shipped() if listed.name.lower() not in known]
    Service.objects.bulk_create(new)
    history.record_many(by=by, verb="added", about=[(service, {}) for service in new])
    _renew_snapshot()
    return len(new)


@transaction.atomic
def save_service(*, service: Service, by: Person | None, **values) -> Service:
    """Write a service, new or changed, and return it. A changed number is unverified until somebody has rung it."""
    details = history.difference(service, values)
    verb = "added" if service.pk is None else "changed"
    for field, value in values.items():
        setattr(service, field, value)
    if set(details) & set(_WHAT_WAS_TRIED):
        service.verified_on = service.verified_by = None
    service.full_clean()
    service.save()
    history.record(by=by, verb=verb, about=service, details=details)
    _renew_snapshot()
    return service


@transaction.atomic
def verify_service(*, service: Service, by: Person) -> None:
    """Write that `by` has rung or texted the number today and it works. Raises ValidationError without a number."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    if not (service.phone or service.text_number):
        raise ValidationError(f"{service.name} has no number to ring: enter one first.")
    service.verified_on, service.verified_by = timezone.localdate(), by
    service.save(update_fields=["verified_on", "verified_by"])
    history.record(by=by, verb="checked and found working", about=service)
    _renew_snapshot()


@transaction.atomic
def remove_service(*, service: Service, by: Person) -> None:
    """Take a service off every page."""
    history.record(by=by, verb="removed", about=service, details={"name": [service.name, None]})
    service.delete()
    _renew_snapshot()


# --- Guidance ---------------------------------------------------------------------------------------


@transaction.atomic
def load_shipped_guidance(*, by: Person | None = None) -> int:
    """Add the pages that ship with the portal and are not there, published, to be checked in a year; how many.

    A page counts as there by its address, which it keeps when its title changes, or by its title.
    """
    slugs = set(Guidance.objects.values_list("slug", flat=True))
    titles = {title.lower() for title in Guidance.objects.values_list("title", flat=True)}
    new = [
        Guidance(**asdict(page), review_on=in_a_year(), published=True)
        for page in shipped_guidance.pages()
        if page.slug not in slugs and page.title.lower() not in titles
    ]
    Guidance.objects.bulk_create(new)
    history.record_many(by=by, verb="added", about=[(page, {}) for page in new])
    return len(new)


@transaction.atomic
def save_guidance(*, guidance: Guidance, by: Person | None, **values) -> Guidance:
    """Write a page of guidance, new or changed, and return it; its address is made from its first title and stays.

    The history says that the text changed and not what it was. Raises ValidationError for a title that no
    address can be made of, and for a day to check it by that is over; the database refuses the rest
    (IntegrityError).
    """
    is_new = guidance.pk is None
    details = {} if is_new else _changed(guidance, values)
    for field, value in values.items():
        setattr(guidance, field, value)
    if is_new:
        guidance.slug = _free_slug(guidance.title)
    if (is_new or "review_on" in details) and guidance.is_overdue:
        raise ValidationError({"review_on": "Choose today or a day that is still to come."})
    guidance.save()
    history.record(by=by, verb="added" if is_new else "changed", about=guidance, details=details)
    refresh(REVIEW, guidance.pk)
    return guidance


@transaction.atomic
def reviewed(*, guidance: Guidance, by: Person) -> Guidance:
    """Write that `by` has read the page today and it is still right: to be checked again in a year. Returns it.

    Raises PermissionDenied for all but its owner and those who keep the guidance.
    """
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if not policy.may_review(by, guidance):
        raise PermissionDenied
    values = {"reviewed_on": timezone.localdate(), "review_on": in_a_year()}
    details = history.difference(guidance, values)
    guidance.reviewed_on, guidance.review_on = values["reviewed_on"], values["review_on"]
    guidance.save(update_fields=list(values))
    history.record(by=by, verb="checked and found right", about=guidance, details=details)
    refresh(REVIEW, guidance.pk)
    return guidance


def in_a_year() -> date:
    """The working day on which what is checked today is to be checked again: this day next year, or the one before."""
    today = timezone.localdate()
    last = (today.month, today.day) == (2, 29)
    return working_days.on_or_before(today.replace(year=today.year + 1, day=28 if last else today.day))


def _changed(guidance: Guidance, values: dict) -> dict:
    details = history.difference(guidance, values)
    return details | ({"text": None} if "text" in details else {})


def _free_slug(title: str) -> str:
    slug = slugify(title)[:_LONGEST_SLUG].strip("-")
    if not slug:
        raise ValidationError({"title": "The title needs a letter or digit that an address can be made of."})
    taken = _OUR_ADDRESSES | set(Guidance.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (slug, *numbered) if free not in taken)


def _from_shipped(listed: snapshot.Listed) -> Service:
    return Service(**{**asdict(listed), "verified_on": None})


def _renew_snapshot() -> None:
    """After the commit, and without undoing it where the folder cannot be written."""
    transaction.on_commit(snapshot.write, robust=True)
