import time

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from wellbeing.demo import actions, ownership
from wellbeing.demo.models import Marker

DEFAULT = 7000


class Command(BaseCommand):
    help = f"Fill an empty database with an invented force: {DEFAULT:,} people unless told otherwise."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, help=f"How many people to invent ({DEFAULT:,}).")

    def handle(self, *args, people=None, **options):
        try:
            if ownership.is_own():
                self.say_what_stands(people)
            else:
                self.load(people or DEFAULT)
        except (ownership.NotOurDatabaseError, ValueError) as error:
            raise CommandError(str(error)) from error

    def say_what_stands(self, wanted: int | None) -> None:
        there = Marker.objects.get().people
        if wanted and wanted != there:
            raise CommandError(
                f"There are {there:,} demo people here, not {wanted:,}, and nothing was changed. For another number "
                "use another VAR_DIR, or stop the portal, take its VAR_DIR away (with a database server of your own, "
                "also make its database anew) and run this again."
            )
        actions.complete()
        self.stdout.write(f"Demo data stand: {there:,} people.")

    def load(self, number: int) -> None:
        started = time.monotonic()
        with Progress(number, self.stdout) as progress:
            actions.load(number=number, advance=progress.advance)
        self.stdout.write(f"Demo data loaded: {number:,} people, in {time.monotonic() - started:.0f} seconds.")


class Progress:
    """A bar on a terminal; elsewhere a plain line for each tenth."""

    def __init__(self, number: int, stdout):
        self.number, self.done, self.stdout = number, 0, stdout
        self.bar = tqdm(total=number, unit=" people", leave=False) if stdout.isatty() else None

    def __enter__(self):
        return self

    def __exit__(self, *exception) -> None:
        if self.bar is not None:
            self.bar.close()

    def advance(self, by: int) -> None:
        before, self.done = self.done, self.done + by
        if self.bar is not None:
            self.bar.update(by)
        elif before * 10 // self.number != self.done * 10 // self.number:
            self.stdout.write(f"  {self.done:,} of {self.number:,} people")
