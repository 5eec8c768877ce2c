"""The force, its divisions and its stations."""

from django.db import models
from django.db.models.functions import Lower


class Force(models.Model):
    """The one force this portal serves, and what it has chosen for itself."""

    name = models.CharField(max_length=100, help_text="As it stands on every page, for example “Example Constabulary”.")
    division_word = models.CharField(
        max_length=30, default="division", help_text="What the force calls a division: division, area, BCU."
    )
    contact_name = models.CharField(max_length=100, blank=True, help_text="Who answers for this portal.")
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    publish_station_contacts = models.BooleanField(
        default=False,
        help_text="Show each station's champions, with what they chose to show, to people who have not signed in.",
    )

    class Meta:
        verbose_name_plural = "force"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_force")]

    def __str__(self):
        return self.name


class Division(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="division_name_once")]

    def __str__(self):
        return self.name


class Station(models.Model):
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="stations")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    district = models.CharField(max_length=100, blank=True, help_text="Stations of one district are the nearest.")
    closed = models.BooleanField(default=False, help_text="A closed station is offered nowhere; its past stays.")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="station_name_once")]

    def __str__(self):
        return self.name


def spelling_of(text: str) -> str:
    """The form in which spellings of a station are remembered and compared: lower case, single spaces."""
    return " ".join(text.lower().split())


class StationSpelling(models.Model):
    """Another way a roster writes a station's name, remembered once somebody has matched it."""

    spelling = models.CharField(max_length=100, unique=True, help_text="Lower case, single spaces.")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="spellings")
    added_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["spelling"]

    def __str__(self):
        return f"{self.spelling} → {self.station}"
