import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellbeing.support import sql


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0004_services"),
        ("confidential", "0002_walls"),  # whoever asks, and the roles they hold
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="service",
            name="shares_with_force",
            field=models.CharField(
                choices=[
                    ("no", "Nothing is shared with the force"),
                    ("with consent", "Shared with the force only if you agree"),
                    ("yes", "The force may be told"),
                    ("emergency", "The force may hear of it: it may be colleagues who are sent to help"),
                ],
                default="no",
                max_length=12,
            ),
        ),
        migrations.RunSQL(
            "UPDATE support_service SET shares_with_force = 'emergency' WHERE phone = '999' AND shares_with_force = 'no'",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name="guidance",
            name="address",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True
            ),
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=100)),
                ("file_name", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveSmallIntegerField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "guidance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handouts", to="support.guidance"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title", "uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=40)),
                ("month", models.DateField()),
                (
                    "answer",
                    models.CharField(choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=6),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "month", "answer"), name="feedback_counted_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "partly", "no"])), name="feedback_answer_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="feedback_by_the_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidanceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100)),
                ("summary", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                (
                    "guidance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="support.guidance"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-replaced_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HandoutFile",
            fields=[
                (
                    "handout",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="support.handout",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("limits", "What must be passed on"),
                            ("never_used_for", "What this is never used for"),
                            ("privacy", "Privacy notice"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(editable=False)),
                (
                    "short",
                    models.TextField(
                        help_text="Stands where it matters, for example above the first message to a volunteer. Markdown.",
                        max_length=900,
                        verbose_name="in short",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown: “## ” before a heading, “- ” before a point.", verbose_name="all of it"
                    ),
                ),
                (
                    "signed_by",
                    models.TextField(
                        blank=True,
                        help_text="Who signed it, one a line, name and office: “A. Example, Chief Constable”. Write down nobody who has not signed.",
                    ),
                ),
                (
                    "in_force_from",
                    models.DateField(help_text="The day from which it holds: today, or one that is still to come."),
                ),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "signed wording",
                "ordering": ["kind", "-version"],
            },
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.UniqueConstraint(fields=("guidance", "title"), name="handout_title_once"),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__lte", 10485760)), name="handout_of_at_most_10_mb"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("kind", "version"), name="statement_version_once"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at__isnull", True)), fields=("kind",), name="one_draft_of_a_statement"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="statement_has_an_approver",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by__isnull", False)), name="statement_has_a_proposer"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                name="statement_needs_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True),
                    ("kind", "privacy"),
                    models.Q(("signed_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreed_statement_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="statement_version_from_one"
            ),
        ),
        migrations.RunSQL(sql.read("statements"), "DROP FUNCTION support_statement_stands() CASCADE"),
        migrations.RunSQL(
            sql.read("feedback"),
            "DROP FUNCTION support_answers(); DROP FUNCTION support_forget_answers(text, text); "
            "DROP FUNCTION support_count_answer(text, text, text)",
        ),
    ]
