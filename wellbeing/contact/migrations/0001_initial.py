import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from wellbeing.contact import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("confidential", "0002_walls"),
        ("reminders", "0003_goes_with_its_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WeekKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField(unique=True)),
                ("key_id", models.CharField(max_length=16)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "contact_weekkey",
            },
        ),
        migrations.CreateModel(
            name="ContactBlock",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
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
                "db_table": "contact_block",
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "person", "kind"), name="contact_block_once"),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("person")), _negated=True),
                        name="contact_block_of_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by_volunteer", models.BooleanField()),
                (
                    "handled_by",
                    models.CharField(
                        choices=[
                            ("lead", "The wellbeing lead"),
                            ("guardian", "The guardian"),
                            ("dpo", "The data protection officer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key_id", models.CharField(max_length=16)),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reported",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "contact_report",
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handled_by__in", ["lead", "guardian", "dpo"])),
                        name="contact_report_handler_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reporter", models.F("reported")), _negated=True),
                        name="contact_report_of_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("closed_by__isnull", False), _connector="XOR"),
                        name="contact_report_closed_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not answered yet"),
                            ("in_touch", "Has been in touch"),
                            ("cannot", "Cannot just now"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="contact.weekkey"
                    ),
                ),
            ],
            options={
                "db_table": "contact_request",
                "ordering": ["-asked_at", "id"],
                "indexes": [models.Index(fields=["expires_at"], name="contact_expires")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("asker", "volunteer", "kind"),
                        name="one_open_request_of_a_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "in_touch", "cannot"])), name="contact_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asker", models.F("volunteer")), _negated=True),
                        name="contact_asked_of_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("answered_at__isnull", False), _connector="XOR"),
                        name="contact_answered_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asked_at"), "+", models.Value(datetime.timedelta(days=28))
                                ),
                            )
                        ),
                        name="contact_goes_after_four_weeks",
                    ),
                ],
            },
        ),
        *(migrations.RunSQL(piece, migrations.RunSQL.noop) for piece in sql.ALL),
    ]
