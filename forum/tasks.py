from celery import shared_task

from .actions import invitations, meetings


@shared_task
def keep_meetings() -> None:
    """Open agendas whose time has come, and bring who is invited in line with who sits."""
    meetings.open_agendas()
    invitations.keep_in_line()
