import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from tqdm import tqdm

from wellbeing.people.models import Person
from wellbeing.people.roster import imports, planning, wording
from wellbeing.people.roster.reading import RosterFileError, refuse_size

_STEPS = 4  # reading, checking, comparing, writing


class Command(BaseCommand):
    help = (
        "Import a roster file (CSV or XLSX). Without --confirm nothing is changed and what would happen is told. "
        "An import can be undone in the admin for a day. "
        "Exit codes: 0 done or told; 1 the file cannot be used; 2 refused because too many would leave."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the roster file")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--dry-run", action="store_true", help="tell what would happen; this is the default")
        choice.add_argument("--confirm", action="store_true", help="import the file")
        parser.add_argument("--full", action="store_true", help="the file names everybody: whoever is missing has left")
        parser.add_argument("--accept-leavers", action="store_true", help="let more than a tenth of the roster leave")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to tell it")
        parser.add_argument("--by", metavar="STAFF_NUMBER", help="who imports it, for the history")

    def handle(self, *, file, confirm, full, accept_leavers, by, **options):
        data = self._read(file)
        actor = self._actor(by)
        run = {"confirm": confirm, "full": full, "accept_leavers": accept_leavers, "by": actor, "name": Path(file).name}
        plan, summary = self._run(data, **run)
        refused = plan.too_many_leave and not accept_leavers
        self._tell(plan, summary, options["format"])
        if options["format"] == "text" and not refused:
            self.stdout.write(_outcome(plan, confirm))
        if refused:
            self.stderr.write(f"More than a tenth of the roster would leave ({len(plan.leavers)} of {plan.current}).")
            self.stderr.write("If that is so, add --accept-leavers. Nothing was changed.")
            if confirm:
                sys.exit(2)

    def _read(self, file: str) -> bytes:
        try:
            refuse_size(Path(file).stat().st_size)
            return Path(file).read_bytes()
        except OSError as trouble:
            raise CommandError(f"{file} cannot be opened: {trouble.strerror}.") from trouble
        except RosterFileError as problem:
            raise CommandError(str(problem)) from problem

    def _actor(self, staff_number: str | None) -> Person | None:
        if staff_number is None:
            return None
        person = Person.objects.current().filter(staff_number=staff_number.upper()).first()
        if person is None:
            raise CommandError(f"Nobody on the roster has the staff number {staff_number}.")
        return person

    def _run(self, data: bytes, *, confirm: bool, full: bool, accept_leavers: bool, by, name: str):
        """The plan, carried out if it is to be, and its summary, which tells of things as they stood before."""
        with tqdm(total=_STEPS, disable=not sys.stderr.isatty(), file=sys.stderr, leave=False) as bar:
            try:
                with transaction.atomic():
                    plan = planning.make(data, full=full, by=by, lock=confirm, progress=lambda step: _step(bar, step))
                    summary = wording.summary(plan)
                    if confirm and (accept_leavers or not plan.too_many_leave) and not plan.does_nothing:
                        _step(bar, "Writing the roster")
                        imports.record_applied(plan=plan, data=data, name=name, full=full, by=by)
            except RosterFileError as problem:
                raise CommandError(str(problem)) from problem
            except IntegrityError as trouble:
                raise CommandError(
                    "Somebody changed the roster in the meantime; nothing was imported. Retry."
                ) from trouble
        return plan, summary

    def _tell(self, plan: planning.Plan, summary: str, form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(plan.numbers(), ensure_ascii=False))
            return
        self.stdout.write(summary)
        for word, notes in (("rejected", plan.rejected), ("warning", plan.warnings)):
            for note in notes:
                self.stdout.write(f"  row {note.row}: {word}: {note.reason}")
        for spelling, entry in plan.unknown_stations.items():
            names = ", ".join(station for _, station in entry["likeliest"])
            self.stdout.write(f"  “{spelling}” is no station" + (f"; perhaps {names}." if names else "."))


def _outcome(plan: planning.Plan, confirm: bool) -> str:
    if plan.does_nothing:
        return "There is nothing to import."
    return "Imported." if confirm else "Nothing was changed. Add --confirm to import."


def _step(bar: tqdm, step: str) -> None:
    bar.set_description(step)
    bar.update()
