from django.core.management.base import BaseCommand

from wellbeing.reminders import actions


class Command(BaseCommand):
    help = "Finds what has fallen due and writes a reminder for each; a worker sends them."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say how many, write nothing.")

    def handle(self, *, dry_run, **options):
        for kind, number in actions.sweep(dry_run=dry_run).items():
            self.stdout.write(f"{kind}: {number} {'would be made' if dry_run else 'made'}")
