from pathlib import Path

from django.core.management import BaseCommand

from wellbeing.confidential import read_log
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = "Write the heads of the read log, to be kept on another host: the proof that no chain was written anew."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, help="a file; without it, the screen")

    def handle(self, *, output: Path | None, **options):
        require_login("backup")
        text = "".join(f"{line}\n" for line in read_log.heads())
        if output:
            output.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {output}: keep it away from this host.")
        else:
            self.stdout.write(text, ending="")
