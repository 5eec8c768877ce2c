"""`manage.py check --deploy`: no launch while nobody has rung an urgent number."""

from django.core import checks
from django.db import DatabaseError

from . import snapshot
from .models import Service


@checks.register("support", deploy=True)
def urgent_numbers_are_verified(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """support.E001 for urgent numbers that nobody has rung, E002 where there are none, W001 and W002 for the file."""
    try:
        urgent = list(Service.objects.urgent())
        listed = snapshot.in_database()
    except DatabaseError as trouble:
        return [checks.Warning(f"Nobody can say whether the urgent numbers work: {trouble}", id="support.W001")]
    if not urgent:
        return [checks.Error("No urgent number is listed. Load the shipped services first.", id="support.E002")]
    return [*_unverified(urgent), *_old_snapshot(listed)]


def _unverified(urgent: list[Service]) -> list[checks.CheckMessage]:
    names = [service.name for service in urgent if service.verified_on is None]
    if not names:
        return []
    return [
        checks.Error(
            f"DO NOT LAUNCH: nobody has tried these urgent numbers from the force's phones yet: {', '.join(names)}.",
            hint="Ring each (for 999, ask your switchboard instead), then use “Checked: it works” among the support "
            "services in the admin.",
            id="support.E001",
        )
    ]


def _old_snapshot(listed: tuple) -> list[checks.CheckMessage]:
    if snapshot.services() == listed:
        return []
    return [
        checks.Warning(
            f"{snapshot.snapshot_file()} differs from the database: it is what people see during an outage.",
            hint="Save any service again; the folder must be writable by the web server.",
            id="support.W002",
        )
    ]
