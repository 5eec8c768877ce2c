"""What keeps the tests from doing one piece of work over and over: none of them tells less for it."""

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher


class QuickScrypt(ScryptPasswordHasher):
    """As the portal's, with less work: tests set and type many passwords and PINs."""

    work_factor, parallelism = 2**4, 1


def prepare() -> None:
    """Once in each process of the tests, after Django is set up."""
    settings.PASSWORD_HASHERS = ["tests.quicker.QuickScrypt"]
    _list_static_files_once()


def _list_static_files_once() -> None:
    """Each test client makes the middleware anew; WhiteNoise then reads a folder that has not changed (40 ms)."""
    from whitenoise.base import WhiteNoise

    listed, read = {}, WhiteNoise.update_files_dictionary

    def once(self, root: str, prefix: str) -> None:
        if (root, prefix) not in listed:
            read(self, root, prefix)
            listed[root, prefix] = self.files
        self.files = self.files | listed[root, prefix]

    WhiteNoise.update_files_dictionary = once
