import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from mentoring.sql import absence_feed, figures, read


class Migration(migrations.Migration):
    """HR's feed of absences on its way in, and the published figures: tables, row policies, functions."""

    dependencies = [
        ("mentoring", "0012_return_walls"),
        ("confidential", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="AbsenceFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_at", models.DateTimeField(null=True)),
                ("key_id", models.CharField(max_length=32)),
                ("sealed", models.BinaryField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-made_at"]},
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.DateField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("contacted", "Contact in the first weeks"),
                            ("returned", "Meeting on the return to work"),
                            ("planned", "Contact as the person wants it"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("division", "A division"),
                            ("others", "Others together"),
                            ("force", "All that are shown, together"),
                        ],
                        max_length=8,
                    ),
                ),
                ("division", models.CharField(blank=True, max_length=100)),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("hidden", "Too few to show"),
                            ("few", "Fewer than 5"),
                            ("share", "A share"),
                            ("most", "Nearly all"),
                        ],
                        max_length=6,
                    ),
                ),
                ("about", models.PositiveIntegerField(null=True)),
                ("share", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "ordering": ["-quarter", "what", "scope", "division"],
                "constraints": [
                    models.UniqueConstraint(fields=("quarter", "what", "scope", "division"), name="figure_once"),
                    models.CheckConstraint(
                        condition=Q(
                            band__in=["hidden", "few", "share", "most"],
                            scope__in=["division", "others", "force"],
                            what__in=["contacted", "returned", "planned"],
                        ),
                        name="figure_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(about=None, band="hidden") | Q(~Q(band="hidden"), about__gte=10),
                        name="figure_hidden_below_ten",
                    ),
                    models.CheckConstraint(
                        condition=Q(band="share", share__range=(5, 95)) | Q(~Q(band="share"), share=None),
                        name="figure_share_never_all_or_none",
                    ),
                ],
            },
        ),
        migrations.RunSQL([absence_feed.POLICIES, absence_feed.GRANTS, read("absence_feed")], migrations.RunSQL.noop),
        migrations.RunSQL([figures.POLICIES, figures.GRANTS, read("figures")], migrations.RunSQL.noop),
    ]
