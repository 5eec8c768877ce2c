import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from champions.sql import load as sql


class Migration(migrations.Migration):
    """A champion's own tally of their months."""

    dependencies = [
        ("champions", "0004_life_cycle"),
        ("confidential", "0002_walls"),
        ("support", "0002_guidance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="Its first day.")),
                (
                    "conversations",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("1-2", "1 or 2"),
                            ("3-5", "3 to 5"),
                            ("6-10", "6 to 10"),
                            ("more", "More than 10"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "tallies", "ordering": ["-month", "id"]},
        ),
        migrations.CreateModel(
            name="TallySignpost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="support.service",
                    ),
                ),
                (
                    "tally",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="signposts",
                        to="champions.tally",
                    ),
                ),
            ],
            options={"ordering": ["tally", "service"]},
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("person", "month"), name="tally_once_a_month"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="tally_of_a_month"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("conversations__in", ["none", "1-2", "3-5", "6-10", "more"])),
                name="tally_band_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tallysignpost",
            constraint=models.UniqueConstraint(fields=("tally", "service"), name="tally_signpost_once"),
        ),
        migrations.RunSQL(sql.ALL, migrations.RunSQL.noop),
    ]
