import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from wellbeing.reminders import sql

# What waits and was not sent is told anew, what was sent or put away is not.
AS_THEY_WERE = """
UPDATE reminders_reminder SET
    told_at = sent_at, tell_from = made_at,
    lapsed_at = CASE WHEN state = 'lapsed' THEN now() END,
    state = CASE WHEN state IN ('closed', 'lapsed') THEN state ELSE 'open' END;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """A reminder no longer is its own mail: mails are rows of their own, one digest a day. And row policies."""

    dependencies = [
        ("people", "0003_identity_closes"),
        ("reminders", "0001_initial"),
        ("confidential", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                            ("dropped", "Nothing was left to tell"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("next_attempt_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=60, verbose_name="what the mail server did")),
            ],
            options={
                "verbose_name": "mail that could not be sent",
                "verbose_name_plural": "mails that could not be sent",
                "ordering": ["-made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Pattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "days",
                    models.CharField(
                        max_length=28, validators=[django.core.validators.RegexValidator("^[01]*1[01]*$")]
                    ),
                ),
                ("starts", models.DateField()),
                ("bank_holidays_off", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_mail", models.BooleanField(default=True)),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=8, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "muted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("paused", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("sweep", "Finding what has fallen due (reminders made)"),
                            ("send", "Sending mail (mails sent)"),
                        ],
                        max_length=5,
                    ),
                ),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
                ("times", models.PositiveIntegerField(default=0, verbose_name="runs")),
                ("number", models.PositiveIntegerField(default=0, verbose_name="made or sent")),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="last")),
                ("last_seconds", models.FloatField(default=0, verbose_name="seconds the last took")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="failed runs")),
                ("last_failure", models.CharField(blank=True, max_length=60, verbose_name="what went wrong last")),
            ],
            options={
                "verbose_name_plural": "what ran, when, how many",
                "ordering": ["-day", "what"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="claimed_reminder_says_when",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="sent_reminder_says_when",
        ),
        migrations.RemoveIndex(
            model_name="reminder",
            name="reminder_to_send",
        ),
        migrations.RemoveIndex(
            model_name="reminder",
            name="reminder_shown",
        ),
        migrations.AddField(
            model_name="reminder",
            name="lapsed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="subject",
            field=models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="tell_from",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="reminder",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mail",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="mail",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reminders", to="reminders.mail"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="pattern",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reminders.pattern",
            ),
        ),
        migrations.RunSQL(AS_THEY_WERE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="reminder",
            name="attempts",
        ),
        migrations.RemoveField(
            model_name="reminder",
            name="claimed_at",
        ),
        migrations.RemoveField(
            model_name="reminder",
            name="message_id",
        ),
        migrations.RemoveField(
            model_name="reminder",
            name="next_attempt_at",
        ),
        migrations.RemoveField(
            model_name="reminder",
            name="sent_at",
        ),
        migrations.AlterField(
            model_name="reminder",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Waits for its reader"),
                    ("closed", "Put away by its reader"),
                    ("lapsed", "No longer due, or followed by a later one"),
                ],
                default="open",
                max_length=6,
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(condition=models.Q(("state", "open")), fields=["person", "due"], name="reminder_shown"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("state", "open"), ("told_at__isnull", True)),
                fields=["person"],
                name="reminder_to_tell",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("subject__isnull", False)), fields=["subject"], name="reminder_by_subject"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed", "lapsed"])), name="reminder_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                ),
                name="closed_reminder_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "lapsed"), ("lapsed_at__isnull", True), _connector="XOR"),
                name="lapsed_reminder_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__isnull", True), ("told_at__isnull", False), _connector="OR"),
                name="mailed_reminder_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="pattern",
            constraint=models.UniqueConstraint(fields=("days", "starts", "bank_holidays_off"), name="pattern_once"),
        ),
        migrations.AddConstraint(
            model_name="pattern",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__regex", "^[01]*1[01]*$")), name="pattern_has_a_day_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("what", "day"), name="run_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("failures__lte", models.F("times"))), name="run_fails_no_oftener_than_it_runs"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_attempt_at", "id"], name="mail_to_send"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("day__isnull", True), ("state", "waiting")),
                fields=["next_attempt_at", "id"],
                name="urgent_mail_to_send",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "claimed")), fields=["claimed_at"], name="mail_claimed"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("person", "day"), name="one_digest_a_day"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("day__isnull", False), ("state__in", ("waiting", "claimed"))),
                fields=("person",),
                name="one_digest_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "claimed", "sent", "failed", "dropped"])),
                name="mail_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "claimed"), _negated=True), ("claimed_at__isnull", False), _connector="OR"
                ),
                name="claimed_mail_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                ),
                name="sent_mail_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(("hour__range", (0, 23))), name="digest_at_an_hour_of_the_day"
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="reminders",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL([sql.FUNCTIONS, sql.POLICIES, sql.GRANTS], migrations.RunSQL.noop),
    ]
