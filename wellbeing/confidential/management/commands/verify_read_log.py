from pathlib import Path

from django.core.management import BaseCommand, CommandError

from wellbeing.confidential import read_log
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = "Say whether the read log is as it was written; exit 1 and the first broken place where it is not."

    def add_arguments(self, parser):
        parser.add_argument("--heads", type=Path, help="what export_log_heads wrote earlier, from another host")

    def handle(self, *, heads: Path | None, **options):
        require_login("backup")
        try:
            exported = read_log.read_heads(heads.read_text(encoding="utf-8").splitlines()) if heads else []
        except (OSError, ValueError) as trouble:
            raise CommandError(str(trouble)) from None
        if broken := read_log.verify(exported):
            more = f" {len(broken) - 1} more chains are broken." if broken[1:] else ""
            raise CommandError(f"The read log was tampered with. {broken[0]}{more}")
        lines, chains = read_log.size()
        self.stdout.write(f"The read log is whole: {lines} lines in {chains} chains.")
