"""The only writes to support services. Each is recorded, and renews the file that needs no database."""

from dataclasses import asdict
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.actions import refresh

from .. import hours, policy, snapshot
from ..models import Service, Topic
from ..reminders import TRY

# Whoever changes one of these has not rung the number that now stands there.
_WHAT_WAS_TRIED = ("phone", "text_number", "text_word")
_OTHER_WAYS = ("website", "how_to_reach")  # what was tried of a service without a number
_SOON, _LATER = timedelta(days=14), timedelta(days=182)  # until what nobody has tried is to be, and what somebody has


@transaction.atomic
def load_shipped_services(*, by: Person | None = None) -> int:
    """Add the services that ship with the portal and are not listed yet, unverified; returns how many were added.

    Those it adds get their topics, as far as these are there by name.
    """
    known = {name.lower() for name in Service.objects.values_list("name", flat=True)}
    new = [_from_shipped(listed) for listed in snapshot.shipped() if listed.name.lower() not in known]
    Service.objects.bulk_create(new)
    _add_topics(new)
    history.record_many(by=by, verb="added", about=[(service, {}) for service in new])
    _renew_snapshot()
    return len(new)


@transaction.atomic
def save_service(*, service: Service, by: Person | None, **values) -> Service:
    """Write a service, new or changed, and return it. A changed number is unverified until somebody has rung it.

    Without a day to try it by, one is set. Raises ValidationError for such a day that is over, and for opening times
    that cannot be understood.
    """
    details = history.difference(service, values)
    verb = "added" if service.pk is None else "changed"
    for field, value in values.items():
        setattr(service, field, value)
    is_new_day = verb == "added" or "review_on" in details
    if is_new_day and service.is_overdue:
        raise ValidationError({"review_on": "Choose today or a day that is still to come."})
    untried = bool(set(details) & set(_what_was_tried(service)))
    if untried:
        service.verified_on = service.verified_by = None
    service.review_on = _to_try_by(service, sooner=untried and not is_new_day)
    service.full_clean()
    service.opening = _in_whole_words(service.opening)
    service.save()
    history.record(by=by, verb=verb, about=service, details=details)
    refresh(TRY, service.pk)
    _renew_snapshot()
    return service


@transaction.atomic
def verify_service(*, service: Service, by: Person) -> Service:
    """Write that `by` has rung or texted the number today, or tried its other way, and it works; returns it.

    It is to be tried again in half a year. Raises PermissionDenied for all but its owner and those who keep the
    services, and ValidationError where there is nothing to try.
    """
    service = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if not policy.may_try(by, service):
        raise PermissionDenied
    if not service.has_way:
        raise ValidationError(f"{service.name} has no number to ring, nor any other way to reach it: enter one first.")
    service.verified_on, service.verified_by = timezone.localdate(), by
    service.review_on = _working_day_after(_LATER)
    service.save(update_fields=["verified_on", "verified_by", "review_on"])
    history.record(by=by, verb="checked and found working", about=service)
    refresh(TRY, service.pk)
    _renew_snapshot()
    return service


@transaction.atomic
def remove_service(*, service: Service, by: Person) -> None:
    """Take a service off every page."""
    history.record(by=by, verb="removed", about=service, details={"name": [service.name, None]})
    key = service.pk
    service.delete()
    refresh(TRY, key)
    _renew_snapshot()


def _in_whole_words(opening: str) -> str:
    """Opening times as pages show them. Raises ValidationError where they are too long for that."""
    words, most = hours.in_words(hours.read(opening)), Service._meta.get_field("opening").max_length
    if len(words) > most:
        raise ValidationError({"opening": f"In whole words this has {len(words)} letters, and {most} fit: shorten it."})
    return words


def _from_shipped(listed: snapshot.Listed) -> Service:
    values = {**asdict(listed), "verified_on": None}
    del values["areas"]
    return Service(**values)


def _add_topics(services: list[Service]) -> None:
    named = snapshot.shipped_topics()
    topics = {topic.name: topic.pk for topic in Topic.objects.all()}
    through = Service.topics.through
    through.objects.bulk_create(
        through(service_id=service.pk, topic_id=topics[name])
        for service in services
        for name in named.get(service.name, ())
        if name in topics
    )


def _what_was_tried(service: Service) -> tuple[str, ...]:
    return _WHAT_WAS_TRIED if service.has_number else _WHAT_WAS_TRIED + _OTHER_WAYS


def _to_try_by(service: Service, *, sooner: bool) -> date:
    """The day that stands there; without one, or `sooner`, a day that is near where nobody has tried it."""
    if service.review_on and not sooner:
        return service.review_on
    later = _working_day_after(_LATER if service.verified_on else _SOON)
    return min(later, service.review_on) if service.review_on else later


def _working_day_after(days: timedelta) -> date:
    return working_days.on_or_before(timezone.localdate() + days)


def _renew_snapshot() -> None:
    """After the commit, and without undoing it where the folder cannot be written."""
    transaction.on_commit(snapshot.write, robust=True)
