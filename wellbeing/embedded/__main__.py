"""`python -m wellbeing.embedded` runs the portal; with `manage ...` one management command on its servers."""

import logging
import os
import signal
import sys

from wellbeing.embedded import portal, signals
from wellbeing.embedded.problems import CannotStart


def main(arguments: list[str]) -> int:
    """The exit code: 0 after a stop that was asked for, 128 + signal for one during set-up, else 1."""
    tell_progress()
    signals.listen()
    if "MAKELEVEL" in os.environ:
        signals.die_with_parent(signal.SIGTERM)  # if make is killed with -9, all stops in order
    try:
        return portal.manage_by_hand(arguments[1:]) if arguments[:1] == ["manage"] else portal.run()
    except CannotStart as problem:
        logging.getLogger("wellbeing.embedded").error("%s", problem)
        return 1
    except signals.StopAsked:
        return 128 + signals.asked()


def tell_progress() -> None:
    """Every line says how many seconds have passed since the start."""
    logging.raiseExceptions = False  # a closed terminal must not keep the stop from its order
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(SecondsFormatter("%(seconds)6.1f s  %(message)s"))
    logger = logging.getLogger("wellbeing.embedded")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


class SecondsFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.seconds = record.relativeCreated / 1000
        return super().format(record)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
