from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from mentoring import absence_file
from mentoring.actions import absence_feed as actions
from mentoring.queries import absence_feed as queries
from wellbeing.people.roster.reading import RosterFileError
from wellbeing.web.logins import require_login


class Command(BaseCommand):
    help = (
        "Import HR's file of absences (CSV or XLSX): staff number, first day, expected back, back on. Dates only: a "
        "column that may hold a reason is refused. The same file twice changes nothing. With the worker's login. "
        "Exit codes: 0 done, though rows may be refused; 1 the file cannot be used."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")

    def handle(self, *, file, dry_run, **options):
        require_login("worker")
        try:
            taken = absence_file.read(_bytes_of(file))
            plan = actions.carry_out(file=taken, dry_run=dry_run)
        except (RosterFileError, ValidationError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        self._tell(taken, plan, done=not dry_run)

    def _tell(self, taken: absence_file.AbsenceFile, plan: queries.Plan, *, done: bool) -> None:
        """Row numbers and reasons: nobody's name or staff number stands in a job's log."""
        for name in taken.refused:
            self.stdout.write(f"Column “{name}” is not taken: dates only.")
        self.stdout.write(queries.sentence(plan.counts, done=done))
        for rejected in plan.rejected:
            self.stdout.write(f"  row {rejected.line.number}: {rejected.reason}")


def _bytes_of(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(absence_file.MAX_BYTES + 1)
    except OSError as trouble:
        raise CommandError(f"{file} cannot be opened: {trouble.strerror}.") from trouble
