"""Writing the force, its divisions and its stations."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from wellbeing.people import history
from wellbeing.people.models import Division, Force, Person, Station, StationSpelling, spelling_of


@transaction.atomic
def add_places(*, by: Person | None, places: Iterable[tuple[str, str, str]]) -> list[Station]:
    """Add the stations of `(division, district, station)` that are missing, with their divisions; returns those added.

    A name counts as there whatever its case. What is there stays as it is, a station's division too.
    Raises ValidationError for a name that no address can be made of.
    """
    divisions = {division.name.casefold(): division for division in Division.objects.all()}
    stations = {name.casefold() for name in Station.objects.values_list("name", flat=True)}
    added = []
    for division, district, station in places:
        if station.casefold() in stations:
            continue
        if division.casefold() not in divisions:
            divisions[division.casefold()] = Division.objects.create(name=division, slug=_free_slug(Division, division))
        added.append(
            Station.objects.create(
                division=divisions[division.casefold()],
                district=district,
                name=station,
                slug=_free_slug(Station, station),
            )
        )
        stations.add(station.casefold())
    history.record_many(by=by, verb="added", about=[(station, {}) for station in added])
    return added


@transaction.atomic
def add_place(*, by: Person | None, place: Division | Station) -> Division | Station:
    """Add one division or station, not yet saved, and return it; its address is made from its name."""
    place.slug = _free_slug(type(place), place.name)
    place.save(force_insert=True)
    history.record(by=by, verb="added", about=place)
    return place


@transaction.atomic
def change_place(*, by: Person | None, place: Division | Station, **values) -> None:
    """Change a division or station; its address stays as it was, for posters hang with it."""
    details = history.difference(place, values)
    for field, value in values.items():
        setattr(place, field, value)
    place.save(update_fields=list(values) or None)
    history.record(by=by, verb="changed", about=place, details=details)


@transaction.atomic
def remove_place(*, by: Person | None, place: Division | Station) -> None:
    """Remove a division or station that nothing has ever belonged to. Raises ValidationError for any other."""
    history.record(by=by, verb="removed", about=place)
    try:
        place.delete()
    except ProtectedError:
        raise ValidationError(f"{place} is in use. Close it instead: its past stays.") from None


@transaction.atomic
def forget_spelling(*, by: Person | None, row: StationSpelling) -> None:
    """Forget a remembered spelling: the next file that has it asks again."""
    history.record(by=by, verb="forgot a spelling of", about=row.station)
    row.delete()


@transaction.atomic
def remember_spelling(*, spelling: str, station: Station, by: Person | None) -> StationSpelling:
    """Remember that a roster's `spelling` means `station`; returns the row, new or as it was."""
    row, _ = StationSpelling.objects.update_or_create(
        spelling=spelling_of(spelling), defaults={"station": station, "added_by": by}
    )
    history.record(by=by, verb="matched a spelling to", about=station)
    return row


@transaction.atomic
def set_force(*, by: Person | None, **values) -> Force:
    """Write the force's own settings and return its row."""
    force = Force.objects.filter(pk=1).first() or Force(pk=1, name=values.get("name", "Our force"))
    details = history.difference(force, values)
    for field, value in values.items():
        setattr(force, field, value)
    force.save()
    history.record(by=by, verb="changed", about=force, details=details)
    return force


def _free_slug(model, name: str) -> str:
    """The name as it stands in an address, with a number behind it where another's comes out the same."""
    if not (slug := slugify(name)):
        raise ValidationError(f"“{name}” has no letter or digit that an address could be made of.")
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        free for free in [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))] if free not in taken
    )
