from django.core.management import BaseCommand

from wellbeing.confidential import retention
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = "Take away what is confidential and past its period, as the worker does nightly."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say how many, take nothing away.")

    def handle(self, *, dry_run, **options):
        require_login("worker")
        for name, number in retention.purge(dry_run=dry_run).items():
            self.stdout.write(f"{name}: {number} {'would go' if dry_run else 'gone'}")
