"""Guidance: pages of the force's own, each with somebody who keeps it right."""

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from .topics import Topic


class GuidanceQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published=True)


class Guidance(models.Model):
    """One page of guidance: what it says, who keeps it right, and when it is to be looked at again."""

    title = models.CharField(max_length=100)
    # Where it is read: nothing in it says what the page is about, as browsers and networks keep addresses.
    address = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    # The name by which code finds it, made from the title once. Pages stood under it before: it leads to the address.
    slug = models.SlugField(max_length=100, db_index=False, editable=False)
    summary = models.CharField(max_length=200, help_text="One sentence: it stands under the title in the list.")
    text = models.TextField(
        blank=True,
        help_text="“## ” before a heading, “- ” before a point, “**” around what matters, an empty line between "
        "paragraphs, “[words](https://www.example.org/)” for a link. HTML is shown as it was typed.",
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="guidance", help_text="What it is about.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="guidance",
        help_text="Who keeps it right.",
    )
    review_on = models.DateField("to be checked again by", help_text="When it is to be looked at again.")
    reviewed_on = models.DateField("last checked on", null=True, blank=True, editable=False)
    published = models.BooleanField(default=False, help_text="Everybody who signs in can read it.")
    # A policy is a page that says in plain words what the policy says, and leads to it.
    is_policy = models.BooleanField("a policy", default=False, help_text="Stands among the policies.")
    link = models.URLField("where the policy itself is", blank=True, help_text="Its address on the intranet.")

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        ordering = [Lower("title"), "id"]
        verbose_name = "guidance page"
        constraints = [
            models.UniqueConstraint(Lower("title"), name="guidance_title_once"),
            models.UniqueConstraint(fields=["slug"], name="guidance_slug_once"),
            models.CheckConstraint(condition=Q(published=False) | ~Q(text=""), name="published_guidance_has_text"),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(review_on__gt=F("reviewed_on")),
                name="guidance_looked_at_again_later",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guidance_page", args=[self.address])

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it was to be checked again is over."""
        return self.review_on < timezone.localdate()

    @property
    def named_owner(self):
        """The owner as a page may name them: None for nobody, for hidden people, and for whoever has left."""
        owner = self.owner
        return owner if owner and owner.is_active and not owner.hidden else None


class GuidanceVersion(models.Model):
    """The words of a page as they stood until somebody changed them."""

    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(max_length=100)
    summary = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        ordering = ["-replaced_at", "-id"]

    def __str__(self):
        return self.title
