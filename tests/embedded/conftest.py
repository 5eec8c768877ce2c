from pathlib import Path

import pytest

from tests.embedded.copies import Copy
from wellbeing.embedded import folders, processes


@pytest.fixture
def copy_of_portal(tmp_path):
    """Makes copies of the portal in folders of their own; whatever still runs at the end is stopped."""
    made = []

    def make(name: str = "first", *, folder: Path = tmp_path, **options) -> Copy:
        (folder / name).mkdir()
        made.append(Copy(folder / name, **options))
        return made[-1]

    yield make
    for copy in made:
        if copy.make is not None and copy.make.poll() is None:
            copy.stop()
        processes.stop_leftovers(copy.var_dir, (copy.var_dir / "postgres").resolve())
        folders.forget(copy.var_dir)
