from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wellbeing.demo import ownership
from wellbeing.demo.cast import CAST


class Command(BaseCommand):
    help = "Say where the demonstration is and as whom one can sign in."

    def handle(self, *args, **options):
        try:
            own = ownership.is_own()
        except ownership.NotOurDatabaseError as error:
            raise CommandError(str(error)) from error
        if not own:
            raise CommandError("There are no demo data yet: run `make demo-data` first.")
        self.stdout.write(f"Sign in at {settings.PORTAL_URL}/demo/ as one of the cast:")
        for member in CAST.values():
            self.stdout.write(f"  {member.key:<13}{member.name:<18}{member.label}")
        self.stdout.write(f"Mail is kept at {settings.PORTAL_URL}/demo/mailbox/ and goes nowhere else.")
