"""Services that help: whom to ring, when they answer, what they share, and who last tried the number."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .topics import Topic

_NUMBER = RegexValidator(r"^[0-9+ ]{3,20}$", "Write the number with digits and spaces only, for example 0300 131 2789.")


class Scope(models.TextChoices):
    EXTERNAL = "external", "Outside the force"
    INTERNAL = "internal", "In the force"


class Shares(models.TextChoices):
    NO = "no", "Nothing is shared with the force"
    CONSENT = "with consent", "Shared with the force only if you agree"
    YES = "yes", "The force may be told"


class ServiceQuerySet(models.QuerySet):
    def urgent(self):
        return self.filter(urgent=True).order_by("order", "name")

    def unverified(self):
        return self.filter(verified_on__isnull=True)


class Service(models.Model):
    """One service. A number counts as verified once somebody has rung or texted it; a changed number no longer does."""

    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.EXTERNAL)
    for_what = models.CharField(max_length=150, help_text="In the words of somebody who needs it: “debt advice”.")
    phone = models.CharField(max_length=20, blank=True, validators=[_NUMBER])
    text_number = models.CharField(
        max_length=30,
        blank=True,
        help_text="A number to text, with a condition in brackets: “999 (registered phones)”.",
    )
    text_word = models.CharField(max_length=20, blank=True, help_text="The word to text, if there is one: “SHOUT”.")
    hours = models.CharField(max_length=80, help_text="“always”, or “Monday to Friday 9am to 5pm”.")
    always_open = models.BooleanField("open day and night", default=False)
    website = models.URLField(blank=True)
    how_to_reach = models.CharField(
        max_length=200, blank=True, help_text="For a service without a number: a room, a form, an address."
    )
    relay_or_bsl = models.CharField(
        "Relay UK or BSL", max_length=200, blank=True, help_text="How deaf people and people who cannot speak reach it."
    )
    shares_with_force = models.CharField(max_length=12, choices=Shares, default=Shares.NO)
    what_happens = models.CharField(max_length=250, blank=True, help_text="What happens when you call or text.")
    urgent = models.BooleanField(default=False, help_text="Stands first on the page for urgent help.")
    order = models.PositiveSmallIntegerField(default=100, help_text="Lower numbers stand first.")
    short_name = models.CharField(max_length=30, blank=True, help_text="What the strip on every page calls it.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="services", help_text="What it helps with.")
    verified_on = models.DateField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "support service"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="service_name_once",
                violation_error_message="A service of this name is listed already.",
            ),
            models.CheckConstraint(
                condition=Q(urgent=False) | ~Q(phone="") | ~Q(text_number=""),
                name="urgent_service_has_a_number",
                violation_error_message="An urgent service needs a number to call or to text.",
            ),
        ]

    def __str__(self):
        return self.name
