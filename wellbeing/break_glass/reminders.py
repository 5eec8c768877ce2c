"""Who is told of an emergency, at once.

The guardian hears that something waits, the lead that it was answered, the person and the DPO that it was opened. The
queries run with the worker's login, which sees ids and times and no reason.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from wellbeing.confidential.models import BreakGlass
from wellbeing.people.models import RoleAssignment
from wellbeing.reminders.kinds import Kind, register
from wellbeing.reminders.models import Preferences

from .queries import VOID_AFTER

SHOWN_FOR = timedelta(days=28)


def waiting():
    """What nobody has answered yet, with the guardian (`whom`) and the day."""
    rows = BreakGlass.objects.filter(answered_at=None, asked_at__gt=timezone.now() - VOID_AFTER)
    return _told(rows, "asked_at", _holder("guardian", without=("asked_by", "subject")))


def opened():
    """What was opened, from when they may be told whom it is about (`whom`)."""
    return _told(_lately("told_from"), "told_from", F("subject_id"))


def to_review():
    """Whatever was approved, told or not, with the DPO (`whom`)."""
    return _told(_lately("answered_at").filter(link__isnull=False), "answered_at", _holder("dpo", without=("subject",)))


def answered():
    """What was answered, for the lead who asked."""
    return _told(_lately("answered_at"), "answered_at", F("asked_by_id"))


def _lately(moment: str):
    now = timezone.now()
    return BreakGlass.objects.filter(**{f"{moment}__lte": Now(), f"{moment}__gt": now - SHOWN_FOR})


def _told(rows, moment: str, whom):
    day = TruncDate(moment, tzinfo=timezone.get_default_timezone())
    return rows.annotate(whom=whom, day=day).filter(whom__isnull=False)


def _holder(role: str, without: tuple[str, ...] = ()) -> Subquery:
    """Whoever has held `role` longest, of those who are not themselves a side of the asking; who has paused all mail
    comes last, as far as whoever asks sees that: the worker does."""
    held = RoleAssignment.objects.live().filter(role=role)
    for side in without:
        held = held.exclude(person=OuterRef(f"{side}_id"))
    paused = Exists(Preferences.objects.filter(pk=OuterRef("person_id"), paused=True))
    return Subquery(held.annotate(away=paused).order_by("away", "starts", "pk").values("person_id")[:1])


WAITING, OPENED, REVIEW = "break_glass.waiting", "break_glass.opened", "break_glass.review"
ANSWERED = "break_glass.answered"
ANSWER = "The wellbeing lead asks for your answer in an emergency."
TOLD = "Records about you may have been opened in an emergency. “My data” says by whom, and why."
LOOK = "Records may have been opened in an emergency. Please review how it was decided."
SAID = "The guardian has answered what you asked in an emergency."

# Of somebody who has died nobody is asked any longer; what was opened before is reviewed all the same.
for name, due, about, sentence, page in (
    (WAITING, waiting, "subject_id", ANSWER, "break_glass:emergencies"),
    (ANSWERED, answered, "subject_id", SAID, "break_glass:emergencies"),
    (OPENED, opened, "", TOLD, "my_data"),
    (REVIEW, to_review, "", LOOK, "break_glass:emergencies"),
):
    register(
        Kind(
            name=name,
            title="Emergencies",
            due=due,
            reader="whom",
            whom=about,
            day="day",
            steps=(0,),
            sentence=sentence,
            page=page,
            urgent=True,
            optional=False,
            stays=name == WAITING,
        )
    )
