import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wellbeing import roles
from wellbeing.home import set_up

_QUESTIONS = {
    "name": "Name of the force, as it stands on every page",
    "division_word": "What the force calls a division (Enter for “division”)",
    "contact_name": "Who answers for this portal (Enter to leave open)",
    "contact_email": "Their e-mail address (Enter to leave open)",
    "contact_phone": "Their telephone number (Enter to leave open)",
    "staff_number": "Staff number",
    "known_as": "Known as (first name)",
    "last_name": "Last name",
    "email": "E-mail address, with which they sign in",
}


class Command(BaseCommand):
    help = (
        "Set up a force in an empty portal: its name, its places, and who first holds which role. "
        "Takes a file such as docs/example-force.toml, or asks. All of it is written, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="A TOML file; without one, questions are asked.")

    def handle(self, *args, file=None, **options):
        try:
            given, folder = (self.read_file(file), file.parent) if file else (self.ask(), Path.cwd())
            done = set_up.carry_out(set_up.read(given, folder))
        except set_up.SetUpError as error:
            lines = "\n".join(f"  - {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was written. What needs to be put right:\n{lines}") from error
        self.stdout.write("\n".join(done))
        if missing := set_up.without_holder():
            self.stdout.write(f"Nobody is yet: {', '.join(missing)}. Run this command again to name the first.")
        self.stdout.write(
            f"They sign in at {settings.PORTAL_URL}/account/login/code/ : a code is sent to their e-mail address."
        )

    def read_file(self, path: Path) -> dict:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise set_up.SetUpError([f"The file {path} cannot be read: {error}."]) from error

    def ask(self) -> dict:
        """The same answers as in a file, from whoever sits at the terminal."""
        force = self.ask_fields("The force", set_up.FORCE)
        places = self.ask_places()
        return {"force": force, "places": places, "holders": self.ask_holders()}

    def ask_fields(self, whose: str, lengths: dict[str, int]) -> dict[str, str]:
        """Ask for each field until its answer can be taken."""
        answers = {}
        for key in (key for key in lengths if key in _QUESTIONS):
            while True:
                problems: list[str] = []
                answer = self.ask_for(f"{_QUESTIONS[key]}: ")
                answers |= set_up.fields_of({key: answer}, {key: lengths[key]}, whose, problems)
                if not problems:
                    break
                self.stderr.write("\n".join(problems))
        return answers

    def ask_places(self) -> list[dict]:
        """From a file, or typed in; asked again where the file cannot be used."""
        while path := self.ask_for("A CSV file with division, district, station (Enter to type them in): "):
            problems: list[str] = []
            if places := set_up.read_places_file(Path(path).expanduser(), problems):
                return places
            self.stderr.write("\n".join(problems))
        self.stdout.write("One station a line, as: division, district, station. An empty line ends the list.")
        places = []
        while line := self.ask_for("Station: "):
            parts = [part.strip() for part in line.split(",")]
            if len(parts) == len(set_up.PLACE):
                places.append(dict(zip(set_up.PLACE, parts, strict=True)))
            else:
                self.stderr.write("Write three parts with commas between them: division, district, station.")
        return places

    def ask_holders(self) -> dict[str, dict[str, str]]:
        holders = {}
        for role in roles.ASSIGNED:
            needed = role in set_up.NEEDED
            self.stdout.write(f"\n{roles.ROLES[role].label}: {roles.ROLES[role].sentence}")
            if needed or self.ask_for("Name somebody now? (y, or Enter to leave it for later): ").lower().startswith(
                "y"
            ):
                holders[role] = self.ask_fields(roles.ROLES[role].label, set_up.HOLDER)
        return holders

    def ask_for(self, question: str) -> str:
        try:
            return input(question).strip()
        except EOFError:
            raise CommandError("The answers ended before the questions did: nothing was written.") from None
