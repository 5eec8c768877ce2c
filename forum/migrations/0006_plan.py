import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0005_boards"),
        ("people", "0004_tied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Elsewhere",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("force", models.CharField(max_length=100)),
                ("month", models.DateField()),
                ("said", models.TextField(blank=True, max_length=500)),
                ("text", models.TextField(max_length=500)),
                ("next", models.TextField(blank=True, max_length=500)),
                ("strand", models.CharField(blank=True, max_length=80)),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leadership", "Leadership"),
                            ("absence", "Absence management"),
                            ("environment", "Creating the environment"),
                            ("mental_health", "Mental health"),
                            ("resilience", "Personal resilience"),
                            ("protecting", "Protecting the workforce"),
                            ("occupational", "Occupational health"),
                        ],
                        max_length=13,
                    ),
                ),
                ("division", models.CharField(blank=True, max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To do"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("stopped", "Will not be done"),
                        ],
                        max_length=9,
                    ),
                ),
                ("imported_on", models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                "verbose_name_plural": "decided elsewhere",
                "ordering": ["-month", "force", "text", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "month", "text"), name="forum_elsewhere_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "area__in",
                                [
                                    "",
                                    "leadership",
                                    "absence",
                                    "environment",
                                    "mental_health",
                                    "resilience",
                                    "protecting",
                                    "occupational",
                                ],
                            )
                        ),
                        name="forum_elsewhere_area_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "under_way", "done", "stopped"])),
                        name="forum_elsewhere_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sponsor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=80)),
                ("words", models.TextField(max_length=800, verbose_name="what they say, in their own words")),
                ("order", models.PositiveSmallIntegerField(default=50, verbose_name="place in the list")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("leadership", "Leadership"),
                            ("absence", "Absence management"),
                            ("environment", "Creating the environment"),
                            ("mental_health", "Mental health"),
                            ("resilience", "Personal resilience"),
                            ("protecting", "Protecting the workforce"),
                            ("occupational", "Occupational health"),
                        ],
                        max_length=13,
                        verbose_name="area of the framework",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("pledge", "From the Time to Change pledge"), ("new", "New since then")],
                        default="new",
                        max_length=6,
                        verbose_name="where it comes from",
                    ),
                ),
                ("text", models.TextField(max_length=300, verbose_name="commitment")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="what the numbers count")),
                ("baseline", models.TextField(blank=True, max_length=300, verbose_name="how it was")),
                (
                    "baseline_value",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=9, null=True, verbose_name="number then"
                    ),
                ),
                ("baseline_on", models.DateField(blank=True, null=True, verbose_name="day of that number")),
                ("target", models.TextField(blank=True, max_length=300, verbose_name="how it is to be")),
                (
                    "target_value",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=9, null=True, verbose_name="number to reach"
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="target date")),
                ("owner_office", models.CharField(blank=True, max_length=120)),
                ("ownerless_since", models.DateField(blank=True, null=True, verbose_name="its owner has left on")),
                ("evidence", models.TextField(blank=True, max_length=3000, verbose_name="what shows it")),
                (
                    "measure_months",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="months between measurements",
                    ),
                ),
                ("measure_on", models.DateField(blank=True, null=True, verbose_name="next measurement by")),
                ("published_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(null=True, verbose_name="changed after publishing")),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True, choices=[("done", "Done"), ("stopped", "Will not be done")], max_length=7
                    ),
                ),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="people.division",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="forum.sponsor",
                    ),
                ),
            ],
            options={
                "ordering": ["due", "id"],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True, verbose_name="number"),
                ),
                (
                    "word",
                    models.CharField(
                        choices=[("on", "On course"), ("behind", "Behind"), ("done", "Done")],
                        max_length=6,
                        verbose_name="how it stands",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measurements", to="forum.commitment"
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "day"), name="forum_one_measurement_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("word__in", ["on", "behind", "done"])), name="forum_measurement_word_known"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.UniqueConstraint(fields=("name",), name="forum_sponsor_name_once"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "area__in",
                        [
                            "leadership",
                            "absence",
                            "environment",
                            "mental_health",
                            "resilience",
                            "protecting",
                            "occupational",
                        ],
                    )
                ),
                name="forum_commitment_area_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["pledge", "new"])), name="forum_commitment_origin_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__isnull", True), ("owner_office", ""), _connector="OR"),
                name="forum_commitment_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        models.Q(("target", ""), _negated=True),
                        ("due__isnull", False),
                        ("measure_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="forum_commitment_published_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline_value__isnull", True),
                    models.Q(("baseline_on__isnull", False), models.Q(("unit", ""), _negated=True)),
                    _connector="OR",
                ),
                name="forum_commitment_baseline_has_day_and_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_value__isnull", True), models.Q(("unit", ""), _negated=True), _connector="OR"
                ),
                name="forum_commitment_number_has_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_as", ""), ("closed_on__isnull", True)),
                    models.Q(("closed_as__in", ["done", "stopped"]), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="forum_commitment_closed_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("measure_months__range", (1, 24))), name="forum_commitment_is_measured"
            ),
        ),
    ]
