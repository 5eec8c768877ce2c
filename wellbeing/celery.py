"""The Celery application: `celery -A wellbeing worker` and `celery -A wellbeing beat`, and what beat asks for when."""

import os
import time

from celery import Celery
from celery.beat import PersistentScheduler
from celery.schedules import schedstate, schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

app = Celery("wellbeing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Every(schedule):
    """So many seconds after the last time; at once where the last time lies ahead, as after a clock was put back."""

    def is_due(self, last_run_at):
        due = super().is_due(last_run_at)
        return schedstate(True, self.seconds) if due.next > self.seconds else due


class Beat(PersistentScheduler):
    """Reckons anew what is due when after a clock was put back; Celery's own waits until the clock has caught up."""

    _ticked_at = 0.0

    def tick(self, *args, **kwargs):
        now = time.time()
        if now < self._ticked_at:
            self._heap = None  # made again from the schedule by Celery
        self._ticked_at = now
        return super().tick(*args, **kwargs)


def every(task: str, *, seconds: int = 0, minutes: int = 0, hours: int = 0) -> dict:
    """A line of the schedule. A request expires when the next is due, so that a worker that was away meets no heap."""
    period = seconds + 60 * minutes + 3600 * hours
    return {"task": task, "schedule": Every(period), "options": {"expires": period}}


app.conf.beat_scheduler = "wellbeing.celery:Beat"
app.conf.beat_schedule = {
    "heartbeat": every("wellbeing.web.tasks.heartbeat", seconds=20),
    "purge sessions": every("wellbeing.web.tasks.purge_sessions", hours=1),
    "sweep reminders": every("wellbeing.reminders.tasks.sweep", hours=1),
    "send reminders": every("wellbeing.reminders.tasks.send_due", minutes=1),
    "carry on imports": every("wellbeing.people.tasks.carry_on_imports", minutes=1),
    "send mails of the door": every("wellbeing.plan_door.tasks.send_mails", minutes=1),
    "tell old addresses": every("wellbeing.people.tasks.tell_old_addresses", minutes=5),
    "purge imports": every("wellbeing.people.tasks.purge_imports", hours=1),
    "purge what is confidential": every("wellbeing.confidential.tasks.purge", hours=24),
    "carry out leaving": every("wellbeing.people.tasks.carry_out_leaving", hours=1),
    "keep contact in line": every("mentoring.tasks.sync_contact", hours=1),
    "purge files of absences": every("mentoring.tasks.purge_absence_feeds", hours=1),
    "publish figures": every("mentoring.tasks.publish_figures", hours=12),
    "keep required training in line": every("wellbeing.training.tasks.sync_required", hours=1),
    "pass on places in training": every("champions.tasks.pass_on_offers", minutes=10),
    "end absences": every("champions.tasks.end_absences", hours=1),
    "keep noticeboards in line": every("forum.tasks.keep_boards", hours=1),
    "make posters": every("champions.tasks.make_waiting_posters", minutes=1),
    "learn words": every("wellbeing.search.tasks.learn", hours=6),
    "purge posters": every("champions.tasks.purge_posters", hours=1),
    "look at posters": every("champions.tasks.look_at_posters", hours=24),
    "keep meetings of the forum": every("forum.tasks.keep_meetings", hours=1),
    "pass on askings": every("mentoring.tasks.pass_on_askings", hours=1),
    "delete old requests to be contacted": every("wellbeing.contact.tasks.delete_what_is_over", hours=1),
    "close gaps in contact": every("mentoring.tasks.close_gaps", hours=1),
}
