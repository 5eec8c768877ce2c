from django.core.management.base import BaseCommand

from wellbeing.reminders import actions
from wellbeing.reminders.models import Run
from wellbeing.reminders.runs import written_down
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = "Finds what has fallen due and writes a reminder for each; a worker sends them."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say how many, write nothing.")

    def handle(self, *, dry_run, **options):
        require_login("worker")
        if dry_run:
            made = actions.sweep(dry_run=True)
        else:
            with written_down(Run.What.SWEEP) as tally:
                made = actions.sweep()
                tally.number = sum(made.values())
        for kind, number in made.items():
            self.stdout.write(f"{kind}: {number} {'would be made' if dry_run else 'made'}")
