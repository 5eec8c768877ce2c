"""Sessions in the database, under a fingerprint of their key: whoever reads the table signs in as nobody."""

import hashlib

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core import signing
from django.db import InterfaceError, OperationalError
from django.utils import timezone

LENGTH = 40  # characters of the table's key


class SessionStore(DatabaseStore):
    def _get_session_from_db(self):
        try:
            return self.model.objects.get(session_key=fingerprint(self.session_key), expire_date__gt=timezone.now())
        except (self.model.DoesNotExist, signing.BadSignature):
            self._session_key = None
            return None

    def exists(self, session_key) -> bool:
        return super().exists(fingerprint(session_key))

    def save(self, must_create=False) -> None:
        """As Django's, which takes a database that is away for a session that is gone, and would answer 400."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = fingerprint(row.session_key)
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            super().delete(fingerprint(key))


def fingerprint(key: str) -> str:
    """The name under which a session stands in the table."""
    return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]
