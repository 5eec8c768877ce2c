"""SPOCs: people who have lived through something themselves, and the topics they are willing to talk about."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from wellbeing.people.models import Person, Reachable

CONFIRM_AFTER = timedelta(days=365)  # since a SPOC last said that their profile is still right
ASK_BEFORE = timedelta(days=30)
LISTED_AFTER = timedelta(days=28)  # for so long an unconfirmed profile stays on the list


class State(models.TextChoices):
    INVITED = "invited", "Invited, has not consented"
    REVIEW = "review", "Agreed; the coordinator reads it first"
    ACTIVE = "active", "Listed"
    PAUSED = "paused", "Taking a break"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RankBand(models.TextChoices):
    """Wide enough that a band and a first name do not single anybody out."""

    FRONT_LINE = "front_line", "Constable, PCSO or special constable"
    SUPERVISOR = "supervisor", "Sergeant or inspector"
    SENIOR = "senior", "Chief inspector or above"
    STAFF = "staff", "Police staff or volunteer"


class Gender(models.TextChoices):
    WOMAN = "woman", "Woman"
    MAN = "man", "Man"
    NON_BINARY = "non_binary", "Non-binary"


class SpocQuerySet(models.QuerySet):
    def listed(self):
        """SPOCs whom the page may show: active, confirmed in time, and on the roster's own list of people."""
        too_old = timezone.localdate() - CONFIRM_AFTER - LISTED_AFTER
        return self.filter(state=State.ACTIVE, confirmed_on__gt=too_old, person__in=Person.objects.listed())


class Spoc(Reachable):
    """One volunteer's profile, theirs alone.

    It keeps its own few dates and writes no history, and no admin shows it: who once offered to talk
    about what they lived through is not ours to remember (`docs/decisions/`). A row that was withdrawn
    holds nothing but the dates of consent and withdrawal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The database takes the row away with its person: whoever undoes an import may not see it.
    person = models.OneToOneField("people.Person", on_delete=models.DO_NOTHING, related_name="spoc")
    state = models.CharField(max_length=10, choices=State, default=State.INVITED, editable=False)
    first_name_only = models.BooleanField("show my first name only", default=True)
    role_words = models.CharField("what I do, in my own words", max_length=80, blank=True)
    rank_band = models.CharField("rank, roughly", max_length=12, choices=RankBand, blank=True)
    gender = models.CharField(max_length=10, choices=Gender, blank=True)
    hr_may_know = models.BooleanField("HR may know that I am a SPOC", default=False)
    # What the coordinator asks to have changed before the profile is listed; gone once its SPOC has acted.
    sent_back = models.CharField(max_length=300, blank=True, editable=False)
    consented_on = models.DateField(null=True, editable=False)
    # Who read it first, and the last time the SPOC said that it is still right: asked for every year.
    reviewed_by = models.ForeignKey(
        "people.Person", null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    reviewed_on = models.DateField(null=True, editable=False)
    confirmed_on = models.DateField(null=True, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)
    # On a break, they asked the coordinator to ring them: since when. Otherwise a break is told to nobody.
    ring_asked_on = models.DateField(null=True, editable=False)

    objects = SpocQuerySet.as_manager()

    class Meta:
        verbose_name = "SPOC"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.INVITED, consented_on__isnull=True)
                | Q(state__in=[State.REVIEW, State.ACTIVE, State.PAUSED], consented_on__isnull=False)
                | Q(state=State.WITHDRAWN),
                name="spoc_listed_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(state=State.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
                name="spoc_withdrawn_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN)
                | Q(
                    role_words="",
                    rank_band="",
                    gender="",
                    phone="",
                    show_phone=False,
                    show_text=False,
                    show_mail=False,
                    hr_may_know=False,
                    reviewed_by=None,
                    reviewed_on=None,
                    confirmed_on=None,
                ),
                name="spoc_withdrawn_holds_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REVIEW, State.ACTIVE])
                | Q(show_phone=True)
                | Q(show_text=True)
                | Q(show_mail=True),
                name="spoc_reachable",
            ),
            # A force's e-mail address holds the last name.
            models.CheckConstraint(
                condition=~Q(first_name_only=True, show_mail=True), name="spoc_first_name_hides_address"
            ),
            models.CheckConstraint(condition=Q(by_day=True) | Q(by_night=True), name="spoc_day_or_night"),
            models.CheckConstraint(
                condition=Q(rank_band="") | Q(rank_band__in=RankBand.values), name="spoc_rank_band_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.INVITED) | Q(sent_back=""), name="spoc_sent_back_while_invited"
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("person")), name="spoc_reviewed_by_another"),
            models.CheckConstraint(condition=Q(gender="") | Q(gender__in=Gender.values), name="spoc_gender_known"),
            models.CheckConstraint(
                condition=Q(ring_asked_on__isnull=True) | Q(state=State.PAUSED), name="spoc_asks_to_be_rung_on_a_break"
            ),
        ]

    def __str__(self):
        """A number where a name would tell."""
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("spocs:profile", args=[self.pk])

    @property
    def shown_name(self) -> str:
        """The name as they wish it shown."""
        return self.person.known_as if self.first_name_only else self.person.name

    @property
    def confirm_by(self) -> date | None:
        """By when they are asked to say that their profile is still right; None before they consent."""
        return self.confirmed_on and self.confirmed_on + CONFIRM_AFTER

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether they are asked now."""
        return self.state == State.ACTIVE and timezone.localdate() >= self.confirm_by - ASK_BEFORE

    @property
    def is_off_unconfirmed(self) -> bool:
        """Whether the list leaves them out until they say that it is still right."""
        return self.state == State.ACTIVE and timezone.localdate() >= self.confirm_by + LISTED_AFTER

    @property
    def facts(self) -> str:
        """What they chose to say, and when they are available, in one line."""
        said = [self.role_words, self.get_rank_band_display(), self.get_gender_display(), self.when]
        return " · ".join(filter(None, said))


class TopicConsent(models.Model):
    """One topic that a SPOC is willing to talk about, and when they said so. Withdrawing takes all away."""

    spoc = models.ForeignKey(Spoc, on_delete=models.CASCADE, related_name="consents")
    topic = models.ForeignKey("support.Topic", on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "topic of a SPOC"
        constraints = [models.UniqueConstraint(fields=["spoc", "topic"], name="topic_once_for_a_spoc")]

    def __str__(self):
        return str(self.pk)
