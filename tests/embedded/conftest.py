from pathlib import Path

import pytest

from tests.embedded.copies import Copy
from tests.embedded.first_boot import copy_set_up
from wellbeing.embedded import folders, processes


@pytest.fixture
def copy_of_portal(tmp_path):
    """Makes copies of the portal in folders of their own; whatever still runs at the end is stopped.

    With `set_up` its first boot is behind it: for tests that are not about that.
    """
    made = []

    def make(name: str = "first", *, folder: Path = tmp_path, set_up: bool = False, **options) -> Copy:
        (folder / name).mkdir()
        made.append(Copy(folder / name, **options))
        if set_up:
            copy_set_up(made[-1].var_dir)
        return made[-1]

    yield make
    for copy in made:
        if copy.make is not None and copy.make.poll() is None:
            copy.stop()
        processes.stop_leftovers(copy.var_dir, (copy.var_dir / "postgres").resolve())
        folders.forget(copy.var_dir)
