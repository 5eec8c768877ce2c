import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=36)),
                ("due", models.DateField()),
                ("step", models.SmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                            ("closed", "Done"),
                            ("lapsed", "No longer due, or followed by a later one"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due", "made_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "claimed"))),
                        fields=["next_attempt_at"],
                        name="reminder_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "claimed", "sent", "failed"))),
                        fields=["person", "due"],
                        name="reminder_shown",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "about", "due", "step"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "claimed", "sent", "failed", "closed", "lapsed"])),
                        name="reminder_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "claimed"), _negated=True),
                            ("claimed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="claimed_reminder_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="sent_reminder_says_when",
                    ),
                ],
            },
        ),
    ]
