import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from spocs.sql import volunteering as sql


class Migration(migrations.Migration):
    """Looking after volunteers: supervision of SPOCs, what somebody carries, topics that people lacked."""

    dependencies = [
        ("spocs", "0003_stories"),
        ("support", "0005_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField(help_text="Its Monday.")),
                (
                    "heavy",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Light"), (2, "It stayed with me for a while"), (3, "Heavy: it stays with me")]
                    ),
                ),
            ],
            options={
                "ordering": ["-week", "id"],
            },
        ),
        migrations.CreateModel(
            name="Lacked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="Its first day.")),
                ("words", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "topic that people lacked",
                "verbose_name_plural": "topics that people lacked",
                "ordering": ["-month", "words", "id"],
            },
        ),
        migrations.CreateModel(
            name="SpocSupervision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("next_on", models.DateField()),
            ],
            options={
                "ordering": ["-held_on", "-next_on"],
            },
        ),
        migrations.AddField(
            model_name="spoc",
            name="ring_asked_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="spoc",
            constraint=models.CheckConstraint(
                condition=models.Q(("ring_asked_on__isnull", True), ("state", "paused"), _connector="OR"),
                name="spoc_asks_to_be_rung_on_a_break",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lacked",
            name="topic",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="support.topic",
            ),
        ),
        migrations.AddField(
            model_name="spocsupervision",
            name="noted_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="spocsupervision",
            name="spoc",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="supervisions",
                to="spocs.spoc",
            ),
        ),
        migrations.AddField(
            model_name="spocsupervision",
            name="with_whom",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("week__iso_week_day", 1)), name="conversation_of_a_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("heavy__in", [1, 2, 3])), name="conversation_heavy_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="lacked",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="lacked_in_a_month"),
        ),
        migrations.AddConstraint(
            model_name="lacked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("topic__isnull", False), ("words", "")),
                    models.Q(("topic__isnull", True), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lacked_topic_or_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="spocsupervision",
            constraint=models.UniqueConstraint(
                fields=("spoc", "held_on", "with_whom"), name="spoc_supervised_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="spocsupervision",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_on__gt", models.F("held_on"))), name="spoc_supervised_again_later"
            ),
        ),
        migrations.RunSQL(sql.ALL, migrations.RunSQL.noop),
    ]
