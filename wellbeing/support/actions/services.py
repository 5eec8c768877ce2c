"""The only writes to support services. Each is recorded, and renews the file that needs no database."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person

from .. import snapshot
from ..models import Service

# Whoever changes one of these has not rung the number that now stands there.
_WHAT_WAS_TRIED = ("phone", "text_number", "text_word")


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


def _from_shipped(listed: snapshot.Listed) -> Service:
    return Service(**{**asdict(listed), "verified_on": None})


def _renew_snapshot() -> None:
    """After the commit, and without undoing it where the folder cannot be written."""
    transaction.on_commit(snapshot.write, robust=True)
