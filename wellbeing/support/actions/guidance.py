"""The only writes to guidance. Each is recorded."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.actions import refresh

from .. import policy, shipped_guidance
from ..models import Guidance, GuidanceVersion, Topic
from ..reminders import REVIEW

WORDS = ("title", "summary", "text")
_LONGEST_SLUG = 90  # leaves room for “-2”
_OUR_ADDRESSES = {"mine", "handouts"}  # under /guidance/, so that no page may have them


@transaction.atomic
def load_shipped_guidance(*, by: Person | None = None) -> int:
    """Add the pages that ship with the portal and are not there, published, to be checked in a year; how many.

    A page counts as there by its address, which it keeps when its title changes, or by its title. It gets those of
    its topics that are in the vocabulary.
    """
    slugs = set(Guidance.objects.values_list("slug", flat=True))
    titles = {title.lower() for title in Guidance.objects.values_list("title", flat=True)}
    shipped = [page for page in shipped_guidance.pages() if page.slug not in slugs and page.title.lower() not in titles]
    new = [
        Guidance(**{field: getattr(page, field) for field in (*WORDS, "slug")}, review_on=in_a_year(), published=True)
        for page in shipped
    ]
    Guidance.objects.bulk_create(new)
    _give_topics(zip(new, shipped, strict=True))
    history.record_many(by=by, verb="added", about=[(page, {}) for page in new])
    return len(new)


@transaction.atomic
def save_guidance(*, guidance: Guidance, by: Person | None, **values) -> Guidance:
    """Write a page of guidance, new or changed, and return it; its address is made from its first title and stays.

    The history says that the text changed and not what it was: that is kept as a version. Raises
    ValidationError for a title that no address can be made of, and for a day to check it by that is over; the
    database refuses the rest
    (IntegrityError).
    """
    is_new = guidance.pk is None
    details = {} if is_new else _changed(guidance, values)
    if set(details) & set(WORDS):
        GuidanceVersion.objects.create(guidance=guidance, replaced_by=by, **_words(guidance))
    for field, value in values.items():
        setattr(guidance, field, value)
    if is_new:
        guidance.slug = _free_slug(guidance.title)
    if (is_new or "review_on" in details) and guidance.is_overdue:
        raise ValidationError({"review_on": "Choose today or a day that is still to come."})
    guidance.save()
    history.record(by=by, verb="added" if is_new else "changed", about=guidance, details=details)
    refresh(REVIEW, guidance.pk)
    return guidance


def restore_guidance(*, version: GuidanceVersion, by: Person) -> Guidance:
    """Give a page the words of an earlier version again and return it; those that stood until now become one.

    The database refuses a title that another page has by now (IntegrityError).
    """
    guidance = Guidance.objects.get(pk=version.guidance_id)
    return save_guidance(guidance=guidance, by=by, **_words(version))


@transaction.atomic
def reviewed(*, guidance: Guidance, by: Person) -> Guidance:
    """Write that `by` has read the page today and it is still right: to be checked again in a year. Returns it.

    Raises PermissionDenied for all but its owner and those who keep the guidance.
    """
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if not policy.may_review(by, guidance):
        raise PermissionDenied
    values = {"reviewed_on": timezone.localdate(), "review_on": in_a_year()}
    details = history.difference(guidance, values)
    guidance.reviewed_on, guidance.review_on = values["reviewed_on"], values["review_on"]
    guidance.save(update_fields=list(values))
    history.record(by=by, verb="checked and found right", about=guidance, details=details)
    refresh(REVIEW, guidance.pk)
    return guidance


def in_a_year() -> date:
    """The working day on which what is checked today is to be checked again: this day next year, or the one before."""
    today = timezone.localdate()
    last = (today.month, today.day) == (2, 29)
    return working_days.on_or_before(today.replace(year=today.year + 1, day=28 if last else today.day))


def _words(written) -> dict[str, str]:
    return {field: getattr(written, field) for field in WORDS}


def _give_topics(pairs) -> None:
    topics = {topic.name: topic for topic in Topic.objects.all()}
    rows = [
        Guidance.topics.through(guidance=page, topic=topics[name])
        for page, shipped in pairs
        for name in shipped.topics
        if name in topics
    ]
    Guidance.topics.through.objects.bulk_create(rows)


def _changed(guidance: Guidance, values: dict) -> dict:
    details = history.difference(guidance, values)
    return details | ({"text": None} if "text" in details else {})


def _free_slug(title: str) -> str:
    slug = slugify(title)[:_LONGEST_SLUG].strip("-")
    if not slug:
        raise ValidationError({"title": "The title needs a letter or digit that an address can be made of."})
    taken = _OUR_ADDRESSES | set(Guidance.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (slug, *numbered) if free not in taken)
