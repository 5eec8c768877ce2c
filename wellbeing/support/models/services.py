"""Services that help: whom to ring, when they answer, what they share, and who last tried the number."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from wellbeing.people.models import Division

from .. import hours
from .facts import Facts, Kind, Scope, Shares
from .topics import Topic

_NUMBER = RegexValidator(r"^[0-9+ ]{3,20}$", "Write the number with digits and spaces only, for example 0300 131 2789.")


class ServiceQuerySet(models.QuerySet):
    def urgent(self):
        return self.filter(urgent=True).order_by("order", "name")

    def unverified(self):
        return self.filter(verified_on__isnull=True)

    def serving(self, division):
        """Those that serve everybody, and those for `division`; all of them where it is None."""
        return self if division is None else self.filter(Q(divisions=None) | Q(divisions=division))

    def to_point_to(self):
        """Services and the NHS, which somebody can be pointed to for help; no networks, no associations."""
        return self.filter(kind__in=(Kind.SERVICE, Kind.NHS))


class Service(Facts, models.Model):
    """One service. A number counts as verified once somebody has rung or texted it; a changed number no longer does."""

    name = models.CharField(max_length=100)
    kind = models.CharField("what it is", max_length=12, choices=Kind, default=Kind.SERVICE)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.EXTERNAL)
    for_what = models.CharField(max_length=150, help_text="In the words of somebody who needs it: “debt advice”.")
    phone = models.CharField(max_length=20, blank=True, validators=[_NUMBER])
    text_number = models.CharField(
        max_length=30,
        blank=True,
        help_text="A number to text, with a condition in brackets: “999 (registered phones)”.",
    )
    text_word = models.CharField(max_length=20, blank=True, help_text="The word to text, if there is one: “SHOUT”.")
    always_open = models.BooleanField("open day and night", default=False)
    opening = models.CharField(
        "opening times",
        max_length=200,
        blank=True,
        validators=[hours.check],
        help_text="Like “Mon-Fri 9am-5pm; Sat 10:00-13:00”. “Fri 22:00-02:00” closes on Saturday morning. From this, "
        "pages say whether it is open now.",
    )
    closed_on_bank_holidays = models.BooleanField(default=True, help_text="Where it has opening times.")
    hours = models.CharField(
        "more about its hours",
        max_length=80,
        blank=True,
        help_text="What opening times cannot say: “hours vary: see the website”.",
    )
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
    divisions = models.ManyToManyField(
        Division, blank=True, related_name="+", help_text="Whom it serves. None ticked: the whole force."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who keeps it right.",
    )
    review_on = models.DateField(
        "to be checked again by",
        null=True,
        blank=True,
        help_text="When its owner is to try it again. Empty: in two weeks, or half a year after it was tried.",
    )
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
            models.CheckConstraint(
                condition=Q(always_open=False) | Q(opening=""),
                name="service_always_open_or_at_times",
                violation_error_message="Open day and night, or opening times: one of the two.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("service", args=[self.pk])

    @property
    def areas(self) -> str:
        """Whom it serves, by name: “North and East”; "" for the whole force."""
        return " and ".join(division.name for division in self.divisions.all())

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it was to be tried again is over."""
        return self.review_on is not None and self.review_on < timezone.localdate()

    @property
    def named_owner(self):
        """The owner as a page may name them: None for nobody, for hidden people, and for whoever has left."""
        return _if_named(self.owner)

    @property
    def checked_by(self):
        """Who tried it last, where a page may name them."""
        return _if_named(self.verified_by)


def _if_named(person):
    return person if person and person.is_active and not person.hidden else None
