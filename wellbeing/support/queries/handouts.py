"""Slides and handouts, as lists show them and as they are downloaded."""

from django.db.models import Q

from .. import policy
from ..models import Guidance, Handout, HandoutFile


def handouts_of(guidance: Guidance):
    """The files of a page by title, with who put them there and without their content."""
    return guidance.handouts.select_related("uploaded_by")


def handouts_open_to(person):
    """The files that `person` may download: of published pages, and of those they may look after."""
    return Handout.objects.filter(Q(guidance__published=True) | Q(guidance__in=policy.reviewable_by(person)))


def content_of(handout: Handout) -> bytes:
    """What the file holds."""
    return bytes(HandoutFile.objects.values_list("content", flat=True).get(handout=handout))
