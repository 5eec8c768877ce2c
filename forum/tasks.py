from celery import shared_task

from .actions import boards, invitations, meetings


@shared_task
def keep_meetings() -> None:
    """Open agendas whose time has come, and bring who is invited in line with who sits."""
    meetings.open_agendas()
    invitations.keep_in_line()


@shared_task
def keep_boards() -> None:
    """Bring who is asked to hang up what was decided in line with who keeps a board."""
    boards.keep_up()
