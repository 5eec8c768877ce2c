"""What somebody has typed into a confidential form and not saved yet: sealed, and for their own eyes.

A form carries a ticket: signed, good for as long as a session lasts, and naming its author and its form. What
arrives with a ticket after the session has ended is kept as the draft of that author. A ticket lets nothing be read.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

from . import sealing
from .models import Draft

_SALT = "wellbeing.confidential.drafts"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A draft as its author typed it: answers by the name of their field."""

    answers: dict
    saved_at: datetime

    @property
    def data(self) -> QueryDict:
        """The same as a form takes it."""
        typed = QueryDict(mutable=True)
        for name, values in self.answers.items():
            typed.setlist(name, values)
        return typed


def keep(*, author: Person, form: str, answers: dict) -> datetime:
    """Keep what `author` has typed into `form` (an opaque key) in place of what was kept before; returns when."""
    try:
        with transaction.atomic():
            return _keep(author, form, answers)
    except IntegrityError:  # two windows at once: the draft is there now
        return _keep(author, form, answers)


def find(*, author: Person, form: str) -> Kept | None:
    """What is kept of `form` for `author`; None where nothing is, or it no longer opens."""
    draft = Draft.objects.filter(author=author, form=form).first()
    if draft is None:
        return None
    try:
        return Kept(sealing.open_answers(draft.sealed, place=_place(draft)), draft.saved_at)
    except sealing.CannotOpen:
        logger.warning("Draft %s does not open.", draft.pk)
        return None


def drop(*, author: Person, form: str) -> None:
    """Keep nothing of `form` any longer."""
    Draft.objects.filter(author=author, form=form).delete()


def ticket(*, author: Person, form: str) -> str:
    """What a form carries, so that what was typed into it can be kept for `author` without their session."""
    return signing.dumps([author.pk, form], salt=_SALT)


def read_ticket(text: str) -> tuple[Person, str] | None:
    """The author and the form of a ticket; None for one that is forged or too old, or whose author has left."""
    try:
        key, form = signing.loads(text, salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    author = Person.objects.filter(pk=key).first()
    return (author, form) if author and author.is_active else None


def keep_for(author: Person, *, form: str, answers: dict) -> None:
    """As `keep`, for a request in which `author` is not signed in."""
    with acting_as(author):
        keep(author=author, form=form, answers=answers)


def _keep(author: Person, form: str, answers: dict) -> datetime:
    draft = Draft.objects.filter(author=author, form=form).first() or Draft(author=author, form=form)
    draft.key_id, draft.sealed = sealing.seal_answers(answers, place=_place(draft))
    draft.saved_at = timezone.now()
    draft.save()
    return draft.saved_at


def _place(draft: Draft) -> str:
    return f"confidential_draft:sealed:{draft.pk}"
