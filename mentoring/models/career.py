"""Career mentoring: who offers it, who asks for it, who was asked, who meets whom. What they say stands in the vault.

Row policies (`mentoring/sql/career.py`) show a profile to whoever is signed in, a request and whom it avoids to the
person alone, an asking to its two people. Everything that makes or ends a care link is a function of the database.
The record of a request, a goal or a session has the key of its row.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.prompts_career import EXPERIENCE, HELPED, MORE, PATHS

from .mentor import Mentor


def _keys(**options) -> ArrayField:
    return ArrayField(models.CharField(max_length=20), default=list, blank=True, **options)


class CareerProfile(models.Model):
    """What a career mentor says of themselves, by their own choice, for as long as they like."""

    mentor = models.OneToOneField(Mentor, primary_key=True, on_delete=models.DO_NOTHING, related_name="career_profile")
    capacity = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(10)])
    paused = models.BooleanField(default=False)
    path = _keys()
    experience = _keys()
    about_me = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__range=(1, 10)), name="career_capacity_one_to_ten"),
            models.CheckConstraint(condition=Q(path__contained_by=[*PATHS]), name="career_path_known"),
            models.CheckConstraint(condition=Q(experience__contained_by=[*EXPERIENCE]), name="career_experience_known"),
        ]

    def __str__(self):
        return str(self.pk)


class RequestState(models.TextChoices):
    DRAFT = "draft", "Not sent yet"
    WAITING = "waiting", "Sent"
    MATCHED = "matched", "A mentor has said yes"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Ended"


OPEN_REQUEST = ["draft", "waiting", "matched"]


class CareerRequest(models.Model):
    """Somebody looks for a mentor. `ranked`: up to three people, as they would like to have them asked, in order.

    `look_again_on`: nobody of these is left to be asked, and on that day the person is reminded to choose anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="career_requests")
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.DRAFT)
    wanted_path = _keys()
    wanted_experience = _keys()
    has_text = models.BooleanField(default=False)
    asked_avoid = models.BooleanField(default=False, help_text="Whether they have said whom to avoid, or nobody.")
    ranked = ArrayField(models.BigIntegerField(), default=list, blank=True, size=3)
    made_at = models.DateTimeField(default=timezone.now)
    sent_on = models.DateField(null=True)
    look_again_on = models.DateField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="career_request_state_known"),
            models.CheckConstraint(
                condition=Q(wanted_path__contained_by=[*PATHS])
                & Q(wanted_experience__contained_by=[*EXPERIENCE])
                & Q(ranked__len__lte=3),
                name="career_request_asks_what_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING) | Q(look_again_on__isnull=True),
                name="career_looks_while_waiting",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=OPEN_REQUEST), name="career_one_request_at_a_time"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class Avoid(models.Model):
    """Somebody whom the person does not want as a mentor: seen by that person alone, and gone with the match."""

    request = models.ForeignKey(CareerRequest, on_delete=models.DO_NOTHING, related_name="avoided")
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="career_avoid_once")]

    def __str__(self):
        return str(self.pk)


class Answer(models.TextChoices):
    NONE = "", "No answer yet"
    MORE = "more", "Asks for more"
    ACCEPTED = "accepted", "Says yes"
    DECLINED = "declined", "Declines"
    PASSED_ON = "passed_on", "Passed on"
    WITHDRAWN = "withdrawn", "Withdrawn"


STILL_OPEN = ["", "more"]


class Asking(models.Model):
    """A mentor was asked, and has until `answer_by`; one at a time for a request. Once they have asked for more, the
    person has until then. Nothing in it tells the mentor whether others were asked before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(CareerRequest, on_delete=models.DO_NOTHING, related_name="askings")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    mentor = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)
    more_about = _keys()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="career_answer_known"),
            models.CheckConstraint(condition=~Q(subject=F("mentor")), name="career_asks_somebody_else"),
            models.CheckConstraint(condition=Q(more_about__contained_by=[*MORE]), name="career_more_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="career_answer_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(answer__in=STILL_OPEN), name="career_asks_one_at_a_time"
            ),
            models.UniqueConstraint(fields=["request", "mentor"], name="career_asks_somebody_once"),
        ]
        indexes = [models.Index(fields=["mentor"], name="asking_by_mentor", condition=Q(answer__in=STILL_OPEN))]

    def __str__(self):
        return str(self.pk)


class Pairing(models.Model):
    """Somebody and their career mentor, from when until when. Why it ended is asked and kept nowhere.

    `feedback_open`: the person may still say, once, whether it helped; what they said is counted elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(CareerRequest, on_delete=models.DO_NOTHING, related_name="pairing")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="career_pairings")
    mentor = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    began = models.DateField()
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    feedback_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["-began", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=F("mentor")), name="career_pair_of_two"),
            models.CheckConstraint(condition=Q(ended_on__gte=F("began")), name="career_pairing_ends_later"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_on__isnull=False), name="career_pairing_ended_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(ended_on__isnull=True), name="career_one_mentor_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["mentor"], name="pairing_by_mentor", condition=Q(ended_on__isnull=True))]

    def __str__(self):
        return str(self.pk)


class GoalState(models.TextChoices):
    OPEN = "open", "On the way"
    REACHED = "reached", "Reached"
    LEFT = "left", "Left"


class CareerGoal(models.Model):
    """That the two have set a goal, when they look at it again, and how it stands; its words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.DO_NOTHING, related_name="goals")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=GoalState, default=GoalState.OPEN)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=GoalState.values), name="career_goal_state_known")]

    def __str__(self):
        return str(self.pk)


class SessionState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "We met"
    OFF = "off", "Called off"


class CareerSession(models.Model):
    """That the two meet, or met, on a day. What they talked about, where written down, is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.DO_NOTHING, related_name="sessions")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    state = models.CharField(max_length=7, choices=SessionState, default=SessionState.PLANNED)
    has_text = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="career_session_state_known")
        ]

    def __str__(self):
        return str(self.pk)


class CareerFeedback(models.Model):
    """How many said in a quarter that mentoring helped. No row is anybody's: there is nothing here but a number."""

    quarter = models.DateField(help_text="Its first day.")
    helped = models.CharField(max_length=6, choices=HELPED.items())
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "helped"], name="career_feedback_counted_once"),
            models.CheckConstraint(condition=Q(helped__in=[*HELPED]), name="career_helped_known"),
        ]

    def __str__(self):
        return str(self.pk)
