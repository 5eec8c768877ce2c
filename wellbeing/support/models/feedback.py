"""“Did this help?”, counted: no row is about anybody, and none knows more of when than the month."""

from django.db import models
from django.db.models import Q


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Feedback(models.Model):
    """How often one answer was given about one page in one month.

    The web may not read or write it but through two functions (`wellbeing/support/sql/feedback.sql`): one adds
    one, one tells of quarters that are over, of five answers and more.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    month = models.DateField()
    answer = models.CharField(max_length=6, choices=Answer.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "month", "answer"], name="feedback_counted_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="feedback_answer_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="feedback_by_the_month"),
        ]

    def __str__(self):
        return str(self.pk)
