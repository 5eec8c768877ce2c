"""The services as a file, for the pages that must stand when the database does not.

`VAR_DIR/support_services.json` is rewritten whenever a service changes. Without it, or where it
cannot be read, the files shipped with the portal are used. Web servers on several hosts share the
folder, or each shows what was last changed through it.
"""

import csv
import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from wellbeing.web.templatetags.components import tel
from wellbeing.web.urgent_numbers import UrgentNumber

from .models import Kind, Service, Shares
from .models.facts import Facts

SHIPPED = Path(__file__).parent / "data" / "support_services.csv"
SHIPPED_DETAILS = Path(__file__).parent / "data" / "details.csv"
ON_THE_STRIP = 4
_AFTER_THE_URGENT = 12

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listed(Facts):
    """A service as the file knows it; the fields are those of the model."""

    name: str
    scope: str
    for_what: str
    kind: str = Kind.SERVICE.value
    opening: str = ""
    closed_on_bank_holidays: bool = True
    hours: str = ""
    phone: str = ""
    text_number: str = ""
    text_word: str = ""
    always_open: bool = False
    website: str = ""
    how_to_reach: str = ""
    relay_or_bsl: str = ""
    shares_with_force: str = Shares.NO.value
    what_happens: str = ""
    urgent: bool = False
    order: int = 100
    short_name: str = ""
    verified_on: str = ""
    areas: str = ""

    @property
    def strip_number(self) -> UrgentNumber:
        label = self.short_name or self.name
        if self.phone:
            return UrgentNumber(label, self.phone, tel(self.phone))
        return UrgentNumber(label, self.text_number, self.text_address)


def services() -> tuple[Listed, ...]:
    """Every service, urgent ones first; asks no database."""
    path = snapshot_file()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return shipped()
    except (OSError, ValueError, TypeError):
        logger.exception("%s cannot be read: the shipped numbers stand in.", path.name)
        return shipped()


def urgent_numbers() -> list[UrgentNumber]:
    """What the strip on every page shows."""
    return [service.strip_number for service in urgent_of(services())[:ON_THE_STRIP]]


def urgent_of(listed: tuple[Listed, ...]) -> list[Listed]:
    """The urgent ones among these services; those that come with the portal where none is."""
    return [one for one in listed if one.urgent] or [one for one in shipped() if one.urgent]


def in_database() -> tuple[Listed, ...]:
    """The services as the database has them now."""
    return _in_order(
        Listed(**{**{field.name: getattr(row, field.name) for field in fields(Listed)}, "verified_on": _day(row)})
        for row in Service.objects.prefetch_related("divisions")
    )


def write() -> None:
    """Rewrite the file from the database; a reader sees the old file or the new one, never a half."""
    path = snapshot_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(service) for service in in_database()], file, ensure_ascii=False, indent=1)
        Path(half).chmod(0o644)
        Path(half).replace(path)
    finally:
        Path(half).unlink(missing_ok=True)


def snapshot_file() -> Path:
    return Path(settings.VAR_DIR) / "support_services.json"


@lru_cache(maxsize=1)
def shipped() -> tuple[Listed, ...]:
    """The services that come with the portal: national ones with their numbers, the force's own without."""
    details = {row["name"]: row for row in _rows(SHIPPED_DETAILS)}
    rows = enumerate(_rows(SHIPPED), start=_AFTER_THE_URGENT)
    return _in_order(_shipped_service(row, details.get(row["name"], {}), order) for order, row in rows)


@lru_cache(maxsize=2)
def _read(path: Path, mtime_ns: int) -> tuple[Listed, ...]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return _in_order(Listed(**row) for row in rows) or shipped()


def _shipped_service(row: dict, details: dict, order: int) -> Listed:
    more = {field: value for field, value in details.items() if field not in ("urgent_order", "topics")}
    urgent_order = int(details.get("urgent_order") or 0)
    return Listed(
        **{**row, **more, "always_open": row["always_open"] == "yes"},
        urgent=bool(urgent_order),
        order=urgent_order or order,
    )


def shipped_topics() -> dict[str, list[str]]:
    """The names of the topics of each shipped service, by its name."""
    return {row["name"]: [one.strip() for one in row["topics"].split(";")] for row in _rows(SHIPPED_DETAILS)}


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(service: Service) -> str:
    return service.verified_on.isoformat() if service.verified_on else ""


def _in_order(listed) -> tuple[Listed, ...]:
    return tuple(sorted(listed, key=lambda service: (not service.urgent, service.order, service.name)))
