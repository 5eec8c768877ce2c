import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from champions.sql import life


class Migration(migrations.Migration):
    dependencies = [
        ("champions", "0003_waiting"),
        ("confidential", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Farewell",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("told_on", models.DateField(default=django.utils.timezone.localdate)),
            ],
        ),
        migrations.CreateModel(
            name="SupervisionCheckIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-held_on", "-noted_at"],
            },
        ),
        migrations.AddField(
            model_name="champion",
            name="serving_since",
            field=models.DateField(
                blank=True, help_text="Empty: as it was, or today.", null=True, verbose_name="champion since"
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="lead_handed_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunSQL(life.BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="champion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("active", "away", "paused")), _negated=True),
                    ("serving_since__isnull", False),
                    _connector="OR",
                ),
                name="champion_serves_since_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="champion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("term_ends__isnull", True),
                    ("state__in", ("active", "away", "paused")),
                    ("state_before_leaving__in", ("active", "away", "paused")),
                    _connector="OR",
                ),
                name="champion_term_while_serving",
            ),
        ),
        migrations.AddConstraint(
            model_name="champion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("term_ends__isnull", True), ("term_ends__gt", models.F("serving_since")), _connector="OR"
                ),
                name="champion_term_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="champion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supervision_due__isnull", True),
                    ("state__in", ("active", "away", "paused")),
                    ("state_before_leaving__in", ("active", "away", "paused")),
                    _connector="OR",
                ),
                name="champion_supervised_while_serving",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_handed_on__isnull", True), ("is_lead", True), _connector="OR"),
                name="coverage_hands_over_a_lead",
            ),
        ),
        migrations.AddField(
            model_name="farewell",
            name="manager",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="farewell",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="supervisioncheckin",
            name="champion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="champions.champion"
            ),
        ),
        migrations.AddField(
            model_name="supervisioncheckin",
            name="noted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="supervisioncheckin",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="supervisioncheckin",
            name="with_whom",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="farewell",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("manager")), _negated=True),
                name="farewell_is_told_to_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisioncheckin",
            constraint=models.UniqueConstraint(
                fields=("champion", "held_on", "with_whom"), name="supervised_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisioncheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("with_whom")), _negated=True), name="checkin_with_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisioncheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("noted_by")), _negated=True),
                name="checkin_noted_by_somebody_else",
            ),
        ),
        migrations.RunSQL(life.AFTER, migrations.RunSQL.noop),
    ]
