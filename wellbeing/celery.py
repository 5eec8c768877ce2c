"""The Celery application: `celery -A wellbeing worker` and `celery -A wellbeing beat`, and what beat asks for when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

app = Celery("wellbeing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(task: str, *, seconds: int = 0, minutes: int = 0, hours: int = 0) -> dict:
    """A line of the schedule. A request expires when the next is due, so that a worker that was away meets no heap."""
    period = seconds + 60 * minutes + 3600 * hours
    return {"task": task, "schedule": period, "options": {"expires": period}}


app.conf.beat_schedule = {
    "heartbeat": every("wellbeing.web.tasks.heartbeat", seconds=20),
    "purge sessions": every("wellbeing.web.tasks.purge_sessions", hours=1),
    "sweep reminders": every("wellbeing.reminders.tasks.sweep", minutes=10),
    "send reminders": every("wellbeing.reminders.tasks.send_due", minutes=1),
    "carry on imports": every("wellbeing.people.tasks.carry_on_imports", minutes=1),
    "tell old addresses": every("wellbeing.people.tasks.tell_old_addresses", minutes=5),
    "purge imports": every("wellbeing.people.tasks.purge_imports", hours=1),
    "carry out leaving": every("wellbeing.people.tasks.carry_out_leaving", hours=1),
    "end absences": every("champions.tasks.end_absences", hours=1),
}
