"""The only writes to slides and handouts. Each is recorded with the page that it belongs to."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from wellbeing.people import history
from wellbeing.people.models import Person

from .. import policy
from ..handout_files import Checked
from ..models import Guidance, Handout, HandoutFile

MOST_ON_A_PAGE = 20


@transaction.atomic
def add_handout(*, guidance: Guidance, key: uuid.UUID, title: str, file: Checked, by: Person) -> Handout:
    """Keep a file that was checked with a page, and return it; the same form sent twice keeps it once.

    Raises PermissionDenied for all but the page's owner and those who keep the guidance, and ValidationError where a
    page has enough; the database refuses a title that the page has already (IntegrityError).
    """
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if not policy.may_review(by, guidance):
        raise PermissionDenied
    if (there := Handout.objects.filter(pk=key).first()) is not None:
        if there.guidance_id != guidance.pk:
            raise PermissionDenied
        return there
    if guidance.handouts.count() >= MOST_ON_A_PAGE:
        raise ValidationError(f"The page has {MOST_ON_A_PAGE} files already. Take one away first.")
    handout = Handout.objects.create(
        pk=key,
        guidance=guidance,
        title=title,
        file_name=file.file_name,
        size=len(file.content),
        pages=file.pages,
        uploaded_by=by,
    )
    HandoutFile.objects.create(handout=handout, content=file.content)
    history.record(by=by, verb="changed", about=guidance, details={"handout": [None, title]})
    return handout


@transaction.atomic
def remove_handout(*, handout: Handout, by: Person) -> None:
    """Take a file away for good. Raises PermissionDenied for all but the page's owner and those who keep guidance."""
    if not policy.may_review(by, handout.guidance):
        raise PermissionDenied
    history.record(by=by, verb="changed", about=handout.guidance, details={"handout": [handout.title, None]})
    handout.delete()
