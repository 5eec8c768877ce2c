import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from spocs.sql import stories


class Migration(migrations.Migration):
    dependencies = [
        ("spocs", "0002_topics"),
        ("support", "0005_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name_plural": "stories",
            },
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="authorship",
                        to="spocs.story",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "days_to_think",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="From when a story is passed until whoever wrote it may publish it: seven at least.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to think again",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for stories",
                "verbose_name_plural": "rules for stories",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="only_one_set_of_story_rules"),
                    models.CheckConstraint(
                        condition=models.Q(("days_to_think__range", (7, 60))), name="a_week_to_think_again"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.CharField(
                        help_text="For example “Newsletter of November, page 3” or “Poster in the canteen”.",
                        max_length=160,
                        verbose_name="where",
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=300, verbose_name="address on the intranet")),
                (
                    "asked",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("name", "The name off, or the whole down"),
                            ("down", "Take it down"),
                        ],
                        default="",
                        editable=False,
                        max_length=4,
                    ),
                ),
                ("asked_on", models.DateField(editable=False, null=True)),
                (
                    "kept_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="printings",
                        to="spocs.story",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__in", ["", "name", "down"])), name="printing_asked_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked", ""), ("asked_on__isnull", True)),
                            models.Q(models.Q(("asked", ""), _negated=True), ("asked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="printing_asked_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("story__isnull", False), ("asked", "down"), _connector="OR"),
                        name="printing_of_a_story_or_to_take_down",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "A draft, yours alone"),
                            ("review", "Being read by a second person"),
                            ("back", "Sent back to you with a sentence"),
                            ("thinking", "Passed; yours to think over"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField(max_length=12000)),
                ("content_note", models.CharField(max_length=200, verbose_name="what it speaks of")),
                (
                    "name_shown",
                    models.CharField(
                        choices=[("full", "My full name"), ("first", "My first name only"), ("none", "No name")],
                        default="none",
                        max_length=5,
                        verbose_name="name",
                    ),
                ),
                ("role_words", models.CharField(blank=True, max_length=80, verbose_name="what I do, in my own words")),
                (
                    "leader",
                    models.BooleanField(default=False, verbose_name="show my rank or grade: a leader's own words"),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="minutes to read"),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("asked_on", models.DateField(editable=False, null=True)),
                ("reviewed_on", models.DateField(editable=False, null=True)),
                (
                    "ticks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "others",
                                    "Nobody else can be recognised: no family member, colleague or member of the public",
                                ),
                                (
                                    "details",
                                    "No details of an incident, an investigation or a crime; no method of self-harm",
                                ),
                                (
                                    "consequences",
                                    "Nothing in it may harm its author unawares; where it might, send it back and say so",
                                ),
                                ("note", "The content note says what a reader should know beforehand"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("sentence", models.CharField(blank=True, editable=False, max_length=500)),
                ("publish_from", models.DateField(editable=False, null=True)),
                ("published_on", models.DateField(editable=False, null=True)),
                (
                    "named",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        to="spocs.story",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(blank=True, db_constraint=False, related_name="+", to="support.topic"),
                ),
            ],
            options={
                "ordering": ["-published_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "review", "back", "thinking", "published"])),
                        name="story_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "review", "back", "thinking"))),
                        fields=("story",),
                        name="one_open_version_of_a_story",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("story",),
                        name="one_published_version_of_a_story",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_shown", "none"), ("named__isnull", True)),
                            models.Q(("name_shown__in", ["full", "first"]), ("named__isnull", False)),
                            _connector="OR",
                        ),
                        name="story_named_as_wished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leader", False), ("named__isnull", False), _connector="OR"),
                        name="story_of_a_leader_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "back"), _negated=True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="story_sent_back_with_a_sentence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["thinking", "published"]), _negated=True),
                            models.Q(
                                ("publish_from__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("ticks__contains", ["others", "details", "consequences", "note"]),
                            ),
                            _connector="OR",
                        ),
                        name="story_passed_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", False), ("state", "published")),
                            models.Q(models.Q(("state", "published"), _negated=True), ("published_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="story_published_says_when",
                    ),
                ],
            },
        ),
        migrations.RunSQL(stories.ALL, migrations.RunSQL.noop),
    ]
