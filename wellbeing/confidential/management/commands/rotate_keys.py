from django.conf import settings
from django.core.management import BaseCommand, CommandError

from wellbeing.confidential import rotation
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = "Seal every confidential text anew with the first key of VAULT_KEYS. May be interrupted and run again."

    def handle(self, **options):
        require_login("rotator")
        self.total, self.so_far = rotation.count(), 0
        broken = rotation.rotate(done=self.say)
        for place in broken:
            self.stderr.write(f"Does not open: {place}")
        if broken:
            raise CommandError(f"{len(broken)} of {self.total} texts do not open: keep the older keys in the ring.")
        if left := rotation.count():
            raise CommandError(
                f"{left} texts were sealed with an older key meanwhile: restart the web with the new key first, "
                "and run this again."
            )
        first = next(iter(settings.VAULT_KEYS))
        self.stdout.write(f"{self.total} texts sealed anew. All is sealed with {first}: the other keys may go.")

    def say(self, number: int) -> None:
        self.so_far += number
        share = min(20, 20 * self.so_far // max(1, self.total))
        self.stdout.write(f"  [{'#' * share}{'.' * (20 - share)}] {self.so_far} of {self.total}")
