import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a welfare mentor's term needs; asking for somebody else to keep contact; cover for a mentor who cannot."""

    dependencies = [
        ("mentoring", "0008_career_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("gently", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("turned_down", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                "ordering": ["-held_on"],
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("offered", "Offered"),
                            ("done", "Chosen"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("again", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="WelfareProfile",
            fields=[
                (
                    "mentor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="welfare_profile",
                        serialize=False,
                        to="mentoring.mentor",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="people at a time",
                    ),
                ),
                ("paused", models.BooleanField(default=False)),
                ("trained_on", models.DateField(blank=True, null=True)),
                ("training_due", models.DateField(blank=True, null=True)),
                ("supervision_due", models.DateField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
                ("about_me", models.TextField(blank=True, max_length=600)),
            ],
        ),
        migrations.AddField(
            model_name="rules",
            name="supervision_weeks",
            field=models.PositiveSmallIntegerField(
                default=8,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(26)],
                verbose_name="supervision for welfare mentors every … weeks",
            ),
        ),
        migrations.AddConstraint(
            model_name="rules",
            constraint=models.CheckConstraint(
                condition=models.Q(("supervision_weeks__range", (1, 26))), name="rules_supervision_in_bounds"
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="absence",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="cover", to="mentoring.absence"
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="carer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="told",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="mentor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="mentor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="supervisions", to="mentoring.mentor"
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="with_whom",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="swap",
            name="absence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="swaps", to="mentoring.absence"
            ),
        ),
        migrations.AddField(
            model_name="swap",
            name="chosen",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="swap",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="swap",
            name="told",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="swap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="offers", to="mentoring.swap"
            ),
        ),
        migrations.AddField(
            model_name="welfareprofile",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("with_whom")), _negated=True),
                name="supervision_by_somebody_else",
            ),
        ),
        migrations.AddIndex(
            model_name="swap",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "offered"])), fields=["told"], name="swap_by_told"
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "offered", "done", "withdrawn"])), name="swap_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("told", models.F("subject")), _negated=True), name="swap_told_to_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("chosen__isnull", True)),
                    _connector="OR",
                ),
                name="swap_done_is_chosen",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("over_at__isnull", True), ("state__in", ["asked", "offered"])),
                    models.Q(models.Q(("state__in", ["asked", "offered"]), _negated=True), ("over_at__isnull", False)),
                    _connector="OR",
                ),
                name="swap_over_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "offered"])), fields=("absence",), name="one_swap_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("swap", "mentor"), name="offered_once"),
        ),
        migrations.AddIndex(
            model_name="welfareprofile",
            index=models.Index(fields=["person"], name="welfare_by_person"),
        ),
        migrations.AddConstraint(
            model_name="welfareprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__range", (1, 6))), name="welfare_capacity_in_bounds"
            ),
        ),
        migrations.AddConstraint(
            model_name="welfareprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_due__isnull", True), ("trained_on__isnull", False), _connector="OR"),
                name="welfare_trained_before_due",
            ),
        ),
    ]
