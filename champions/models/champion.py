"""Champions: one person's entry, and what the force has decided about it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from wellbeing.people.models import Person, Reachable


class State(models.TextChoices):
    """Where a champion stands in their time as one. Listed in the directory: `active` and `away`."""

    WAITING = "waiting", "Waiting for training"
    OFFERED = "offered", "Offered a place"
    TRAINING = "training", "In training"
    ACTIVE = "active", "Active"
    AWAY = "away", "Away for a time"
    PAUSED = "paused", "Taking a break"
    STEPPED_DOWN = "stepped_down", "Stepped down"


LISTED_STATES = (State.ACTIVE, State.AWAY)
OPEN_STATES = (State.ACTIVE, State.AWAY, State.PAUSED)
COMING_STATES = (State.WAITING, State.OFFERED, State.TRAINING)


class ChampionQuerySet(models.QuerySet):
    def listed(self):
        """Champions whom the directory may show: active or away, and on the roster's own list of people."""
        return self.filter(state__in=LISTED_STATES, person__in=Person.objects.listed())

    def serving(self):
        """Champions who hold the role, listed or taking a break, and work here today."""
        return self.filter(state__in=OPEN_STATES, person__in=Person.objects.current())


class Champion(Reachable):
    """One person's entry, kept by themselves; it stays when they step down, so that they may come back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="champion")
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE, editable=False)
    state_before_leaving = models.CharField(max_length=12, choices=State, blank=True, editable=False)

    show_mail = models.BooleanField("show my e-mail address", default=True)
    about_me = models.CharField("about me", max_length=300, blank=True)

    away_from = models.DateField("first day away", null=True, blank=True, editable=False)
    away_until = models.DateField("last day away", null=True, blank=True, editable=False)
    cover = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="covers_for"
    )

    trained_on = models.DateField(null=True, blank=True)
    refresher_due = models.DateField(null=True, blank=True, help_text="Empty: reckoned from the training.")
    manager_agreed = models.BooleanField("their manager agrees", default=False)
    vetting_confirmed_on = models.DateField(null=True, blank=True, help_text="The date only.")
    serving_since = models.DateField("champion since", null=True, blank=True, help_text="Empty: as it was, or today.")
    term_ends = models.DateField("last day of their term", null=True, blank=True, help_text="Empty: no term is set.")
    supervision_due = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ["person__last_name", "person__known_as", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="champion_state_known"),
            models.CheckConstraint(
                condition=Q(state_before_leaving="")
                | Q(
                    state=State.STEPPED_DOWN,
                    state_before_leaving__in=[state for state in State.values if state != State.STEPPED_DOWN],
                ),
                name="champion_left_from_a_state",
            ),
            models.CheckConstraint(
                condition=Q(show_phone=True) | Q(show_text=True) | Q(show_mail=True), name="champion_reachable"
            ),
            models.CheckConstraint(condition=Q(by_day=True) | Q(by_night=True), name="champion_day_or_night"),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True, cover__isnull=True)
                | Q(away_from__isnull=False, away_until__isnull=False),
                name="champion_away_has_both_dates",
            ),
            models.CheckConstraint(condition=Q(away_until__gte=F("away_from")), name="champion_back_after_going"),
            models.CheckConstraint(
                condition=~Q(state=State.AWAY) | Q(away_from__isnull=False), name="champion_away_says_when"
            ),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True) | Q(state=State.AWAY) | Q(state_before_leaving=State.AWAY),
                name="champion_dates_only_when_away",
            ),
            models.CheckConstraint(condition=~Q(cover=F("id")), name="champion_does_not_cover_themselves"),
            models.CheckConstraint(
                condition=Q(refresher_due__isnull=True)
                | Q(trained_on__isnull=False, refresher_due__gt=F("trained_on")),
                name="champion_refresher_after_training",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_STATES) | Q(serving_since__isnull=False), name="champion_serves_since_a_day"
            ),
            # Whoever left the force keeps both dates as long as their leaving may be undone.
            models.CheckConstraint(
                condition=Q(term_ends__isnull=True)
                | Q(state__in=OPEN_STATES)
                | Q(state_before_leaving__in=OPEN_STATES),
                name="champion_term_while_serving",
            ),
            models.CheckConstraint(
                condition=Q(term_ends__isnull=True) | Q(term_ends__gt=F("serving_since")),
                name="champion_term_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(supervision_due__isnull=True)
                | Q(state__in=OPEN_STATES)
                | Q(state_before_leaving__in=OPEN_STATES),
                name="champion_supervised_while_serving",
            ),
        ]
        indexes = [models.Index(fields=["refresher_due"], name="champion_refresher_due")]

    def __str__(self):
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("champions:profile", args=[self.pk])

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def stand_in(self) -> "Champion | None":
        """Who covers while they are away, where that is somebody listed."""
        return self.cover if self.is_away and self.cover and self.cover.is_listed else None

    @property
    def is_listed(self) -> bool:
        """What `listed()` asks, for one champion whose person is at hand."""
        return self.state in LISTED_STATES and self.person.is_active and not self.person.hidden

    @property
    def is_away(self) -> bool:
        """Whether they are away today; an absence entered ahead, or over, does not count."""
        return self.state == State.AWAY and self.away_from <= timezone.localdate() <= self.away_until

    @property
    def goes_away(self) -> bool:
        """Whether an absence is entered that has not begun."""
        return self.state == State.AWAY and timezone.localdate() < self.away_from
