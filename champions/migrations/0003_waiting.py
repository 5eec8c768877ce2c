import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from champions.sql import waiting


class Migration(migrations.Migration):
    """The waiting list: its table, who may read it, and the functions that keep it."""

    dependencies = [
        ("champions", "0002_rules"),
        ("training", "0002_walls"),
        ("confidential", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "champion",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="champions.champion",
                    ),
                ),
                ("is_former", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "asked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Since when their line manager is asked.",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("declined", "Not now")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "waiting",
                "ordering": ["joined_at", "champion"],
                "indexes": [models.Index(fields=["person"], name="waiting_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answer__in", ["agreed", "declined"]),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="waiting_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_agrees_for_themselves",
                    ),
                ],
            },
        ),
        migrations.RunSQL(waiting.ALL, migrations.RunSQL.noop),
    ]
